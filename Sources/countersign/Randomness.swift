/// The one place that draws random bytes: seeds of new keys.
enum Randomness {
  /// Bytes from the system's generator (getrandom on Linux).
  static func bytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }
}
