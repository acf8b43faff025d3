import ByteText
import Testing

@testable import CaseModel

@Suite struct ActionStandingTests {
  static let deadline = Instant(seconds: 1_000)

  static func vote(_ who: ByteString, _ verdict: DecisionVerdict, _ identity: IdentityLevel, at: Int64) -> Vote {
    Vote(principal: who, identity: identity, verdict: verdict, comment: "", at: Instant(seconds: at), entry: Int(at))
  }

  static func facts(_ outcome: DecisionVerdict?, votes: [Vote] = [], lapsed: Int64? = nil) -> LedgerFacts {
    var facts = LedgerFacts()
    facts.outcome = outcome
    facts.votes = votes
    facts.lapsed = lapsed.map { Instant(seconds: $0) }
    return facts
  }

  static func standing(_ exported: ExportedState, _ facts: LedgerFacts?, now: Int64 = 0) -> ActionStanding {
    ActionStanding(exported: exported, facts: facts, deadline: deadline, now: Instant(seconds: now))
  }

  static let open = ExportedState(decision: .undecided, execution: .notStarted)
  static let elsewhere = ExportedState(
    decision: .decidedElsewhere, execution: .succeeded, elsewhere: .approved, decidedBy: "portal")
  static let gone = ExportedState(decision: .gone, execution: .unknown)

  @Test(
    arguments: [
      (open, nil, 999, .undecided), (open, nil, 1_000, .lapsed), (open, nil, 1_001, .lapsed),
      (open, facts(nil), 0, .undecided),
      (open, facts(nil, lapsed: 500), 600, .lapsed), (open, facts(.approve), 2_000, .approved),
      (open, facts(.reject), 2_000, .rejected),
      (open, facts(.approve, lapsed: 500), 0, .approved), (elsewhere, nil, 2_000, .decidedElsewhere),
      (elsewhere, facts(nil, lapsed: 5), 0, .decidedElsewhere),
      (elsewhere, facts(.approve), 0, .approved), (elsewhere, facts(.reject), 0, .rejected), (gone, nil, 2_000, .gone),
      (gone, facts(.approve), 0, .approved),
      (open, facts(nil, votes: [vote("r7", .approve, .bearer, at: 5)]), 0, .undecided),
    ] as [(ExportedState, LedgerFacts?, Int64, DecisionState)])
  func putsPeopleHereBeforeTheSourceAndBothBeforeTheClock(
    exported: ExportedState, facts: LedgerFacts?, now: Int64, decision: DecisionState
  ) {
    let standing = Self.standing(exported, facts, now: now)
    #expect(standing.decision == decision)
    #expect(standing.elsewhere == exported.elsewhere)
    #expect(standing.votes == facts?.votes ?? [] && standing.round == facts?.round ?? 1)
  }

  @Test func namesThoseWhoseVoteCounted() {
    let votes = [
      Self.vote("r7", .approve, .sshsig, at: 10), Self.vote("r8", .reject, .bearer, at: 30),
      Self.vote("r9", .approve, .transcribed, at: 20),
    ]
    let approved = Self.standing(Self.open, Self.facts(.approve, votes: votes))
    #expect(
      approved.decidedBy == "r7, r9" && approved.decidedAt == Instant(seconds: 20) && approved.identity == .transcribed)
    let rejected = Self.standing(Self.elsewhere, Self.facts(.reject, votes: votes))
    #expect(rejected.decidedBy == "r8" && rejected.decidedAt == Instant(seconds: 30) && rejected.identity == .bearer)
    let portal = Self.standing(Self.elsewhere, nil)
    #expect(portal.decidedBy == "portal" && portal.decidedAt == nil && portal.identity == nil)
  }

  @Test func datesALapse() {
    #expect(Self.standing(Self.open, nil, now: 5_000).decidedAt == Self.deadline)
    #expect(Self.standing(Self.open, Self.facts(nil, lapsed: 1_200), now: 5_000).decidedAt == Instant(seconds: 1_200))
    #expect(Self.standing(Self.open, nil).decidedAt == nil)
  }

  @Test func takesExecutionFromExportsAlone() {
    for execution in ExecutionState.allCases {
      let exported = ExportedState(decision: .undecided, execution: execution)
      for facts in [nil, Self.facts(nil), Self.facts(.approve)] {
        #expect(Self.standing(exported, facts).execution == execution)
      }
      // What was rejected here, and nobody speaks of, was not begun.
      #expect(
        Self.standing(exported, Self.facts(.reject)).execution == (execution == .unknown ? .notStarted : execution))
    }
  }
}
