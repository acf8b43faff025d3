import ByteText
import CaseModel
import CaseStore
import DecisionLedger
import ReportSite
import Synchronization

/// Makes the pages of cases; one for each thread.
final class BuildWorker: Sendable {
  private let state: Mutex<State>

  struct State {
    var pages: CasePages
    var plan: CasePlan
    var tree: SiteTree
    var page: [UInt8] = []
    var states: [(id: ByteString, state: PageState)] = []
    var failure: CommandFailure?
  }

  init(_ state: sending State) {
    self.state = Mutex(state)
  }

  /// Makes and writes the pages of one case.
  func make(_ row: ManifestCase, key: PageKey, _ ledger: LedgerState, _ evidence: EvidenceStore) {
    state.withLock { state in
      guard state.failure == nil else { return }
      do {
        guard let merged = try evidence.merge(row.places) else { return }
        let (model, offers) = try state.plan.model(merged, row, ledger)
        state.page.removeAll(keepingCapacity: true)
        try state.pages.investigation(model, into: &state.page)
        try state.tree.write(state.page, to: PagePaths.investigation(row.head.id))
        for index in model.actions.indices {
          let action = model.actions[index]
          guard action.action.wasEverUndecided || action.isPending else { continue }
          state.page.removeAll(keepingCapacity: true)
          try state.pages.action(model, index: index, into: &state.page)
          try state.tree.write(state.page, to: PagePaths.action(action.action.id))
        }
        state.states.append((row.head.id.text, PageState(key: key, offers: offers)))
      } catch {
        state.failure = CommandFailure(error)
      }
    }
  }

  /// What was done so far; throws what went wrong.
  func results() throws -> (SiteTree.Counts, states: [(id: ByteString, state: PageState)], signatures: [[UInt8]: [UInt8]], signed: Int) {
    try state.withLock { state in
      if let failure = state.failure { throw failure }
      return (state.tree.counts, state.states, state.plan.used, state.plan.signed)
    }
  }
}
