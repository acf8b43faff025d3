import ByteText
import TestSupport
import Testing

struct HexTests {
  @Test func encodesInLowerCase() { #expect(text(Hex.encode([0x00, 0x9F, 0xA0, 0xFF])) == "009fa0ff") }

  @Test func decodesEveryByte() {
    let all = Array(UInt8.min...UInt8.max)
    #expect(Hex.decode(Hex.encode(all)) == all)
  }

  @Test(arguments: [
    ("aF", Hex.LetterCase.lower, false), ("AF", .lower, false), ("af", .lower, true), ("AF", .upper, true),
    ("aF", .upper, false),
    ("aF", .either, true), ("a", .either, false), ("0x", .either, false), ("g0", .either, false),
    (" 0", .either, false),
  ])
  func takesOnlyTheLettersAskedFor(_ row: (String, Hex.LetterCase, Bool)) {
    #expect((Hex.decode(bytes(row.0), letters: row.1) != nil) == row.2)
  }
}
