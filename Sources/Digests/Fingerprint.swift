public import ByteText

/// The first 128 bits of a SHA-256: enough to tell contents apart, small enough to hold for a hundred thousand cases.
///
/// No proof of anything: what people rely on carries the whole value.
public struct Fingerprint: Hashable, Sendable {
  private let high: UInt64
  private let low: UInt64

  private init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  private init(_ bytes: ArraySlice<UInt8>) {
    var words: (UInt64, UInt64) = (0, 0)
    for byte in bytes.prefix(8) { words.0 = words.0 << 8 | UInt64(byte) }
    for byte in bytes.dropFirst(8).prefix(8) { words.1 = words.1 << 8 | UInt64(byte) }
    self.init(high: words.0, low: words.1)
  }

  /// Takes the first half of a hash.
  public init(_ digest: SHA256Digest) { self.init(digest.bytes[0..<16]) }

  /// Reads 32 lower-case hexadecimal digits; `nil` for anything else.
  public init?(_ text: ByteString) {
    guard let bytes = Hex.decode(text.bytes), bytes.count == 16 else { return nil }
    self.init(bytes[...])
  }

  /// The fingerprint of one of the numbered parts of what has this one.
  ///
  /// Costs no hash: parts of different contents differ as the contents do.
  public func part(_ number: Int) -> Fingerprint {
    Fingerprint(high: high, low: low ^ (UInt64(truncatingIfNeeded: number) &+ 1) &* 0x9E37_79B9_7F4A_7C15)
  }

  /// The 16 bytes.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(16)
    for word in [high, low] {
      for shift in stride(from: 56, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
      }
    }
    return bytes
  }

  /// 32 lower-case hexadecimal digits.
  public var text: ByteString { ByteString(Hex.encode(bytes)) }
}
