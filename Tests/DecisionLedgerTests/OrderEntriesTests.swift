import ByteText
import CaseModel
import Testing

@testable import DecisionLedger

/// Replay of work orders and results.
@Suite struct OrderEntriesTests {
  private static let made = Instant(seconds: 1_773_309_600)

  private static func record(_ id: ByteString = "wo-a", round: Int = 1, batch: ByteString = "b1") -> OrderRecord {
    OrderRecord(
      id: id, action: "inv-1/mail-a", round: round, digest: "dig", batch: batch, made: made,
      until: made.adding(seconds: 60), sha256: "ab")
  }

  private static func result(
    _ state: ExecutionState, order: ByteString = "wo-a", files: [ByteString] = ["f1"]
  ) -> (LedgerEntry.Kind, JSONTree) {
    let report = ExecutionReport(state: state, at: made, source: "own", detail: "1 done", entry: 0, files: files)
    return (.result, LedgerBody.result(order: order, action: "inv-1/mail-a", report))
  }

  private static let vote: (LedgerEntry.Kind, JSONTree) = (.decision, Samples.vote("inv-1/mail-a", "r7", "approve"))

  private static func judge(_ outcome: ByteString, why: RoundEvent.What? = nil) -> (LedgerEntry.Kind, JSONTree) {
    (
      .judge,
      LedgerBody.judge(action: "inv-1/mail-a", round: 1, outcome: outcome, votes: [1], needed: 2, why: why, record: "h")
    )
  }

  private static func state(_ entries: [(LedgerEntry.Kind, JSONTree)]) throws -> LedgerState {
    try Samples.read(Samples.lines([vote, judge("approved")] + entries).flatMap { $0 }).1
  }

  private static func facts(_ entries: [(LedgerEntry.Kind, JSONTree)]) throws -> LedgerFacts {
    try #require(try state(entries).facts(of: try Samples.id("mail-a")))
  }

  @Test func remembersHowManyWereNeeded() throws {
    #expect(try Self.facts([]).needed == 2)
  }

  /// From the intent on somebody may have found the files; but as long as they are not whole, the approval is judged again.
  @Test func handsOverWithTheIntent() throws {
    let begun = try Self.facts([(.intent, LedgerBody.intent([Self.record()]))])
    #expect(begun.handedOver != nil && begun.order?.isWhole == false && begun.isOpen)
    let whole = try Self.facts([
      (.intent, LedgerBody.intent([Self.record()])), (.order, LedgerBody.order(Self.record())),
    ])
    #expect(whole.handedOver == begun.handedOver && whole.order?.isWhole == true && !whole.isOpen)
    #expect(whole.order?.id == "wo-a" && whole.order?.until == Self.made.adding(seconds: 60))
  }

  @Test func forgetsAnUnfinishedOrderWithItsApproval() throws {
    let facts = try Self.facts([
      (.intent, LedgerBody.intent([Self.record()])), Self.judge("replaced", why: .replaced),
    ])
    #expect(facts.round == 2 && facts.handedOver == nil && facts.order == nil)
  }

  @Test func takesOrdersOfThePresentRoundAlone() throws {
    #expect(try Self.facts([(.order, LedgerBody.order(Self.record(round: 2)))]).order == nil)
    #expect(try Self.facts([(.intent, LedgerBody.intent([Self.record(round: 2)]))]).handedOver == nil)
  }

  @Test func keepsTheFirstHandOverOfARenewal() throws {
    let facts = try Self.facts([
      (.order, LedgerBody.order(Self.record())), (.order, LedgerBody.order(Self.record(batch: "b2"))),
    ])
    #expect(facts.order?.batch == "b2")
    let lines = try Self.state([
      (.order, LedgerBody.order(Self.record())), (.order, LedgerBody.order(Self.record(batch: "b2"))),
    ]).lines[try Samples.id("mail-a")]
    #expect(lines?.last?.text.description.hasPrefix("handed over again with order wo-a") ?? false)
  }

  @Test func takesResultsOfKnownOrders() throws {
    let order: (LedgerEntry.Kind, JSONTree) = (.order, LedgerBody.order(Self.record()))
    let state = try Self.state([order, Self.result(.succeeded), Self.result(.failed, order: "wo-z", files: ["f2"])])
    let facts = try #require(state.facts(of: try Samples.id("mail-a")))
    #expect(facts.reports.map(\.state) == [.succeeded] && facts.reports.first?.files == ["f1"])
    #expect(facts.reports.first?.logged != nil)
    // Every file that an entry names is kept, and looked after.
    #expect(state.returned.isSuperset(of: ["f1", "f2"]))
    #expect(state.orders == ["wo-a": try Samples.id("mail-a")])
  }

  /// What was undone asks for nothing; what is approved after that does.
  @Test func tellsWhetherAnUndoStandsLast() throws {
    let undo: (LedgerEntry.Kind, JSONTree) = (
      .undo, LedgerBody.undo(action: "inv-1/mail-a", round: 1, by: try Samples.id("mail-a.u1"), reversal: .moveToInbox)
    )
    #expect(try Self.facts([undo]).isUndone)
    let again = try Self.facts([
      undo, (.decision, Samples.vote("inv-1/mail-a", "r8", "approve", round: 2)),
      (.judge, LedgerBody.judge(action: "inv-1/mail-a", round: 2, outcome: "approved", votes: [4], needed: 1)),
    ])
    #expect(!again.isUndone)
    // Votes that came to nothing before are of the old round.
    let (_, state) = try Samples.read(Samples.lines([Self.vote, undo]).flatMap { $0 })
    #expect(state.facts(of: try Samples.id("mail-a"))?.votes.isEmpty == true)
  }
}
