/// Hexadecimal digits.
public enum Hex {
  /// Which letters a decoder takes.
  public enum LetterCase: Sendable {
    /// Only `a` to `f`.
    case lower
    /// Only `A` to `F`.
    case upper
    /// Both, also mixed.
    case either
  }

  /// Two lower-case digits for each byte.
  public static func encode(_ bytes: [UInt8]) -> [UInt8] { encode(bytes[...]) }

  /// Two lower-case digits for each byte.
  public static func encode(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count * 2)
    for byte in bytes {
      out.append(lowerDigit(byte >> 4))
      out.append(lowerDigit(byte & 0xF))
    }
    return out
  }

  /// The bytes of hexadecimal text; `nil` for an odd length or any other byte.
  ///
  /// Lower case only unless asked.
  public static func decode(_ text: [UInt8], letters: LetterCase = .lower) -> [UInt8]? {
    decode(text[...], letters: letters)
  }

  /// The bytes of hexadecimal text; `nil` for an odd length or any other byte.
  ///
  /// Lower case only unless asked.
  public static func decode(_ text: ArraySlice<UInt8>, letters: LetterCase = .lower) -> [UInt8]? {
    guard text.count % 2 == 0 else { return nil }
    var out: [UInt8] = []
    out.reserveCapacity(text.count / 2)
    var index = text.startIndex
    while index < text.endIndex {
      guard let high = value(text[index], letters), let low = value(text[index + 1], letters) else { return nil }
      out.append(high << 4 | low)
      index += 2
    }
    return out
  }

  /// The value of a digit; `nil` where the byte is none.
  public static func value(_ digit: UInt8, _ letters: LetterCase = .either) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x61...0x66 where letters != .upper: digit - 0x57
    case 0x41...0x46 where letters != .lower: digit - 0x37
    default: nil
    }
  }

  static func lowerDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }

  static func upperDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x37 + value }
}
