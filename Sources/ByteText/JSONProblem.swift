/// Why a text is not the JSON that was asked for, and where.
public struct JSONProblem: Error, Hashable, Sendable {
  /// What was met.
  public enum Reason: Hashable, Sendable {
    /// Input ended inside a value.
    case truncated
    /// A byte that cannot stand here; `expected` says what can.
    case unexpected(byte: UInt8, expected: Expectation)
    /// A byte order mark before the text.
    case byteOrderMark
    /// A control character (below U+0020) inside a string, unescaped.
    case controlCharacter(byte: UInt8)
    /// A backslash followed by something that is no escape.
    case badEscape
    /// Bytes that are not UTF-8, or a lone surrogate, in a string.
    case malformedText
    /// Brackets nested deeper than the limit.
    case tooDeep(limit: Int)
    /// A string of more bytes than the limit.
    case stringTooLong(limit: Int)
    /// A text of more bytes than the limit.
    case tooLong(limit: Int)
    /// More values in one text than the limit.
    case tooManyValues(limit: Int)
    /// Something after the value.
    case trailingData
  }

  /// What would have been right.
  public enum Expectation: String, Hashable, Sendable {
    case value = "a value"
    case key = "a key in quotes"
    case keyOrEnd = "a key in quotes or }"
    case colon = "a colon"
    case commaOrBrace = "a comma or }"
    case commaOrBracket = "a comma or ]"
    case digit = "a digit"
    case endOfText = "the end of the text"
  }

  /// Offset of the byte in the scanned text.
  public var offset: Int
  /// What was met there.
  public var reason: Reason

  /// The finding in words: lower case, no final stop.
  public var message: ByteString {
    switch reason {
    case .truncated: "the text ends inside a value"
    case .unexpected(let byte, let expected):
      ByteString("expected \(expected.rawValue), found \(Self.name(of: byte))")
    case .byteOrderMark: "a byte order mark stands before the text"
    case .controlCharacter(let byte): ByteString("a control character (\(Self.name(of: byte))) stands in a string")
    case .badEscape: "a backslash is followed by something that is no escape"
    case .malformedText: "a string holds bytes that are not UTF-8, or half a surrogate pair"
    case .tooDeep(let limit): ByteString("nested deeper than \(limit) levels")
    case .stringTooLong(let limit): ByteString("a string is longer than \(limit) bytes")
    case .tooLong(let limit): ByteString("longer than \(limit) bytes")
    case .tooManyValues(let limit): ByteString("more than \(limit) values")
    case .trailingData: "something stands after the value"
    }
  }

  static func name(of byte: UInt8) -> String {
    if byte > 0x20 && byte < 0x7F { return "'\(Unicode.Scalar(byte))'" }
    return "byte 0x" + String(decoding: [hexDigit(byte >> 4), hexDigit(byte & 15)], as: UTF8.self)
  }

  private static func hexDigit(_ nibble: UInt8) -> UInt8 {
    nibble < 10 ? 0x30 + nibble : 0x41 + nibble - 10
  }
}

/// How much of a JSON text is taken.
///
/// Everything beyond is a ``JSONProblem``.
public struct JSONLimits: Sendable {
  /// Bytes of the whole text.
  public var bytes: Int
  /// Bytes of one string, as they stand between the quotes.
  public var stringBytes: Int
  /// Nested brackets.
  public var depth: Int
  /// Values in all.
  public var values: Int
  /// Whether a string that is not well-formed Unicode is a problem (`true`), or is marked and left to the caller.
  public var refusesMalformedText: Bool

  /// Makes limits.
  public init(bytes: Int, stringBytes: Int, depth: Int, values: Int = .max, refusesMalformedText: Bool = true) {
    self.bytes = bytes
    self.stringBytes = stringBytes
    self.depth = depth
    self.values = values
    self.refusesMalformedText = refusesMalformedText
  }

  /// For records of exports: DESIGN section 5, *Input*.
  public static let record = JSONLimits(
    bytes: 16 << 20, stringBytes: 8 << 20, depth: 64, refusesMalformedText: false)
  /// For what people hand back: SECURITY section 5.5.
  public static let returned = JSONLimits(bytes: 8 << 20, stringBytes: 64 << 10, depth: 16, values: 200_000)
}
