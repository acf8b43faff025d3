import ByteText
import TestSupport
import Testing

struct CSVReaderTests {
  @Test(arguments: [
    ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]), ("a,b\nc,d", [["a", "b"], ["c", "d"]]),
    ("\"a,\"\"b\"\"\r\nc\",d", [["a,\"b\"\r\nc", "d"]]), ("a,,\n", [["a", "", ""]]), (",", [["", ""]]), ("", []),
    ("\n\r\na\n", [["a"]]), ("\"\"\n", [[""]]), ("\u{FEFF}\"a\",b", [["a", "b"]]), ("a\r", [["a"]]),
    ("a b , c", [["a b ", " c"]]),
    ("\u{FEFE}x", [["\u{FEFE}x"]]), ("\"\"", [[""]]), ("\"\"\"\"", [["\""]]), ("a,\r\nb", [["a", ""], ["b"]]),
  ])
  func readsRecords(_ row: (String, [[String]])) {
    #expect(records(CSVReader.events(in: bytes(row.0))).map { $0.fields.map { text($0) } } == row.1)
    #expect(problems(CSVReader.events(in: bytes(row.0))).isEmpty)
  }

  @Test(arguments: [
    ("x\na,\"b\nc", CSVReader.Fault.unterminatedQuote, 4, 2, 2, 1),
    ("a\"b,c\nd\n", .quoteInUnquotedField, 1, 1, 1, 1),
    ("\"a\"b\nd\n", .textAfterClosingQuote, 3, 1, 1, 1),
    ("\"a\n\"b\nd\n", .textAfterClosingQuote, 4, 2, 1, 1),
    ("a\rb\nd\n", .bareCarriageReturn, 1, 1, 1, 1),
    ("123456789\nd\n", .fieldTooLong, 8, 1, 1, 1),
    ("\"12\n456789\n\"\nd\n", .fieldTooLong, 9, 2, 1, 1),
    ("1234567,1234567\nd\n", .recordTooLong, 13, 1, 1, 1),
    ("a,b,c,d\ne\n", .tooManyFields, 7, 1, 1, 1), ("a,b,c,d,e\ne\n", .tooManyFields, 7, 1, 1, 1),
  ])
  func tellsWhereAndResumesAtTheNextLine(_ row: (String, CSVReader.Fault, Int, Int, Int, Int)) {
    let limits = CSVReader.Limits(fieldBytes: 8, recordBytes: 12, fields: 3)
    let events = CSVReader.events(in: bytes(row.0), limits: limits)
    #expect(problems(events).map(\.fault) == [row.1])
    #expect(problems(events).map { [$0.offset, $0.line, $0.recordLine] } == [[row.2, row.3, row.4]])
    #expect(records(events).count == row.5)
  }

  @Test func countsPlacesAndLines() {
    let events = CSVReader.events(in: bytes("a\r\n\"b\nc\"\n\nd;e"), separator: 0x3B)
    #expect(records(events).map(\.offset) == [0, 3, 10])
    #expect(records(events).map(\.line) == [1, 2, 5])
    #expect(records(events).last?.fields.count == 2)
  }

  @Test func readsTheSameInAnyChunks() {
    var random = SplitMix(state: 21)
    let pieces = ["a", "\"", "\"\"", ",", "\r\n", "\n", "\r", "\"x,y\"", "12345678901", "\u{FEFF}", "é"].map {
      bytes($0)
    }
    let limits = CSVReader.Limits(fieldBytes: 16, recordBytes: 24, fields: 4)
    for _ in 0..<20_000 {
      let input = random.text(of: pieces, upTo: 14)
      var reader = CSVReader(limits: limits)
      var events: [CSVReader.Event] = []
      var index = 0
      while index < input.count {
        let end = min(input.count, index + Int.random(in: 0...3, using: &random))
        reader.feed(input[index..<end]) { events.append($0) }
        index = end
      }
      reader.finish { events.append($0) }
      #expect(events == CSVReader.events(in: input, limits: limits), "\(text(input))")
    }
  }

  @Test func readsBackWhatTheWriterWrites() {
    var random = SplitMix(state: 22)
    let pieces = ["a", "\"", ",", "\r\n", "\n", "\r", "é", " "].map { bytes($0) }
    for _ in 0..<5_000 {
      let row = (0..<3).map { _ in bytes("x") + random.text(of: pieces, upTo: 5) }
      var out: [UInt8] = []
      CSVWriter.append(row.map { .text($0) }, to: &out)
      #expect(records(CSVReader.events(in: out)).map(\.fields) == [row])
    }
  }

  private func records(_ events: [CSVReader.Event]) -> [CSVReader.Record] {
    events.compactMap { if case .record(let record) = $0 { record } else { nil } }
  }

  private func problems(_ events: [CSVReader.Event]) -> [CSVReader.Problem] {
    events.compactMap { if case .problem(let problem) = $0 { problem } else { nil } }
  }
}
