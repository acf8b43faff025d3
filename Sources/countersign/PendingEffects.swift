import ApprovalTokens
import ByteText
import CaseModel
import CaseStore
import DecisionLedger

/// What the actions of some investigations are now: read from manifest and evidence, once for a run.
struct PendingEffects {
  private var cases: [CaseID: (merged: Case, row: ManifestCase)] = [:]
  private let state: LedgerState
  private let policy: Policy
  private let now: Instant

  /// Reads the investigations of these ids; those that are not there are missing from the answers.
  init(_ session: Session, _ state: LedgerState, wanted: Set<CaseID>) throws {
    self.state = state
    policy = session.configuration.policy
    now = session.now
    let evidence = try session.openEvidence(state)
    guard !wanted.isEmpty else { return }
    var found: [ManifestCase] = []
    _ = try Manifest.read(session.workspace.root) { line in
      if case .case(let row, _, _) = line, wanted.contains(row.head.id) { found.append(row) }
    }
    for row in found {
      if let merged = try evidence.merge(row.places) { cases[row.head.id] = (merged, row) }
    }
  }

  /// The hash of an investigation's records, for the ledger.
  func recordsHash(_ investigation: CaseID) -> ByteString { cases[investigation]?.row.head.recordsHash ?? "" }

  /// What an action is now; `nil` where there is none, or nothing that could be approved.
  func pending(_ investigation: CaseID, _ action: CaseID) -> PendingEffect? {
    guard let (merged, row) = cases[investigation],
      let index = merged.actions.firstIndex(where: { $0.id == action })
    else { return nil }
    let candidate = merged.actions[index]
    let facts = state.facts(of: action)
    let standing = Standing.of(row.head.actions[index], in: row.head, facts: facts, policy, now: now).state
    // The smallest ceiling: a token stands for this effect or for one with a greater ceiling.
    guard
      let effect = try? Effect(of: candidate.action, id: action, tenant: row.head.tenant, round: standing.round)
    else { return nil }
    return PendingEffect(
      effect: effect, state: standing.decision, allowsSharedTokens: policy.of(candidate.action.kind).sharedTokens,
      mailCount: candidate.action.mailCount)
  }
}
