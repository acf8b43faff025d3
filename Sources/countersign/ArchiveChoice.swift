import ByteText
import CaseModel
import CaseStore
import DecisionLedger

/// Which investigations go into an archive, and which returned files belong to them.
struct ArchiveChoice {
  /// Our ids.
  private(set) var ids: Set<CaseID> = []
  private var actions: Set<CaseID> = []
  private let isAll: Bool

  init(_ session: Session, _ state: LedgerState, _ chosen: ArchiveRun.Chosen) throws {
    var ids: Set<CaseID> = []
    var actions: Set<CaseID> = []
    var missing: [ByteString] = []
    if case .these(let names) = chosen { missing = names }
    _ = try Manifest.read(session.workspace.root) { line in
      guard case .case(let row, _, _) = line else { return }
      switch chosen {
      case .all: break
      case .closed(let before): guard Self.isClosed(row, session, state, before) else { return }
      case .these(let names):
        guard names.contains(where: { $0 == row.head.id.text || $0 == row.head.sourceID }) else { return }
        missing.removeAll { $0 == row.head.id.text || $0 == row.head.sourceID }
      }
      ids.insert(row.head.id)
      for action in row.head.actions {
        actions.insert(action.id)
        for own in state.own[action.id] ?? [] { actions.insert(own.id) }
      }
    }
    if let id = missing.first {
      throw CommandFailure(
        .missingInput, "--investigation: there is none with the id '" + id + "'", hint: "its page shows its id")
    }
    self.ids = ids
    self.actions = actions
    if case .all = chosen { isAll = true } else { isAll = false }
  }

  /// Whether nothing more happens in an investigation: it is final, nobody has to decide, and nothing that was approved here is
  /// still to be carried out.
  private static func isClosed(
    _ row: ManifestCase, _ session: Session, _ state: LedgerState, _ before: Instant?
  ) -> Bool {
    guard row.head.status.known?.isFinal ?? false else { return false }
    if let before, row.head.latestRecord >= before { return false }
    return row.head.actions.allSatisfy { action in
      let standing = session.standing(action, in: row.head, state.facts(of: action.id)).state
      let isDone = [.succeeded, .failed, .skipped, .alreadyGone].contains(standing.execution)
      return standing.decision != .undecided && (standing.decision != .approved || isDone)
    }
  }

  /// The names of the files in which decisions and results on these investigations came back, with their signatures, sorted.
  func returnedFiles(_ session: Session, _ state: LedgerState) throws -> [ByteString] {
    if isAll { return (state.returned.sorted() + state.signatures.map { $0 + ".sig" }).sorted() }
    var names: Set<ByteString> = []
    _ = try session.readLedger { entry in
      let body = LedgerBody(entry.body)
      guard entry.kind == .decision || entry.kind == .result,
        let action = body.text("action").flatMap(LedgerBody.action),
        actions.contains(OwnAction(action)?.about ?? action)
      else { return }
      for case .string(let file) in body.list("files") { names.insert(file) }
      if let file = body.text("file") { names.insert(file) }
      if let signature = body.text("signature") { names.insert(signature + ".sig") }
    }
    return names.sorted()
  }
}
