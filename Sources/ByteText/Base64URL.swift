/// Base 64 for URLs and file names (RFC 4648 section 5), without padding; one spelling for each value.
public enum Base64URL {
  private static let alphabet = Base64Alphabet(0x2D, 0x5F)

  /// The text of the bytes.
  public static func encode(_ bytes: [UInt8]) -> [UInt8] { alphabet.encode(bytes[...]) }

  /// The text of the bytes.
  public static func encode(_ bytes: ArraySlice<UInt8>) -> [UInt8] { alphabet.encode(bytes) }

  /// The bytes of a text; `nil` for padding, another byte, a length of 1 mod 4 or trailing bits that are not zero.
  public static func decode(_ text: [UInt8]) -> [UInt8]? { alphabet.decode(text[...]) }

  /// The bytes of a text; `nil` for padding, another byte, a length of 1 mod 4 or trailing bits that are not zero.
  public static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? { alphabet.decode(text) }
}
