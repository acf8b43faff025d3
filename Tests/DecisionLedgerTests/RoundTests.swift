import ByteText
import CaseModel
import Testing

@testable import DecisionLedger

/// Replay of what happens to decisions after they were made.
@Suite struct RoundTests {
  private static func facts(_ entries: [(LedgerEntry.Kind, JSONTree)], of action: ByteString = "mail-a") throws
    -> LedgerFacts
  {
    let (_, state) = try Samples.read(Samples.lines(entries).flatMap { $0 })
    return try #require(state.facts(of: try Samples.id(action)))
  }

  private static func judge(
    _ outcome: ByteString, round: Int = 1, votes: [Int] = [1], why: RoundEvent.What? = nil, record: ByteString? = nil,
    override: Int? = nil
  ) -> (LedgerEntry.Kind, JSONTree) {
    (
      .judge,
      LedgerBody.judge(
        action: "inv-1/mail-a", round: round, outcome: outcome, votes: votes, needed: 1, why: why, record: record,
        override: override)
    )
  }

  private static let vote: (LedgerEntry.Kind, JSONTree) = (.decision, Samples.vote("inv-1/mail-a", "r7", "approve"))

  @Test func beginsARoundWhereTheEffectMoved() throws {
    let facts = try Self.facts([Self.vote, Self.judge("approved"), Self.judge("replaced", why: .replaced)])
    #expect(facts.round == 2 && facts.votes.isEmpty && facts.outcome == nil && facts.effect == nil)
    #expect(facts.atMost == nil && facts.events.map(\.what) == [.replaced])
  }

  @Test func countsNothingOfAnOldRound() throws {
    let facts = try Self.facts([
      Self.vote, Self.judge("replaced", why: .replaced), Self.vote, Self.judge("approved"),
      (.decision, Samples.vote("inv-1/mail-a", "r8", "approve", round: 2)),
    ])
    #expect(facts.round == 2 && facts.votes.map(\.principal) == ["r8"] && facts.outcome == nil)
  }

  @Test func keepsTheEntryOfARetainedApproval() throws {
    let facts = try Self.facts([
      Self.vote, Self.judge("approved"), Self.judge("approved", why: .retained, record: "h2"),
    ])
    #expect(facts.outcome == .approve && facts.outcomeEntry == 2 && facts.record == "h2")
    #expect(facts.events.map(\.what) == [.retained])
  }

  @Test func reopensWithItsVotes() throws {
    let facts = try Self.facts([Self.vote, Self.judge("approved"), Self.judge("awaiting", why: .reopened)])
    #expect(facts.outcome == nil && facts.votes.count == 1 && facts.round == 1)
  }

  @Test func withdrawsAndUndoes() throws {
    let own = try Samples.id("mail-a.w1")
    let withdraw = LedgerBody.withdraw(action: "inv-1/mail-a", round: 1, by: own, decision: .approve)
    let withdrawn = try Self.facts([Self.vote, Self.judge("approved"), (.withdraw, withdraw)])
    #expect(withdrawn.round == 2 && withdrawn.outcome == nil && withdrawn.withdrawn != nil)
    let undo = LedgerBody.undo(
      action: "inv-1/mail-a", round: 1, by: try Samples.id("mail-a.u1"), reversal: .restoreMessages)
    let undone = try Self.facts([Self.vote, Self.judge("approved"), (.undo, undo)])
    #expect(undone.round == 2 && undone.outcome == .approve && undone.events.map(\.what) == [.undone])
    // What names another action, or another round, does nothing.
    for (by, round) in [("mail-b.w1", 1), ("mail-a.w2", 1), ("mail-a.w2", 2), ("mail-a", 1)] {
      let body = LedgerBody.withdraw(
        action: "inv-1/mail-a", round: round, by: try Samples.id(ByteString(by)), decision: .approve)
      #expect(try Self.facts([Self.vote, Self.judge("approved"), (.withdraw, body)]).round == 1)
    }
  }

  @Test func marksAnOverride() throws {
    let facts = try Self.facts([Self.vote, Self.judge("approved", override: 1)])
    #expect(facts.overriddenBy == 1)
    #expect(
      try Self.facts([Self.vote, Self.judge("approved", override: 1), Self.judge("rejected")]).overriddenBy == nil)
  }

  @Test func leavesWhatWasHandedOverAlone() throws {
    let order: JSONTree = ["action": "inv-1/mail-a", "round": 1]
    let facts = try Self.facts([Self.vote, Self.judge("approved"), (.order, order)])
    #expect(facts.handedOver != nil && !facts.isOpen)
  }
}
