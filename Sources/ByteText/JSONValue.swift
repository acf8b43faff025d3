/// One value of a ``JSONDocument``.
public struct JSONValue: Sendable {
  /// What a value is.
  public enum Kind: String, Sendable {
    case object = "an object"
    case array = "an array"
    case string = "text"
    case number = "a number"
    case bool = "true or false"
    case null = "null"
  }

  let document: JSONDocument
  let index: Int

  private var node: JSONNode { document.nodes[index] }

  /// What the value is.
  public var kind: Kind {
    switch node.kind {
    case .object: .object
    case .array: .array
    case .string: .string
    case .number: .number
    case .yes, .no: .bool
    case .null: .null
    }
  }

  /// Whether the value is `null`.
  public var isNull: Bool { node.kind == .null }

  /// The value's bytes as they stand; of a string those between the quotes.
  public var raw: ArraySlice<UInt8> { document.bytes[Int(node.start)..<Int(node.end)] }

  /// Offset of the value's first byte in the document.
  public var offset: Int { Int(node.start) }

  /// The text of a string, escapes undone; `nil` where the value is none.
  public var string: ByteString? { node.kind == .string ? document.text(node) : nil }

  /// Whether a string is well-formed Unicode.
  ///
  /// Only asked for where the limits let other text pass.
  public var isWellFormedText: Bool { !node.flags.contains(.malformedText) }

  /// The value of `true` or `false`.
  public var bool: Bool? {
    switch node.kind {
    case .yes: true
    case .no: false
    default: nil
    }
  }

  /// A whole number without fraction or exponent that fits `Int`; `nil` for anything else.
  public var int: Int? {
    guard node.kind == .number, node.flags.contains(.integer) else { return nil }
    return Self.integer(raw)
  }

  /// Reads `-?[0-9]+`.
  static func integer(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    var rest = digits[...]
    let negative = rest.first == 0x2D
    if negative { rest = rest.dropFirst() }
    guard !rest.isEmpty else { return nil }
    for byte in rest {
      guard byte >= 0x30 && byte <= 0x39 else { return nil }
      let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
      let digit = Int(byte - 0x30)
      let (sum, beyond) =
        negative ? shifted.subtractingReportingOverflow(digit) : shifted.addingReportingOverflow(digit)
      if overflow || beyond { return nil }
      value = sum
    }
    return value
  }

  /// The number of elements of an array or members of an object; 0 for anything else.
  public var count: Int {
    var total = 0
    forEachChild { _, _ in total += 1 }
    return total
  }

  /// The elements of an array; empty for anything else.
  public var elements: [JSONValue] {
    guard node.kind == .array else { return [] }
    var values: [JSONValue] = []
    forEachChild { _, value in values.append(value) }
    return values
  }

  /// The members of an object in order of appearance; empty for anything else.
  public var members: [(key: ByteString, value: JSONValue)] {
    guard node.kind == .object else { return [] }
    var values: [(ByteString, JSONValue)] = []
    forEachChild { key, value in values.append((document.text(document.nodes[key]), value)) }
    return values
  }

  private func forEachChild(_ body: (_ key: Int, _ value: JSONValue) -> Void) {
    guard node.kind == .object || node.kind == .array else { return }
    let isObject = node.kind == .object
    var child = index + 1
    let end = Int(node.next)
    while child < end {
      let value = isObject ? child + 1 : child
      body(child, JSONValue(document: document, index: value))
      child = Int(document.nodes[value].next)
    }
  }

  /// The member of that name, the first where it stands twice; `nil` where there is none, or no object.
  public subscript(name: StaticString) -> JSONValue? { member(name, ignoringCase: false) }

  /// The member of that name in any ASCII case, an exact match first.
  public func ignoringCase(_ name: StaticString) -> JSONValue? {
    member(name, ignoringCase: false) ?? member(name, ignoringCase: true)
  }

  /// Every member of that name in order of appearance, ASCII case ignored.
  public func all(_ name: StaticString) -> [JSONValue] {
    var values: [JSONValue] = []
    search(name, ignoringCase: true) {
      values.append($0); return true
    }
    return values
  }

  private func member(_ name: StaticString, ignoringCase: Bool) -> JSONValue? {
    var found: JSONValue?
    search(name, ignoringCase: ignoringCase) {
      found = $0; return false
    }
    return found
  }

  /// Calls `body` with each member of that name until it answers `false`.
  private func search(_ name: StaticString, ignoringCase: Bool, _ body: (JSONValue) -> Bool) {
    guard node.kind == .object else { return }
    let wanted = unsafe UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    let hash = unsafe JSONKeyHash.of(wanted.bytes, from: 0, to: wanted.count)
    let nodes = document.nodes
    var key = index + 1
    let end = Int(node.next)
    while key < end {
      let candidate = nodes[key]
      if candidate.next == hash, unsafe matches(candidate, wanted, ignoringCase: ignoringCase) {
        if !body(JSONValue(document: document, index: key + 1)) { return }
      }
      key = Int(nodes[key + 1].next)
    }
  }

  private func matches(_ key: JSONNode, _ wanted: UnsafeRawBufferPointer, ignoringCase: Bool) -> Bool {
    let text =
      key.flags.contains(.escaped) ? document.text(key).bytes[...] : document.bytes[Int(key.start)..<Int(key.end)]
    guard text.count == wanted.count else { return false }
    var index = 0
    for byte in text {
      let other = unsafe wanted[index]
      if byte != other {
        guard ignoringCase, byte | 0x20 == other | 0x20, byte | 0x20 >= 0x61, byte | 0x20 <= 0x7A else { return false }
      }
      index += 1
    }
    return true
  }
}
