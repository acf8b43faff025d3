import ByteText
import CaseModel
import CaseStore
import DecisionLedger

/// Logs pending actions whose deadline has passed (DESIGN section 5, *Ledger*): by import, apply and run.
enum LapseRun {
  /// Actions in one entry: a line stays short enough to read.
  private static let batch = 200

  /// - Returns: how many were logged.
  static func log(_ session: Session, _ ledger: Ledger) throws -> Int {
    var lapsed: [ByteString] = []
    _ = try Manifest.read(session.workspace.root) { line in
      guard case .case(let row, _, _) = line else { return }
      for action in row.head.actions {
        let facts = ledger.state.facts(of: action.id)
        guard facts?.lapsed == nil, action.exported.decision == .undecided else { continue }
        let standing = Standing.of(action, in: row.head, facts: facts, session.configuration.policy, now: session.now)
        if standing.state.decision == .lapsed { lapsed.append(row.head.id.text + "/" + action.id.text) }
      }
    }
    for start in stride(from: 0, to: lapsed.count, by: batch) {
      try session.append(ledger, .lapse, LedgerBody.lapse(Array(lapsed[start..<min(start + batch, lapsed.count)])))
    }
    return lapsed.count
  }
}

/// Where an action stands and until when it can be decided, from its head.
enum Standing {
  static func of(
    _ action: ActionHead, in head: CaseHead, facts: LedgerFacts?, _ policy: Policy, now: Instant
  ) -> (state: ActionStanding, deadline: Instant) {
    let deadline = Deadline.of(
      actionStart: action.started, investigationStart: head.started, firstRecord: head.firstRecord,
      decidableSeconds: policy.of(action.kind).decidableSeconds)
    return (ActionStanding(exported: action.exported, facts: facts, deadline: deadline, now: now), deadline)
  }
}
