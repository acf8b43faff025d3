/// What a template may name, and what kind of value each name has.
///
/// The kinds are declared by the program that fills the template, never by its author: however a template is written, a
/// value is escaped as its kind asks for where it stands.
public struct TemplateSchema: Sendable {
  /// One name and its kind.
  public struct Field: Sendable, Equatable {
    let name: String
    let kind: TemplateKind
    let isOptional: Bool
    /// The schema of a list's rows; `nil` for every other kind.
    let items: TemplateSchema?

    private init(_ name: String, _ kind: TemplateKind, items: TemplateSchema? = nil, isOptional: Bool = false) {
      self.name = name
      self.kind = kind
      self.items = items
      self.isOptional = isOptional
    }

    /// Text of ours: escaped.
    public static func text(_ name: String) -> Field { Field(name, .text) }
    /// Text from outside: sanitised, escaped, in `<bdi>` where it is element content.
    public static func untrusted(_ name: String) -> Field { Field(name, .untrusted) }
    /// An identifier from outside, exact and verbatim: a `<code>` element, or a code span in Markdown.
    public static func code(_ name: String) -> Field { Field(name, .code) }
    /// Safe HTML; element content only.
    public static func html(_ name: String) -> Field { Field(name, .html) }
    /// A link of ours; the only kind for `href` and `src`.
    public static func link(_ name: String) -> Field { Field(name, .link) }
    /// True or false; opens sections, has no text.
    public static func flag(_ name: String) -> Field { Field(name, .flag) }
    /// A whole number.
    public static func number(_ name: String) -> Field { Field(name, .number) }
    /// Rows of another schema; opens sections, has no text.
    public static func list(_ name: String, _ items: TemplateSchema) -> Field { Field(name, .list, items: items) }
    /// The same field, which may stay without a value: it then renders as nothing and its section is not shown.
    public static func optional(_ field: Field) -> Field {
      Field(field.name, field.kind, items: field.items, isOptional: true)
    }
  }

  final class Storage: Sendable {
    let name: String
    let fields: [Field]
    init(name: String, fields: [Field]) {
      self.name = name
      self.fields = fields
    }
  }

  let storage: Storage

  /// Declares a schema.
  ///
  /// Its name and those of its fields stand in messages; a name declared twice means the first one.
  public init(_ name: String, _ fields: [Field]) { storage = Storage(name: name, fields: fields) }

  var name: String { storage.name }
  var fields: [Field] { storage.fields }

  /// The handle of a field, for setting its value without looking up its name; throws when there is no such field.
  public func slot(_ name: String) throws(TemplateError) -> TemplateSlot {
    guard let index = index(of: Array(name.utf8)) else {
      let message = "unknown name '\(name)'; known here: \(fields.map(\.name).joined(separator: ", "))"
      throw TemplateError(file: "schema '\(self.name)'", message: message)
    }
    return TemplateSlot(schema: self, index: index)
  }

  /// Finds a field by the bytes of its name.
  func index(of name: [UInt8]) -> Int? { fields.firstIndex { $0.name.utf8.elementsEqual(name) } }
}

extension TemplateSchema: Equatable {
  /// The same declaration: one and the same, or equal in name and fields.
  public static func == (left: TemplateSchema, right: TemplateSchema) -> Bool {
    left.storage === right.storage || (left.name == right.name && left.fields == right.fields)
  }
}

/// The handle of one field of a schema.
public struct TemplateSlot: Sendable {
  let schema: TemplateSchema
  let index: Int
}

/// What a field's value is, which decides how and where it may be written.
enum TemplateKind: String, Sendable {
  case text, untrusted, code, html, link, flag, number, list

  /// The kind with its article, for messages.
  var described: String { self == .untrusted ? "an untrusted" : "a \(rawValue)" }
}
