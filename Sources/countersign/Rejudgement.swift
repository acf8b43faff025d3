import ApprovalTokens
import ByteText
import CaseModel
import CaseStore
import DecisionLedger

/// Judges votes as things stand now, and writes down what came of it (DESIGN section 5, *Votes*).
///
/// Run by `apply` after the votes are written, by `import` after the records are, and by `build` where policy or reviewers
/// changed: every open decision is looked at whose records, policy or reviewers changed since it was judged last, or that was
/// never judged (a run was killed in between). A rejection, and what was handed over, is left as it is.
struct Rejudgement {
  private let session: Session
  private let ledger: Ledger
  private let present: PresentActions
  /// How many entries were written.
  private(set) var written = 0
  /// What became of approvals that were there before.
  private(set) var changes: [RoundEvent.What: Int] = [:]

  /// Judges everything that is open.
  ///
  /// - Parameter present: what the actions are now, where the caller has read it for at least the investigations of open
  ///   decisions; read here where `nil`.
  static func run(_ session: Session, _ ledger: Ledger, present: PresentActions? = nil) throws -> Rejudgement {
    let open = ledger.state.facts.filter { $0.value.isOpen }.sorted { $0.key < $1.key }
    let due = try Self.due(open, session, ledger)
    let wanted = Set(due.compactMap { Self.investigation($0.value.path) })
    var judging = Rejudgement(
      session: session, ledger: ledger,
      present: try present ?? PresentActions(session, ledger.state, wanted: wanted))
    for (id, facts) in due { try judging.judge(id, facts) }
    try judging.carryOut()
    return judging
  }

  /// Judges what is open where policy or reviewers are not those that it was judged by.
  ///
  /// So that no page shows an outcome under rules that no longer stand. Nothing is written while nothing is open.
  static func afterPolicyChange(_ session: Session, _ ledger: Ledger) throws -> [RoundEvent.What: Int] {
    let policy = PolicyText.hash(of: session.configuration)
    let isJudged = ledger.state.policyHash == policy
    let isDue: (LedgerFacts) -> Bool = { facts in
      facts.isOpen && facts.policy != policy && (!isJudged || facts.outcome == .approve)
    }
    guard ledger.state.facts.values.contains(where: isDue) else { return [:] }
    // The manifest says which records are the latest: it has to be there.
    _ = try session.openEvidence(ledger.state)
    try session.logPolicy(ledger)
    return try run(session, ledger).changes
  }

  private init(session: Session, ledger: Ledger, present: PresentActions) {
    self.session = session
    self.ledger = ledger
    self.present = present
  }

  /// The open decisions that have to be judged: the others have been, by the same votes and records and under the same policy.
  private static func due(
    _ open: [(key: CaseID, value: LedgerFacts)], _ session: Session, _ ledger: Ledger
  ) throws -> [(key: CaseID, value: LedgerFacts)] {
    guard !open.isEmpty else { return [] }
    var wanted: [CaseID: ByteString] = [:]
    for (_, facts) in open { if let id = investigation(facts.path) { wanted[id] = "" } }
    _ = try Manifest.read(session.workspace.root) { line in
      if case .case(let row, _, _) = line, wanted[row.head.id] != nil { wanted[row.head.id] = row.head.recordsHash }
    }
    return open.filter { _, facts in
      guard facts.outcome == .approve, facts.policy == ledger.state.policyHash,
        let outcome = facts.outcomeEntry, facts.votes.allSatisfy({ $0.entry < outcome }),
        let id = investigation(facts.path), let now = wanted[id]
      else { return true }
      return facts.record != now
    }
  }

  static func investigation(_ path: ByteString) -> CaseID? {
    path.bytes.firstIndex(of: 0x2F).flatMap { CaseID(ByteString(path.bytes[..<$0])) }
  }

  // MARK: One decision

