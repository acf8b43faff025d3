/// The handle of one field of a shape.
public struct FieldKey: Sendable {
  fileprivate let index: Int
}

/// A schema being declared field by field; each declaration hands out the field's key.
public struct FieldList {
  private let name: String
  private var fields: [TemplateSchema.Field] = []
  private var names: [String] = []

  /// Starts a schema of that name.
  public init(_ name: String) { self.name = name }

  /// Text of ours.
  public mutating func text(_ name: String, optional: Bool = false) -> FieldKey { add(name, .text(name), optional) }
  /// Text from outside.
  public mutating func untrusted(_ name: String, optional: Bool = false) -> FieldKey {
    add(name, .untrusted(name), optional)
  }
  /// An identifier from outside, exact.
  public mutating func code(_ name: String, optional: Bool = false) -> FieldKey { add(name, .code(name), optional) }
  /// HTML that is safe by construction.
  public mutating func html(_ name: String, optional: Bool = false) -> FieldKey { add(name, .html(name), optional) }
  /// A link of ours.
  public mutating func link(_ name: String, optional: Bool = false) -> FieldKey { add(name, .link(name), optional) }
  /// True or false; opens sections.
  public mutating func flag(_ name: String) -> FieldKey { add(name, .flag(name), false) }
  /// A whole number.
  public mutating func number(_ name: String, optional: Bool = false) -> FieldKey { add(name, .number(name), optional) }
  /// Rows of another shape; opens sections.
  public mutating func list(_ name: String, _ items: Shape) -> FieldKey { add(name, .list(name, items.schema), false) }

  private mutating func add(_ name: String, _ field: TemplateSchema.Field, _ isOptional: Bool) -> FieldKey {
    fields.append(isOptional ? .optional(field) : field)
    names.append(name)
    return FieldKey(index: fields.count - 1)
  }

  /// The schema, its slots resolved; throws for a name that is no field.
  public func shape() throws(TemplateError) -> Shape {
    let schema = TemplateSchema(name, fields)
    var slots: [TemplateSlot] = []
    for name in names { slots.append(try schema.slot(name)) }
    return Shape(schema: schema, slots: slots)
  }
}

/// A schema whose slots are resolved, once for all pages.
public struct Shape: Sendable {
  /// What templates are compiled against.
  public let schema: TemplateSchema
  fileprivate let slots: [TemplateSlot]

  /// A row without any value.
  public var row: Row { Row(values: TemplateRow(schema), slots: slots) }
}

/// The values of a page or of one item of a list, set by key.
public struct Row: Sendable {
  /// What a template is rendered with.
  public private(set) var values: TemplateRow
  private let slots: [TemplateSlot]

  fileprivate init(values: TemplateRow, slots: [TemplateSlot]) {
    self.values = values
    self.slots = slots
  }

  /// The value of a field.
  public subscript(key: FieldKey) -> TemplateValue {
    get { values[slots[key.index]] }
    set { values[slots[key.index]] = newValue }
  }
}
