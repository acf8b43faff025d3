import TestSupport
import Testing

@testable import ByteText

/// What a stream gave, pieces of refused stretches joined.
enum Streamed: Hashable, CustomStringConvertible {
  case record([UInt8], offset: Int)
  case refused([UInt8], offset: Int, JSONProblem)

  var description: String {
    switch self {
    case .record(let bytes, let offset): "record@\(offset) \(text(bytes))"
    case .refused(let bytes, let offset, let problem): "refused@\(offset) \(text(bytes)) \(problem)"
    }
  }

  /// Reads a stream in chunks of the sizes that `size` gives.
  static func all(
    _ content: [UInt8], limits: JSONLimits = .record, size: () -> Int
  ) -> (items: [Streamed], isCut: Bool) {
    var stream = JSONStream(limits: limits)
    var items: [Streamed] = []
    func take() {
      while let item = stream.next() {
        switch item {
        case .record(let document, let offset): items.append(.record(document.bytes, offset: offset))
        case .refused(let problem, let offset, let bytes): items.append(.refused(bytes, offset: offset, problem))
        case .refusedMore(let more):
          guard case .refused(let bytes, let offset, let problem)? = items.popLast() else { continue }
          items.append(.refused(bytes + more, offset: offset, problem))
        }
      }
    }
    var start = 0
    while start < content.count {
      let end = min(content.count, start + size())
      stream.feed(content[start..<end])
      take()
      start = end
    }
    stream.finish()
    take()
    return (items, stream.endedInsideArray)
  }

  static func whole(_ content: String, limits: JSONLimits = .record) -> (items: [Streamed], isCut: Bool) {
    all(bytes(content), limits: limits) { .max >> 1 }
  }
}

