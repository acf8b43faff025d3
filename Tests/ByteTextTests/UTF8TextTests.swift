import ByteText
import TestSupport
import Testing

struct UTF8TextTests {
  @Test func takesEveryScalar() {
    for scalar in everyScalar {
      var out: [UInt8] = []
      UTF8Text.append(scalar: scalar.value, to: &out)
      guard out == Array(String(scalar).utf8), UTF8Text.isValid(out) else {
        Issue.record("U+\(scalar.value)")
        return
      }
    }
  }

  @Test(
    arguments: [
      [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF],
      [0xF0, 0x8F, 0xBF, 0xBF],
      [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFE], [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98],
      [0xC3, 0x28],
    ] as [[UInt8]])
  func refusesWhatIsNotUTF8(_ sequence: [UInt8]) {
    for filler in 0..<9 {
      let padding = [UInt8](repeating: 0x61, count: filler)
      #expect(!UTF8Text.isValid(padding + sequence + padding))
    }
  }

  @Test func judgesARangeAlone() {
    let text: [UInt8] = [0xFF] + bytes("é") + [0xFF]
    #expect(UTF8Text.isValid(text, in: 1..<3))
    #expect(!UTF8Text.isValid(text, in: 1..<2))
    #expect(!UTF8Text.isValid(text, in: 0..<3))
    #expect(!UTF8Text.isValid(text, in: 3..<9))
    #expect(!UTF8Text.isValid(text, in: -1..<1))
  }

  @Test func agreesWithTheStandardLibrary() {
    var random = SplitMix(state: 9)
    let some: [UInt8] = [0x41, 0x80, 0xBF, 0xC3, 0xE0, 0xA0, 0xED, 0x9F, 0xF0, 0x90, 0xF4, 0x8F, 0xFF, 0xE2]
    for _ in 0..<50_000 {
      let input = (0..<6).map { _ in some.randomElement(using: &random) ?? 0 }
      #expect(UTF8Text.lossy(input) == Array(String(decoding: input, as: UTF8.self).utf8), "\(input)")
      #expect(UTF8Text.isValid(input) == (String(validating: input, as: UTF8.self) != nil))
    }
  }
}
