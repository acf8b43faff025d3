import ByteText
import CaseModel
import CaseStore
import DecisionLedger
import Digests
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
    var states: [(id: CaseID, state: PageState)] = []
    var failure: CommandFailure?
  }

  init(_ state: sending State) {
    self.state = Mutex(state)
  }

  /// Makes and writes the pages of one case.
  func make(_ row: ManifestCase, key: Fingerprint, _ ledger: LedgerState, _ evidence: EvidenceStore) {
    state.withLock { state in
      guard state.failure == nil else { return }
      do {
        guard let merged = try evidence.merge(row.places) else { return }
        let (model, offers, digests) = try state.plan.model(merged, row, ledger)
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
        for own in model.ownActions {
          state.page.removeAll(keepingCapacity: true)
          try state.pages.action(model, own, into: &state.page)
          try state.tree.write(state.page, to: PagePaths.action(own.action.id))
        }
        try Self.removeGone(merged, model, ledger, &state.tree)
        state.states.append((row.head.id, PageState(key: key, offers: offers, digests: digests)))
      } catch {
        state.failure = CommandFailure(error)
      }
    }
  }

  /// Removes pages of actions of our own that nobody voted on and that cannot be offered any more: a withdrawal of what was handed
  /// over meanwhile would still ask for a decision.
  private static func removeGone(
    _ merged: Case, _ model: CasePageModel, _ ledger: LedgerState, _ tree: inout SiteTree
  ) throws {
    let present = Set(model.ownActions.map(\.action.id))
    for action in merged.actions where action.wasEverUndecided {
      for round in 1...(ledger.facts(of: action.id)?.round ?? 1) {
        for kind in [ActionKind.undo, .withdraw] {
          guard let own = OwnAction(kind, of: action.id, round: round), !present.contains(own.id) else { continue }
          try tree.remove(PagePaths.action(own.id))
        }
      }
    }
  }

  /// Hands over the states of the cases made since the last time; throws what went wrong.
  func takeStates() throws -> [(id: CaseID, state: PageState)] {
    try state.withLock { state in
      if let failure = state.failure { throw failure }
      let states = state.states
      state.states.removeAll(keepingCapacity: true)
      return states
    }
  }

  /// What was done.
  var results: (counts: SiteTree.Counts, signatures: TokenSignatures, signed: Int) {
    state.withLock { ($0.tree.counts, $0.plan.made, $0.plan.signed) }
  }
}
