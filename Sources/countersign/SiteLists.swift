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
    // One line for each status that is known, however a source spells it.
    let status = row.head.status
    statuses[status.known == nil ? status : Recognised(status.known, raw: ""), default: 0] += 1
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

  /// The lists, each as a step that makes its pages; they need nothing of one another.
  ///
  /// The longest ones come first.
  func steps(
    _ pages: ListPages, _ session: Session, _ ledger: Ledger, _ tokens: RowTokens, _ evidence: EvidenceStore,
    searchSize: Int = ListPages.searchSize, redaction: Redaction? = nil
  ) throws -> [ListStep] {
    let state = ledger.state
    // One for each step: a loader keeps the case it read last.
    func loader() throws -> RowLoader {
      try RowLoader(session, state, tokens, redaction.map { ($0, evidence) })
    }
    let (pendingRow, pastRow, found, head, nearest) = (
      try loader(), try loader(), try loader(), try loader(), try loader()
    )
    let (rows, heads) = (rows, heads)
    let overview = OverviewModel(
      records: Self.records(state.totals, archived: state.archived.records), pending: rows, load: nearest.row,
      states: states, statuses: statuses,
      since: lastImport, changes: changes, trend: trend.days(upTo: now))
    let last = ledger.contentCheckpoint(origin: session.origin).size
    var lines: [LogLine] = []
    _ = try session.readLedger { entry in
      guard entry.number <= last else { return }
      lines.append(
        LogLine(
          at: entry.at.seconds == 0 ? nil : entry.at,
          text: redaction.map { $0.redact(line: LedgerWords.text(entry, hidesComments: $0.hidesComments)) }
            ?? LedgerWords.text(entry),
          by: ByteString(entry.kind.rawValue)
        ))
    }
    let logLines = lines
    let (known, policy) = (session.configuration.reviewers, session.configuration.policy)
    let reviewers = redaction.map { known.map($0.redact) } ?? known
    return [
      { try pages.search(heads, { try found.found(at: $0, evidence) }, isCurrent: $0, size: searchSize, $1) },
      { try pages.pending(rows, pendingRow.row, isCurrent: $0, $1) },
      { try pages.history(rows, pastRow.row, isCurrent: $0, $1) },
      { try pages.investigations(heads, head.head, isCurrent: $0, $1) },
      { try pages.log(logLines, isCurrent: $0, $1) },
      { _, write in try pages.overview(overview, write) },
      { _, write in
        try pages.reviewers(reviewers, policy, write)
        try pages.assets(write)
      },
    ]
  }

  private static func records(_ totals: ImportTotals, archived: Int) -> OverviewModel.Records {
    OverviewModel.Records(
      read: totals.read, used: totals.used, duplicate: totals.duplicate, superseded: totals.superseded,
      rejected: totals.rejected, archived: archived)
  }

  /// Removes the parts of lists that became shorter.
  static func keepOnly(_ written: Set<ByteString>, in tree: inout SiteTree) throws {
    for folder: ByteString in ["pending", "ballot", "history", "investigations", "search", "log"] {
      let names = written.filter { $0.bytes.starts(with: folder.bytes + [0x2F]) }
        .map { ByteString($0.bytes[(folder.count + 1)...]) }
      try tree.keepOnly(Set(names), in: folder)
    }
  }
}
