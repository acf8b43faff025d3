/// Small questions about ASCII bytes, for parsers.
///
/// No other byte is a letter, a digit or blank here.
public enum ASCII {
  /// Whether a byte is `0` to `9`.
  @inlinable
  public static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  /// Whether a byte is a letter.
  @inlinable
  public static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  /// Whether a byte is a letter or a digit.
  @inlinable
  public static func isAlphanumeric(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }

  /// Whether a byte is `0` to `9`, `a` to `f` or `A` to `F`.
  @inlinable
  public static func isHexDigit(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20) &- 0x61 < 6 }

  /// Whether a byte is space, tab, CR or LF.
  @inlinable
  public static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

  /// The byte, an upper-case letter made lower case.
  @inlinable
  public static func lowercased(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

  /// The bytes, upper-case letters made lower case.
  public static func lowercased(_ bytes: [UInt8]) -> [UInt8] { bytes.map { lowercased($0) } }

  /// Whether two runs of bytes are equal but for the case of ASCII letters.
  public static func equalsIgnoringCase(_ bytes: ArraySlice<UInt8>, _ other: ArraySlice<UInt8>) -> Bool {
    bytes.count == other.count && zip(bytes, other).allSatisfy { lowercased($0) == lowercased($1) }
  }

  /// Whether the bytes are those of a literal but for the case of ASCII letters.
  public static func equalsIgnoringCase(_ bytes: [UInt8], _ literal: StaticString) -> Bool {
    equalsIgnoringCase(bytes[...], literal)
  }

  /// Whether the bytes are those of a literal but for the case of ASCII letters.
  public static func equalsIgnoringCase(_ bytes: ArraySlice<UInt8>, _ literal: StaticString) -> Bool {
    bytes.count == literal.utf8CodeUnitCount && hasPrefixIgnoringCase(bytes, literal)
  }

  /// Whether the bytes start with those of a literal but for the case of ASCII letters.
  public static func hasPrefixIgnoringCase(_ bytes: ArraySlice<UInt8>, _ literal: StaticString) -> Bool {
    literal.withUTF8Buffer { prefix in
      guard bytes.count >= prefix.count else { return false }
      return unsafe zip(bytes, prefix).allSatisfy { lowercased($0) == lowercased($1) }
    }
  }

  /// The bytes without the space, tab, CR and LF at both ends.
  public static func trim(_ bytes: [UInt8]) -> ArraySlice<UInt8> { trim(bytes[...]) }

  /// The bytes without the space, tab, CR and LF at both ends.
  public static func trim(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = bytes.drop(while: isBlank)
    while let last = rest.last, isBlank(last) { rest = rest.dropLast() }
    return rest
  }

  /// The value of a run of digits, nothing else; `nil` where it is empty, holds another byte or does not fit.
  public static func decimal(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard !bytes.isEmpty else { return nil }
    var value = 0
    for byte in bytes {
      guard isDigit(byte) else { return nil }
      let (product, over) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflow) = product.addingReportingOverflow(Int(byte - 0x30))
      if over || overflow { return nil }
      value = sum
    }
    return value
  }
}
