/// A JSON value to be written.
///
/// Only what RFC 8785 writes the same everywhere: no fractions, so the number form of ECMAScript never matters.
public indirect enum JSONTree: Hashable, Sendable {
  case null
  case bool(Bool)
  case int(Int)
  case string(ByteString)
  case array([JSONTree])
  case object([Member])

  /// A member of an object.
  public struct Member: Hashable, Sendable {
    /// Its name.
    public var key: ByteString
    /// Its value.
    public var value: JSONTree

    /// Makes a member.
    public init(_ key: ByteString, _ value: JSONTree) {
      self.key = key
      self.value = value
    }
  }
}

extension JSONTree: ExpressibleByDictionaryLiteral, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral
{
  /// Makes an object of a literal.
  public init(dictionaryLiteral elements: (ByteString, JSONTree)...) {
    self = .object(elements.map { Member($0.0, $0.1) })
  }
  /// Makes text of a literal.
  public init(stringLiteral value: StaticString) { self = .string(ByteString(stringLiteral: value)) }
  /// Makes a number of a literal.
  public init(integerLiteral value: Int) { self = .int(value) }
  /// Makes a truth value of a literal.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// Makes an array of a literal.
  public init(arrayLiteral elements: JSONTree...) { self = .array(elements) }
}

extension JSONTree {
  /// Makes a tree of a scanned value.
  ///
  /// - Returns: `nil` where the value holds a fraction or exponent, a number beyond ±(2^53 - 1), a repeated key, or text
  ///   that is not well-formed: RFC 8785 on our value set has no form for them.
  public init?(_ value: JSONValue) {
    switch value.kind {
    case .null: self = .null
    case .bool: self = .bool(value.bool ?? false)
    case .number:
      guard let int = value.int, int.magnitude < 1 << 53 else { return nil }
      self = .int(int)
    case .string:
      guard value.isWellFormedText, let text = value.string else { return nil }
      self = .string(text)
    case .array:
      var items: [JSONTree] = []
      for element in value.elements {
        guard let item = JSONTree(element) else { return nil }
        items.append(item)
      }
      self = .array(items)
    case .object:
      var members: [Member] = []
      for (key, element) in value.members {
        guard UTF8Text.isValid(key.bytes), let item = JSONTree(element) else { return nil }
        members.append(Member(key, item))
      }
      guard Set(members.map(\.key)).count == members.count else { return nil }
      self = .object(members)
    }
  }
}
