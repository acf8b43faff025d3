public import ByteText

/// What people see and type of an effect digest: its first 20 characters, in five groups of four (docs/formats/effect.md).
public enum PrintedDigest {
  /// How many characters are shown.
  public static let length = 20

  /// The first 20 characters with a blank after each fourth.
  public static func groups(_ digest: ByteString) -> ByteString {
    var out: [UInt8] = []
    for (index, byte) in digest.bytes.prefix(length).enumerated() {
      if index > 0 && index % 4 == 0 { out.append(0x20) }
      out.append(byte)
    }
    return ByteString(out)
  }

  /// Whether a person typed the first 20 characters of the digest, blanks ignored.
  public static func matches(_ digest: ByteString, typed: ByteString) -> Bool {
    let text = typed.bytes.filter { !ASCII.isBlank($0) }
    return text.count == length && digest.bytes.starts(with: text)
  }
}
