import ApprovalTokens
import ByteText
import CaseModel
import CaseStore
import DecisionLedger

/// What the actions of some investigations are now, and what policy asks about them: read from manifest and evidence, once for
/// a run.
struct PresentActions {
  private struct Present {
    var merged: Case
    var row: ManifestCase
    var involved: Involvement
  }

  private var cases: [CaseID: Present] = [:]
  private let session: Session
  private var state: LedgerState

  /// Reads the investigations of these ids; those that are not there are missing from the answers.
  init(_ session: Session, _ state: LedgerState, wanted: Set<CaseID>) throws {
    self.session = session
    self.state = state
    let evidence = try session.openEvidence(state)
    guard !wanted.isEmpty else { return }
    var found: [ManifestCase] = []
    _ = try Manifest.read(session.workspace.root) { line in
      if case .case(let row, _, _) = line, wanted.contains(row.head.id) { found.append(row) }
    }
    for row in found {
      guard let merged = try evidence.merge(row.places) else { continue }
      cases[row.head.id] = Present(merged: merged, row: row, involved: Involvement(merged))
    }
  }

  /// The same actions after the ledger grew.
  func updated(_ state: LedgerState) -> PresentActions {
    var copy = self
    copy.state = state
    return copy
  }

  /// The hash of an investigation's records, for the ledger.
  func recordsHash(_ investigation: CaseID) -> ByteString { cases[investigation]?.row.head.recordsHash ?? "" }

  /// What an action is now; `nil` where there is none, or nothing that could be approved.
  func pending(_ investigation: CaseID, _ action: CaseID) -> PendingEffect? {
    if let own = OwnAction(action) { return pending(investigation, own) }
    guard let (candidate, head, present) = find(investigation, action) else { return nil }
    let facts = state.facts(of: action)
    let standing = session.standing(head, in: present.row.head, facts).state
    // The smallest ceiling: a token stands for this effect or for one with a greater ceiling.
    guard
      let effect = try? Effect(
        of: candidate.action, id: action, tenant: present.row.head.tenant, round: standing.round)
    else { return nil }
    return PendingEffect(
      effect: effect, state: standing.decision, isHandedOver: facts?.handedOver != nil,
      allowsSharedTokens: policy(investigation, action).sharedTokens, mailCount: candidate.action.mailCount)
  }

  /// What an action of our own is now; `nil` where its kind cannot be offered for the other one any more.
  private func pending(_ investigation: CaseID, _ own: OwnAction) -> PendingEffect? {
    guard let (candidate, head, present) = find(investigation, own.about) else { return nil }
    let offer = OwnOffer(
      own, about: candidate, head, in: present.row.head, facts: state.facts(of: own.about),
      ownFacts: state.facts(of: own.id), session.policyAt)
    guard let offer else { return nil }
    return PendingEffect(
      effect: offer.effect, state: offer.standing.decision, isHandedOver: false,
      allowsSharedTokens: policy(investigation, own.id).sharedTokens)
  }

  private func find(_ investigation: CaseID, _ action: CaseID) -> (CaseAction, ActionHead, Present)? {
    guard let present = cases[investigation],
      let index = present.merged.actions.firstIndex(where: { $0.id == action })
    else { return nil }
    return (present.merged.actions[index], present.row.head.actions[index], present)
  }

  /// What it takes to decide an action, or one of our own about it.
  func policy(_ investigation: CaseID, _ action: CaseID) -> KindPolicy {
    let policy = session.configuration.policy
    let own = OwnAction(action)
    let kind = find(investigation, own?.about ?? action)?.0.action.kind ?? .unrecognised
    return own.map { policy.of($0.kind, about: kind) } ?? policy.of(kind)
  }

  /// Until when an action can be decided; `nil` where there is none.
  func deadline(_ investigation: CaseID, _ action: CaseID) -> Instant? {
    let own = OwnAction(action)
    guard let (candidate, head, present) = find(investigation, own?.about ?? action) else { return nil }
    guard let own else { return session.standing(head, in: present.row.head, state.facts(of: action)).deadline }
    return OwnOffer(
      own, about: candidate, head, in: present.row.head, facts: state.facts(of: own.about),
      ownFacts: state.facts(of: own.id), session.policyAt)?.deadline
  }

  /// What the exports alone say of an action; `nil` where they name none.
  func exported(_ investigation: CaseID, _ action: CaseID) -> ExportedState? {
    find(investigation, OwnAction(action)?.about ?? action)?.0.exported
  }

  /// Who somebody is to policy, deciding on this investigation in their own or another reviewer's stead.
  func voter(_ principal: ByteString, actingFor other: ByteString? = nil, on investigation: CaseID) -> Voter {
    let reviewers = session.configuration.reviewers
    guard let reviewer = reviewers.first(where: { $0.id == principal }) else {
      return Voter(principal: principal, isReviewer: false)
    }
    let stead = other.flatMap { id in reviewers.first { $0.id == id } }
    let involved = cases[investigation]?.involved
    return Voter(
      principal: principal, roles: reviewer.roles + (stead?.roles ?? []),
      // Neither of the two may have a part in it: whoever decides in another's stead brings that one's interest along.
      involvedAs: involved?.of(reviewer) ?? stead.flatMap { involved?.of($0) })
  }
}
