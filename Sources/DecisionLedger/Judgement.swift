public import ApprovalTokens
public import ByteText
public import CaseModel

/// A decision that stands, with what policy asks about it.
public struct Candidate: Sendable {
  /// The decision.
  public var decision: VerifiedDecision
  /// What the principal wrote.
  public var comment: ByteString
  /// SHA-256 (hex) of the returned file.
  public var file: ByteString
  /// Its row in that file.
  public var row: Int
  /// The policy of its action's kind, as it stands now.
  public var policy: KindPolicy
  /// The principal's roles, as they stand now.
  public var roles: [ByteString]

  /// Makes a candidate.
  public init(
    decision: VerifiedDecision, comment: ByteString, file: ByteString, row: Int, policy: KindPolicy, roles: [ByteString]
  ) {
    self.decision = decision
    self.comment = comment
    self.file = file
    self.row = row
    self.policy = policy
    self.roles = roles
  }
}

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

    // One principal both ways is a conflict and neither counts, also where policy already refused one of them.
    var verdicts: [VoteKey: Set<DecisionVerdict>] = [:]
    for candidate in candidates { verdicts[VoteKey(candidate), default: []].insert(candidate.decision.claims.vd) }
    for index in candidates.indices where verdicts[VoteKey(candidates[index])]?.count == 2 {
      rulings[index] = .refused(
        .conflict, detail: "approved and rejected by one person in one run; neither counts",
        hint: "hand back one decision for the action")
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
  /// One rejection rejects; approvals need the quorum.
  public static func outcome(of votes: [Vote], policy: KindPolicy) -> VoteOutcome {
    if votes.contains(where: { $0.verdict == .reject }) { return .rejected }
    // Where several must approve, `anyone` may be one of the others: it counts only where one is enough.
    let approving = votes.filter {
      $0.verdict == .approve && (policy.quorum == 1 || $0.principal != VerifiedDecision.anyone)
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

  private static func policyRefusal(_ candidate: Candidate) -> Ruling? {
    let policy = candidate.policy
    let decision = candidate.decision
    func text(_ names: [ByteString]) -> ByteString {
      ByteString(Array(names.map(\.bytes).joined(separator: [0x2C, 0x20])))
    }
    if decision.identity < policy.identity {
      return .refused(
        .identityTooWeak,
        detail: ByteString(
          "this kind of action asks for \(policy.identity.word), the decision is \(decision.identity.word)"),
        hint: "sign the decisions file with your key and hand in both")
    }
    let isAnyone = decision.principal == VerifiedDecision.anyone
    if isAnyone && policy.quorum > 1 {
      return .refused(
        .identityTooWeak,
        detail: ByteString("this kind of action asks for \(policy.quorum) people, and nothing says who decided"),
        hint: "decide in your own pack: countersign build --reviewer ID")
    }
    let missing = policy.allOf.filter { !candidate.roles.contains($0) }
    if !missing.isEmpty {
      return .refused(
        .roleMissing, detail: "the role " + text(missing) + " is missing", hint: "see reviewers in countersign.yaml")
    }
    if !policy.anyOf.isEmpty && !policy.anyOf.contains(where: candidate.roles.contains) {
      return .refused(
        .roleMissing, detail: "one of the roles " + text(policy.anyOf) + " is missing",
        hint: "see reviewers in countersign.yaml")
    }
    let verdict = decision.claims.vd
    let needsComment =
      policy.comment == .all || policy.comment == .approve && verdict == .approve
      || policy.comment == .reject && verdict == .reject
    if needsComment && !isReason(candidate.comment) {
      return .refused(
        .commentRequired,
        detail: ByteString(verdict == .reject ? "a rejection needs a reason" : "an approval needs a reason"),
        hint: "write it as \"comment\" beside the token, or after the token in a text line")
    }
    return nil
  }

  /// Whether a comment says something: at least one letter or digit, or a character beyond ASCII.
  private static func isReason(_ comment: ByteString) -> Bool {
    comment.bytes.contains { ASCII.isAlphanumeric($0) || $0 >= 0x80 }
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

extension LedgerBody {
  /// `decision`: a vote.
  ///
  /// Only of a ``VerifiedDecision``, which only verification makes.
  public static func decision(_ candidate: Candidate, record: ByteString) -> JSONTree {
    let claims = candidate.decision.claims
    var members: [JSONTree.Member] = [
      .init("action", .string(claims.sub)), .init("comment", .string(candidate.comment)),
      .init("dig", .string(claims.dig)), .init("file", .string(candidate.file)),
      .init("identity", .string(ByteString(stringLiteral: candidate.decision.identity.word))),
      .init("jti", .string(claims.jti)), .init("kid", .string(candidate.decision.kid)),
      .init("principal", .string(candidate.decision.principal)), .init("record", .string(record)),
      .init("round", .int(candidate.decision.effect.round)), .init("row", .int(candidate.row)),
      .init("token", .string(candidate.decision.signed.token)),
      .init("verdict", .string(ByteString(claims.vd.rawValue))),
    ]
    // An effect that has no tree (a number beyond ±(2^53 - 1), a parameter named twice) stands as the text of its
    // canonical bytes: what was approved is never lost.
    let canonical = candidate.decision.canonicalEffect
    let limits = JSONLimits(bytes: LedgerEntry.lineLimit, stringBytes: LedgerEntry.lineLimit, depth: 16)
    if let document = try? JSONDocument.parse(canonical, limits: limits), let effect = JSONTree(document.root) {
      members.append(.init("effect", effect))
    } else {
      members.append(.init("effect", .string(ByteString(canonical))))
    }
    return .object(members)
  }
}
