import ByteText
import CaseModel
import CaseStore
import DecisionLedger
import ReportSite

/// Collects what the lists and the overview show while the cases go by, and writes them.
struct SiteLists {
  private let now: Instant
  private let policy: Policy
  private let lastImport: Instant?
  private let lastFile: Int
  private(set) var cases = 0
  private var rows: [ListRow] = []
  private var heads: [CaseHead] = []
  private var pendingByCase: [CaseID: Int] = [:]
  private var states: [DecisionState: Int] = [:]
  private var statuses: [Recognised<InvestigationStatus>: Int] = [:]
  private var changes: [OverviewModel.Change] = []
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
  mutating func take(_ row: ManifestCase, _ state: LedgerState) {
    cases += 1
    heads.append(row.head)
    statuses[row.head.status, default: 0] += 1
    if row.places.contains(where: { $0.file == lastFile }) {
      let isNew = row.places.allSatisfy { $0.file == lastFile }
      add(isNew ? .new : .changed, PagePaths.investigation(row.head.id), row.head.name.isEmpty ? row.head.sourceID : row.head.name)
    }
    for action in row.head.actions {
      let (standing, deadline) = Standing.of(
        action, in: row.head, facts: state.facts(of: action.id), policy, now: now)
      states[standing.decision, default: 0] += 1
      let item = ListRow(of: row.head, action: action, standing: standing, deadline: deadline)
      rows.append(item)
      if standing.decision == .undecided { pendingByCase[row.head.id, default: 0] += 1 }
      guard let at = standing.decidedAt, let lastImport, at >= lastImport, action.wasEverUndecided else { continue }
      switch standing.decision {
      case .approved, .rejected: add(.decided, PagePaths.action(action.id), action.target)
      case .lapsed: add(.lapsed, PagePaths.action(action.id), action.target)
      case .undecided, .withdrawn, .decidedElsewhere, .gone: break
      }
    }
  }

  private mutating func add(_ what: OverviewModel.Change.What, _ page: ByteString, _ label: ByteString) {
    if changes.count < Self.shownChanges { changes.append(OverviewModel.Change(what, page: page, label: label)) }
  }

  /// Writes every list.
  func write(
    _ tree: inout SiteTree, _ templates: SiteTemplates, _ frame: SiteFrame, _ session: Session, _ ledger: Ledger
  ) throws {
    let pages = ListPages(templates: templates, frame: frame)
    var written: Set<ByteString> = []
    var writing = tree
    let write: ListPages.Writer = { path, bytes in
      written.insert(path)
      try writing.write(bytes, to: path)
    }
    try pages.assets(write)
    let totals = ledger.state.totals
    try pages.overview(
      OverviewModel(
        records: OverviewModel.Records(
          read: totals.read, used: totals.used, duplicate: totals.duplicate, superseded: totals.superseded,
          rejected: totals.rejected),
        pending: rows.filter(\.isPending), states: states, statuses: statuses, since: lastImport, changes: changes),
      write)
    try pages.pending(rows, write)
    try pages.history(rows, write)
    try pages.investigations(heads, pending: { pendingByCase[$0] ?? 0 }, write)
    try pages.reviewers(session.configuration.reviewers, session.configuration.policy, write)
    let last = ledger.contentCheckpoint(origin: session.origin).size
    var lines: [LogLine] = []
    _ = try session.readLedger { entry in
      guard entry.number <= last else { return }
      lines.append(
        LogLine(at: entry.at, text: LedgerWords.text(entry), by: ByteString(entry.kind.rawValue)))
    }
    try pages.log(lines, write)
    tree = writing
    for folder in ["pending", "history", "investigations", "log"] as [ByteString] {
      let names = written.filter { $0.bytes.starts(with: folder.bytes + [0x2F]) }
        .map { ByteString($0.bytes[(folder.count + 1)...]) }
      try tree.keepOnly(Set(names), in: folder)
    }
  }
}
