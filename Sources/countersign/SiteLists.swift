import ByteText
import CaseModel
import CaseStore
import DecisionLedger
import Digests
import DurableFiles
import ReportSite

/// Collects what the lists and the overview show while the cases go by, and writes them.
struct SiteLists {
  private let now: Instant
  private let policy: Policy
  private let lastImport: Instant?
  private let lastFile: Int
  private(set) var cases = 0
  private var rows: [ListKey] = []
  private var heads: [CaseListKey] = []
  private var states: [DecisionState: Int] = [:]
  private var statuses: [Recognised<InvestigationStatus>: Int] = [:]
  private var changes: [OverviewModel.Change] = []
  private var trend = TrendCount()
  /// Changes the overview names; the lists have all of them.
  private static let shownChanges = 40

  init(now: Instant, policy: Policy, lastImport: Instant?, lastFile: Int) {
    self.now = now
    self.policy = policy
    self.lastImport = lastImport
    self.lastFile = lastFile
  }

  var pendingCount: Int { states[.undecided] ?? 0 }

  /// Takes a case.
  ///
  /// - Parameters:
  ///   - offset: where its line begins in the manifest.
  ///   - content: the key of its pages, which changes whenever one of its rows would be rendered differently.
  mutating func take(_ row: ManifestCase, offset: Int, content: Fingerprint, _ state: LedgerState) {
    cases += 1
    var pending = 0
    statuses[row.head.status, default: 0] += 1
    let isTouched = row.places.contains { $0.file == lastFile }
    let isNew = row.places.allSatisfy { $0.file == lastFile }
    if isTouched {
      add(
        isNew ? .new : .changed, PagePaths.investigation(row.head.id),
        row.head.name.isEmpty ? row.head.sourceID : row.head.name)
    }
    for (index, action) in row.head.actions.enumerated() {
      let (standing, deadline) = Standing.of(
        action, in: row.head, facts: state.facts(of: action.id), policy, now: now)
      states[standing.decision, default: 0] += 1
      let item = ListRow(of: row.head, action: action, standing: standing, deadline: deadline)
      rows.append(
        ListKey(
          of: item, reference: RowReference(offset: offset, action: index).number, content: content.part(index)))
      if standing.decision == .undecided { pending += 1 }
      if action.wasEverUndecided { count(item, in: row.head) }
      if standing.decision == .gone, isTouched, !isNew, action.wasEverUndecided {
        add(.gone, PagePaths.action(action.id), action.target)
      }
      guard let at = standing.decidedAt, let lastImport, at >= lastImport, action.wasEverUndecided else { continue }
      switch standing.decision {
      case .approved, .rejected: add(.decided, PagePaths.action(action.id), action.target)
      case .lapsed: add(.lapsed, PagePaths.action(action.id), action.target)
      case .undecided, .withdrawn, .decidedElsewhere, .gone: break
      }
    }
    heads.append(CaseListKey(of: row.head, pending: pending, reference: offset, content: content))
  }

  /// Counts an action for the trend, from when it was first seen to when it no longer waited.
  private mutating func count(_ row: ListRow, in head: CaseHead) {
    let decision = row.standing.decision
    let ended = decision == .undecided ? nil : row.decidedAt ?? head.latestRecord
    let isDecided = decision == .approved || decision == .rejected || decision == .decidedElsewhere
    trend.add(from: row.firstSeen, to: ended, isDecided: isDecided)
  }

  private mutating func add(_ what: OverviewModel.Change.What, _ page: ByteString, _ label: ByteString) {
    if changes.count < Self.shownChanges { changes.append(OverviewModel.Change(what, page: page, label: label)) }
  }

  /// Whether every list page that an earlier build made is still there.
  static func areThere(_ tree: inout SiteTree, parts: [ByteString: Fingerprint]?) throws -> Bool {
    let first = [
      PagePaths.overview, PagePaths.pending, PagePaths.ballot, PagePaths.history, PagePaths.investigations,
      PagePaths.search, PagePaths.reviewers,
      PagePaths.log, PagePaths.styleSheet,
    ]
    for path in first + (parts ?? [:]).keys where try !tree.holds(path) { return false }
    return true
  }

