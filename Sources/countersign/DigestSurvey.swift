import ByteText
import CaseModel
import CaseStore
import DecisionLedger
import MailDigest

/// Reads all cases once and hands each reviewer what is theirs.
struct DigestSurvey {
  private(set) var readers: [DigestReader]
  private(set) var states: [DecisionState: Int] = [:]
  private(set) var investigations = 0
  private let session: Session
  private let state: LedgerState
  private let evidence: EvidenceStore
  /// When the next digest is due: what lapses by then stands first.
  private let next: Instant

  init(_ session: Session, _ state: LedgerState, _ evidence: EvidenceStore, _ readers: [DigestReader], next: Instant) {
    self.session = session
    self.state = state
    self.evidence = evidence
    self.readers = readers
    self.next = next
  }

  /// Reads every case of the manifest.
  mutating func run() throws {
    var survey = self
    let isWhole = try Manifest.read(session.workspace.root) { line in
      if case .case(let row, _, let offset) = line { try survey.take(row, offset) }
    }
    guard isWhole || evidence.names.isEmpty else {
      throw CommandFailure(.failure, "the manifest changed while it was read", file: Manifest.fileName)
    }
    self = survey
  }

  private mutating func take(_ row: ManifestCase, _ offset: Int) throws {
    investigations += 1
    var one = DigestCase(row, offset: offset, evidence, state.evidence)
    for (index, action) in row.head.actions.enumerated() {
      let facts = state.facts(of: action.id)
      let (standing, deadline) = session.standing(action, in: row.head, facts)
      states[standing.decision, default: 0] += 1
      for number in readers.indices {
        if standing.decision == .undecided {
          try takePending(&one, index, standing, deadline, for: number)
        } else if action.wasEverUndecided {
          try takePast(&one, index, standing, deadline, for: number)
        }
      }
    }
  }

  // MARK: What waits

  private mutating func takePending(
    _ one: inout DigestCase, _ index: Int, _ standing: ActionStanding, _ deadline: Instant, for number: Int
  ) throws {
    let head = one.row.head
    let action = head.actions[index]
    let policy = session.configuration.policy.of(action.kind)
    let reader = readers[number]
    if standing.votes.contains(where: { $0.principal == reader.reviewer.id && $0.verdict == .approve }) {
      return readers[number].count(.voted)
    }
    guard policy.roles.areHeld(by: reader.reviewer.roles) else { return readers[number].count(.role) }
    if try !policy.allowsSelfApproval && one.involves(reader) { return readers[number].count(.involved) }
    let (what, changes) = try section(&one, index, standing, deadline, reader.window)
    readers[number].add(
      DigestReader.Pending(
        reference: RowReference(offset: one.offset, action: index), what: what, deadline: deadline,
        severity: head.severity.known?.rawValue ?? -1, mailCount: action.mailCount ?? 0, changes: changes))
  }

  private func section(
    _ one: inout DigestCase, _ index: Int, _ standing: ActionStanding, _ deadline: Instant, _ window: DigestWindow
  ) throws -> (DigestSection.What, [ByteString]) {
    var what = DigestSection.What.open
    var changes: [ByteString] = []
    if one.isTouched(in: window) {
      if let old = try one.before(window),
        let was = old.actions.first(where: { $0.id == one.row.head.actions[index].id })
      {
        changes = try self.changes(was, old, &one, index, standing)
        if !changes.isEmpty { what = .changed }
      } else {
        what = .new
      }
    }
    // A new round asks again for what was decided before.
    if let event = standing.events.last, window.holds(entry: event.entry, at: event.at) {
      changes.append(ByteString(ASCII.lowercased(ByteString(stringLiteral: event.what.title).bytes)))
      what = .changed
    }
    return (deadline <= next ? .lapsing : what, changes)
  }

