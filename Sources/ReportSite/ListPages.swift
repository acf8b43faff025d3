public import ByteText
public import CaseModel
public import Digests
import WebRendering

/// Renders the lists, the overview, the reviewers and the log.
///
/// Each method hands every page it makes to `write`, with its path in the tree. A list over ``partSize`` rows is split
/// into parts beside its `index.html`; parts carry nothing that depends on the time of the build.
public struct ListPages: Sendable {
  /// Takes one page: its path (``PagePaths``) and its bytes.
  public typealias Writer = (_ path: ByteString, _ bytes: [UInt8]) throws -> Void

  /// The most rows of one page (DESIGN section 5, *Site*).
  public static let partSize = 1_000
  /// The most pending actions that also stand on one page all together: browsers stay quick (UX 2.3).
  public static let wholeSize = 20_000
  let templates: ListTemplates
  let frame: SiteFrame
  private let styleSheet: [UInt8]
  let partSize: Int

  /// Makes the lists of one site.
  ///
  /// - Parameter isWhole: keeps every list in one page, however long.
  public init(templates: SiteTemplates, frame: SiteFrame, isWhole: Bool = false) {
    self.init(templates: templates, frame: frame, partSize: isWhole ? .max : Self.partSize)
  }

  init(templates: SiteTemplates, frame: SiteFrame, partSize: Int) {
    self.templates = templates.lists
    self.frame = frame
    self.partSize = partSize
    styleSheet = templates.styleSheet
  }

  /// The style sheet.
  public func assets(_ write: Writer) throws { try write(PagePaths.styleSheet, styleSheet) }

  /// The overview.
  public func overview(_ model: OverviewModel, _ write: Writer) throws {
    var out: [UInt8] = []
    try templates.overview.render(model, frame, into: &out)
    try write(PagePaths.overview, out)
  }

  /// The people who may decide, and the policy.
  public func reviewers(_ reviewers: [Reviewer], _ policy: Policy, _ write: Writer) throws {
    var out: [UInt8] = []
    try templates.reviewers.render(reviewers, policy, frame, into: &out)
    try write(PagePaths.reviewers, out)
  }

  /// Loads the row of a reference.
  public typealias Loader = (_ reference: Int) throws -> ListRow

  /// Tells whether a part stands in the tree already as it would be made; asked of every part, and then it is not made.
  ///
  /// `content` stands for the rows in it, one after the other.
  public typealias PartCheck = (_ path: ByteString, _ content: Fingerprint) throws -> Bool

  /// The history of rows that are held anyway.
  public func history(_ rows: [ListRow], _ write: Writer) throws {
    let (keys, load) = ListKey.keys(of: rows)
    try history(keys, load, write)
  }

  /// The actions that are no longer pending, latest first; over one page, by month of the decision.
  ///
  /// - Parameter isCurrent: says of each part whether it can stay as it is.
  public func history(
    _ keys: [ListKey], _ load: Loader, isCurrent: PartCheck = { _, _ in false }, _ write: Writer
  ) throws {
    let sorted = keys.filter { !$0.isPending }.sorted(by: ListKey.isEarlier)
    let parts =
      sorted.count <= partSize
      ? []
      : ListPart.parts(of: sorted, size: partSize) { ByteString($0.settled.dateText.bytes.prefix(7)) }
    try list(
      templates.history, templates.historyShape, "History", folder: "history", at: .history, items: sorted,
      parts: parts, \.content, isCurrent, caption: "Actions that no longer wait for a decision, latest first",
      find: "Target, person, comment, id", period: "Decided", { templates.historyRow.row(try load($0.reference)) },
      write)
  }

  /// The investigations of heads that are held anyway.
  ///
  /// - Parameter pending: how many actions of an investigation wait for a decision.
  public func investigations(
    _ heads: [CaseHead], pending: (CaseID) -> Int, _ write: Writer
  ) throws {
    let sorted = heads.sorted { $0.id < $1.id }
    let content = Fingerprint(SHA256Sum.of([]))
    let keys = sorted.indices.map {
      CaseListKey(of: sorted[$0], pending: pending(sorted[$0].id), reference: $0, content: content.part($0))
    }
    try investigations(keys, { sorted[$0] }, write)
  }

  /// The investigations, those with pending actions first; over one page, by month of the first record.
  ///
  /// - Parameter isCurrent: says of each part whether it can stay as it is.
  public func investigations(
    _ keys: [CaseListKey], _ load: (_ reference: Int) throws -> CaseHead,
    isCurrent: PartCheck = { _, _ in false }, _ write: Writer
  ) throws {
    let byTime = keys.sorted { ($0.firstRecord, $0.reference) < ($1.firstRecord, $1.reference) }
    let parts =
      keys.count <= partSize
      ? [] : ListPart.parts(of: byTime, size: partSize) { ByteString($0.firstRecord.dateText.bytes.prefix(7)) }
    let byNeed = byTime.filter { $0.pending == 0 } + byTime.filter { $0.pending > 0 }
    try list(
      templates.investigations, templates.investigationsShape, "Investigations", folder: "investigations",
      at: .investigations, items: byNeed, parts: parts, \.content, isCurrent,
      caption: "Investigations with their status and their actions", find: "Name, id, status", period: "Began",
      { templates.investigationRow.row(try load($0.reference), pending: $0.pending) }, write)
  }

