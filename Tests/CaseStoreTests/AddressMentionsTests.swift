import ByteText
import Testing

@testable import CaseStore

@Suite struct AddressMentionsTests {
  private static let mentions = AddressMentions(["Ivy.Marsh@desk.example", "omar@desk.example"])

  @Test(arguments: [
    (#"{"raw":"{\"to\":\"ivy.marsh@desk.example\"}"}"#, true), (#"{"raw":"IVY.MARSH@DESK.EXAMPLE"}"#, true),
    (#"{"raw":"x omar@desk.example, y"}"#, true), (#"{"raw":"omar@desk.exampl"}"#, false),
    (#"{"raw":"mar@desk.example"}"#, false),
    (#"{"raw":"@ and a@b"}"#, false), ("omar@desk.exampl", false), ("@desk.example", false), ("omar@", false),
    // Escaped by number: nobody can tell without reading it.
    (#"{"raw":"omar\\u0040desk.example"}"#, true), (#"{"base64":"b21hckBkZXNrLmV4YW1wbGU="}"#, true),
  ])
  func findsAddressesInLines(_ line: String, _ expected: Bool) {
    #expect(Self.mentions.mayStand(in: Array(line.utf8)) == expected)
  }

  /// An address that cannot be searched for may stand anywhere; no address stands nowhere.
  @Test func errsOnTheSideOfAMention() {
    #expect(AddressMentions(["nobody"]).mayStand(in: Array("x".utf8)))
    #expect(AddressMentions(["\"a b\"@c"]).mayStand(in: Array("x".utf8)))
    #expect(!AddressMentions([]).mayStand(in: Array(#"{"raw":"a@b"}"#.utf8)))
  }
}
