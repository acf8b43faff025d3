import ByteText
import CaseModel
import Digests
import Testing

@testable import DecisionLedger

@Suite struct LedgerEntryTests {
  private static let entry = LedgerEntry(
    number: 412, kind: .decision, at: Instant(seconds: 1_795_420_800), previous: SHA256Sum.of(Array("line\n".utf8)),
    body: ["comment": "ü \"x\"\n", "a": [1, true, .null]])

  /// The line as Python's json and hashlib make it.
  private static let line =
    #"{"body":{"a":[1,true,null],"comment":"ü \"x\"\n"},"n":412,"#
    + #""prev":"c73b73af8851e9e91bc6b4dc12e7dace0a2bfb931c1d0b8b36ef367319f58cd1","#
    + #""sum":"4136d744c0a12b75157acf319603bcc7ac8f8d2530c8fbc317685c9eeb0ad04b","#
    + #""t":"2026-11-23T08:00:00Z","type":"decision","v":1}"# + "\n"

  @Test func writesTheLine() {
    #expect(String(decoding: Self.entry.line, as: UTF8.self) == Self.line)
  }

  @Test(arguments: LedgerEntry.Kind.allCases) func readsWhatItWrites(kind: LedgerEntry.Kind) throws {
    var entry = Self.entry
    entry.kind = kind
    let read = try LedgerEntry(line: entry.line)
    #expect(read.line == entry.line)
    #expect(read.number == 412 && read.kind == kind && read.at == entry.at && read.previous == entry.previous)
  }

  @Test func refusesEveryChangedByte() {
    let whole = Array(Self.line.utf8)
    var accepted: [Int] = []
    for index in whole.indices {
      for bit in 0..<8 {
        var changed = whole
        changed[index] ^= 1 << UInt8(bit)
        if (try? LedgerEntry(line: changed)) != nil { accepted.append(index) }
      }
      for byte in [0x20, 0x30, 0x22, 0x2C, 0x0A, 0x00, 0xFF] as [UInt8] where whole[index] != byte {
        var changed = whole
        changed[index] = byte
        if (try? LedgerEntry(line: changed)) != nil { accepted.append(index) }
      }
    }
    #expect(accepted == [])
  }

  @Test func refusesEveryTruncationAndAddition() {
    let whole = Array(Self.line.utf8)
    var accepted: [Int] = []
    for index in whole.indices {
      if (try? LedgerEntry(line: Array(whole[..<index]))) != nil { accepted.append(index) }
      if (try? LedgerEntry(line: Array(whole[(index + 1)...]))) != nil { accepted.append(index) }
      if (try? LedgerEntry(line: whole[..<index] + [0x20] + whole[index...])) != nil { accepted.append(index) }
    }
    #expect(accepted == [])
  }

  @Test(
    arguments: [
      ("\n", .notAnEntry),
      ("{}\n", .notAnEntry),
      ("[]\n", .notAnEntry),
      ("{\"v\":1}\n", .notAnEntry),
      ("{\"v\":\"1\"}\n", .notAnEntry),
      ("{\"v\":2}\n", .newer),
      ("{\"v\":2,\"type\":\"witness\",\"more\":{}}\n", .newer),
      ("{\"v\":1.5}\n", .notAnEntry),
      ("{\"v\":1,\"v\":1}\n", .notAnEntry),
      ("{\"v\":1}", .torn),
      ("", .torn),
      ("\u{FEFF}" + line, .notAnEntry),
      (" " + line, .badSum),
      (line.replacing("4136d744", with: "4136d745"), .badSum),
      (line.replacing("\"n\":412", with: "\"n\":413"), .badSum),
      (line.replacing("\"type\":\"decision\"", with: "\"type\":\"witness\""), .notAnEntry),
      (line.replacing("08:00:00Z", with: "08:00:61Z"), .notAnEntry),
      (line.replacing(",\"v\":1}", with: ",\"v\":1,\"w\":1}"), .notAnEntry),
      (line.replacing("\"body\":{", with: "\"body\": {"), .badSum),
      (line.replacing("ü", with: "\\u00fc"), .badSum),
      (line.replacing("\"c73b", with: "\"C73B"), .notAnEntry),
    ] as [(String, LedgerFault.Reason)])
  func saysWhatIsWrong(line: String, reason: LedgerFault.Reason) {
    let found = #expect(throws: LedgerFault.Reason.self) { try LedgerEntry(line: Array(line.utf8)) }
    #expect(found == reason)
  }

  /// A line with another key whose sum is right is still no entry.
  @Test func refusesFurtherKeysEvenWithARightSum() {
    func signed(_ members: [JSONTree.Member]) -> [UInt8] {
      let sum = SHA256Sum.of(CanonicalJSON.bytes(.object(members))).hex
      return CanonicalJSON.bytes(.object(members + [.init("sum", .string(sum))])) + [0x0A]
    }
    let members: [JSONTree.Member] = [
      .init("body", [:]), .init("n", 1), .init("prev", .string(LedgerReading.genesis.hex)),
      .init("t", "2026-11-23T08:00:00Z"), .init("type", "key"), .init("v", 1),
    ]
    #expect(throws: Never.self) { try LedgerEntry(line: signed(members)) }
    #expect(throws: LedgerFault.Reason.notAnEntry) { try LedgerEntry(line: signed(members + [.init("w", 1)])) }
    #expect(throws: LedgerFault.Reason.notAnEntry) {
      try LedgerEntry(line: signed(members.filter { $0.key != "body" } + [.init("body", [])]))
    }
  }

  @Test(
    arguments: [
      (.notAnEntry, "not a ledger entry"), (.newer, "made by a newer countersign"),
      (.badSum, "the line was changed: its sum does not match"), (.torn, "the last line is incomplete"),
      (.badNumber, "an entry is missing or stands twice: the number does not follow"),
      (.badChain, "the chain is broken: prev is not the hash of the line before"),
      (.timeBackwards, "the time lies before that of an earlier entry"),
      (.shorterThanCheckpoint(size: 7), "the ledger is shorter than its checkpoint, which counts 7 entries"),
      (.notTheCheckpoint, "the ledger is not the one its checkpoint was made of"),
      (.badCheckpoint, "the checkpoint is damaged, or not signed by this workspace's log key"),
    ] as [(LedgerFault.Reason, ByteString)]) func saysEveryFaultInWords(reason: LedgerFault.Reason, words: ByteString)
  {
    #expect(LedgerFault(line: 1, reason: reason).message == words)
  }
}