  /// The ledger, latest first; over one page, in parts of a thousand entries.
  ///
  /// - Parameters:
  ///   - first: the ledger's number of the first line.
  ///   - isCurrent: says of each part whether it can stay as it is.
  public func log(
    _ lines: [LogLine], first: Int = 1, isCurrent: PartCheck = { _, _ in false }, _ write: Writer
  ) throws {
    let items = lines.enumerated().map { (entry: first + $0, line: $1) }
    let size = partSize
    let parts =
      items.count <= size
      ? []
      : ListPart.parts(of: items, size: size) { item in
        let start = (item.entry - 1) / size * size + 1
        return ByteString("\(start)-\(start + size - 1)")
      }
    try list(
      templates.log, templates.logShape, "Log", folder: "log", at: .log, items: items, parts: parts,
      { Fingerprint(SHA256Sum.of($0.line.at?.rfc3339.bytes ?? [], [0], $0.line.by.bytes, [0], $0.line.text.bytes)) },
      isCurrent, caption: "Ledger entries, latest first", find: "Id, person, entry", period: "When",
      { templates.line.row($0.line, entry: $0.entry) }, write)
  }
}

// MARK: - Any list

extension ListPages {
  private func list<Item>(
    _ template: Template, _ shape: ListPageShape, _ title: StaticString, folder: ByteString, at place: SitePlace,
    items: [Item], parts: [ListPart<Item>], _ content: (Item) -> Fingerprint, _ isCurrent: PartCheck,
    caption: StaticString, find: StaticString, period: StaticString, _ row: (Item) throws -> TemplateRow,
    _ write: Writer
  ) throws {
    func fill(_ page: inout Row, _ items: some Sequence<Item>) throws {
      let rows = try items.map(row)
      page[shape.findHint] = .text(Words.bytes(find))
      page[shape.period] = .text(Words.bytes(period))
      page[shape.hasRows] = .flag(!rows.isEmpty)
      page[shape.chunks] = .list(shape.chunk.rows(rows, caption: Words.bytes(caption)))
    }
    var page = listPage(template, shape, title, at: place, count: items.count, isIndex: true)
    setParts(&page, shape, parts, folder: folder)
    let shown = items.suffix(partSize)
    let counted =
      Words.bytes("Latest ") + Digits.grouped(shown.count) + Words.bytes(" of ") + Digits.grouped(items.count)
    if shown.count < items.count { page[shape.countText] = .text(counted) }
    try fill(&page, shown.reversed())
    try emit(template, page, ByteString(folder.bytes + Words.bytes("/index.html")), write)
    for part in parts {
      let path = path(folder, part.name)
      if try isCurrent(path, part.content(content)) { continue }
      var page = listPage(template, shape, title, at: place, count: part.items.count, isIndex: false)
      page[shape.part] = .text(part.title)
      try fill(&page, part.items.reversed())
      try emit(template, page, path, write)
    }
  }

  func listPage(
    _ template: Template, _ shape: ListPageShape, _ title: StaticString, at place: SitePlace, count: Int, isIndex: Bool
  ) -> Row {
    var page = shape.page.row
    shape.frame.fill(&page, frame, at: place, root: "../", isDated: isIndex, of: template)
    shape.frame.setTitle(&page, Words.bytes(title))
    page[shape.heading] = .text(Words.bytes(title))
    page[shape.rowCount] = .text(Digits.grouped(count))
    page[shape.rowNoun] = .text([])
    page[shape.countText] = .text(Digits.grouped(count) + Words.bytes(" in all"))
    page[shape.hasParts] = .flag(false)
    page[shape.parts] = .list([])
    page[shape.hasRows] = .flag(false)
    page[shape.chunks] = .list([])
    page[shape.lanes] = .list([])
    page[shape.findHint] = .text(Words.bytes("Target, investigation, threat, id"))
    page[shape.period] = .text(Words.bytes("First seen"))
    page[shape.ballot] = link(PagePaths.ballot)
    page[shape.hasGivenClock] = .flag(frame.hasGivenClock)
    page[shape.site] = .text(frame.site.bytes)
    if isIndex && !frame.head.isEmpty { page[shape.head] = .text(frame.head.bytes) }
    if !frame.isShared { page[shape.reviewer] = .text(frame.audience.bytes) }
    return page
  }

  func laneRow(
    _ shape: ListPageShape, _ anchor: StaticString, _ words: [UInt8], _ tone: Tone, _ rows: [TemplateRow],
    of count: Int
  ) -> TemplateRow {
    var lane = shape.lane.row
    lane[shape.laneAnchor] = .text(Words.bytes(anchor))
    lane[shape.laneTone] = .text(tone.bytes)
    lane[shape.laneWords] = .text(words)
    let all = Words.count(count, "action", "actions")
    lane[shape.laneCountText] = .text(
      rows.count < count && !rows.isEmpty
        ? all + Words.bytes(", the first ") + Digits.grouped(rows.count) + Words.bytes(" here") : all)
    lane[shape.laneHasRows] = .flag(!rows.isEmpty)
    lane[shape.laneEmpty] = .text(count == 0 ? Words.bytes("None.") : Words.bytes("All of them by deadline, above."))
    lane[shape.laneChunks] = .list(shape.chunk.rows(rows, caption: words + Words.bytes(", least time left first")))
    return lane.values
  }

  func setParts<Item>(
    _ page: inout Row, _ shape: ListPageShape, _ parts: [ListPart<Item>], folder: ByteString
  ) {
    page[shape.hasParts] = .flag(!parts.isEmpty)
    page[shape.parts] = .list(
      parts.map { shape.partLink.row(path(folder, $0.name), $0.title, $0.items.count) })
  }

  func path(_ folder: ByteString, _ name: [UInt8]) -> ByteString {
    ByteString(folder.bytes + [0x2F] + name + Words.bytes(".html"))
  }

  func emit(_ template: Template, _ page: Row, _ path: ByteString, _ write: Writer) throws {
    var out: [UInt8] = []
    try template.render(page.values, into: &out)
    try write(path, out)
  }
}
