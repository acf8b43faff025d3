import TestSupport
import Testing

@testable import ByteText

@Suite struct JSONProblemTests {
  @Test(
    arguments: [
      (.truncated, "the text ends inside a value"),
      (.unexpected(byte: 0x7D, expected: .value), "expected a value, found '}'"),
      (.unexpected(byte: 0x1B, expected: .colon), "expected a colon, found byte 0x1B"),
      (.unexpected(byte: 0xC3, expected: .digit), "expected a digit, found byte 0xC3"),
      (.controlCharacter(byte: 0x0A), "a control character (byte 0x0A) stands in a string"),
      (.tooDeep(limit: 64), "nested deeper than 64 levels"),
      (.stringTooLong(limit: 9), "a string is longer than 9 bytes"),
    ] as [(JSONProblem.Reason, String)])
  func saysWhatIsWrongWithoutRawBytes(reason: JSONProblem.Reason, message: String) {
    #expect(text(JSONProblem(offset: 0, reason: reason).message.bytes) == message)
  }
}
