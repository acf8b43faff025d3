import ByteText
import CaseModel
import Digests
import DurableFiles
import Glibc
import TestSupport
import Testing

@testable import DecisionLedger

@Suite struct LedgerTests {
  private static let lines = Samples.smallLedger()
  private static let whole = lines.flatMap { $0 }

  @Test func startsEmptyAndGrows() throws {
    let scratch = try Scratch()
    let ledger = try Ledger(in: scratch.folder, checkpoint: nil)
    #expect(ledger.count == 0 && ledger.floor == nil && ledger.tornTail == [])
    #expect(ledger.checkpoint(origin: Samples.origin).root == MerkleTree().root)
    #expect(try ledger.append(.key, ["kid": "a"], at: Samples.now) == 1)
    #expect(try ledger.append(.policy, ["sha256": "b"], at: Samples.now.adding(seconds: 2)) == 2)
    try ledger.sync()
    #expect(ledger.count == 2 && ledger.floor == Samples.now.adding(seconds: 2))
    #expect(ledger.state.policyHash == "b")
    let (reading, state) = try Ledger.read(scratch.folder, checkpoint: ledger.checkpoint(origin: Samples.origin))
    #expect(reading.count == 2 && state.policyHash == "b")
    let again = try Ledger(in: scratch.folder, checkpoint: ledger.checkpoint(origin: Samples.origin))
    #expect(try again.append(.key, [:], at: Samples.now.adding(seconds: 3)) == 3)
    #expect(try Ledger.read(scratch.folder, checkpoint: nil).0.count == 3)
  }

