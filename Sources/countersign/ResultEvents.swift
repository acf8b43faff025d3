import ByteText
import CaseModel
import CaseStore
import DecisionLedger
import DurableFiles
import WorkOrders

/// Results as OCSF events, for whoever collects a log: `outbox/results/NNNNNN.ocsf.jsonl`, a file for each run with new ones.
enum ResultEvents {
  private static let folderName: ByteString = "results"

  /// Writes the events of a run.
  ///
  /// - Returns: the file's path, as the user would type it; `nil` where there is none to write.
  static func write(_ session: Session, _ ledger: Ledger, _ findings: [ResultMatching.Finding]) throws -> ByteString? {
    let orders = try orders(session, ledger.state, Set(findings.map(\.order)))
    var lines: [UInt8] = []
    for finding in findings {
      guard let order = orders[finding.order] else { continue }
      lines += ReadableJSON.line(OCSFEvent.result(order, finding.report))
    }
    guard !lines.isEmpty else { return nil }
    let name = ByteString(Digits.padded(ledger.count)) + ".ocsf.jsonl"
    let folder = try session.workspace.folder(Workspace.Name.outbox).subfolder(folderName, create: true, mode: 0o700)
    try folder.replace(name, with: lines, mode: 0o600, durable: true)
    return session.path(Workspace.Name.outbox + "/" + folderName + "/" + name)
  }

  /// The orders of these ids, made again.
  private static func orders(
    _ session: Session, _ state: LedgerState, _ wanted: Set<ByteString>
  ) throws -> [ByteString: WorkOrder] {
    var actions: [CaseID: Set<CaseID>] = [:]
    for id in wanted {
      guard let action = state.orders[id] else { continue }
      actions[OwnAction(action)?.about ?? action, default: []].insert(action)
    }
    guard !actions.isEmpty else { return [:] }
    var orders: [ByteString: WorkOrder] = [:]
    let making = OrderMaking(session)
    _ = try Manifest.read(session.workspace.root) { line in
      guard case .case(let row, _, _) = line else { return }
      for action in row.head.actions {
        for id in actions[action.id] ?? [] {
          guard let facts = state.facts(of: id), let known = facts.order,
            let order = making.order(
              id, facts, action, row.head, made: known.made, until: known.until, occasion: .copy)
          else { continue }
          orders[order.id] = order
        }
      }
    }
    return orders
  }
}
