import ByteText
import CaseModel
import CaseStore
import DecisionLedger
import DurableFiles
import ReportSite
import Synchronization

/// Where the row of an action is found again: its case's line in the manifest, and its number in the case.
struct RowReference {
  var offset: Int
  var action: Int

  init(offset: Int, action: Int) {
    self.offset = offset
    self.action = action
  }

  init(_ number: Int) {
    offset = number >> 16
    action = number & 0xFFFF
  }

  /// Both in one number; in order of case, then action.
  var number: Int { offset << 16 | action }
}

/// Loads rows of lists from the manifest.
struct RowLoader: Sendable {
  private let manifest: InputFile?
  private let state: LedgerState
  private let policy: Policy
  private let now: Instant
  private let tokens: RowTokens
  /// For the lists of a redacted archive.
  private let redaction: (redaction: Redaction, evidence: EvidenceStore)?
  /// Rows of one case follow one another in most lists: it is read once then.
  private let latest = LatestCase()

  init(
    _ session: Session, _ state: LedgerState, _ tokens: RowTokens,
    _ redaction: (redaction: Redaction, evidence: EvidenceStore)? = nil
  ) throws {
    self.tokens = tokens
    self.redaction = redaction
    let root = session.workspace.root
    manifest = try root.exists(Manifest.fileName) ? try root.open(Manifest.fileName) : nil
    self.state = state
    policy = session.configuration.policy
    now = session.now
  }

  func head(at offset: Int) throws -> CaseHead { try manifestCase(at: offset).row.head }

  /// What can be found of a case: its head, and its entities from the evidence.
  func found(at offset: Int, _ evidence: EvidenceStore) throws -> SearchSource {
    let (row, redacted) = try manifestCase(at: offset)
    let decisions = row.head.actions.map { standing($0, in: row.head, redacted).state.decision }
    let merged = try redacted?.merged ?? evidence.merge(row.places)
    return SearchSource(head: row.head, entities: merged?.investigation.entities ?? [], decisions: decisions)
  }

  private func manifestCase(at offset: Int) throws -> LatestCase.Found {
    if let known = latest[offset] { return known }
    guard let row = try manifest.flatMap({ try Manifest.case(at: offset, in: $0) }) else {
      throw CommandFailure(.failure, "the manifest changed while it was read", file: Manifest.fileName)
    }
    let redacted = try redaction.flatMap { try RedactedCase(row, $0.evidence, $0.redaction) }
    let found = (redacted?.row ?? row, redacted)
    latest[offset] = found
    return found
  }

  func row(_ number: Int) throws -> ListRow {
    let reference = RowReference(number)
    let (found, redacted) = try manifestCase(at: reference.offset)
    let head = found.head
    guard head.actions.indices.contains(reference.action) else {
      throw CommandFailure(.failure, "the manifest changed while it was read", file: Manifest.fileName)
    }
    var undecided = 0
    for action in head.actions[..<reference.action]
    where standing(action, in: head, redacted).state.decision == .undecided {
      undecided += 1
    }
    let action = head.actions[reference.action]
    let (state, deadline) = standing(action, in: head, redacted)
    var row = ListRow(
      of: head, action: action, standing: state, deadline: deadline,
      policy: policy.of(action.kind),
      ceiling: ceiling(of: action))
    if row.isPending {
      row.offer = try tokens.offer(
        in: head.id, action.id, undecided: undecided, round: state.round, until: deadline)
    }
    return row
  }

  /// As the effect has it: the smallest of the series that covers what there is, and what was approved before.
  private func ceiling(of action: ActionHead) -> Int? {
    guard action.kind.countsMail, let count = action.mailCount else { return nil }
    return MailCeiling.smallest(notBelow: max(count, state.facts(of: action.id)?.atMost ?? 0))
  }

  private func standing(
    _ action: ActionHead, in head: CaseHead, _ redacted: RedactedCase?
  ) -> (state: ActionStanding, deadline: Instant) {
    let facts = state.facts(of: action.id).map { redacted?.shown($0) ?? $0 }
    return Standing.of(action, in: head, facts: facts, policy, now: now)
  }
}

/// The case that was read last.
private final class LatestCase: Sendable {
  /// The case; with what a redacted archive shows of it.
  typealias Found = (row: ManifestCase, redacted: RedactedCase?)
  private let value = Mutex<(offset: Int, found: Found)?>(nil)

  subscript(offset: Int) -> Found? {
    get { value.withLock { $0?.offset == offset ? $0?.found : nil } }
    set { value.withLock { $0 = newValue.map { (offset, $0) } } }
  }
}
