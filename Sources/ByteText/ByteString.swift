/// Text from outside, as the bytes that arrived.
///
/// Equality, order and hash are of the bytes. `String` would compare by canonical equivalence (two different targets could
/// become one) and hide `CR LF` inside one `Character` (SECURITY section 0). Nothing promises that the bytes are UTF-8.
public struct ByteString: Hashable, Comparable, Sendable, ExpressibleByStringLiteral {
  /// The bytes, as they are.
  public var bytes: [UInt8]

  /// Makes text of bytes.
  public init(_ bytes: [UInt8] = []) {
    self.bytes = bytes
  }

  /// Makes text of a run of bytes.
  public init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = Array(bytes)
  }

  /// Makes text of the UTF-8 of a string of our own.
  public init(_ string: String) {
    self.bytes = Array(string.utf8)
  }

  /// Makes text of a literal.
  public init(stringLiteral value: StaticString) {
    self.bytes = value.withUTF8Buffer { unsafe Array($0) }
  }

  /// The number of bytes.
  public var count: Int { bytes.count }

  /// Whether there are no bytes at all.
  public var isEmpty: Bool { bytes.isEmpty }

  /// Hashes the bytes at once.
  public func hash(into hasher: inout Hasher) {
    unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
  }

  /// Joins two texts.
  public static func + (left: ByteString, right: ByteString) -> ByteString { ByteString(left.bytes + right.bytes) }

  /// Appends a text.
  public static func += (left: inout ByteString, right: ByteString) { left.bytes += right.bytes }

  /// Orders by bytes, shorter first where one is the start of the other.
  public static func < (left: ByteString, right: ByteString) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}

extension ByteString: CustomStringConvertible {
  /// The text decoded as UTF-8, what is not UTF-8 replaced.
  ///
  /// For messages; a terminal gets it through ``TerminalText``.
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}
