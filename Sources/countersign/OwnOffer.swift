import ApprovalTokens
import ByteText
import CaseModel
import DecisionLedger

/// Policy and time together: what a deadline and a standing depend on besides the action.
struct PolicyAt {
  var policy: Policy
  var now: Instant
}

/// An action of our own as it can be offered, or was decided: its effect and where it stands.
struct OwnOffer {
  let own: OwnAction
  let effect: Effect
  let standing: ActionStanding
  let deadline: Instant
  /// The other action's kind.
  let aboutKind: ActionKind

  /// Makes the offer of an own action; `nil` where there is nothing that it could take back.
  ///
  /// A decision can be withdrawn while it is of the present round and not handed over; what was carried out can be undone
  /// where its kind has a reversal. One that was voted on stays, whatever became of the other since.
  init?(
    _ own: OwnAction, about action: CaseAction, _ head: ActionHead, in row: CaseHead, facts: LedgerFacts?,
    ownFacts: LedgerFacts?, _ at: PolicyAt
  ) {
    self.own = own
    aboutKind = action.action.kind
    let (other, otherDeadline) = Standing.of(head, in: row, facts: facts, at.policy, now: at.now)
    let isPresent = own.round == facts?.round ?? 1
    var state: DecisionState?
    switch own.kind {
    case .withdraw:
      deadline = otherDeadline
      if let facts, isPresent, let outcome = facts.outcome, facts.handedOver == nil,
        action.exported.decision == .undecided
      {
        effect = Effect(
          withdrawing: outcome, digest: facts.digest ?? "", path: facts.path, tenant: row.tenant, own: own)
      } else if let earlier = Self.effect(of: ownFacts, own) {
        effect = earlier
        state = .gone
      } else {
        return nil
      }
    case .undo:
      guard let reversal = aboutKind.reversal, let end = Self.undoDeadline(head, in: row, facts) else { return nil }
      deadline = end
      // Its page is where the other's links to: what was never left to people has none (docs/design/action-pages.md).
      guard action.wasEverUndecided || ownFacts != nil else { return nil }
      // One undo is enough: until somebody decides again there is nothing more to take back.
      if isPresent, !(facts?.isUndone ?? false), other.execution == .succeeded,
        other.decision == .approved || other.elsewhere == .approved,
        let done = Self.done(facts)
          ?? (try? Effect(of: action.action, id: action.id, tenant: row.tenant, round: own.round))
      {
        effect = Effect(undoing: done, by: reversal, digest: facts?.digest ?? EffectDigest.of(done), own: own)
      } else if let earlier = Self.effect(of: ownFacts, own) {
        effect = earlier
        state = .gone
      } else {
        return nil
      }
    default: return nil
    }
    // Nothing in an export ever speaks of it; what the ledger says, and the clock, is all there is.
    standing = ActionStanding(
      exported: ExportedState(decision: state ?? .undecided, execution: .notStarted), facts: ownFacts,
      deadline: deadline, now: at.now)
  }

  /// What was approved here, and so was done: a newer record may say something else.
  ///
  /// `nil` where it was decided elsewhere.
  private static func done(_ facts: LedgerFacts?) -> Effect? {
    guard let facts, facts.outcome == .approve else { return nil }
    return facts.effect.flatMap { Effect(canonical: $0) }
  }

  /// Until when an action can be undone, once it was carried out; `nil` where its kind has no reversal.
  static func undoDeadline(_ action: ActionHead, in row: CaseHead, _ facts: LedgerFacts?) -> Instant? {
    let carriedOut = facts?.report.flatMap { $0.state == .succeeded ? $0.at : nil }
    return action.kind.reversal.map {
      (carriedOut ?? action.decidedAt ?? row.latestRecord).adding(seconds: $0.days * 86_400)
    }
  }

  /// What was voted on, read back from the ledger; `nil` where nobody voted.
  private static func effect(of facts: LedgerFacts?, _ own: OwnAction) -> Effect? {
    guard let facts, let canonical = facts.effect else { return nil }
    return Effect(own: own, canonical: canonical)
  }

  /// The own actions of an action that can be offered or were voted on, in order of id.
  static func all(
    of action: CaseAction, _ head: ActionHead, in row: CaseHead, _ at: PolicyAt, known: (CaseID) -> LedgerFacts?
  ) -> [OwnOffer] {
    let facts = known(action.id)
    let present = facts?.round ?? 1
    var offers: [OwnOffer] = []
    for round in 1...present {
      for kind in [ActionKind.undo, .withdraw] {
        guard let own = OwnAction(kind, of: action.id, round: round) else { continue }
        let ownFacts = known(own.id)
        guard round == present || ownFacts != nil else { continue }
        if let offer = OwnOffer(own, about: action, head, in: row, facts: facts, ownFacts: ownFacts, at) {
          offers.append(offer)
        }
      }
    }
    return offers
  }
}
