import ByteText
import CaseModel
import DurableFiles
import TestSupport
import Testing

@testable import DecisionLedger

/// Power losses that keep a later part of what was never acknowledged and lose an earlier one.
@Suite struct LedgerHoleTests {
  @Test func movesAsideWhatLiesBehindTheSignedHead() throws {
    let lines = Samples.smallLedger()
    let checkpoint = Samples.checkpoint(Array(lines[..<2]))
    var bytes = lines.flatMap { $0 }
    let start = lines[0].count + lines[1].count
    for index in start..<start + 40 { bytes[index] = 0 }
    let scratch = try Scratch()
    try scratch.put(bytes)
    let (reading, state) = try Ledger.read(scratch.folder, checkpoint: checkpoint)
    #expect(reading.count == 2 && reading.tail == Array(bytes[start...]) && state.facts.isEmpty)
    let ledger = try Ledger(in: scratch.folder, checkpoint: checkpoint)
    #expect(ledger.tornTail == Array(bytes[start...]))
    #expect(try scratch.ledger() == Array(bytes[..<start]))
    #expect(try scratch.folder.read("ledger.torn-2", limit: 1 << 20) == Array(bytes[start...]))
    #expect(try ledger.append(.key, ["a": 1], at: Samples.now.adding(seconds: 9)) == 3)
  }

  /// Before the signed head, without one, or where a whole entry was put: that is no power loss.
  @Test func refusesEveryOtherDamage() throws {
    let lines = Samples.smallLedger()
    let scratch = try Scratch()
    func fault(_ bytes: [UInt8], _ checkpoint: Checkpoint?) throws -> LedgerFault? {
      try scratch.put(bytes)
      return try Samples.fault { _ = try Ledger(in: scratch.folder, checkpoint: checkpoint) }
    }
    var bytes = lines.flatMap { $0 }
    bytes[lines[0].count + 5] ^= 1
    #expect(try fault(bytes, Samples.checkpoint(Array(lines[..<2]))) != nil)
    #expect(try fault(bytes, nil) != nil)
    let twice = lines.flatMap { $0 } + lines[4]
    #expect(try fault(twice, Samples.checkpoint(lines)) == LedgerFault(line: 6, reason: .badNumber))
  }

  @Test func tellsTheRootsOfEveryHead() throws {
    let lines = Samples.smallLedger()
    let scratch = try Scratch()
    try scratch.put(lines.flatMap { $0 })
    let roots = try Ledger.roots(scratch.folder, at: [0, 1, 3, 5, 6])
    #expect(Set(roots.keys) == [0, 1, 3, 5])
    for size in [1, 3, 5] { #expect(roots[size] == Samples.checkpoint(Array(lines[..<size])).root) }
  }

  @Test(
    arguments: [
      ("60 · 08fac47695f0", 60), ("0 · 08fac47695f0", 0), ("60 · 08fac47695f", nil), ("60 - 08fac47695f0", nil),
      ("x · 08fac47695f0", nil), ("60 · 08fac47695fg", nil), ("", nil), ("60 · 08fac47695f0 ", nil),
    ] as [(ByteString, Int?)])
  func readsHeadsAsPagesPrintThem(text: ByteString, size: Int?) {
    #expect(Checkpoint.size(short: text) == size)
  }
}
