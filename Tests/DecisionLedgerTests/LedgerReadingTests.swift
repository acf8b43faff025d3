import ByteText
import CaseModel
import Digests
import Testing

@testable import DecisionLedger

@Suite struct LedgerReadingTests {
  private static let lines = Samples.smallLedger()
  private static let whole = lines.flatMap { $0 }

  private static func feed(_ bytes: [UInt8]) throws(LedgerFault) -> LedgerReading {
    var reading = LedgerReading()
    try reading.feed(bytes[...]) { _ in }
    return reading
  }

  @Test func readsInChunksOfAnySize() throws {
    let at = try Self.feed(Self.whole)
    #expect(at.count == 5 && at.wholeBytes == Self.whole.count && at.tail == [])
    #expect(at.head == SHA256Sum.of(Self.lines[4]))
    #expect(at.latest == Samples.now.adding(seconds: 4))
    for size in [1, 2, 7, 64, 300, 4_096] {
      var reading = LedgerReading()
      var numbers: [Int] = []
      for start in stride(from: 0, to: Self.whole.count, by: size) {
        try reading.feed(Self.whole[start..<min(start + size, Self.whole.count)]) { numbers.append($0.number) }
      }
      #expect(numbers == [1, 2, 3, 4, 5])
      #expect(reading.head == at.head && reading.tree.root == at.tree.root && reading.wholeBytes == at.wholeBytes)
    }
  }

  @Test func leavesIssuesAtTheEndOutOfTheContentHead() throws {
    let reading = try Self.feed(Self.whole)
    #expect(reading.tree.root == Samples.checkpoint(Self.lines).root)
    #expect(reading.contentTree.root == Samples.checkpoint(Array(Self.lines[..<4])).root)
    #expect(reading.contentTree.count == 4)
  }

  @Test func notesTheRootAtAWatchedSize() throws {
    for size in 1...6 {
      var reading = LedgerReading()
      reading.watchedSize = size
      try reading.feed(Self.whole[...]) { _ in }
      #expect(reading.watchedRoot == (size <= 5 ? Samples.checkpoint(Array(Self.lines[..<size])).root : nil))
    }
  }

  /// Without a checkpoint: a flip is either named, or has made the rest a torn tail; it never passes.
  @Test func findsEveryChangedByte() throws {
    var unnoticed: [Int] = []
    for index in Self.whole.indices {
      // One bit of each byte, every bit in turn, and all bits of line feeds.
      for bit in Self.whole[index] == 0x0A ? Array(0..<8) : [index % 8] {
        var changed = Self.whole
        changed[index] ^= 1 << UInt8(bit)
        guard let reading = try? Self.feed(changed) else { continue }
        if reading.count == 5 || reading.tail.isEmpty { unnoticed.append(index) }
      }
    }
    #expect(unnoticed == [])
  }

  @Test func findsDroppedDoubledAndSwappedLines() throws {
    func fault(_ lines: [[UInt8]]) -> LedgerFault? {
      do throws(LedgerFault) {
        _ = try Self.feed(lines.flatMap { $0 })
        return nil
      } catch {
        return error
      }
    }
    for index in Self.lines.indices {
      var dropped = Self.lines
      dropped.remove(at: index)
      // Whether the last line is missing, only a checkpoint tells.
      let isLast = index == 4
      #expect(fault(dropped) == (isLast ? nil : LedgerFault(line: index + 1, reason: .badNumber)))
      var doubled = Self.lines
      doubled.insert(Self.lines[index], at: index)
      #expect(fault(doubled) == LedgerFault(line: index + 2, reason: .badNumber))
      for other in Self.lines.indices where other > index {
        var swapped = Self.lines
        swapped.swapAt(index, other)
        #expect(fault(swapped) == LedgerFault(line: index + 1, reason: .badNumber))
      }
    }
  }

  /// Somebody who recomputes the sums of the lines they change, but not the lines behind them.
  @Test func findsAChangedEntryByTheChain() throws {
    for index in 0..<4 {
      var entry = try LedgerEntry(line: Self.lines[index])
      entry.body = ["changed": true]
      var lines = Self.lines
      lines[index] = entry.line
      let fault = #expect(throws: LedgerFault.self) { try Self.feed(lines.flatMap { $0 }) }
      #expect(fault == LedgerFault(line: index + 2, reason: .badChain))
    }
    var first = try LedgerEntry(line: Self.lines[0])
    first.previous = SHA256Sum.of([])
    #expect(throws: LedgerFault(line: 1, reason: .badChain)) { try Self.feed(first.line) }
  }

  @Test(arguments: [(0, nil), (-299, nil), (-300, nil), (-301, .timeBackwards)] as [(Int64, LedgerFault.Reason?)])
  func refusesTimesThatFall(seconds: Int64, reason: LedgerFault.Reason?) throws {
    let first = LedgerEntry(number: 1, kind: .key, at: Samples.now, previous: LedgerReading.genesis, body: [:])
    // The greatest time so far counts, not that of the line before.
    let second = LedgerEntry(
      number: 2, kind: .key, at: Samples.now.adding(seconds: -200), previous: SHA256Sum.of(first.line), body: [:])
    let third = LedgerEntry(
      number: 3, kind: .key, at: Samples.now.adding(seconds: seconds), previous: SHA256Sum.of(second.line), body: [:])
    var reading = LedgerReading()
    var found: LedgerFault.Reason?
    do throws(LedgerFault) {
      try reading.feed((first.line + second.line + third.line)[...]) { _ in }
    } catch {
      found = error.reason
    }
    #expect(found == reason)
    #expect(reading.latest == Samples.now)
  }

  @Test func namesTheLineOfANewerVersion() throws {
    let newer = Array(#"{"body":{},"n":6,"sum":"x","v":2}"#.utf8) + [0x0A]
    let fault = #expect(throws: LedgerFault.self) { try Self.feed(Self.whole + newer) }
    #expect(fault == LedgerFault(line: 6, reason: .newer))
  }
}
