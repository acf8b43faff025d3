import ByteText
import Digests
import ExportReading
import Testing

@testable import CaseStore

@Suite struct EvidenceEnvelopeTests {
  private static func line(_ envelope: EvidenceEnvelope) -> [UInt8] {
    var line: [UInt8] = []
    envelope.append(sha256: envelope.sha256, to: &line)
    return line
  }

  private static func read(_ line: [UInt8]) -> (envelope: EvidenceEnvelope, sha256: SHA256Digest)? {
    guard let document = try? JSONDocument.parse(line, limits: EvidenceEnvelope.limits) else { return nil }
    return EvidenceEnvelope.read(document)
  }

  @Test func writesTheLine() {
    let text = EvidenceEnvelope(
      source: "a\"b.json", number: 7, dialect: .air, raw: Array("{\"é\":\"\\u0001\"}\r\n".utf8))
    #expect(
      String(decoding: Self.line(text), as: UTF8.self)
        == #"{"dialect":"air","raw":"{\"é\":\"\\u0001\"}\r\n","record":7,"sha256":"\#(text.sha256.hex)","src":"a\"b.json"}"#
        + "\n")
    let bytes = EvidenceEnvelope(source: "x", number: 1, dialect: .countersign, raw: [0x7B, 0xFF, 0x7D])
    #expect(
      String(decoding: Self.line(bytes), as: UTF8.self)
        == #"{"base64":"e/99","dialect":"countersign","record":1,"sha256":"\#(bytes.sha256.hex)","src":"x"}"# + "\n")
  }

  @Test(
    arguments: [
      [], Array("{}".utf8), Array(0...127), Array(0...255), [0xFF], [0xED, 0xA0, 0x80], [0xEF, 0xBB, 0xBF, 0x7B, 0x7D],
      Array("a\u{2028}\u{10FFFF}\u{0}\\u0000".utf8),
    ] as [[UInt8]]) func readsTheRecordByteForByte(raw: [UInt8]) throws
  {
    for dialect in Dialect.allCases {
      let envelope = EvidenceEnvelope(source: "ü \n.json", number: 3, dialect: dialect, raw: raw)
      let line = Self.line(envelope)
      #expect(line.count { $0 == 0x0A } == 1 && line.last == 0x0A)
      let found = try #require(Self.read(line))
      #expect(found.envelope == envelope && found.sha256 == SHA256Sum.of(raw))
    }
  }

  @Test func refusesAChangedRecord() {
    for raw in [Array(#"{"a":"é"}"#.utf8), [0x7B, 0xFF, 0x00, 0x7D]] as [[UInt8]] {
      let envelope = EvidenceEnvelope(source: "x", number: 1, dialect: .air, raw: raw)
      let line = Self.line(envelope)
      var accepted: [Int] = []
      for index in line.indices {
        for bit in 0..<8 {
          var changed = line
          changed[index] ^= 1 << UInt8(bit)
          guard let found = Self.read(changed) else { continue }
          // Name and number are bound by the file's hash, which the ledger holds; the record by its own.
          if found.envelope.raw != raw { accepted.append(index) }
        }
      }
      #expect(accepted == [])
    }
  }

  @Test(arguments: [
    "{}", "[]", #"{"dialect":"air","raw":"{}","record":1,"src":"x"}"#,
    #"{"dialect":"cef","raw":"","record":1,"sha256":"HASH","src":"x"}"#,
    #"{"dialect":"air","record":1,"sha256":"HASH","src":"x"}"#,
    #"{"dialect":"air","raw":"","sha256":"HASH","src":"x"}"#,
    #"{"dialect":"air","raw":"","record":1,"sha256":"HASH"}"#,
    #"{"dialect":"air","base64":"!","record":1,"sha256":"HASH","src":"x"}"#,
    #"{"dialect":"air","raw":1,"record":1,"sha256":"HASH","src":"x"}"#,
    #"{"dialect":"air","raw":"","record":1,"sha256":"hash","src":"x"}"#,
  ]) func refusesWhatIsNoEnvelope(text: String) {
    let hash = String(decoding: SHA256Sum.of([]).hex.bytes, as: UTF8.self)
    #expect(Self.read(Array(text.replacing("HASH", with: hash).utf8)) == nil)
  }
}