@Suite struct JSONStreamTests {
  /// Contents, what comes out of them (refused stretches between ‹ and ›), and whether an array was cut.
  static let contents: [(String, [String], Bool)] = [
    ("", [], false), (" \n\t ", [], false),
    ("{\"a\":1}\n{\"a\":2}\n", ["{\"a\":1}", "{\"a\":2}"], false),
    ("{\"a\":1}\r\n\r\n{\"a\":2}", ["{\"a\":1}", "{\"a\":2}"], false),
    ("{\"a\":1}{\"a\":2}", ["{\"a\":1}", "{\"a\":2}"], false),
    ("{\n  \"a\": {\n    \"b\": 1\n  }\n}\n{\n}\n", ["{\n  \"a\": {\n    \"b\": 1\n  }\n}", "{\n}"], false),
    ("[]", [], false), ("[{\"a\":1}, 2 ,\n\"x\"]", ["{\"a\":1}", "2", "\"x\""], false),
    ("[{}]\n[{}]", ["{}", "{}"], false), ("12 34\n56", ["12", "34", "56"], false),
    ("true null", ["true", "null"], false),
    // Bad records between good ones.
    ("{\"a\":1}\n{\"a\":oops}\n{\"a\":3}\n", ["{\"a\":1}", "‹{\"a\":oops}\n›", "{\"a\":3}"], false),
    ("{\"a\":1}\nnonsense { here\n{\"a\":3}\n", ["{\"a\":1}", "‹nonsense { here\n›", "{\"a\":3}"], false),
    ("{\"a\":\"1}\n{\"a\":3}", ["‹{\"a\":\"1}\n›", "{\"a\":3}"], false),
    (
      "{\n  \"a\": {\n    \"b\": ?\n  }\n}\n{\n  \"a\": 2\n}",
      ["‹{\n  \"a\": {\n    \"b\": ?\n  }\n}\n›", "{\n  \"a\": 2\n}"], false
    ),
    ("{\"a\":1}\n{\"a\":2", ["{\"a\":1}", "‹{\"a\":2›"], false),
    ("[{\"a\":1},{\"a\":oops},{\"a\":3}]", ["{\"a\":1}", "‹{\"a\":oops}›", "{\"a\":3}"], false),
    ("[{\"a\":[1,{]},\"b\":\"],\"},{\"a\":3}]", ["‹{\"a\":[1,{]},\"b\":\"],\"}›", "{\"a\":3}"], false),
    ("[\n {\"a\":1},\n {\"a\":{\"b\":2},\n {\"a\":3}\n]", ["{\"a\":1}", "‹{\"a\":{\"b\":2},\n ›", "{\"a\":3}"], false),
    (
      "[\n  {\n    \"a\": \"1\n  },\n  {\n    \"a\": 3\n  }\n]", ["‹{\n    \"a\": \"1\n  }›", "{\n    \"a\": 3\n  }"],
      false
    ),
    ("[{\n \"a\":{\n},{\n \"a\":2\n}]", ["‹{\n \"a\":{\n},{\n \"a\":2\n}]›"], true),
    ("[\n{\"a\":{\n,{\"b\":2}\n]", ["‹{\"a\":{\n,{\"b\":2}\n]›"], true),
    ("[\n {\"a\":{\n,{\"b\":2}\n]", ["‹{\"a\":{\n,›", "{\"b\":2}"], false),
    ("[{} {}, {}]", ["{}", "‹{}›", "{}"], false), ("[,{\"a\":1}]", ["‹›", "{\"a\":1}"], false),
    ("[{},]", ["{}", "‹›"], false), ("[{}},{}]", ["{}", "‹}›", "{}"], false),
    ("[{\"a\":1}", ["{\"a\":1}"], true), ("[{\"a\":1},", ["{\"a\":1}"], true), ("[", [], true),
    ("[{\"a\":1},{\"a\":", ["{\"a\":1}", "‹{\"a\":›"], true),
    ("]\n{\"a\":1}", ["‹]\n›", "{\"a\":1}"], false),
    ("\u{FEFF}{\"a\":1}\n{\"a\":2}", ["‹\u{FEFF}{\"a\":1}\n›", "{\"a\":2}"], false),
    // OData answers.
    ("{\"value\":[{\"a\":1},{\"a\":2}]}", ["{\"a\":1}", "{\"a\":2}"], false),
    (
      "{\"@odata.context\" : \"https://x/$metadata\" , \"@odata.count\":12,\n \"value\" : [ {\"a\":1} ], \"@odata.nextLink\":\"]}\"}",
      ["{\"a\":1}"], false
    ),
    ("{\"@odata.x\":{\"y\":[1,{}]},\"value\":[]}\n", [], false),
    (
      "{\"value\":[{\"a\":1}],\"n\":{\"x\":\"}\"}}\n{\"@odata.x\":1,\"value\":[{\"a\":2}]}\n",
      ["{\"a\":1}", "{\"a\":2}"], false
    ),
    ("{\"value\":[{\"a\":?},{\"a\":2}]}", ["‹{\"a\":?}›", "{\"a\":2}"], false),
    ("{\"value\":[{\"a\":1},", ["{\"a\":1}"], true),
    ("{\"value\":1}", ["{\"value\":1}"], false), ("{\"values\":[1]}", ["{\"values\":[1]}"], false),
    ("{\"other\":1,\"value\":[1]}", ["{\"other\":1,\"value\":[1]}"], false), ("{}", ["{}"], false),
    ("{\"@odata.x\":1}\n{\"value\":[1]}", ["{\"@odata.x\":1}", "{\"value\":[1]}"], false),
    ("{\"@odata.x\":?,\"value\":[1]}\n{}", ["‹{\"@odata.x\":?,\"value\":[1]}\n›", "{}"], false),
    ("{\"value", ["‹{\"value›"], false),
  ]

  static func shown(_ items: [Streamed]) -> [String] {
    items.map { item in
      switch item {
      case .record(let bytes, _): text(bytes)
      case .refused(let bytes, _, _): "‹" + text(bytes) + "›"
      }
    }
  }

  @Test(arguments: contents) func readsRecords(content: String, items: [String], isCut: Bool) {
    let found = Streamed.whole(content)
    #expect(Self.shown(found.items) == items)
    #expect(found.isCut == isCut)
  }

