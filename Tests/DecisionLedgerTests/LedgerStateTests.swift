import ByteText
import CaseModel
import Digests
import Testing

@testable import DecisionLedger

@Suite struct LedgerStateTests {
  private static func replay(_ entries: [(LedgerEntry.Kind, JSONTree)]) throws -> LedgerState {
    try Samples.read(Samples.lines(entries).flatMap { $0 }).1
  }

  private static func judge(_ action: ByteString, _ outcome: ByteString, round: Int = 1) -> (LedgerEntry.Kind, JSONTree)
  {
    (.judge, LedgerBody.judge(action: action, round: round, outcome: outcome, votes: [1], needed: 1))
  }

  @Test func replaysAVoteAndItsJudgement() throws {
    let state = try Self.replay([
      (.decision, Samples.vote("inv-1/mail-a", "r7", "approve", identity: "sshsig")),
      Self.judge("inv-1/mail-a", "approved"),
    ])
    let facts = try #require(state.facts(of: Samples.id("mail-a")))
    #expect(
      facts.votes == [
        Vote(principal: "r7", identity: .sshsig, verdict: .approve, comment: "seen", at: Samples.now, entry: 1)
      ])
    #expect(facts.outcome == .approve && facts.outcomeEntry == 2 && facts.round == 1 && facts.lapsed == nil)
    #expect(facts.effect == "{\"atMost\":50}" && facts.atMost == 50)
    #expect(state.returned == ["f1"])
    #expect(state.accepted == ["r7approve": ["r7"]])
    #expect(
      state.lines[try Samples.id("mail-a")] == [
        .init(number: 1, at: Samples.now, text: "approve by r7"),
        .init(number: 2, at: Samples.now.adding(seconds: 1), text: "approved"),
      ])
    #expect(try state.facts(of: Samples.id("mail-b")) == nil)
  }

  @Test func replacesAVoteByALaterOneOfTheSamePrincipal() throws {
    let state = try Self.replay([
      (.decision, Samples.vote("inv-1/mail-a", "r1", "approve", atMost: 100)),
      (.decision, Samples.vote("inv-1/mail-a", "r2", "approve")), Self.judge("inv-1/mail-a", "approved"),
      (.decision, Samples.vote("inv-1/mail-a", "r1", "reject")), Self.judge("inv-1/mail-a", "rejected"),
      (.decision, Samples.vote("inv-1/mail-b", "r1", "approve")),
    ])
    let facts = try #require(state.facts(of: Samples.id("mail-a")))
    #expect(facts.votes.map(\.principal) == ["r2", "r1"])
    #expect(facts.votes.map(\.verdict) == [.approve, .reject])
    #expect(facts.votes.map(\.entry) == [2, 4])
    #expect(facts.outcome == .reject && facts.outcomeEntry == 5 && facts.atMost == 100)
    #expect(try state.facts(of: Samples.id("mail-b"))?.votes.map(\.principal) == ["r1"])
  }

  @Test func passesOverVotesOfOtherRounds() throws {
    let state = try Self.replay([
      (.decision, Samples.vote("inv-1/mail-a", "r1", "approve", round: 2)),
      (.decision, Samples.vote("inv-1/mail-a", "r2", "approve")), Self.judge("inv-1/mail-a", "approved", round: 2),
    ])
    let facts = try #require(state.facts(of: Samples.id("mail-a")))
    #expect(facts.votes.map(\.principal) == ["r2"] && facts.outcome == nil)
    #expect(state.accepted["r1approve"] == ["r1"])
  }

  @Test func takesAnOutcomeBackWhereJudgedAgain() throws {
    let state = try Self.replay([
      (.decision, Samples.vote("inv-1/mail-a", "r1", "approve")), Self.judge("inv-1/mail-a", "approved"),
      Self.judge("inv-1/mail-a", "awaiting"),
    ])
    let facts = try #require(state.facts(of: Samples.id("mail-a")))
    #expect(facts.outcome == nil && facts.outcomeEntry == nil && facts.votes.count == 1)
  }

  @Test func replaysLapses() throws {
    let state = try Self.replay([
      (.lapse, LedgerBody.lapse(["inv-1/mail-a", "inv-1/mail-b"])),
      (.decision, Samples.vote("inv-1/mail-b", "r1", "reject")),
    ])
    #expect(try state.facts(of: Samples.id("mail-a"))?.lapsed == Samples.now)
    #expect(try state.facts(of: Samples.id("mail-b"))?.lapsed == Samples.now)
    #expect(try state.facts(of: Samples.id("mail-b"))?.votes.count == 1)
    #expect(
      state.lines[try Samples.id("mail-a")] == [
        .init(number: 1, at: Samples.now, text: "lapsed: nobody decided in time")
      ])
  }

  @Test func remembersRefusals() throws {
    let state = try Self.replay([
      (.refusal, LedgerBody.refusal(file: "f1", rows: [(1, .expired, "inv-1/mail-a"), (7, .roleMissing, nil)]))
    ])
    #expect(
      state.refusals == [
        LedgerState.refusalKey(file: "f1", row: 1, code: .expired), "f1 7 role-missing",
      ])
    #expect(state.returned == ["f1"])
    #expect(state.facts.isEmpty)
  }

  @Test func sumsImportsThatReconcile() throws {
    let imports = [Samples.totals(5, 2, 1, 1, 1), Samples.totals(0, 0, 0, 0, 0), Samples.totals(9, 4, 5, 0, 0)]
    let names = ["e1", nil, "e2"].map { name in
      (name as ByteString?).map { LedgerState.EvidenceFile(name: $0, sha256: $0 + "sum") }
    }
    let state = try Self.replay(
      zip(imports, names).map { (.import, LedgerBody.import(evidence: $1, totals: $0, sources: ["a.json"])) })
    let named = [(1, "e1"), (3, "e2")].map { (entry: Int, name: ByteString) in
      LedgerState.EvidenceFile(
        name: name, sha256: name + "sum", entry: entry, at: Samples.now.adding(seconds: Int64(entry - 1)))
    }
    #expect(state.evidence == named)
    #expect(state.firstImport == Samples.now)
    #expect(state.totals == Samples.totals(14, 6, 6, 1, 1))
    #expect(state.totals.reconcile && imports.allSatisfy(\.reconcile))
    #expect(!Samples.totals(14, 6, 6, 1, 0).reconcile)
    #expect(state.lastImport == Samples.now.adding(seconds: 2))
  }

  @Test func keepsTheLastIssueAndPolicy() throws {
    let sums = [1, 2, 3].map { SHA256Sum.of([$0]) }
    let state = try Self.replay([
      (.issue, LedgerBody.issue(audience: "*", count: 2, kid: "k", tokens: sums[0])),
      (.issue, LedgerBody.issue(audience: "r7", count: 2, kid: "k", tokens: sums[1])),
      (.issue, LedgerBody.issue(audience: "*", count: 3, kid: "k", tokens: sums[2])),
      (.policy, LedgerBody.policy("one", sha256: sums[0])), (.policy, LedgerBody.policy("two", sha256: sums[1])),
      (.key, LedgerBody.key(kid: "k", purpose: "mint", publicKey: "p", status: "active")),
    ])
    #expect(state.issued == ["*": sums[2].hex, "r7": sums[1].hex])
    #expect(state.policyHash == sums[1].hex)
  }

  /// Entries with right sums and bodies of any form: nothing is made of them, and nothing traps.
  @Test(arguments: LedgerEntry.Kind.allCases) func passesOverBodiesItDoesNotKnow(kind: LedgerEntry.Kind) throws {
    let bodies: [JSONTree] = [
      [:], ["action": 1], ["action": "no slash"],
      ["action": "inv-1/..", "principal": "r1", "verdict": "approve", "round": 1],
      ["action": "inv-1/mail-a", "principal": "r1", "verdict": "maybe", "round": 1],
      ["action": "inv-1/mail-a", "principal": "r1", "verdict": "approve", "round": "1"],
      ["actions": "x"], ["actions": [1, "", "/", "x/"]], ["file": "f", "rows": [1, ["row": "1"], [:]]],
      ["read": "1"], ["evidence": "only a name"],
    ]
    let state = try Self.replay(bodies.map { (kind, $0) })
    #expect(state.facts.isEmpty && state.accepted.isEmpty && state.refusals.isEmpty && state.evidence == [])
  }
}
