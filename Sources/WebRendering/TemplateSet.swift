/// The template files of one site: pages, and the partials that they share.
public struct TemplateSet: Sendable {
  private let files: [[UInt8]: [UInt8]]

  /// Takes the files by name; a name given twice is an error.
  ///
  /// Nothing is read into them before ``compile(_:schema:)``.
  public init(files: [(name: String, bytes: [UInt8])]) throws(TemplateError) {
    var known: [[UInt8]: [UInt8]] = [:]
    for file in files {
      guard known.updateValue(file.bytes, forKey: Array(file.name.utf8)) == nil else {
        throw TemplateError(file: file.name, message: "template is given twice")
      }
    }
    self.files = known
  }

  /// The bytes of a file, to make a hash of a partial that a page carries verbatim in `script` or `style`.
  public func bytes(of name: String) -> [UInt8]? { files[Array(name.utf8)] }

  /// Compiles an HTML template: names, kinds, contexts, partials and sections are all checked here.
  ///
  /// Partials are found by their whole name, or by their name without the ending of the file that includes them. Within
  /// `script` and `style` a partial is taken verbatim, without a look for tags, so that its hash can be named in a policy.
  public func compile(_ name: String, schema: TemplateSchema) throws(TemplateError) -> Template {
    try TemplateCompiler.compile(name, schema, dialect: .html, files: files)
  }

  /// Compiles a Markdown template: every value is written so that CommonMark shows it as the text it is.
  public func compileMarkdown(_ name: String, schema: TemplateSchema) throws(TemplateError) -> Template {
    try TemplateCompiler.compile(name, schema, dialect: .markdown, files: files)
  }
}
