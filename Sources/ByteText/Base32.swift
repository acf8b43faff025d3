/// Base 32 (RFC 4648 section 6) in lower case and without padding: for ids in paths, where case may not matter.
public enum Base32 {
  /// The text of the bytes, of the characters `a` to `z` and `2` to `7`.
  public static func encode(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity((bytes.count * 8 + 4) / 5)
    var bits: UInt32 = 0
    var held = 0
    for byte in bytes {
      bits = bits << 8 | UInt32(byte)
      held += 8
      while held >= 5 {
        held -= 5
        out.append(character(bits >> UInt32(held)))
      }
    }
    if held > 0 { out.append(character(bits << UInt32(5 - held))) }
    return out
  }

  private static func character(_ bits: UInt32) -> UInt8 {
    let value = UInt8(truncatingIfNeeded: bits & 0x1F)
    return value < 26 ? 0x61 + value : 0x32 + value - 26
  }
}
