import TestSupport
import Testing

@testable import ByteText

@Suite struct JSONKeyRepeatsTests {
  static func repeated(_ content: [UInt8]) throws -> [String] {
    try JSONDocument.parse(content, limits: .record).duplicateKeys.map { text($0.key.bytes) }
  }

  @Test(
    arguments: [
      (#"{"a":1,"b":2}"#, []), (#"{"a":1,"a":2}"#, ["a"]), (#"{"a":1,"a":2,"a":3}"#, ["a", "a"]),
      (#"{"a":1,"A":2}"#, []), (#"{"a":1,"\u0061":2}"#, ["a"]), (#"{"\u0061":1,"\u0061":2}"#, ["a"]),
      (#"{"":1,"":2}"#, [""]), (#"{"a/b":1,"a\/b":2}"#, ["a/b"]), (#"{"a":{"b":1},"b":{"a":1}}"#, []),
      (#"[{"a":1},{"a":2}]"#, []), (#"{"x":{"QueryTime":1,"QueryTime":2},"y":[{"k":1,"k":1}]}"#, ["QueryTime", "k"]),
      (#"{"é":1,"\u00e9":2,"e\u0301":3}"#, ["é"]), (#"{"\ud83d\ude00":1,"😀":2}"#, ["😀"]),
      (#"{"\ud800":1,"\ud801":2,"\ud800":3}"#, ["\u{FFFD}\u{FFFD}\u{FFFD}"]),
    ] as [(String, [String])])
  func findsRepeatedKeys(content: String, keys: [String]) throws {
    #expect(try Self.repeated(bytes(content)) == keys)
  }

  @Test(arguments: [2, 16, 255, 256, 257, 1_000, 5_000])
  func findsThemAmongManyKeys(count: Int) throws {
    let plain = (0..<count).map { "\"key\($0)\":0" }
    #expect(try Self.repeated(bytes("{" + plain.joined(separator: ",") + "}")) == [])
    // Early enough for the filter, late, and in another spelling: each once, in order.
    var repeated = plain
    repeated.insert("\"key0\":1", at: 2)
    repeated += ["\"\\u006bey1\":1", "\"key0\":2"]
    #expect(try Self.repeated(bytes("{" + repeated.joined(separator: ",") + "}")) == ["key0", "key1", "key0"])
  }

  @Test func saysInWhichObject() throws {
    let document = try JSONDocument.parse(bytes(#"{"a":{"b":1,"b":2}}"#), limits: .record)
    let found = try #require(document.duplicateKeys.first)
    #expect(document.hasDuplicateKeys && found.object.offset == 5)
  }

  @Test func comparesEveryByteOfLongKeys() throws {
    let stem = String(repeating: "k", count: 29)
    for place in 0..<29 {
      var other = bytes(stem)
      other[place] = 0x6C
      #expect(try Self.repeated(bytes("{\"\(stem)\":1,\"") + other + bytes("\":2}")) == [])
    }
    #expect(try Self.repeated(bytes("{\"\(stem)\":1,\"\(stem)\":2}")) == [stem])
  }

  @Test func staysFastWhereManyKeysShareAHash() throws {
    // 100,000 keys that differ only where the hash does not look.
    let keys = (0..<100_000).map { "\"aaaaaaaa\(1_000_000 + $0)bbbbbbbb\":0" }.joined(separator: ",")
    let clock = ContinuousClock()
    let start = clock.now
    #expect(try Self.repeated(bytes("{" + keys + "}")) == [])
    let time = start.duration(to: clock.now)
    #expect(time < .seconds(20))
  }
}
