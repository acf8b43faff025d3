import ApprovalTokens
import ByteText
import CaseModel
import CaseStore
import DecisionLedger
import WorkOrders

/// The approved actions that a run of `orders` hands over, each with what its order tells.
struct OrderChoice {
  /// Approved, and nothing is left to hand over: decided or finished in the source system.
  private(set) var overElsewhere = 0
  /// Handed over before, and not finished.
  private(set) var stillOpen = 0
  /// Approved, but its investigation was taken out of the evidence.
  private(set) var archived: [ByteString] = []
  private(set) var orders: [WorkOrder] = []
  private let session: Session
  private let state: LedgerState

  /// Seconds that an order holds: as long as a pending action waits in Defender (AIR section 6).
  static let validity: Int64 = 7 * 86_400

  init(_ session: Session, _ state: LedgerState, isAll: Bool) throws {
    self.session = session
    self.state = state
    try read(isAll: isAll)
  }

  private mutating func read(isAll: Bool) throws {
    var due: [CaseID: [(CaseID, LedgerFacts)]] = [:]
    for (id, facts) in state.facts where Self.isDue(id, facts) {
      guard let investigation = Rejudgement.investigation(facts.path) else { continue }
      due[investigation, default: []].append((id, facts))
    }
    guard !due.isEmpty else { return }
    var choice = self
    _ = try Manifest.read(session.workspace.root) { line in
      guard case .case(let row, _, _) = line, let own = due.removeValue(forKey: row.head.id) else { return }
      for (id, facts) in own { choice.take(id, facts, row.head, isAll: isAll) }
    }
    self = choice
    // What was handed over is done with here, whatever becomes of it.
    archived = due.values.flatMap { $0.filter { $0.1.handedOver == nil }.map(\.1.path) }.sorted()
  }

  /// Whether an action was approved, and nothing took that back or undid it.
  private static func isDue(_ id: CaseID, _ facts: LedgerFacts) -> Bool {
    facts.outcome == .approve && facts.effect != nil && OwnAction(id)?.kind != .withdraw
      && !facts.isUndone
  }

  private mutating func take(_ id: CaseID, _ facts: LedgerFacts, _ head: CaseHead, isAll: Bool) {
    let own = OwnAction(id)
    guard let action = head.actions.first(where: { $0.id == own?.about ?? id }) else { return }
    let exported =
      own == nil ? action.exported : ExportedState(decision: .undecided, execution: .notStarted)
    let isHandedOver = facts.order?.isWhole ?? (facts.handedOver != nil)
    let execution = ExecutionState(
      exported: exported.execution, isHandedOver: isHandedOver, reported: facts.report?.state)
    if isHandedOver {
      // What failed is open still: it can be tried again.
      guard execution == .failed || !execution.isFinal else { return }
      stillOpen += 1
      guard isAll else { return }
    } else if exported.decision != .undecided {
      overElsewhere += 1
      return
    }
    let made = Instant(seconds: session.now.seconds)
    // One that is over holds again for as long: whoever asks for all open orders wants to have them carried out.
    let standing = facts.order.flatMap { isHandedOver && $0.until > made ? $0 : nil }
    let order = OrderMaking(session).order(
      id, facts, action, head, made: standing?.made ?? made,
      until: standing?.until ?? made.adding(seconds: Self.validity),
      occasion: !isHandedOver ? .new : standing == nil ? .renewal : .copy)
    if let order { orders.append(order) }
  }

  /// Blocks that were handed over, and not undone: an entry of the list may stand for several of them.
  static func standingBlocks(_ state: LedgerState) -> [(id: ByteString, effect: Effect, at: Instant)] {
    state.facts.values.compactMap { facts in
      guard let order = facts.order, let at = facts.handedOver, !facts.isUndone,
        let effect = facts.effect.flatMap({ Effect(canonical: $0) }), effect.kind.reversal == .removeBlock
      else { return nil }
      return (order.id, effect, at)
    }.sorted { $0.id < $1.id }
  }

  /// What was handed over within the hour before a time.
  static func recent(_ state: LedgerState, before now: Instant) -> [(id: ByteString, effect: Effect, at: Instant)] {
    let start = now.adding(seconds: -OrderLint.repeats)
    return state.facts.values.compactMap { facts in
      guard let order = facts.order, let at = facts.handedOver, at > start,
        let effect = facts.effect.flatMap({ Effect(canonical: $0) })
      else { return nil }
      return (order.id, effect, at)
    }.sorted { $0.id < $1.id }
  }
}
