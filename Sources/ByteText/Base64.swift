/// Base 64 (RFC 4648 section 4), with padding; one spelling for each value.
///
/// Line breaks are the caller's: MIME and PEM text is unwrapped before.
public enum Base64 {
  private static let alphabet = Base64Alphabet(0x2B, 0x2F)

  /// The text of the bytes, padded with `=`.
  public static func encode(_ bytes: [UInt8]) -> [UInt8] { encode(bytes[...]) }

  /// The text of the bytes, padded with `=`.
  public static func encode(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var out = alphabet.encode(bytes)
    while out.count % 4 != 0 { out.append(0x3D) }
    return out
  }

  /// The bytes of a padded text; `nil` for missing or superfluous padding, another byte or trailing bits not zero.
  public static func decode(_ text: [UInt8]) -> [UInt8]? { decode(text[...]) }

  /// The bytes of a padded text; `nil` for missing or superfluous padding, another byte or trailing bits not zero.
  public static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    guard text.count % 4 == 0 else { return nil }
    // Two at most: a third `=` stays in and is refused as a byte outside the alphabet.
    var end = text.endIndex
    while end > text.startIndex, text.endIndex - end < 2, text[end - 1] == 0x3D { end -= 1 }
    return alphabet.decode(text[text.startIndex..<end])
  }
}
