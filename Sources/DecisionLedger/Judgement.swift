import ApprovalTokens
public import ByteText
public import CaseModel

/// What became of a candidate.
public enum Ruling: Hashable, Sendable {
  /// It is a vote.
  case counted
  /// The principal said the same before.
  case duplicate
  case refused(RefusalCode, detail: ByteString, hint: ByteString)
}

/// What the votes of an action come to after a run.
public enum VoteOutcome: Hashable, Sendable {
  case approved
  /// Approved by one person in an emergency; `vote` is the entry.
  case overridden(vote: Int)
  case rejected
  case awaiting(have: Int, need: Int)
}

/// The judging of votes (DESIGN section 5, *Votes*): all of a run's candidates at once, so that the order of files and
/// arguments never matters.
public enum Judgement {
  /// Rules on each candidate.
  ///
  /// - Returns: one ruling for each candidate, in the candidates' order.
  public static func rule(on candidates: [Candidate], in state: LedgerState) -> [Ruling] {
    var rulings = [Ruling?](repeating: nil, count: candidates.count)
    for index in candidates.indices { rulings[index] = policyRefusal(candidates[index]) }
    refuseOverBulk(candidates, &rulings)

    // One principal both ways in a run, or one file or message both ways: a conflict, and neither counts, also where policy
    // already refused one of them. A quoted request carries both tokens of an action, whoever they are for.
    var byPerson: [VoteKey: Set<DecisionVerdict>] = [:]
    var byUnit: [UnitKey: Set<DecisionVerdict>] = [:]
    for candidate in candidates {
      byPerson[VoteKey(candidate), default: []].insert(candidate.decision.claims.vd)
      byUnit[UnitKey(candidate), default: []].insert(candidate.decision.claims.vd)
    }
    for index in candidates.indices {
      if byPerson[VoteKey(candidates[index])]?.count == 2 {
        rulings[index] = .refused(
          .conflict, detail: "approved and rejected by one person in one run; neither counts",
          hint: "hand back one decision for the action")
      } else if byUnit[UnitKey(candidates[index])]?.count == 2 {
        rulings[index] = .refused(
          .conflict, detail: "approved and rejected in one file or message; neither counts",
          hint: "hand back one decision for the action")
      }
    }

    var counted: Set<VoteKey> = []
    for index in candidates.indices.sorted(by: { precedes(candidates[$0], candidates[$1]) })
    where rulings[index] == nil {
      let candidate = candidates[index]
      let earlier = state.facts(of: candidate.decision.claims.action)?.votes.first {
        $0.principal == candidate.decision.principal
      }
      if earlier?.verdict == candidate.decision.claims.vd || !counted.insert(VoteKey(candidate)).inserted {
        rulings[index] = .duplicate
      } else {
        rulings[index] = .counted
      }
    }
    return rulings.map { $0 ?? .counted }
  }

  /// What an action's votes come to.
  ///
  /// One rejection rejects, an emergency override approves, else approvals need the quorum.
  ///
  /// - Parameter counts: whether a vote counts under policy, reviewers and records as they stand now.
  public static func outcome(
    of votes: [Vote], policy: KindPolicy, counting counts: (Vote) -> Bool = { _ in true }
  ) -> VoteOutcome {
    let counting = votes.filter(counts)
    if counting.contains(where: { $0.verdict == .reject }) { return .rejected }
    // Where several must approve, `anyone` may be one of the others: it counts only where one is enough.
    let approving = counting.filter {
      $0.verdict == .approve && (policy.quorum == 1 || $0.principal != VerifiedDecision.anyone)
    }
    if let override = approving.first(where: { Eligibility.isOverride(.approve, comment: $0.comment, policy) }) {
      return .overridden(vote: override.entry)
    }
    let have = Set(approving.map(\.principal)).count
    return have >= policy.quorum ? .approved : .awaiting(have: have, need: policy.quorum)
  }

  /// The order in which a run's votes are written.
  public static func precedes(_ left: Candidate, _ right: Candidate) -> Bool {
    func key(_ candidate: Candidate) -> [ByteString] {
      let claims = candidate.decision.claims
      return [
        claims.sub, candidate.decision.principal, ByteString(claims.vd.rawValue), claims.jti, candidate.file,
      ]
    }
    let one = key(left)
    let other = key(right)
    return one == other ? left.row < right.row : one.lexicographicallyPrecedes(other)
  }

  private struct VoteKey: Hashable {
    var action: CaseID
    var principal: ByteString

    init(_ candidate: Candidate) {
      action = candidate.decision.claims.action
      principal = candidate.decision.principal
    }
  }

  /// The file or message a decision stood in, and its action.
  private struct UnitKey: Hashable {
    var file: ByteString
    var unit: Int
    var action: CaseID

    init(_ candidate: Candidate) {
      file = candidate.file
      unit = candidate.unit
      action = candidate.decision.claims.action
    }
  }

  private static func policyRefusal(_ candidate: Candidate) -> Ruling? {
    let decision = candidate.decision
    let refusal = Eligibility.refusal(
      of: decision.claims.vd, by: candidate.voter, decision.identity, comment: candidate.comment,
      under: candidate.policy)
    return refusal.map { .refused($0.code, detail: $0.detail, hint: $0.hint) }
  }

  private static func refuseOverBulk(_ candidates: [Candidate], _ rulings: inout [Ruling?]) {
    struct Bulk: Hashable {
      var file: ByteString
      var kind: ActionKind
    }
    var counts: [Bulk: Int] = [:]
    func key(_ candidate: Candidate) -> Bulk { Bulk(file: candidate.file, kind: candidate.decision.effect.kind) }
    for candidate in candidates where candidate.decision.claims.vd == .approve {
      counts[key(candidate), default: 0] += 1
    }
    for index in candidates.indices where rulings[index] == nil && candidates[index].decision.claims.vd == .approve {
      guard let most = candidates[index].policy.maxBulk, let count = counts[key(candidates[index])], count > most else {
        continue
      }
      rulings[index] = .refused(
        .overBulk, detail: ByteString("\(count) approvals of this kind in one file, at most \(most) are taken"),
        hint: "hand them back in smaller files")
    }
  }
}