  @Test func readsAWorkspaceWithoutALedger() throws {
    let scratch = try Scratch()
    #expect(try Ledger.read(scratch.folder, checkpoint: nil).0.count == 0)
    #expect(try scratch.folder.names() == [])
    let one = Samples.checkpoint([Self.lines[0]])
    #expect(
      try Samples.fault { _ = try Ledger.read(scratch.folder, checkpoint: one) }
        == LedgerFault(line: 0, reason: .shorterThanCheckpoint(size: 1)))
  }

  /// What a ledger says of times never falls, whatever clock an entry was made under.
  @Test func neverWritesATimeThatFalls() throws {
    let scratch = try Scratch()
    let ledger = try Ledger(in: scratch.folder, checkpoint: nil)
    var times: [Instant] = []
    for seconds in [0, 5, -1_000_000, 4, 6] as [Int64] {
      try ledger.append(.key, [:], at: Samples.now.adding(seconds: seconds))
    }
    try ledger.append(.key, [:], at: Instant(ticks: Samples.now.adding(seconds: 6).ticks + 9_999_999))
    _ = try Ledger.read(scratch.folder, checkpoint: nil) { times.append($0.at) }
    #expect(times == [0, 5, 5, 5, 6, 6].map { Samples.now.adding(seconds: $0) })
  }

  /// A body that could not be read again is refused before it reaches the file, and the ledger goes on.
  @Test(
    arguments: [
      ["name": .string(ByteString([0x61, 0xFF]))], ["n": .int(1 << 53)], .array([]),
      .object([.init("a", 1), .init("a", 2)]),
    ] as [JSONTree])
  func refusesABodyItCouldNotRead(body: JSONTree) throws {
    let scratch = try Scratch()
    let ledger = try Ledger(in: scratch.folder, checkpoint: nil)
    try ledger.append(.key, ["a": 1], at: Samples.now)
    let before = try scratch.ledger()
    #expect(throws: FileError.self) { try ledger.append(.mail, body, at: Samples.now) }
    #expect(try scratch.ledger() == before)
    #expect(try ledger.append(.key, ["b": 1], at: Samples.now) == 2)
    try ledger.sync()
    #expect(try Ledger.read(scratch.folder, checkpoint: ledger.checkpoint(origin: Samples.origin)).0.count == 2)
  }

  @Test func refusesABodyLongerThanALine() throws {
    let scratch = try Scratch()
    let ledger = try Ledger(in: scratch.folder, checkpoint: nil)
    let long = ByteString([UInt8](repeating: 0x61, count: LedgerEntry.lineLimit))
    #expect(throws: FileError.self) { try ledger.append(.mail, ["long": .string(long)], at: Samples.now) }
    #expect(try scratch.ledger() == [])
    #expect(try ledger.append(.key, ["b": 1], at: Samples.now) == 1)
  }

  @Test func findsEveryChangeAgainstTheCheckpoint() throws {
    let checkpoint = Samples.checkpoint(Self.lines)
    let scratch = try Scratch()
    func isRefused(_ bytes: [UInt8], _ what: String, isOpened: Bool = true) throws {
      try scratch.put(bytes)
      let fault = try Samples.fault { _ = try Ledger.read(scratch.folder, checkpoint: checkpoint) }
      #expect(fault != nil, "\(what)")
      guard isOpened else { return }
      let opening = try Samples.fault { _ = try Ledger(in: scratch.folder, checkpoint: checkpoint) }
      #expect(opening == fault, "\(what)")
      #expect(try scratch.ledger() == bytes, "\(what): a refused ledger is not touched")
    }
    for index in Self.whole.indices {
      var changed = Self.whole
      changed[index] ^= index % 2 == 0 ? 0x01 : 0x20
      try isRefused(changed, "byte \(index)", isOpened: index % 16 == 0)
      try isRefused(Array(Self.whole[..<index]), "\(index) bytes", isOpened: index % 16 == 0)
    }
    for index in Self.lines.indices {
      var lines = Self.lines
      lines.remove(at: index)
      try isRefused(lines.flatMap { $0 }, "without line \(index + 1)")
      lines = Self.lines
      lines.insert(lines[index], at: index)
      try isRefused(lines.flatMap { $0 }, "line \(index + 1) twice")
      lines = Self.lines
      lines.swapAt(index, (index + 1) % lines.count)
      try isRefused(lines.flatMap { $0 }, "line \(index + 1) swapped")
    }
    #expect(try scratch.folder.names() == [Ledger.fileName])
  }

  @Test func takesALedgerThatGrewSinceItsCheckpoint() throws {
    for size in 0...5 {
      let older = Samples.checkpoint(Array(Self.lines[..<size]))
      #expect(try Samples.read(Self.whole, checkpoint: older).0.count == 5)
      let other = Checkpoint(origin: Samples.origin, size: size, root: SHA256Sum.of([9]))
      #expect(
        try Samples.fault { _ = try Samples.read(Self.whole, checkpoint: other) }
          == LedgerFault(line: 0, reason: .notTheCheckpoint))
    }
    let longer = Checkpoint(origin: Samples.origin, size: 6, root: SHA256Sum.of([9]))
    #expect(
      try Samples.fault { _ = try Samples.read(Self.whole, checkpoint: longer) }
        == LedgerFault(line: 0, reason: .shorterThanCheckpoint(size: 6)))
  }

  /// A whole ledger written anew with right sums and chain is not the one the checkpoint was made of.
  @Test func findsARewrittenLedger() throws {
    let rewritten = Samples.lines(
      try Self.lines.map { line in
        let entry = try LedgerEntry(line: line)
        return (entry.kind, entry.kind == .decision ? Samples.vote("inv-1/mail-a", "r7", "reject") : entry.body)
      })
    #expect(try Samples.read(rewritten.flatMap { $0 }).0.count == 5)
    #expect(
      try Samples.fault {
        _ = try Samples.read(rewritten.flatMap { $0 }, checkpoint: Samples.checkpoint(Self.lines))
      } == LedgerFault(line: 0, reason: .notTheCheckpoint))
  }

  /// A crash tore the ledger at any byte behind its checkpoint: the whole lines stand, the rest is kept aside.
  @Test func mendsATornTail() throws {
    let checkpoint = Samples.checkpoint(Array(Self.lines[..<2]))
    let acknowledged = Self.lines[0].count + Self.lines[1].count
    let ends = Self.lines.indices.map { index in Self.lines[...index].reduce(0) { $0 + $1.count } }
    for length in acknowledged...Self.whole.count {
      let scratch = try Scratch()
      try scratch.put(Array(Self.whole[..<length]))
      let wholeLines = ends.count { $0 <= length }
      let cut = ends[wholeLines - 1]
      let tail = Array(Self.whole[cut..<length])
      #expect(try Ledger.read(scratch.folder, checkpoint: checkpoint).0.tail == tail)
      let ledger = try Ledger(in: scratch.folder, checkpoint: checkpoint)
      #expect(ledger.count == wholeLines && ledger.tornTail == tail)
      #expect(try scratch.ledger() == Array(Self.whole[..<cut]))
      let kept = ByteString("ledger.torn-\(wholeLines)")
      #expect(try scratch.folder.names().contains(kept) == !tail.isEmpty)
      if !tail.isEmpty { #expect(try scratch.folder.read(kept, limit: 1 << 20) == tail) }
      guard length % 16 == 0 else { continue }
      #expect(try ledger.append(.key, [:], at: Samples.now.adding(seconds: 9)) == wholeLines + 1)
      #expect(try Ledger.read(scratch.folder, checkpoint: checkpoint).0.count == wholeLines + 1)
    }
  }

  /// Every disk operation fails in turn, once and for good: what was acknowledged is there for whoever only reads, before any
  /// further run.
  @Test(arguments: [false, true], [EIO, ENOSPC]) func losesNothingAcknowledged(lasting: Bool, errno: Int32) throws {
    let start = Self.lines[..<2].flatMap { $0 }
    let torn = start + Self.lines[2].prefix(20)
    for seed in [[], start, torn] as [[UInt8]] {
      func run(_ scratch: Scratch, _ plan: FaultPlan) -> (acknowledged: Int, failed: Bool) {
        var acknowledged = seed.isEmpty ? 0 : 2
        do {
          let ledger = try Ledger(in: scratch.failing(plan), checkpoint: nil)
          for round in 0..<3 {
            for step in 0..<2 {
              try ledger.append(.mail, ["round": .int(round), "step": .int(step)], at: Samples.now.adding(seconds: 9))
            }
            try ledger.sync()
            acknowledged = ledger.count
          }
          return (acknowledged, false)
        } catch {
          return (acknowledged, true)
        }
      }
      let counting = FaultPlan()
      let good = try Scratch()
      if !seed.isEmpty { try good.put(seed) }
      #expect(run(good, counting) == (seed.isEmpty ? 6 : 8, false))
      #expect(counting.operations > 10)
      for number in 1...counting.operations {
        let scratch = try Scratch()
        if !seed.isEmpty { try scratch.put(seed) }
        let (acknowledged, failed) = run(scratch, FaultPlan(failing: number, with: errno, lasting: lasting))
        let comment: Comment = "operation \(number) of \(counting.operations), \(seed.count) bytes at first"
        #expect(failed || number > 0 && acknowledged == (seed.isEmpty ? 6 : 8), comment)
        let (reading, _) = try Ledger.read(scratch.folder, checkpoint: nil)
        #expect(reading.count >= acknowledged, comment)
        // The next run opens it, and goes on.
        let next = try Ledger(in: scratch.folder, checkpoint: nil)
        #expect(next.count == reading.count, comment)
        try next.append(.mail, ["again": true], at: Samples.now.adding(seconds: 10))
        try next.sync()
        #expect(try Ledger.read(scratch.folder, checkpoint: nil).0.count == reading.count + 1, comment)
      }
    }
  }

  /// After a failed sync nothing may be acknowledged any more through the same opening.
  @Test func neverTriesAFailedSyncAgain() throws {
    let scratch = try Scratch()
    let counting = FaultPlan()
    var ledger = try Ledger(in: scratch.failing(counting), checkpoint: nil)
    try ledger.append(.key, [:], at: Samples.now)
    let sync = counting.operations + 1
    let other = try Scratch()
    ledger = try Ledger(in: other.failing(FaultPlan(failing: sync, with: EIO)), checkpoint: nil)
    try ledger.append(.key, [:], at: Samples.now)
    #expect(throws: FileError.self) { try ledger.sync() }
    #expect(throws: FileError.self) { try ledger.sync() }
    #expect(throws: FileError.self) { try ledger.append(.key, [:], at: Samples.now) }
  }
}
