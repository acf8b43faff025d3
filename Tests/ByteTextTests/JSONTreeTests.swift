import TestSupport
import Testing

@testable import ByteText

@Suite struct JSONTreeTests {
  @Test func isMadeOfScannedValues() throws {
    let document = try JSONDocument.parse(bytes(#"{"b":[1,true,null,"\u0041"],"a":{}}"#), limits: .record)
    let expected: JSONTree = ["b": .array([1, true, .null, "A"]), "a": .object([])]
    #expect(JSONTree(document.root) == expected)
  }

  @Test(arguments: [
    "[1.5]", "[1e3]", "[9007199254740992]", "[-9007199254740992]", "{\"a\":1,\"a\":1}", "[\"\\ud800\"]",
    "{\"x\":[[{\"\\udfff\":1}]]}",
  ])
  func leavesOutWhatHasNoForm(content: String) throws {
    #expect(JSONTree(try JSONDocument.parse(bytes(content), limits: .record).root) == nil)
  }

  @Test func keepsKeysApartByTheirBytes() throws {
    // Canonically equivalent, and two different keys all the same.
    let document = try JSONDocument.parse(bytes("{\"\u{E9}\":1,\"e\u{301}\":2}"), limits: .record)
    #expect(JSONTree(document.root) == .object([.init("\u{E9}", 1), .init("e\u{301}", 2)]))
  }
}