  private mutating func judge(_ id: CaseID, _ facts: LedgerFacts) throws {
    guard let investigation = Self.investigation(facts.path) else { return }
    let record = present.recordsHash(investigation)
    guard !record.isEmpty else { return }
    let policy = present.policy(investigation, id)
    let counts: (Vote) -> Bool = { vote in
      Eligibility.refusal(
        of: vote.verdict, by: present.voter(vote.principal, actingFor: vote.actsFor, on: investigation), vote.identity,
        comment: vote.comment, under: policy) == nil
    }
    func log(
      _ outcome: ByteString, why: RoundEvent.What? = nil, override: Int? = nil, _ votes: [Vote]
    ) throws {
      try session.append(
        ledger, .judge,
        LedgerBody.judge(
          action: facts.path, round: facts.round, outcome: outcome, votes: votes.map(\.entry), needed: policy.quorum,
          why: why, record: record, override: override))
      written += 1
      if let why { changes[why, default: 0] += 1 }
    }
    let isOwn = OwnAction(id) != nil
    if facts.record != record || facts.outcome == nil {
      let pending = present.pending(investigation, id)
      let isOver = isOwn ? pending == nil || pending?.state == .gone : isOver(investigation, id)
      if isOver {
        // Said once: an approval that has nothing left to do stays on record as it was.
        if facts.outcome == .approve && facts.events.last?.what != .cleared {
          try log("approved", why: .cleared, override: facts.overriddenBy, facts.votes)
        }
        return
      }
      let stands = pending.map {
        EffectDigest.standing(facts.digest ?? "", for: $0.effect, mailCount: $0.mailCount) != nil
      }
      guard stands ?? false else { return try log("replaced", why: .replaced, []) }
    }
    let counting = facts.votes.filter(counts)
    switch Judgement.outcome(of: facts.votes, policy: policy, counting: counts) {
    case .approved:
      try log("approved", why: facts.outcome == .approve ? .retained : nil, counting.filter { $0.verdict == .approve })
    case .overridden(let vote):
      try logOverride(facts, vote, policy)
      try log("approved", why: facts.outcome == .approve ? .retained : nil, override: vote, counting)
    case .rejected:
      try log("rejected", counting.filter { $0.verdict == .reject })
    case .awaiting:
      if facts.outcome == .approve { try log("awaiting", why: .reopened, counting) }
    }
  }

  /// Whether the exports leave nothing to decide or do.
  private func isOver(_ investigation: CaseID, _ id: CaseID) -> Bool {
    guard let exported = present.exported(investigation, id) else { return false }
    return exported.decision != .undecided
  }

  /// Logs an override where the ledger does not say it yet.
  private mutating func logOverride(_ facts: LedgerFacts, _ entry: Int, _ policy: KindPolicy) throws {
    guard !ledger.state.overrides.contains(entry), let vote = facts.votes.first(where: { $0.entry == entry }) else {
      return
    }
    try session.append(
      ledger, .override,
      LedgerBody.override(
        action: facts.path, round: facts.round, vote: vote, reason: Eligibility.overrideReason(vote.comment) ?? "",
        needed: policy.quorum, roles: policy.roles.allOf + policy.roles.anyOf))
    written += 1
  }

  // MARK: Own actions

  /// Begins the new rounds that approved withdrawals and undos ask for, where the ledger does not say so yet.
  private mutating func carryOut() throws {
    for (id, facts) in ledger.state.facts.sorted(by: { $0.key < $1.key }) {
      guard facts.outcome == .approve, let own = OwnAction(id), let investigation = Self.investigation(facts.path)
      else { continue }
      let other = ledger.state.facts(of: own.about) ?? LedgerFacts()
      guard other.round == own.round else { continue }
      let path = investigation.text + "/" + own.about.text
      switch own.kind {
      case .withdraw:
        guard let outcome = other.outcome, other.handedOver == nil else { continue }
        try session.append(
          ledger, .withdraw, LedgerBody.withdraw(action: path, round: own.round, by: id, decision: outcome))
      default:
        guard let effect = facts.effect.flatMap({ Effect(own: own, canonical: $0) }),
          let reversal = effect.reversal
        else { continue }
        try session.append(ledger, .undo, LedgerBody.undo(action: path, round: own.round, by: id, reversal: reversal))
      }
      written += 1
    }
  }
}
