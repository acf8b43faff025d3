import ApprovalTokens
import ByteText
import CaseModel
import Digests
import TestSupport
import Testing

@testable import DecisionLedger

@Suite struct JudgementTests {
  private static func codes(_ candidates: [Candidate], in state: LedgerState = LedgerState()) -> [String] {
    Judgement.rule(on: candidates, in: state).map { ruling in
      switch ruling {
      case .counted: "counted"
      case .duplicate: "duplicate"
      case .refused(let code, _, _): code.rawValue
      }
    }
  }

  /// A row of the table: one decision, and what policy says.
  struct PolicyCase: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var ruling: String
    var verdict = DecisionVerdict.approve
    var signer: ByteString?
    var identity = IdentityLevel.sshsig
    var audience: ByteString = DecisionClaims.anyone
    var comment: ByteString = "seen"
    var roles: [ByteString] = []
    var policy = KindPolicy.standard

    init(_ description: String, _ ruling: String, _ change: (inout PolicyCase) -> Void = { _ in }) {
      testDescription = description
      self.ruling = ruling
      change(&self)
    }
  }

  @Test(arguments: [
    PolicyCase("anyone under the standard", "counted"),
    PolicyCase("a named token under the standard", "counted") { $0.audience = "r7" },
    PolicyCase("identity too weak", "identity-too-weak") { $0.policy.identity = .sshsig },
    PolicyCase("identity just enough", "counted") {
      $0.policy.identity = .sshsig; $0.signer = "r7"
    },
    PolicyCase("touch asked, none given", "identity-too-weak") {
      $0.policy.identity = .sshsigTouch; $0.signer = "r7"
    },
    PolicyCase("PIN given, touch asked", "counted") {
      $0.policy.identity = .sshsigTouch
      $0.signer = "r7"
      $0.identity = .sshsigPIN
    },
    PolicyCase("transcribed is above bearer", "counted") {
      $0.policy.identity = .transcribed
      $0.signer = "r7"
      $0.identity = .transcribed
    },
    PolicyCase("anyone where two must approve", "identity-too-weak") { $0.policy.quorum = 2 },
    PolicyCase("anyone rejects where two must approve", "identity-too-weak") {
      $0.policy.quorum = 2
      $0.verdict = .reject
    },
    PolicyCase("a person where two must approve", "counted") {
      $0.policy.quorum = 2; $0.audience = "r7"
    },
    PolicyCase("a role is missing", "role-missing") {
      $0.policy.roles.allOf = ["a", "b"]; $0.roles = ["a", "c"]
    },
    PolicyCase("all roles are there", "counted") {
      $0.policy.roles.allOf = ["a", "b"]; $0.roles = ["b", "x", "a"]
    },
    PolicyCase("none of any", "role-missing") {
      $0.policy.roles.anyOf = ["a", "b"]; $0.roles = ["c"]
    },
    PolicyCase("one of any", "counted") {
      $0.policy.roles.anyOf = ["a", "b"]; $0.roles = ["b"]
    },
    PolicyCase("all of and any of", "role-missing") {
      $0.policy.roles.allOf = ["a"]
      $0.policy.roles.anyOf = ["b"]
      $0.roles = ["a"]
    },
    PolicyCase("anyone has no role", "role-missing") { $0.policy.roles.anyOf = ["a"] },
    PolicyCase("identity is asked before roles", "identity-too-weak") {
      $0.policy.identity = .sshsig
      $0.policy.roles.anyOf = ["a"]
    },
    PolicyCase("a role is asked before the comment", "role-missing") {
      $0.policy.roles.anyOf = ["a"]
      $0.policy.comment = .all
      $0.comment = ""
    },
    PolicyCase("a rejection without a reason", "comment-required") {
      $0.verdict = .reject; $0.comment = ""
    },
    PolicyCase("a rejection with a full stop", "comment-required") {
      $0.verdict = .reject; $0.comment = "."
    },
    PolicyCase("a rejection with signs only", "comment-required") {
      $0.verdict = .reject; $0.comment = " -?!\n"
    },
    PolicyCase("a rejection with a letter", "counted") {
      $0.verdict = .reject; $0.comment = ". x"
    },
    PolicyCase("a rejection with a digit", "counted") {
      $0.verdict = .reject; $0.comment = "7"
    },
    PolicyCase("a rejection in another script", "counted") {
      $0.verdict = .reject; $0.comment = "否"
    },
    PolicyCase("an approval needs none", "counted") { $0.comment = "" },
    PolicyCase("comments for approvals: approval", "comment-required") {
      $0.policy.comment = .approve; $0.comment = ""
    },
    PolicyCase("comments for approvals: rejection", "counted") {
      $0.policy.comment = .approve
      $0.comment = ""
      $0.verdict = .reject
    },
    PolicyCase("comments for all", "comment-required") {
      $0.policy.comment = .all; $0.comment = ""
    },
    PolicyCase("comments for none", "counted") {
      $0.policy.comment = .off
      $0.comment = ""
      $0.verdict = .reject
    },
  ]) func asksWhatPolicyAsks(row: PolicyCase) throws {
    var decisions = try Decisions()
    let candidate = try decisions.candidate(
      row.verdict, on: "url-a", for: row.audience, signer: row.signer, identity: row.identity, comment: row.comment,
      policy: row.policy, roles: row.roles)
    #expect(Self.codes([candidate]) == [row.ruling])
  }

  @Test func saysWhatIsMissing() throws {
    var decisions = try Decisions()
    func ruling(_ policy: KindPolicy, _ verdict: DecisionVerdict = .approve, comment: ByteString = "") throws -> Ruling
    {
      try Judgement.rule(
        on: [decisions.candidate(verdict, on: "url-a", comment: comment, policy: policy)], in: LedgerState())[0]
    }
    #expect(
      try ruling(.with { $0.identity = .sshsig })
        == .refused(
          .identityTooWeak, detail: "this kind of action asks for sshsig, the decision is bearer",
          hint: "sign the decisions file with your key and hand in both"))
    #expect(
      try ruling(.with { $0.quorum = 2 })
        == .refused(
          .identityTooWeak, detail: "this kind of action asks for 2 people, and nothing says who decided",
          hint: "decide in your own pack: countersign build --reviewer ID"))
    #expect(
      try ruling(.with { $0.roles.allOf = ["a", "b"] })
        == .refused(.roleMissing, detail: "the role a, b is missing", hint: "see reviewers in countersign.yaml"))
    #expect(
      try ruling(.with { $0.roles.anyOf = ["a", "b"] })
        == .refused(.roleMissing, detail: "one of the roles a, b is missing", hint: "see reviewers in countersign.yaml")
    )
    #expect(
      try ruling(.standard, .reject)
        == .refused(
          .commentRequired, detail: "a rejection needs a reason",
          hint: "write it as \"comment\" beside the token, or after the token in a text line"))
    #expect(
      try ruling(.with { $0.comment = .all })
        == .refused(
          .commentRequired, detail: "an approval needs a reason",
          hint: "write it as \"comment\" beside the token, or after the token in a text line"))
  }

  @Test func limitsApprovalsInOneFile() throws {
    var decisions = try Decisions()
    let bulk = KindPolicy.with { $0.maxBulk = 2 }
    func row(
      _ number: Int, _ verdict: DecisionVerdict = .approve, kind: ActionKind = .blockURL, file: ByteString = "f1"
    ) throws -> Candidate {
      try decisions.candidate(
        verdict, on: ByteString("url-\(number)"), kind: kind, file: file, row: number, policy: bulk)
    }
    #expect(Self.codes([try row(1), try row(2)]) == ["counted", "counted"])
    #expect(Self.codes([try row(1), try row(2), try row(3)]) == ["over-bulk", "over-bulk", "over-bulk"])
    // Rejections, other kinds and other files do not count, and are not refused with them.
    #expect(
      Self.codes([try row(1), try row(2), try row(3, .reject)]) == ["counted", "counted", "counted"])
    #expect(
      Self.codes([try row(1), try row(2), try row(3), try row(4, .reject), try row(5, kind: .blockSender)])
        == ["over-bulk", "over-bulk", "over-bulk", "counted", "counted"])
    #expect(Self.codes([try row(1), try row(2), try row(3, file: "f2")]) == ["counted", "counted", "counted"])
    #expect(
      Judgement.rule(on: [try row(1), try row(2), try row(3)], in: LedgerState())[0]
        == .refused(
          .overBulk, detail: "3 approvals of this kind in one file, at most 2 are taken",
          hint: "hand them back in smaller files"))
  }

  @Test func countsOnePersonOnce() throws {
    var decisions = try Decisions()
    let twice = [
      try decisions.candidate(.approve, on: "url-a", for: "r1", file: "f2", row: 1),
      try decisions.candidate(.approve, on: "url-a", for: "r1", file: "f1", row: 9),
      try decisions.candidate(.approve, on: "url-a", for: "r2", file: "f3", row: 1),
    ]
    #expect(Self.codes(twice) == ["duplicate", "counted", "counted"])
  }

  @Test func knowsWhatWasSaidBefore() throws {
    var decisions = try Decisions()
    let scratch = try Scratch()
    let ledger = try Ledger(in: scratch.folder, checkpoint: nil)
    let first = try decisions.candidate(.approve, on: "url-a", for: "r1")
    try ledger.append(.decision, LedgerBody.decision(first, record: "r"), at: Samples.now)
    #expect(Self.codes([first], in: ledger.state) == ["duplicate"])
    // By a file of its own, and by another person.
    #expect(
      Self.codes(
        [
          try decisions.candidate(.approve, on: "url-a", for: "r1", file: "f9"),
          try decisions.candidate(.approve, on: "url-a", for: "r2", file: "f9"),
        ], in: ledger.state) == ["duplicate", "counted"])
    // Who approved may still reject.
    #expect(Self.codes([try decisions.candidate(.reject, on: "url-a", for: "r1")], in: ledger.state) == ["counted"])
  }

  private static func vote(_ principal: ByteString, _ verdict: DecisionVerdict) -> Vote {
    Vote(principal: principal, identity: .bearer, verdict: verdict, comment: "", at: Samples.now, entry: 1)
  }

  @Test(
    arguments: [
      ([], 1, .awaiting(have: 0, need: 1)),
      ([vote("r1", .approve)], 1, .approved),
      ([vote("anyone", .approve)], 1, .approved),
      ([vote("r1", .approve)], 2, .awaiting(have: 1, need: 2)),
      ([vote("r1", .approve), vote("r2", .approve)], 2, .approved),
      ([vote("r1", .approve), vote("r1", .approve)], 2, .awaiting(have: 1, need: 2)),
      // Whoever anyone was may be r1 again.
      ([vote("r1", .approve), vote("anyone", .approve)], 2, .awaiting(have: 1, need: 2)),
      ([vote("r1", .reject)], 2, .rejected),
      ([vote("r1", .approve), vote("r2", .approve), vote("r3", .reject)], 2, .rejected),
      ([vote("r3", .reject), vote("r1", .approve), vote("r2", .approve)], 1, .rejected),
    ] as [([Vote], Int, VoteOutcome)])
  func sumsUpVotes(votes: [Vote], quorum: Int, outcome: VoteOutcome) {
    #expect(Judgement.outcome(of: votes, policy: .with { $0.quorum = quorum }) == outcome)
  }

  /// Any order of the candidates gives each its ruling, and the same votes and outcomes.
  @Test func judgesAlikeInAnyOrder() throws {
    var decisions = try Decisions()
    var random = SplitMix(state: 11)
    let policies = [
      KindPolicy.standard, .with { $0.quorum = 2 }, .with { $0.maxBulk = 2 }, .with { $0.roles.anyOf = ["a"] },
    ]
    var seen: Set<String> = []
    for trial in 0..<16 {
      let policy = policies[trial % policies.count]
      var candidates: [Candidate] = []
      for row in 1...8 {
        let audience =
          (["r1", "r2", "r3", DecisionClaims.anyone] as [ByteString]).randomElement(using: &random) ?? "r1"
        candidates.append(
          try decisions.candidate(
            Int.random(in: 0..<4, using: &random) == 0 ? .reject : .approve,
            on: ByteString("url-\(Int.random(in: 0..<3, using: &random))"), for: audience,
            comment: Bool.random(using: &random) ? "seen" : "",
            file: ByteString("f\(Int.random(in: 0..<3, using: &random))"), row: row, policy: policy,
            roles: audience == "r3" ? [] : ["a"]))
      }
      let rulings = Self.codes(candidates)
      seen.formUnion(rulings)
      let outcomes = try Self.outcomes(candidates)
      for _ in 0..<4 {
        let order = candidates.indices.shuffled(using: &random)
        let shuffled = order.map { candidates[$0] }
        #expect(Self.codes(shuffled) == order.map { rulings[$0] })
        #expect(try Self.outcomes(shuffled) == outcomes)
      }
    }
    #expect(
      seen.isSuperset(of: ["counted", "duplicate", "conflict", "identity-too-weak", "over-bulk", "role-missing"]))
    #expect(seen.contains("comment-required"))
  }

  /// What a ledger says after the counted votes were written in their order.
  private static func outcomes(_ candidates: [Candidate]) throws -> [String] {
    let scratch = try Scratch()
    let ledger = try Ledger(in: scratch.folder, checkpoint: nil)
    let counted = zip(candidates, Judgement.rule(on: candidates, in: ledger.state)).filter { $0.1 == .counted }.map(\.0)
    for candidate in counted.sorted(by: Judgement.precedes) {
      try ledger.append(.decision, LedgerBody.decision(candidate, record: "r"), at: Samples.now)
    }
    return [ledger.checkpoint(origin: Samples.origin).root.hex.description]
      + ledger.state.facts.sorted { $0.key < $1.key }.map { id, facts in
        "\(id.text) \(Judgement.outcome(of: facts.votes, policy: candidates[0].policy))"
      }
  }
}
