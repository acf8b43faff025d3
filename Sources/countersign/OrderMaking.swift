import ApprovalTokens
import ByteText
import CaseModel
import CaseStore
import DecisionLedger
import WorkOrders

/// Makes work orders of what ledger, records and configuration say.
struct OrderMaking {
  private let session: Session

  init(_ session: Session) {
    self.session = session
  }

  /// The order of an approved action; `nil` where the ledger has no effect of it, or that asks for nothing.
  func order(
    _ id: CaseID, _ facts: LedgerFacts, _ action: ActionHead, _ head: CaseHead, made: Instant, until: Instant,
    occasion: WorkOrder.Occasion
  ) -> WorkOrder? {
    guard let effect = facts.effect.flatMap({ Effect(canonical: $0) }) else { return nil }
    return WorkOrder(
      action: facts.path, effect: effect, digest: facts.digest ?? EffectDigest.of(effect),
      approval: approval(id, facts, kind: action.kind), source: source(action, head), made: made, until: until,
      handedBefore: facts.handedOver, occasion: occasion)
  }

  private func source(_ action: ActionHead, _ head: CaseHead) -> OrderSource {
    let configuration = session.configuration
    return OrderSource(
      issuer: configuration.issuer, organization: configuration.organization, tlp: configuration.tlp ?? "",
      investigation: head.id.text, investigationID: head.sourceID, actionID: action.sourceID,
      severity: head.severity.known.map { $0.rawValue + 1 } ?? 0, mailCount: action.mailCount,
      version: ByteString(Countersign.version))
  }

  private func approval(_ id: CaseID, _ facts: LedgerFacts, kind: ActionKind) -> OrderApproval {
    let policy = session.configuration.policy
    let rules = OwnAction(id).map { policy.of($0.kind, about: kind) } ?? policy.of(kind)
    var addresses: [ByteString: ByteString] = [:]
    for reviewer in session.configuration.reviewers { addresses[reviewer.id] = reviewer.addresses.first }
    return OrderApproval(
      votes: facts.votes.filter { $0.verdict == .approve }, addresses: addresses, needed: facts.needed ?? rules.quorum,
      rules: Explanation.rules(rules), entry: facts.outcomeEntry ?? 0, at: facts.outcomeAt ?? session.now,
      isOverride: facts.overriddenBy != nil)
  }
}
