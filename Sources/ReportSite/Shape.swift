import WebRendering

/// The handle of one field of a shape.
struct FieldKey: Sendable {
  fileprivate let index: Int
}

/// A schema being declared field by field; each declaration hands out the field's key.
struct FieldList {
  private let name: String
  private var fields: [TemplateSchema.Field] = []
  private var names: [String] = []

  init(_ name: String) { self.name = name }

  mutating func text(_ name: String, optional: Bool = false) -> FieldKey { add(name, .text(name), optional) }
  mutating func untrusted(_ name: String, optional: Bool = false) -> FieldKey { add(name, .untrusted(name), optional) }
  mutating func code(_ name: String, optional: Bool = false) -> FieldKey { add(name, .code(name), optional) }
  mutating func html(_ name: String, optional: Bool = false) -> FieldKey { add(name, .html(name), optional) }
  mutating func link(_ name: String, optional: Bool = false) -> FieldKey { add(name, .link(name), optional) }
  mutating func flag(_ name: String) -> FieldKey { add(name, .flag(name), false) }
  mutating func number(_ name: String, optional: Bool = false) -> FieldKey { add(name, .number(name), optional) }
  mutating func list(_ name: String, _ items: Shape) -> FieldKey { add(name, .list(name, items.schema), false) }

  private mutating func add(_ name: String, _ field: TemplateSchema.Field, _ isOptional: Bool) -> FieldKey {
    fields.append(isOptional ? .optional(field) : field)
    names.append(name)
    return FieldKey(index: fields.count - 1)
  }

  func shape() throws(TemplateError) -> Shape {
    let schema = TemplateSchema(name, fields)
    var slots: [TemplateSlot] = []
    for name in names { slots.append(try schema.slot(name)) }
    return Shape(schema: schema, slots: slots)
  }
}

/// A schema whose slots are resolved, once for all pages.
struct Shape: Sendable {
  let schema: TemplateSchema
  fileprivate let slots: [TemplateSlot]

  /// A row without any value.
  var row: Row { Row(values: TemplateRow(schema), slots: slots) }
}

/// The values of a page or of one item of a list, set by key.
struct Row: Sendable {
  private(set) var values: TemplateRow
  private let slots: [TemplateSlot]

  fileprivate init(values: TemplateRow, slots: [TemplateSlot]) {
    self.values = values
    self.slots = slots
  }

  subscript(key: FieldKey) -> TemplateValue {
    get { values[slots[key.index]] }
    set { values[slots[key.index]] = newValue }
  }
}
