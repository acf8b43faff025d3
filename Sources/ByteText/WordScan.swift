/// Questions about eight bytes at once, for the loops that most text runs through unchanged.
enum WordScan {
  /// Every byte 0x01.
  static let ones: UInt64 = 0x0101_0101_0101_0101
  /// Every byte 0x80.
  static let highs: UInt64 = 0x8080_8080_8080_8080

  /// Whether all eight bytes are ASCII.
  @inline(__always)
  static func isASCII(_ word: UInt64) -> Bool { word & highs == 0 }

  /// Whether all eight bytes are printable ASCII, 0x20 to 0x7E.
  ///
  /// With all high bits clear neither sum can carry into the next byte: adding 0x60 sets the high bit of every byte from
  /// 0x20 on, adding 1 sets it for 0x7F alone.
  @inline(__always)
  static func isPrintable(_ word: UInt64) -> Bool {
    (word | (word &+ ones)) & highs == 0 && (word &+ (ones &* 0x60)) & highs == highs
  }

  /// Whether one of the eight bytes is zero.
  @inline(__always)
  static func hasZero(_ word: UInt64) -> Bool { (word &- ones) & ~word & highs != 0 }

  /// Whether one of the eight bytes is `byte`.
  @inline(__always)
  static func has(_ byte: UInt8, in word: UInt64) -> Bool { hasZero(word ^ (ones &* UInt64(byte))) }
}

extension Span<UInt8> {
  /// The eight bytes from `offset` on, which must all lie inside.
  @inline(__always)
  func word(at offset: Int) -> UInt64 {
    unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
  }
}
