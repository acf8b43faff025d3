import Foundation

/// A seeded generator (SplitMix64), so that a failing run can be run again.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  /// Up to `count` pieces of a list, joined.
  mutating func text(of pieces: [[UInt8]], upTo count: Int) -> [UInt8] {
    (0..<Int.random(in: 0...count, using: &self)).flatMap { _ in pieces.randomElement(using: &self) ?? [] }
  }
}

/// The public test data, found through COUNTERSIGN_SHARED.
enum Corpora {
  static let folder = ProcessInfo.processInfo.environment["COUNTERSIGN_SHARED"].map { $0 + "/corpora/" }
  static var isPresent: Bool { folder != nil }

  static func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: (folder ?? "") + path)))
  }

  static func lines(_ path: String) throws -> [[UInt8]] {
    try bytes(path).split(separator: 0x0A).map { Array($0) }
  }

  static func blns() throws -> [[UInt8]] {
    try JSONDecoder().decode([String].self, from: Data(try bytes("blns/blns.json"))).map { Array($0.utf8) }
  }

  /// All naughty strings there are.
  static func naughty() throws -> [[UInt8]] {
    try lines("xss/xss-payload-list.txt") + lines("csv/csv-payload.txt") + blns()
  }
}

/// The bytes of a string, and back, for tables.
func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

/// Every Unicode scalar value.
var everyScalar: some Sequence<Unicode.Scalar> { (UInt32(0)...0x10FFFF).lazy.compactMap { Unicode.Scalar($0) } }
