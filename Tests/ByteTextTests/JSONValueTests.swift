import TestSupport
import Testing

@testable import ByteText

@Suite struct JSONValueTests {
  static func root(_ text: String) throws -> JSONValue { try JSONDocument.parse(bytes(text), limits: .record).root }

  @Test func findsMembersByName() throws {
    let root = try Self.root(
      #"{"Id":1,"ID":2,"\u0069d":3,"LongerThanEight":4,"nested":{"Id":5},"Longer\u0054hanNine":6}"#)
    #expect(root["Id"]?.int == 1)
    #expect(root["ID"]?.int == 2)
    #expect(root["id"]?.int == 3)
    #expect(root["iD"] == nil)
    #expect(root["LongerThanEight"]?.int == 4)
    #expect(root["LongerThanNine"]?.int == 6)
    #expect(root.ignoringCase("iD")?.int == 1)
    #expect(root.ignoringCase("id")?.int == 3)
    #expect(root.ignoringCase("LONGERTHANEIGHT")?.int == 4)
    #expect(root.all("id").compactMap(\.int) == [1, 2, 3])
    #expect(root["nested"]?["Id"]?.int == 5)
    #expect(root["nested"]?["ID"] == nil)
  }

  @Test func tellsKeysApartThatOnlyLookAlikeToTheHash() throws {
    // The hash sees the first and last eight bytes, and @ and ` differ by the bit that tells letters' case.
    let root = try Self.root(#"{"aaaaaaaa1bbbbbbbb":1,"aaaaaaaa2bbbbbbbb":2,"@@":3,"``":4}"#)
    #expect(root["aaaaaaaa2bbbbbbbb"]?.int == 2)
    #expect(root["``"]?.int == 4)
    #expect(root.all("@@").count == 1)
    #expect(!root.document.hasDuplicateKeys)
  }

  @Test(
    arguments: [
      ("0", 0), ("-0", 0), ("9223372036854775807", .max), ("-9223372036854775808", .min), ("9223372036854775808", nil),
      ("-9223372036854775809", nil), ("1.0", nil), ("1e2", nil), ("\"1\"", nil), ("true", nil),
    ] as [(String, Int?)])
  func readsWholeNumbersThatFit(text: String, value: Int?) throws {
    #expect(try Self.root(text).int == value)
  }

  @Test func tellsWhatAValueIs() throws {
    let root = try Self.root(#"[{}, [1,[2]], "s\n", -1.5e3, true, false, null]"#)
    #expect(root.elements.map(\.kind) == [.object, .array, .string, .number, .bool, .bool, .null])
    #expect(root.elements.map { text(Array($0.raw)) } == ["{}", "[1,[2]]", "s\\n", "-1.5e3", "true", "false", "null"])
    #expect(root.elements.map(\.offset) == [1, 5, 15, 21, 29, 35, 42])
    #expect(root.elements.map(\.bool) == [nil, nil, nil, nil, true, false, nil])
    #expect(root.elements.map(\.isNull) == [false, false, false, false, false, false, true])
    #expect(root.elements[1].elements[1].elements[0].int == 2)
    #expect(root.count == 7)
    #expect(root.members.isEmpty && root.elements[0].elements.isEmpty && root["x"] == nil)
  }

  @Test func keepsMembersInTheirOrder() throws {
    let members = try Self.root(#"{"b":1,"a":{"x":[1,2]},"\u0063":3,"b":4}"#).members
    #expect(members.map { text($0.key.bytes) } == ["b", "a", "c", "b"])
    #expect(members.map(\.value.int) == [1, nil, 3, 4])
  }
}
