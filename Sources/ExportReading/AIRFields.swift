import ByteText
import CaseModel

/// Collects what is known about one entity, in the order in which pages show it.
struct AIRFields {
  let value: JSONValue
  let scope: DocumentScope
  private(set) var fields: [EntityField] = []
  /// What has no name of its own: `Key: value`.
  private var others: [ByteString] = []

  init(_ value: JSONValue, _ scope: DocumentScope) {
    self.value = value
    self.scope = scope
    fields.reserveCapacity(24)
  }

  func key(_ name: StaticString) -> JSONValue? { value.ignoringCase(name) }

  /// The first of several spellings that is there and not null.
  func key(_ name: StaticString, or others: StaticString...) -> JSONValue? {
    if let found = key(name), !found.isNull { return found }
    for other in others {
      if let found = key(other), !found.isNull { return found }
    }
    return nil
  }

  mutating func add(_ name: EntityField.Name, _ content: EntityField.Value) {
    fields.append(EntityField(name, content))
  }

  mutating func text(_ name: EntityField.Name, _ key: StaticString) {
    if let text = scope.text(self.key(key)) { add(name, .text(text)) }
  }

  mutating func text(_ name: EntityField.Name, _ text: ByteString?) {
    if let text { add(name, .text(text)) }
  }

  mutating func id(_ name: EntityField.Name, _ value: JSONValue?) {
    if let id = scope.id(value) { add(name, .text(id)) }
  }

  mutating func number(_ name: EntityField.Name, _ value: JSONValue?) {
    if let number = scope.number(value) { add(name, .number(number)) }
  }

  mutating func time(_ name: EntityField.Name, _ value: JSONValue?) {
    if let time = scope.time(value) { add(name, .time(time)) }
  }

  mutating func list(_ name: EntityField.Name, _ items: [ByteString]) {
    if !items.isEmpty { add(name, .list(items)) }
  }

  mutating func counts(_ name: EntityField.Name, _ value: JSONValue?) {
    let counts = scope.counts(value)
    if !counts.isEmpty { add(name, .counts(counts)) }
  }

  /// Keeps a key without a name of its own.
  ///
  /// These are many and mostly missing, so only the exact spelling is looked for.
  mutating func other(_ key: StaticString) {
    guard let value = value[key] else { return }
    if value.kind == .array {
      let items = scope.list(value)
      if !items.isEmpty { others.append(Self.line(key, Self.joined(items))) }
    } else if let text = scope.text(value) {
      others.append(Self.line(key, text))
    }
  }

  mutating func otherLine(_ line: ByteString) { others.append(line) }

  static func line(_ key: StaticString, _ text: ByteString) -> ByteString {
    Wording.joined(ByteString(stringLiteral: key), ": ", text)
  }

  static func joined(_ items: [ByteString]) -> ByteString {
    ByteString(Array(items.map(\.bytes).joined(separator: [0x2C, 0x20])))
  }

  /// What entities of every type may carry; called last.
  mutating func common() {
    list(.roles, scope.list(key("Roles")) + scope.list(key("DetailedRoles")) + scope.list(key("Role")))
    time(.firstSeen, key("FirstSeen"))
    text(.source, "Source")
    other("FriendlyName")
    other("Tags")
    other("SourceEntityType")
    other("SourceEntityId")
    other("SourceThreatType")
    other("SourceThreatName")
    list(.other, others)
    others = []
  }
}
