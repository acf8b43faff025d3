import Foundation
import TestSupport

/// Every Unicode scalar value.
var everyScalar: some Sequence<Unicode.Scalar> { (UInt32(0)...0x10FFFF).lazy.compactMap { Unicode.Scalar($0) } }

extension SplitMix {
  /// Up to `count` pieces of a list, joined.
  mutating func text(of pieces: [[UInt8]], upTo count: Int) -> [UInt8] {
    (0..<Int.random(in: 0...count, using: &self)).flatMap { _ in pieces.randomElement(using: &self) ?? [] }
  }
}

extension Corpora {
  /// All naughty strings there are.
  static func naughty() throws -> [[UInt8]] { try hostileStrings() + lines("csv/csv-payload.txt") }
}