  /// Makes the lists, and hands each page over.
  func make(
    _ pages: ListPages, _ session: Session, _ ledger: Ledger, _ tokens: RowTokens, _ evidence: EvidenceStore,
    isCurrent: ListPages.PartCheck = { _, _ in false }, searchSize: Int = ListPages.searchSize,
    _ write: ListPages.Writer
  ) throws {
    let loader = try RowLoader(session, ledger.state, tokens)
    try pages.assets(write)
    let totals = ledger.state.totals
    try pages.overview(
      OverviewModel(
        records: OverviewModel.Records(
          read: totals.read, used: totals.used, duplicate: totals.duplicate, superseded: totals.superseded,
          rejected: totals.rejected),
        pending: rows, load: loader.row, states: states, statuses: statuses, since: lastImport, changes: changes,
        trend: trend.days(upTo: now)),
      write)
    try pages.pending(rows, loader.row, isCurrent: isCurrent, write)
    try pages.history(rows, loader.row, isCurrent: isCurrent, write)
    try pages.investigations(heads, loader.head, isCurrent: isCurrent, write)
    try pages.search(heads, { try loader.found(at: $0, evidence) }, isCurrent: isCurrent, size: searchSize, write)
    try pages.reviewers(session.configuration.reviewers, session.configuration.policy, write)
    let last = ledger.contentCheckpoint(origin: session.origin).size
    var lines: [LogLine] = []
    _ = try session.readLedger { entry in
      guard entry.number <= last else { return }
      lines.append(
        LogLine(at: entry.at, text: LedgerWords.text(entry), by: ByteString(entry.kind.rawValue)))
    }
    try pages.log(lines, isCurrent: isCurrent, write)
  }

  /// Writes the lists; of their parts only those that are not in the tree as they would be made.
  ///
  /// - Parameters:
  ///   - known: the keys of the parts in the tree, by path.
  ///   - key: the key of a part, of what stands for its rows.
  /// - Returns: the keys of all parts now.
  func write(
    _ tree: inout SiteTree, _ templates: SiteTemplates, _ frame: SiteFrame, _ session: Session, _ ledger: Ledger,
    _ tokens: RowTokens, _ evidence: EvidenceStore, known: [ByteString: Fingerprint], key: (Fingerprint) -> Fingerprint
  ) throws -> [ByteString: Fingerprint] {
    var written: Set<ByteString> = []
    var writing = tree
    var parts: [ByteString: Fingerprint] = [:]
    let isCurrent: ListPages.PartCheck = { path, content in
      let made = key(content)
      parts[path] = made
      guard try known[path] == made && writing.holds(path) else { return false }
      written.insert(path)
      return true
    }
    let write: ListPages.Writer = { path, bytes in
      written.insert(path)
      try writing.write(bytes, to: path)
    }
    let pages = ListPages(templates: templates, frame: frame)
    try make(pages, session, ledger, tokens, evidence, isCurrent: isCurrent, write)
    tree = writing
    for folder: ByteString in ["pending", "ballot", "history", "investigations", "search", "log"] {
      let names = written.filter { $0.bytes.starts(with: folder.bytes + [0x2F]) }
        .map { ByteString($0.bytes[(folder.count + 1)...]) }
      try tree.keepOnly(Set(names), in: folder)
    }
    return parts
  }
}

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

  init(_ session: Session, _ state: LedgerState, _ tokens: RowTokens) throws {
    self.tokens = tokens
    let root = session.workspace.root
    manifest = try root.exists(Manifest.fileName) ? try root.open(Manifest.fileName) : nil
    self.state = state
    policy = session.configuration.policy
    now = session.now
  }

  func head(at offset: Int) throws -> CaseHead { try manifestCase(at: offset).head }

  /// What can be found of a case: its head, and its entities from the evidence.
  func found(at offset: Int, _ evidence: EvidenceStore) throws -> SearchSource {
    let row = try manifestCase(at: offset)
    let decisions = row.head.actions.map { standing($0, in: row.head).state.decision }
    return SearchSource(
      head: row.head, entities: try evidence.merge(row.places)?.investigation.entities ?? [], decisions: decisions)
  }

  private func manifestCase(at offset: Int) throws -> ManifestCase {
    guard let row = try manifest.flatMap({ try Manifest.case(at: offset, in: $0) }) else {
      throw CommandFailure(.failure, "the manifest changed while it was read", file: Manifest.fileName)
    }
    return row
  }

  func row(_ number: Int) throws -> ListRow {
    let reference = RowReference(number)
    let head = try head(at: reference.offset)
    guard head.actions.indices.contains(reference.action) else {
      throw CommandFailure(.failure, "the manifest changed while it was read", file: Manifest.fileName)
    }
    var undecided = 0
    for action in head.actions[..<reference.action] where standing(action, in: head).state.decision == .undecided {
      undecided += 1
    }
    let action = head.actions[reference.action]
    let (state, deadline) = standing(action, in: head)
    var row = ListRow(
      of: head, action: action, standing: state, deadline: deadline, policy: policy.of(action.kind))
    if row.isPending {
      row.offer = try tokens.offer(
        in: head.id, action.id, undecided: undecided, round: state.round, until: deadline)
    }
    return row
  }

  private func standing(_ action: ActionHead, in head: CaseHead) -> (state: ActionStanding, deadline: Instant) {
    Standing.of(action, in: head, facts: state.facts(of: action.id), policy, now: now)
  }
}
