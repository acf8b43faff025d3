import ByteText
import CaseModel
import DecisionLedger

/// How many approvals wait to be handed over, and what became of those that were.
struct OrderCounts {
  /// Approved, and not handed over.
  private(set) var waiting = 0
  /// Handed over.
  private(set) var handedOver = 0
  private var states: [ExecutionState: Int] = [:]

  /// Counts an action, and what was decided about it here.
  ///
  /// - Parameter isOver: whether the exports leave nothing to do.
  mutating func count(_ facts: LedgerFacts?, _ execution: ExecutionState, isOver: Bool) {
    guard let facts, facts.outcome == .approve else { return }
    if facts.handedOver != nil {
      handedOver += 1
      states[execution, default: 0] += 1
    } else if !isOver && !facts.isUndone {
      waiting += 1
    }
  }

  /// Counts the undos of an action.
  mutating func count(undosOf action: CaseID, _ state: LedgerState) {
    for own in state.own[action] ?? [] where own.kind == .undo {
      guard let facts = state.facts(of: own.id) else { continue }
      let execution = ExecutionState(
        exported: .notStarted, isHandedOver: facts.handedOver != nil, reported: facts.report?.state)
      count(facts, execution, isOver: false)
    }
  }

  /// In words: `3 handed over = 1 succeeded + 1 awaited + 1 failed`; `nil` where there is nothing to tell.
  var words: ByteString? {
    guard handedOver > 0 || waiting > 0 else { return nil }
    let parts = ExecutionState.allCases.compactMap { state in
      states[state].map { ByteString("\($0) ") + (state == .handedOver ? "awaited" : ByteString(state.rawValue)) }
    }
    return ByteString("\(handedOver) handed over")
      + (parts.isEmpty ? "" : " = " + ByteString(Array(parts.map(\.bytes).joined(separator: " + ".utf8))))
      + (waiting > 0 ? ByteString("; \(waiting) approved and not handed over") : "")
  }

  /// The same as an object.
  var tree: JSONTree {
    [
      "awaiting": .int(waiting), "handed_over": .int(handedOver),
      "states": .object(
        ExecutionState.allCases.compactMap { state in
          states[state].map { .init(ByteString(state.rawValue), .int($0)) }
        }),
    ]
  }
}