  /// What is not as it was, in words.
  private func changes(
    _ was: CaseAction, _ old: Case, _ one: inout DigestCase, _ index: Int, _ standing: ActionStanding
  ) throws -> [ByteString] {
    let head = one.row.head
    let action = head.actions[index]
    var words: [ByteString] = []
    func count(_ number: Int?) -> ByteString { number.map { counted($0, "message") } ?? "a number not known" }
    if was.action.mailCount != action.mailCount {
      words.append(count(action.mailCount) + ", was " + count(was.action.mailCount))
    }
    if old.investigation.severity != head.severity {
      let before = old.investigation.severity
      words.append(
        "severity was "
          + (before.known.map { ByteString(stringLiteral: $0.word) }
            ?? (before.raw.isEmpty ? "not rated" : "unrecognised")))
    }
    if was.exported.decision != .undecided { words.append("waits again") }
    let effects = [was, try one.now()?.actions.first { $0.id == action.id }].map { side in
      side.flatMap { try? Effect(of: $0.action, id: action.id, tenant: head.tenant, round: standing.round) }
    }
    if effects[0]?.targets != effects[1]?.targets { words.append("acts on other targets") }
    if effects[0]?.parameters != effects[1]?.parameters { words.append("has other parameters") }
    return words
  }

  // MARK: What happened

  private mutating func takePast(
    _ one: inout DigestCase, _ index: Int, _ standing: ActionStanding, _ deadline: Instant, for number: Int
  ) throws {
    let reader = readers[number]
    let action = one.row.head.actions[index]
    var found: [DigestReader.Happening] = []
    let target = DigestTarget(
      id: action.id, kind: action.kind, rawKind: action.rawType, label: action.target)
    func add(_ what: DigestNews.What, _ words: StaticString, by: ByteString = "", at: Instant?) {
      found.append(
        DigestReader.Happening(
          what: what, line: DigestNews.Line(ByteString(stringLiteral: words), target, by: by, at: at),
          order: at ?? one.row.head.latestRecord))
    }
    let window = reader.window
    let facts = state.facts(of: action.id)
    switch standing.decision {
    case .lapsed:
      // Told when it lapsed to us: an export or a policy may have moved the deadline into the past.
      let isNews =
        if let entry = facts?.lapsedEntry, let at = facts?.lapsed {
          window.holds(entry: entry, at: at)
        } else {
          window.holds(deadline)
        }
      if isNews { add(.lapsed, standing.title, at: deadline) }
    case .withdrawn where window.holds(deadline): add(.lapsed, standing.title, at: deadline)
    case .approved, .rejected:
      if let entry = facts?.outcomeEntry, let at = facts?.outcomeAt, window.holds(entry: entry, at: at) {
        add(.decided, standing.title, by: standing.decidedBy, at: standing.decidedAt)
      }
    default: break
    }
    // A retained approval is none: nothing is new about it.
    if found.isEmpty, let event = standing.events.last, event.what != .retained,
      window.holds(entry: event.entry, at: event.at)
    {
      add(.decided, event.what.title, at: event.at)
    }
    if one.isTouched(in: window) {
      let was = try one.before(window)?.actions.first { $0.id == action.id }?.exported
      let isOver: [ExecutionState] = [.succeeded, .failed, .skipped, .alreadyGone]
      if (standing.decision == .decidedElsewhere || standing.decision == .gone)
        && (was?.decision ?? .undecided) == .undecided
      {
        add(.decided, standing.title, by: standing.decidedBy, at: action.decidedAt)
      }
      if isOver.contains(standing.execution), was?.execution != standing.execution,
        standing.decision != .gone, standing.elsewhere != .declined
      {
        add(.executed, standing.executionTitle, at: nil)
      }
    }
    // A result file tells it before any export does.
    if let report = standing.reports.last, standing.execution.isFinal, !found.contains(where: { $0.what == .executed }),
      window.holds(entry: report.entry, at: report.logged ?? report.at)
    {
      add(.executed, standing.executionTitle, at: report.at)
    }
    guard !found.isEmpty else { return }
    guard try concerns(reader, standing, &one, action.kind) else { return }
    for one in found { readers[number].add(one) }
  }

  /// Whether a reviewer could have decided it, or did.
  private func concerns(
    _ reader: DigestReader, _ standing: ActionStanding, _ one: inout DigestCase, _ kind: ActionKind
  ) throws -> Bool {
    if standing.votes.contains(where: { $0.principal == reader.reviewer.id }) { return true }
    let policy = session.configuration.policy.of(kind)
    guard policy.roles.areHeld(by: reader.reviewer.roles) else { return false }
    return try policy.allowsSelfApproval || !one.involves(reader)
  }
}
