import ByteText
import CaseModel
import ExportReading
import Foundation
import Testing

private typealias S = ReadingSamples

/// Whole files: what they are taken for, what bad ones get, and that chunks never matter.
struct ExportReaderTests {
  static let supported =
    " | import takes audit records as JSON or CSV, hunting rows, Graph audit records and Countersign exports, "
    + "gzipped or not"

  /// `gzip -n` of nothing.
  static let emptyGzip: [UInt8] = [
    0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  ]

  /// A gzip member with one stored block of at most 65,535 bytes.
  static func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    crc = ~crc
    func little(_ value: UInt32, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt32(8 * $0)) }
    }
    let size = UInt32(bytes.count)
    return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1] + little(size, 2) + little(~size, 2) + bytes + little(crc, 4)
      + little(size, 4)
  }

  private func refusal(_ bytes: [UInt8]) -> [String] { S.lines(S.items(bytes)) }

  @Test(arguments: [
    ("", "the file is empty | export it again"),
    (" \n\n", "the file holds nothing but white space | export it again"),
    ("%PDF-1.7\n%", "the file looks like a PDF document" + supported),
    (
      "PK\u{3}\u{4}abcdef",
      "the file looks like a zip archive or an office document | unpack it, or save the sheet as CSV (UTF-8)"
    ),
    (
      "<!DOCTYPE html><html>",
      "the file looks like a web page | a saved sign-in or error page? download the export again"
    ), ("<?xml version=\"1.0\"?>", "the file looks like XML" + supported),
    ("BZh91AY&SY", "the file looks like a bzip2 archive | unpack it first"),
    ("v4.public.eyJ", "the file looks like an approval token | hand decisions to `countersign apply`"),
    (
      "Dear reader,\nhello",
      "neither JSON nor CSV with a column AuditData or RawEventData: the first line is \"Dear reader,\"" + supported
    ), ("ab\u{1}cdefgh", "the file is neither JSON nor text" + supported),
    ("[]", "the file holds no record | export it again, over a longer time"),
    ("{\"records\":[]}", "the file holds no record | export it again, over a longer time"),
    ("A,AuditData\r\n", "the file holds a header and no row | export it again, over a longer time"),
  ])
  func refusesWholeFiles(text: String, message: String) {
    #expect(refusal(Array(text.utf8)) == ["error: in: " + message])
  }

  @Test func refusesImagesAndUTF16() {
    #expect(
      refusal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        == ["error: in: the file looks like a PNG image" + Self.supported])
    let marked: [UInt8] = [0xFF, 0xFE] + Array("[{}]".utf8).flatMap { [$0, 0] }
    #expect(refusal(marked) == ["error: in: the file is UTF-16 | save it as UTF-8"])
    #expect(refusal([0xFE, 0xFF, 0, 0x5B]) == ["error: in: the file is UTF-16 | save it as UTF-8"])
    #expect(
      refusal(Array(marked.dropFirst(2))) == ["error: in: the file looks like UTF-16 | save it as UTF-8"])
    #expect(refusal([0, 0x5B, 0, 0x5D]) == ["error: in: the file looks like UTF-16 | save it as UTF-8"])
  }

  @Test func handsOutTheBytesOfARefusedFile() {
    let bytes = Array("%PDF-1.7 and a good deal more".utf8)
    let items = S.items(bytes, chunk: 10)
    let out = items.flatMap { item -> [UInt8] in
      switch item {
      case .refused(let refused): refused.bytes
      case .refusedMore(let bytes): bytes
      default: []
      }
    }
    #expect(out == bytes)
  }

  @Test func skipsAByteOrderMarkWithANote() {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    for chunk in [1, 2, 1_000] {
      let items = S.items(mark + S.json(S.record()), chunk: chunk)
      #expect(S.lines(items) == ["note: in: a UTF-8 byte order mark was skipped"])
      #expect(S.records(items).first?.raw == S.json(S.record()))
    }
    let csv = mark + Array("A,AuditData\n1,\"{}\"\n".utf8)
    #expect(S.lines(S.items(csv)).first == "note: in: a UTF-8 byte order mark was skipped")
    #expect(S.lines(S.items(mark)).last == "error: in: the file is empty | export it again")
  }

  @Test func readsGzip() {
    for chunk in [1, 7, 1_000] {
      let items = S.items(Self.gzip(S.json([S.record(), S.record(["Id": "2"])])), chunk: chunk)
      #expect(S.records(items).map(\.record.recordID) == ["record-1", "2"])
      #expect(S.lines(items) == [])
    }
  }

  @Test func refusesBadGzip() {
    let good = Self.gzip(S.json(S.record()))
    #expect(refusal(Self.emptyGzip) == ["error: in: the compressed file is empty | export it again"])
    #expect(refusal(Self.gzip(good)) == ["error: in: the file is gzip inside gzip | unpack it once"])
    #expect(
      refusal(Self.gzip(Array("%PDF-1.7 ".utf8)))
        == ["error: in: the file looks like a PDF document" + Self.supported])
    #expect(
      refusal(Array(good.prefix(12))) == ["error: in: gzip data ends too early | copy or download the file again"])
    let cut = S.items(Array(good.dropLast(4)))
    #expect(S.records(cut).count == 1)
    #expect(
      S.lines(cut) == [
        "error: in: gzip data ends too early"
          + " | the file was cut: what came before is used, export it again for the rest"
      ])
    #expect(refusal(good + Array("x".utf8)).last?.hasPrefix("error: in: other bytes follow the gzip data") == true)
  }

  @Test func refusesBrokenRecordsAndResumes() {
    let good = S.text(S.record())
    let file = good + "\n{\"a\" 1}\n" + good + "\n"
    let items = S.items(Array(file.utf8))
    #expect(S.records(items).map(\.number) == [1, 3])
    let place = good.utf8.count + 1 + 5 + 1
    #expect(S.lines(items) == ["error: in: record 2: expected a colon, found '1' (byte \(place) of the file)"])
    let bytes = items.compactMap { item -> [UInt8]? in
      if case .refused(let refused) = item { refused.bytes } else { nil }
    }
    #expect(bytes == [Array("{\"a\" 1}\n".utf8)])
  }

  @Test func refusesATruncatedFileAndUsesWhatCameBefore() {
    let good = S.text(S.record())
    let lines = S.items(Array((good + "\n" + good.dropLast(5)).utf8))
    #expect(S.records(lines).count == 1)
    #expect(
      S.lines(lines) == [
        "error: in: record 2: the text ends inside a value (byte \(2 * good.utf8.count - 3) of the file)"
          + " | the file was cut: export it again"
      ])
    let array = S.items(Array(("[" + good).utf8))
    #expect(S.records(array).count == 1)
    #expect(
      S.lines(array) == [
        "warning: in: the file ends inside an array"
          + " | the file was cut: what came before is used, export it again for the rest"
      ])
  }

  @Test func refusesDeepNestingAndLongStrings() {
    let good = S.text(S.record())
    let deep = "{\"a\":" + String(repeating: "[", count: 100_000) + "\n" + good
    let items = S.items(Array(deep.utf8))
    #expect(S.records(items).count == 1)
    #expect(S.lines(items) == ["error: in: record 1: nested deeper than 64 levels (byte 69 of the file)"])

    let limits = JSONLimits(bytes: 4_000, stringBytes: 1_000, depth: 64, refusesMalformedText: false)
    var reader = ExportReader(file: "in", acceptedTenants: [], limits: limits)
    let long = Array(("{\"a\":\"" + String(repeating: "x", count: 64_000) + "\"}\n" + good).utf8)
    var all: [ExportItem] = []
    for start in stride(from: 0, to: long.count, by: 500) {
      reader.feed(long[start..<min(start + 500, long.count)])
      while let item = reader.next() { all.append(item) }
    }
    reader.finish()
    while let item = reader.next() { all.append(item) }
    #expect(S.records(all).count == 1)
    #expect(S.lines(all).count == 1)
    #expect(S.lines(all).first?.hasPrefix("error: in: record 1: a string is longer than 1000 bytes (byte ") == true)
    let refused = all.flatMap { item -> [UInt8] in
      switch item {
      case .refused(let refused): refused.bytes
      case .refusedMore(let bytes): bytes
      default: []
      }
    }
    #expect(refused.count == 64_009)
  }

  @Test func refusesAValueThatIsNoObject() {
    #expect(
      refusal(Array("[5,\"x\"]".utf8)) == [
        "error: in: record 1: expected a record in braces, found a number",
        "error: in: record 2: expected a record in braces, found text",
      ])
  }

  // MARK: Chunks, real samples, damage

  /// What came out, comparable.
  private func summary(_ items: [ExportItem]) -> [String] {
    var lines: [String] = []
    var refused: [UInt8] = []
    for item in items {
      switch item {
      case .record(let record):
        lines.append("\(record.number) \(record.dialect) \(record.raw.count) \(record.record.hashValue)")
      case .refused(let one):
        lines.append(S.line(one.diagnostic))
        refused += one.bytes
      case .refusedMore(let bytes): refused += bytes
      case .diagnostic(let diagnostic): lines.append(S.line(diagnostic))
      }
    }
    return lines + [String(decoding: refused, as: UTF8.self)]
  }

  @Test func givesTheSameInAnyChunks() {
    var generator = SeededGenerator(7)
    let good = S.text(S.record(["Actions": [S.text(S.action())]]))
    let mixed = Array(("\u{FEFF}" + good + "\n{\"a\" 1}\n[" + good + ",5," + good + "]\n{\"x\":1}\n" + good).utf8)
    var files = ContainerReadingTests.containers().map(\.file) + [mixed, Self.gzip(mixed)]
    files += [Array("%PDF-1.7 and more".utf8), Array("A,AuditData\r\n1,\"{\"\"a\"\":1}\"\r\nx\"y,\r\n1,{}\r\n".utf8)]
    for file in files {
      let whole = summary(S.items(file))
      for _ in 0..<4 {
        var reader = ExportReader(file: "in", acceptedTenants: [])
        var items: [ExportItem] = []
        var rest = file[...]
        while !rest.isEmpty {
          let size = Int(generator.next() % 97) + 1
          reader.feed(rest.prefix(size))
          rest = rest.dropFirst(size)
          while let item = reader.next() { items.append(item) }
        }
        reader.finish()
        while let item = reader.next() { items.append(item) }
        #expect(summary(items) == whole)
      }
    }
  }

  @Test func survivesFlippedBytes() {
    var generator = SeededGenerator(11)
    let cluster = S.cluster(["QueryTime": "2026-03-09T07:41:12.55Z", "CountByThreatType": ["Phish": 2]])
    let record = S.record([
      "Actions": [S.text(S.action()), S.text(S.action(["ActionId": "2", "Entities": [cluster]]))],
      "Data": S.text(["Entities": [["$id": "1", "Type": "url", "Url": "u"], ["$ref": "1"]]]),
    ])
    let files =
      [S.json([record, record])] + ContainerReadingTests.containers().map(\.file)
      + [Self.gzip(S.json(record)), Array(NeutralRecordTests.example.utf8)]
    for file in files {
      for _ in 0..<60 {
        var bytes = file
        for _ in 0...Int(generator.next() % 3) {
          let place = Int(generator.next() % UInt64(bytes.count))
          switch generator.next() % 4 {
          case 0: bytes.remove(at: place)
          case 1: bytes.insert(Array("\"\\{}[]:,0".utf8)[Int(generator.next() % 9)], at: place)
          default: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
          }
        }
        // Nothing vanishes: whatever the damage, something is said or read.
        #expect(!S.items(bytes, chunk: 1_000).isEmpty)
      }
    }
  }

  @Test func survivesEveryCut() {
    let file = S.json([S.record(["Actions": [S.text(S.action())]])])
    for length in 0..<file.count { #expect(!S.items(Array(file.prefix(length))).isEmpty) }
  }
}

/// Numbers that are the same in every run.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}
