import ByteText
import CaseModel
import Digests
public import WebRendering

/// The template files of the site, checked and compiled once for all pages and threads.
public struct SiteTemplates: Sendable {
  /// SHA-256 over the names and bytes of all files, in order of name: part of every page's key.
  public let hash: [UInt8]
  /// The style sheet, for ``PagePaths/styleSheet``.
  public let styleSheet: [UInt8]
  let investigation: InvestigationPage
  let action: ActionPage
  let summary: SummaryMarkdown
  let lists: ListTemplates
  let receipts: ReceiptsTemplate
  let single: SinglePage

  /// Compiles the files: those embedded in the program, with what `--templates` replaces put in by the caller.
  ///
  /// Throws for a missing file, an unknown name, or a value where its kind may not stand; with file, line and column.
  public init(files: [(name: String, bytes: [UInt8])]) throws(TemplateError) {
    let set = try TemplateSet(files: files)
    guard let css = set.bytes(of: "site.css") else {
      throw TemplateError(file: "site.css", message: "the style sheet is missing")
    }
    styleSheet = css + (set.bytes(of: "lists.css") ?? []) + (set.bytes(of: "drawings.css") ?? [])
    hash = Self.hash(of: files)
    let fields = try FieldRows()
    let entities = try EntityRows(fields)
    investigation = try InvestigationPage(set, fields, entities)
    action = try ActionPage(set, fields, entities)
    summary = try SummaryMarkdown(set)
    lists = try ListTemplates(set)
    single = try SinglePage(set, styleSheet: styleSheet)
    receipts = try ReceiptsTemplate(set, styleSheet: css)
  }

  private static func hash(of files: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var stream = SHA256Stream()
    for file in files.sorted(by: { ByteString($0.name) < ByteString($1.name) }) {
      stream.update(Array("\(file.name.utf8.count) \(file.bytes.count) \(file.name)\n".utf8))
      stream.update(file.bytes)
    }
    return stream.finish().bytes
  }
}