  @Test(arguments: contents) func givesOffsetsInTheStream(content: String, items: [String], isCut: Bool) {
    let whole = bytes(content)
    for item in Streamed.all(whole, size: { 3 }).items {
      switch item {
      case .record(let bytes, let offset), .refused(let bytes, let offset, _):
        #expect(Array(whole[offset...].prefix(bytes.count)) == bytes)
      }
    }
  }

  @Test(arguments: contents) func doesNotMindHowTheStreamIsCut(content: String, items: [String], isCut: Bool) {
    let whole = Streamed.whole(content)
    for size in 1...max(1, min(content.utf8.count, 24)) {
      let pieces = Streamed.all(bytes(content)) { size }
      #expect(pieces.items == whole.items, "chunks of \(size)")
      #expect(pieces.isCut == whole.isCut, "chunks of \(size)")
    }
  }

  @Test func givesTheSameItemsForAnyPieces() {
    var random = SplitMix(state: 42)
    let pieces: [[UInt8]] = [
      "{", "}", "[", "]", ",", ":", "\"", "\n", "\n", " ", "\\", "\\\"", "1", "23", "-4.5e6", "true", "nul", "\"a\"",
      "\"a\":1",
      "\"value\":", "{\"a\":1}", "{\"a\":1}\n", "\n{\"b\":[1,2]}", ",\n  {\"c\":\"d\"}", "{\"value\":[",
      "\"\\u00e9\\ud83d\"", "é",
      "\"0123456789abcdefghijklmnopqrstuvwxyz\"", "{\"@odata.x\":", "\u{FEFF}",
    ].map { bytes($0) }
    let limits = JSONLimits(bytes: 90, stringBytes: 20, depth: 4, values: 30, refusesMalformedText: false)
    for round in 0..<800 {
      let content = random.text(of: pieces, upTo: 24)
      let whole = Streamed.all(content, limits: limits) { .max >> 1 }
      for most in [1, 2, 7, 40] {
        let cut = Streamed.all(content, limits: limits) { Int.random(in: 1...most, using: &random) }
        #expect(cut.items == whole.items, "round \(round): \(text(content))")
        #expect(cut.isCut == whole.isCut, "round \(round): \(text(content))")
      }
    }
  }

  @Test func losesNoByteThatIsNotBetweenRecords() {
    var random = SplitMix(state: 4)
    let pieces: [[UInt8]] = ["{", "}", "\"", "\n", " ", "x", "{\"a\":1}", "\n{\"b\":2}\n", "12", "\\"].map { bytes($0) }
    for _ in 0..<800 {
      // No array and no wrapper: then only white space may be missing between the items.
      let content = random.text(of: pieces, upTo: 20)
      var next = 0
      for item in Streamed.all(content, size: { 5 }).items {
        switch item {
        case .record(let bytes, let offset), .refused(let bytes, let offset, _):
          #expect(offset >= next && content[next..<offset].allSatisfy(JSONDocument.isWhite))
          #expect(Array(content[offset..<offset + bytes.count]) == bytes)
          next = offset + bytes.count
        }
      }
      #expect(content[next...].allSatisfy(JSONDocument.isWhite))
    }
  }

  @Test func readsAWrapperOfAnySize() {
    let record = "{\"id\":\"" + String(repeating: "x", count: 90) + "\"}"
    let content = bytes(
      "{\"@odata.context\":\"c\",\"value\":[" + Array(repeating: record, count: 20_000).joined(separator: ",") + "]}")
    for size in [100, 4_096, 1 << 20] {
      let found = Streamed.all(content) { size }
      #expect(found.items.count == 20_000 && !found.isCut)
      #expect(Self.shown(Array(found.items.suffix(1))) == [record])
    }
  }

  @Test func looksForAWrapperOnlySoFar() {
    func content(_ count: Int) -> [UInt8] {
      bytes("{\"@odata.note\":\"" + String(repeating: "x", count: count) + "\",\"value\":[{\"a\":1}]}")
    }
    for size in [1_000, 1 << 16, 1 << 20] {
      #expect(Self.shown(Streamed.all(content(60_000)) { size }.items) == ["{\"a\":1}"])
      #expect(Streamed.all(content(70_000)) { size }.items == [.record(content(70_000), offset: 0)])
    }
  }
}
