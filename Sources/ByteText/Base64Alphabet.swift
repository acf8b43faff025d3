/// The 64 characters of an alphabet and the way back, shared by ``Base64`` and ``Base64URL``.
struct Base64Alphabet: Sendable {
  /// The character of each value.
  let characters: [UInt8]
  /// The value of each byte; 0xFF for a byte outside the alphabet.
  let values: [UInt8]

  /// Makes the alphabet whose last two characters are given.
  init(_ sixtyTwo: UInt8, _ sixtyThree: UInt8) {
    characters = Array(0x41...0x5A) + Array(0x61...0x7A) + Array(0x30...0x39) + [sixtyTwo, sixtyThree]
    var values = [UInt8](repeating: 0xFF, count: 256)
    for (value, character) in characters.enumerated() { values[Int(character)] = UInt8(value) }
    self.values = values
  }

  /// The characters of the bytes, without padding.
  func encode(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity((bytes.count * 4 + 2) / 3 + 2)
    var bits: UInt32 = 0
    var held = 0
    for byte in bytes {
      bits = bits << 8 | UInt32(byte)
      held += 8
      while held >= 6 {
        held -= 6
        out.append(characters[Int(bits >> UInt32(held) & 0x3F)])
      }
    }
    if held > 0 { out.append(characters[Int(bits << UInt32(6 - held) & 0x3F)]) }
    return out
  }

  /// The bytes of text without padding; `nil` for another byte, a length of 1 mod 4 or trailing bits that are not zero.
  func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    guard text.count % 4 != 1 else { return nil }
    var out: [UInt8] = []
    out.reserveCapacity(text.count * 3 / 4)
    var bits: UInt32 = 0
    var held = 0
    for character in text {
      let value = values[Int(character)]
      if value == 0xFF { return nil }
      bits = bits << 6 | UInt32(value)
      held += 6
      if held >= 8 {
        held -= 8
        out.append(UInt8(truncatingIfNeeded: bits >> UInt32(held)))
      }
    }
    // Otherwise one value would have several spellings, and a token several texts.
    return bits & ((1 << UInt32(held)) - 1) == 0 ? out : nil
  }
}
