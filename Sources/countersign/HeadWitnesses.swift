import ByteText
import CaseStore
import DecisionLedger

/// Ledger heads that pages carried away and decisions files brought back: each is a witness of what the ledger was then.
///
/// A head that does not fit alarms, and stops nothing: whoever writes a file writes its head too.
struct HeadWitnesses {
  /// How many different heads fit.
  let fitting: Int
  /// Whether none was found that does not.
  let allFit: Bool

  /// Compares heads with the ledger, and reports those that it never had.
  static func check(_ heads: [(file: ByteString, head: ByteString)], _ session: Session) throws -> HeadWitnesses {
    guard !heads.isEmpty else { return HeadWitnesses(fitting: 0, allFit: true) }
    let roots = try Ledger.roots(
      session.workspace.root, at: Set(heads.compactMap { Checkpoint.size(short: $0.head) }))
    var fitting: Set<ByteString> = []
    var allFit = true
    for (file, head) in heads {
      if let size = Checkpoint.size(short: head), let root = roots[size],
        Checkpoint(origin: session.origin, size: size, root: root).short == head
      {
        fitting.insert(head)
        continue
      }
      allFit = false
      session.console.report(
        Diagnostic(
          .error, file: file, field: "checkpoint",
          message: "the ledger has no head " + head + ": it was changed since the page was made, or the file was",
          hint: "compare with an older ledger.checkpoint: countersign verify --ledger --against OLD"))
    }
    return HeadWitnesses(fitting: fitting.count, allFit: allFit)
  }
}
