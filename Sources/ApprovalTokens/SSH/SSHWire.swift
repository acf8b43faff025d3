/// Writes the data types of RFC 4251 section 5 that SSH signatures are made of.
enum SSHWire {
  /// A number as four bytes, greatest first.
  static func uint32(_ value: UInt32) -> [UInt8] {
    stride(from: UInt32(24), through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  /// Bytes behind their count.
  static func string(_ bytes: [UInt8]) -> [UInt8] { uint32(UInt32(truncatingIfNeeded: bytes.count)) + bytes }
}

/// Reads the data types of RFC 4251 section 5, never past the end.
///
/// Every question is answered `nil` where too few bytes are left.
struct SSHWireReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  /// Whether every byte was read.
  var isAtEnd: Bool { rest.isEmpty }

  /// So many bytes.
  mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count >= 0, count <= rest.count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  /// One byte.
  mutating func byte() -> UInt8? { take(1)?.first }

  /// A number of four bytes, greatest first.
  mutating func uint32() -> UInt32? { take(4)?.reduce(0) { $0 << 8 | UInt32($1) } }

  /// Bytes behind their count.
  mutating func string() -> ArraySlice<UInt8>? {
    guard let count = uint32() else { return nil }
    return take(Int(count))
  }

  /// An `mpint` from 0 to 2^256 - 1 as 32 bytes; also `nil` where it is negative, greater, or written with a zero byte too
  /// many.
  ///
  /// OpenSSH drops such zero bytes; here a number has one spelling.
  mutating func scalar() -> [UInt8]? {
    guard var digits = string() else { return nil }
    if let first = digits.first, first & 0x80 != 0 { return nil }
    if digits.first == 0 {
      digits = digits.dropFirst()
      // The zero is there to keep the number positive, for nothing else.
      guard let first = digits.first, first & 0x80 != 0 else { return nil }
    }
    guard digits.count <= 32 else { return nil }
    return [UInt8](repeating: 0, count: 32 - digits.count) + digits
  }
}
