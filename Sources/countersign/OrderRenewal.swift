import ApprovalTokens
import ByteText
import CaseModel
import CaseStore
import DecisionLedger
import WorkOrders

/// Whether an order whose time is over may hold again: only where the approval would stand today, by effect, votes and policy.
///
/// What was handed over is not judged again otherwise; a renewal hands it over a second time.
struct OrderRenewal {
  private let state: LedgerState
  private let present: PresentActions

  /// Reads the investigations of the orders that are to be renewed.
  init(_ session: Session, _ state: LedgerState, _ orders: [WorkOrder]) throws {
    self.state = state
    let wanted = orders.filter { $0.occasion == .renewal }.compactMap { Rejudgement.investigation($0.action) }
    present = try PresentActions(session, state, wanted: Set(wanted))
  }

  /// Why an order may not hold again; `nil` where it may, and for one that holds still.
  func finding(_ order: WorkOrder) -> OrderFinding? {
    guard order.occasion == .renewal, let investigation = Rejudgement.investigation(order.action) else { return nil }
    let action = order.effect.action
    guard let facts = state.facts(of: action) else { return nil }
    func refused(_ message: ByteString) -> OrderFinding {
      .error(
        .notRenewed, "its time is over, and " + message,
        hint: "have it decided in the source system, or exported under a new id")
    }
    if OwnAction(action) == nil {
      let pending = present.pending(investigation, action)
      let stands = pending.map {
        EffectDigest.standing(order.digest, for: $0.effect, mailCount: $0.mailCount) != nil
      }
      guard stands ?? false else { return refused("what was approved is not what the records say now") }
    }
    let policy = present.policy(investigation, action)
    let outcome = Judgement.outcome(of: facts.votes, policy: policy) { vote in
      Eligibility.refusal(
        of: vote.verdict, by: present.voter(vote.principal, actingFor: vote.actsFor, on: investigation), vote.identity,
        comment: vote.comment, under: policy) == nil
    }
    switch outcome {
    case .approved, .overridden: return nil
    case .rejected, .awaiting: return refused("the votes are not enough for the policy of today")
    }
  }
}
