/// One value for a template.
public enum TemplateValue: Sendable {
  /// None yet, or none at all for an optional field.
  case missing
  /// For fields of the kinds text, untrusted and code.
  case text([UInt8])
  /// For fields of the kind html.
  case html(HTML)
  /// For fields of the kind link.
  case link(SitePath)
  /// For fields of the kind flag.
  case flag(Bool)
  /// For fields of the kind number.
  case number(Int)
  /// For fields of the kind list; each row is made against the list's schema.
  case list([TemplateRow])
}

/// The values of one page, or of one item of a list, made against a schema.
///
/// A value of a wrong kind is not taken: the first such mistake is kept, and rendering throws it. So nothing has to be
/// checked while values are set, and nothing wrong is ever written.
public struct TemplateRow: Sendable {
  let schema: TemplateSchema
  private(set) var values: [TemplateValue]
  /// The first mistake made in filling the row.
  private(set) var fault: String?

  /// Makes a row without any value.
  public init(_ schema: TemplateSchema) {
    self.schema = schema
    values = [TemplateValue](repeating: .missing, count: schema.fields.count)
  }

  /// The value of a field, by its handle.
  public subscript(slot: TemplateSlot) -> TemplateValue {
    get {
      slot.index < values.count ? values[slot.index] : .missing
    }
    set {
      guard slot.schema == schema else {
        let name = slot.schema.fields[slot.index].name
        return blame("'\(name)' is a field of '\(slot.schema.name)', not of '\(schema.name)'")
      }
      store(newValue, at: slot.index)
    }
  }

  /// Sets text, for a field of the kinds text, untrusted or code.
  public mutating func set(_ name: String, text: [UInt8]) { set(name, .text(text)) }
  /// Sets HTML.
  public mutating func set(_ name: String, html: HTML) { set(name, .html(html)) }
  /// Sets a link of ours.
  public mutating func set(_ name: String, link: SitePath) { set(name, .link(link)) }
  /// Sets a flag.
  public mutating func set(_ name: String, flag: Bool) { set(name, .flag(flag)) }
  /// Sets a number.
  public mutating func set(_ name: String, number: Int) { set(name, .number(number)) }
  /// Sets the rows of a list.
  public mutating func set(_ name: String, list: [TemplateRow]) { set(name, .list(list)) }

  /// Sets a value by the name of its field.
  ///
  /// Handles are faster where many rows are made.
  public mutating func set(_ name: String, _ value: TemplateValue) {
    guard let index = schema.index(of: Array(name.utf8)) else {
      return blame("'\(schema.name)' has no field '\(name)'")
    }
    store(value, at: index)
  }

  private mutating func store(_ value: TemplateValue, at index: Int) {
    let field = schema.fields[index]
    switch (field.kind, value) {
    case (_, .missing), (.text, .text), (.untrusted, .text), (.code, .text), (.html, .html), (.link, .link),
      (.flag, .flag), (.number, .number):
      break
    case (.list, .list(let rows)):
      guard let items = field.items, rows.allSatisfy({ $0.schema == items }) else {
        return blame("'\(field.name)' of '\(schema.name)' takes rows of '\(field.items?.name ?? "")' only")
      }
    default:
      let (kind, given) = (field.kind.described, value.described)
      return blame("'\(field.name)' of '\(schema.name)' is \(kind) field and was given \(given)")
    }
    values[index] = value
  }

  private mutating func blame(_ message: String) {
    if fault == nil { fault = message }
  }
}

extension TemplateValue {
  /// The kind of value with its article, for messages.
  var described: String {
    switch self {
    case .missing: "nothing"
    case .text: "text"
    case .html: "html"
    case .link: "a link"
    case .flag: "a flag"
    case .number: "a number"
    case .list: "a list"
    }
  }
}
