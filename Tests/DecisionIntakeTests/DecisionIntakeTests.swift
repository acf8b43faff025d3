import ByteText
import CaseModel
import TestSupport
import Testing

@testable import DecisionIntake

@Suite struct DecisionIntakeTests {
  private static let expected: ByteString =
    "expected a decisions file, a reply by mail, a table with a token column, or lines of a token and a comment"

  @Test(
    arguments: [
      ([], "the file is empty", expected),
      (Array(" \r\n\t\n".utf8), "the file is empty", expected),
      ([0xEF, 0xBB, 0xBF], "the file is empty", expected),
      ([0xFF, 0xFE, 0x76, 0x00, 0x34, 0x00], "the file is UTF-16", "save it as UTF-8"),
      ([0xFE, 0xFF, 0x00, 0x76], "the file is UTF-16", "save it as UTF-8"),
      ([0x76, 0x00, 0x34, 0x00], "the file is not text in UTF-8", expected),
      ([0x7F, 0x45, 0x4C, 0x46, 0x02, 0x00], "the file is not text in UTF-8", expected),
      ([0x1F, 0x8B, 0x08, 0x00], "the file is not text in UTF-8", expected),
      (Array("v4.public.A.B ".utf8) + [0xC3], "the file is not text in UTF-8", expected),
      (Array("good morning\n# v4.public.A.B\n".utf8), "the file holds no decision", expected),
      (Array("<html>v4.public.A.B</html>".utf8), "the file holds no decision", expected),
      (Array("V4.PUBLIC.A.B\n".utf8), "the file holds no decision", expected),
    ] as [([UInt8], ByteString, ByteString)])
  func refusesWhatHoldsNoDecision(bytes: [UInt8], message: ByteString, hint: ByteString) {
    #expect(
      IntakeSamples.refusal(bytes)
        == IntakeError(diagnostic: Diagnostic(.error, file: "back.json", message: message, hint: hint)))
  }

  @Test func limitsTheSize() throws {
    let line = Array("v4.public.A.B\n#".utf8)
    let filled = line + [UInt8](repeating: 0x2D, count: IntakeLimits.fileBytes - line.count)
    #expect(try IntakeSamples.read(filled).decisions.count == 1)
    #expect(
      IntakeSamples.refusal(filled + [0x2D])?.diagnostic
        == Diagnostic(
          .error, file: "back.json", message: "the file is longer than 8388608 bytes", hint: Self.expected))
  }

  /// Any change of a good file: no trap, and never more decisions than the changed bytes hold tokens.
  @Test func inventsNoDecisionFromChangedBytes() {
    let lines = "# Ivy\r\nv4.public.AAAA.BBBB seen\nv4.public.CCCC.DDDD\n\nv4.public.EEEE.FFFF no: \"never\"\n"
    var random = SplitMix(state: 7)
    for seed in [Array(IntakeSamples.full.utf8), Array(lines.utf8)] {
      for _ in 0..<6_000 {
        var bytes = seed
        for _ in 0..<Int.random(in: 1...3, using: &random) {
          guard !bytes.isEmpty else { break }
          let place = Int.random(in: 0..<bytes.count, using: &random)
          let length = min(bytes.count - place, Int.random(in: 0...40, using: &random))
          switch Int.random(in: 0..<5, using: &random) {
          case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
          case 1: bytes.removeSubrange(place..<(place + length))
          case 2: bytes.insert(contentsOf: bytes[place..<(place + length)], at: place)
          case 3: bytes.insert(UInt8.random(in: 0...127, using: &random), at: place)
          default: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
          }
        }
        guard let file = try? IntakeSamples.read(bytes) else { continue }
        let isJSON = bytes.first { !ASCII.isBlank($0) } == 0x7B
        let most = IntakeSamples.count(of: isJSON ? "token" : "v4.public.", in: bytes)
        #expect(file.decisions.count <= most, "\(String(decoding: bytes, as: UTF8.self))")
      }
    }
  }
}
