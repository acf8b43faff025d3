/// A short hash of an object's key, blind to ASCII case, so that one hash serves exact look-ups, look-ups that ignore
/// case and the search for repeated keys.
///
/// Equal hashes prove nothing: the bytes are compared afterwards.
enum JSONKeyHash {
  /// Hashes the bytes of `text` from `start` to `end`.
  @inline(__always)
  static func of(_ text: borrowing RawSpan, from start: Int, to end: Int) -> UInt32 {
    let count = end &- start
    if count >= 8 { return mix(text.word(at: start), text.word(at: end &- 8), count) }
    var word: UInt64 = 0
    if start &+ 8 <= text.byteCount {
      word = text.word(at: start) & ((1 &<< UInt64(truncatingIfNeeded: count &* 8)) &- 1)
    } else {
      for index in 0..<count { word |= UInt64(text.byte(at: start &+ index)) &<< UInt64(index &* 8) }
    }
    return mix(word, word, count)
  }

  /// Hashes the text of a key's node.
  @inline(__always)
  static func of(_ text: borrowing RawSpan, key: JSONNode) -> UInt32 {
    if key.flags.contains(.escaped) { return decoded(text, key) }
    return of(text, from: Int(key.start), to: Int(key.end))
  }

  @inline(never)
  private static func decoded(_ text: borrowing RawSpan, _ key: JSONNode) -> UInt32 {
    let name = JSONStringText.decoded(text, key)
    return unsafe of(name.span.bytes, from: 0, to: name.count)
  }

  @inline(__always)
  private static func mix(_ head: UInt64, _ tail: UInt64, _ count: Int) -> UInt32 {
    let fold: UInt64 = 0x2020_2020_2020_2020
    var word = (head | fold) &* 0x9E37_79B9_7F4A_7C15
    word ^= (tail | fold) &* 0xC2B2_AE3D_27D4_EB4F
    word ^= UInt64(truncatingIfNeeded: count) &* 0x1656_67B1_9E37_79F9
    word ^= word >> 29
    return UInt32(truncatingIfNeeded: word ^ word >> 32)
  }
}
