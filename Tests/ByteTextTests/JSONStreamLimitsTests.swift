import TestSupport
import Testing

@testable import ByteText

@Suite struct JSONStreamLimitsTests {
  @Test func holdsLimitsToTheByteInAnyPieces() {
    let limits = JSONLimits(bytes: 20, stringBytes: 12, depth: 3)
    let cases: [(String, JSONProblem?)] = [
      ("{\"a\":\"01234567\", \"b\":1}", JSONProblem(offset: 20, reason: .tooLong(limit: 20))),
      ("{\"a\":\"01234567\",\"b\":1}", JSONProblem(offset: 20, reason: .tooLong(limit: 20))),
      ("{\"a\":\"0123\",\"b\":1234}", JSONProblem(offset: 20, reason: .tooLong(limit: 20))),
      ("{\"a\":\"0123\",\"b\":123}", nil),
      ("01234567890123456789012", JSONProblem(offset: 1, reason: .unexpected(byte: 0x31, expected: .endOfText))),
      ("12345678901234567890", nil), ("123456789012345678901", JSONProblem(offset: 20, reason: .tooLong(limit: 20))),
      ("{\"a\":\"0123456789012\"}", JSONProblem(offset: 6, reason: .stringTooLong(limit: 12))),
      ("{\"a\":\"0123456789012\\q\"}", JSONProblem(offset: 6, reason: .stringTooLong(limit: 12))),
    ]
    for (content, problem) in cases {
      for size in [1, 3, 20, 21, 1_000] {
        let items = Streamed.all(bytes(content), limits: limits) { size }.items
        if let problem {
          #expect(items == [.refused(bytes(content), offset: 0, problem)], "\(content) in \(size)")
        } else {
          #expect(items == [.record(bytes(content), offset: 0)], "\(content) in \(size)")
        }
      }
    }
  }

  @Test func passesOverARecordFarBeyondTheLimitAndGoesOn() {
    // A string of 64 MB, streamed: its bytes are handed on as they come and never gathered.
    var stream = JSONStream()
    var refused = 0
    var reasons: [JSONProblem] = []
    var largest = 0
    var records: [Int] = []
    func take() {
      while let item = stream.next() {
        switch item {
        case .record(_, let offset): records.append(offset)
        case .refused(let problem, _, let bytes):
          reasons.append(problem)
          refused += bytes.count
          largest = max(largest, bytes.count)
        case .refusedMore(let bytes):
          refused += bytes.count
          largest = max(largest, bytes.count)
        }
      }
    }
    let chunk = [UInt8](repeating: 0x78, count: 1 << 20)
    stream.feed(bytes("{\"a\":1}\n{\"b\":\"")[...])
    for _ in 0..<64 {
      stream.feed(chunk[...])
      take()
    }
    stream.feed(bytes("\"}\n{\"c\":3}\n")[...])
    stream.finish()
    take()
    #expect(records == [0, 8 + 6 + 64 << 20 + 3])
    #expect(reasons == [JSONProblem(offset: 6, reason: .stringTooLong(limit: 8 << 20))])
    #expect(refused == 6 + 64 << 20 + 3)
    #expect(largest <= 17 << 20)
  }

  @Test func goesOnAfterARecordThatIsTooDeepOrHasTooManyValues() {
    let limits = JSONLimits(bytes: 1 << 20, stringBytes: 1 << 10, depth: 64, values: 150)
    let deep = String(repeating: "{\"a\":", count: 100_000)
    let wide = "{\"w\":[" + Array(repeating: "0", count: 200).joined(separator: ",") + "]}"
    let items = Streamed.all(bytes(deep + "\n{\"b\":1}\n" + wide + "\n{\"c\":1}"), limits: limits) { 1_000 }.items
    #expect(items.count == 4)
    #expect(
      items.first == .refused(bytes(deep + "\n"), offset: 0, JSONProblem(offset: 320, reason: .tooDeep(limit: 64))))
    #expect(items.last == .record(bytes("{\"c\":1}"), offset: deep.utf8.count + wide.utf8.count + 10))
  }

  @Test func takesBytesOneByOneInLinearTime() {
    // A record of 300,000 bytes that arrives byte by byte: scanned anew each time, it would take an hour.
    let record = "{\"a\":[" + Array(repeating: "{\"b\":\"0123456789\"}", count: 15_000).joined(separator: ",") + "]}"
    let clock = ContinuousClock()
    let time = clock.measure {
      let items = Streamed.all(bytes(record + "\n" + record)) { 1 }.items
      #expect(items.map { if case .record = $0 { true } else { false } } == [true, true])
    }
    #expect(time < .seconds(60))
  }

  @Test(arguments: [
    "{\n", "{\"a\":\n", "{\"a\":[\n", "[{\n", "\"\n", "\\\n", "{\"a\":[{},\n{},\n", "}\n", "]\n", ",\n",
  ])
  func passesOverRepeatedBeginningsInLinearTime(line: String) {
    let content = bytes(String(repeating: line, count: 20_000))
    let clock = ContinuousClock()
    let time = clock.measure {
      let items = Streamed.all(content) { 4_096 }.items
      #expect(!items.isEmpty)
    }
    #expect(time < .seconds(60))
  }
}
