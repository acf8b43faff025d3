import ByteText
import CaseModel
import WebRendering

/// The first page: what waits, what changed, and counts that add up.
struct OverviewPage: Sendable {
  private let template: Template
  private let actionRow: ActionRowShape
  private let page, lane, bar, change: Shape
  private let frame: FrameFields
  private let laneTone, laneTarget, laneCount, laneWords, laneDetail: FieldKey
  private let barName, barTone, barShare, barCount: FieldKey
  private let changeTone, changeWhat, changePage, changeLabel: FieldKey
  private let pendingCount, pendingNoun, lanes, caption, hasNearest, rows, hasChanges, since, changes: FieldKey
  private let trend: FieldKey
  private let moreChanges, actionCount, states, investigationCount, statuses: FieldKey
  private let recordsRead, recordsUsed, recordsSuperseded, recordsDuplicate, recordsRejected, recordsArchived,
    reconcile: FieldKey

  init(_ set: TemplateSet, _ actionRow: ActionRowShape) throws(TemplateError) {
    self.actionRow = actionRow
    var laneList = FieldList("lane of the overview")
    laneTone = laneList.text("tone")
    laneTarget = laneList.link("target")
    laneCount = laneList.text("count")
    laneWords = laneList.text("words")
    laneDetail = laneList.html("detail")
    lane = try laneList.shape()
    var barList = FieldList("bar")
    barName = barList.html("name")
    barTone = barList.text("tone")
    barShare = barList.text("share")
    barCount = barList.text("count")
    bar = try barList.shape()
    var changeList = FieldList("change")
    changeTone = changeList.text("tone")
    changeWhat = changeList.text("what")
    changePage = changeList.link("page")
    changeLabel = changeList.html("label")
    change = try changeList.shape()

    var list = FieldList("overview")
    frame = try FrameFields(&list)
    pendingCount = list.text("pendingCount")
    pendingNoun = list.text("pendingNoun")
    lanes = list.list("lanes", lane)
    caption = list.text("caption")
    hasNearest = list.flag("hasNearest")
    rows = list.list("rows", actionRow.shape)
    hasChanges = list.flag("hasChanges")
    since = list.html("since", optional: true)
    changes = list.list("changes", change)
    moreChanges = list.text("moreChanges", optional: true)
    trend = list.html("trend")
    actionCount = list.text("actionCount")
    states = list.list("states", bar)
    investigationCount = list.text("investigationCount")
    statuses = list.list("statuses", bar)
    recordsRead = list.text("recordsRead")
    recordsUsed = list.text("recordsUsed")
    recordsSuperseded = list.text("recordsSuperseded")
    recordsDuplicate = list.text("recordsDuplicate")
    recordsRejected = list.text("recordsRejected")
    recordsArchived = list.text("recordsArchived", optional: true)
    reconcile = list.flag("recordsReconcile")
    page = try list.shape()
    template = try set.compile("overview.mustache", schema: page.schema)
  }

  private static let nearestLimit = 8
  private static let changeLimit = 12

  func render(_ model: OverviewModel, _ site: SiteFrame, into out: inout [UInt8]) throws {
    var row = page.row
    frame.fill(&row, site, at: .overview, root: "./", isDated: true, of: template)
    frame.setTitle(&row, Words.bytes("Overview"))
    let pending = model.pending.filter(\.isPending).sorted(by: ListKey.isMoreUrgent)
    row[pendingCount] = .text(Digits.grouped(pending.count))
    row[pendingNoun] = .text(Words.bytes(pending.count == 1 ? "action waits" : "actions wait"))
    row[lanes] = .list(Lane.allCases.map { laneRow($0, pending, site.at) })
    row[caption] = .text(Words.bytes("Pending actions with the least time left"))
    row[hasNearest] = .flag(!pending.isEmpty)
    row[rows] = .list(
      try pending.prefix(Self.nearestLimit).map { actionRow.row(try model.load($0.reference), now: site.at) })
    row[trend] = .html(TrendChart.html(model.trend))
    fillChanges(&row, model)
    fillBars(&row, model)
    let records = model.records
    row[recordsRead] = .text(Digits.grouped(records.read))
    row[recordsUsed] = .text(Digits.grouped(records.used))
    row[recordsSuperseded] = .text(Digits.grouped(records.superseded))
    row[recordsDuplicate] = .text(Digits.grouped(records.duplicate))
    row[recordsRejected] = .text(Digits.grouped(records.rejected))
    if records.archived > 0 { row[recordsArchived] = .text(Digits.grouped(records.archived)) }
    row[reconcile] = .flag(
      records.read == records.used + records.superseded + records.duplicate + records.rejected)
    try template.render(row.values, into: &out)
  }

  private func laneRow(_ one: Lane, _ pending: [ListKey], _ now: Instant) -> TemplateRow {
    let own = pending.filter { Lane(deadline: $0.deadline, at: now) == one }
    var row = lane.row
    row[laneTone] = .text(own.isEmpty ? Words.bytes("none-left") : one.tone.bytes)
    row[laneTarget] = link(ByteString(Words.bytes("pending/index.html#") + Words.bytes(one.anchor)))
    row[laneCount] = .text(Digits.grouped(own.count))
    row[laneWords] = .text(Words.bytes(one.words))
    row[laneDetail] = .html(own.first.map { "First at \(Shown.time($0.deadline))" } ?? "None")
    return row.values
  }

  private func fillChanges(_ row: inout Row, _ model: OverviewModel) {
    row[hasChanges] = .flag(!model.changes.isEmpty)
    if let at = model.since { row[since] = .html(Shown.time(at)) }
    row[changes] = .list(
      model.changes.prefix(Self.changeLimit).map { one in
        var row = change.row
        let (words, tone): (StaticString, Tone) =
          switch one.what {
          case .new: ("New", .blue)
          case .changed: ("Changed", .plain)
          case .decided: ("Decided", .good)
          case .lapsed: ("Lapsed", .warn)
          case .gone: ("Gone", .plain)
          }
        row[changeWhat] = .text(Words.bytes(words))
        row[changeTone] = .text(tone.bytes)
        row[changePage] = link(one.page)
        row[changeLabel] = .html(Shown.text(one.label, limit: Sanitizer.nameLimit))
        return row.values
      })
    let rest = model.changes.count - Self.changeLimit
    if rest > 0 { row[moreChanges] = .text(Digits.grouped(rest)) }
  }

  private func fillBars(_ row: inout Row, _ model: OverviewModel) {
    let actions = model.states.values.reduce(0, +)
    row[actionCount] = .text(Digits.grouped(actions))
    row[states] = .list(
      DecisionState.allCases.compactMap { state in
        guard let count = model.states[state], count > 0 || state == .undecided else { return nil }
        let word = Words.of(state)
        return barRow(HTML(trusted: word.words), word.tone, count, of: actions)
      })
    let investigations = model.statuses.values.reduce(0, +)
    row[investigationCount] = .text(Digits.grouped(investigations))
    let sorted = model.statuses.sorted {
      $0.value != $1.value ? $0.value > $1.value : statusName($0.key) < statusName($1.key)
    }
    row[statuses] = .list(
      sorted.map { status, count in
        if let known = status.known {
          let word = Words.of(known)
          return barRow(HTML(trusted: word.words), word.tone, count, of: investigations)
        }
        let raw: HTML = status.raw.isEmpty ? "Not stated" : "Unrecognised: \(Shown.text(status.raw, limit: 64))"
        return barRow(raw, .plain, count, of: investigations)
      })
  }

  private func statusName(_ status: Recognised<InvestigationStatus>) -> ByteString {
    ByteString((status.known.map { Array($0.rawValue.utf8) } ?? []) + [0] + status.raw.bytes)
  }

  private func barRow(_ name: HTML, _ tone: Tone, _ count: Int, of all: Int) -> TemplateRow {
    var row = bar.row
    row[barName] = .html(name)
    row[barTone] = .text(tone.bytes)
    // In thousandths, rounded up, so that something is never drawn as nothing.
    let share = all == 0 ? 0 : (count * 1000 + all - 1) / all
    row[barShare] = .text(Array("\(share / 10).\(share % 10)".utf8))
    row[barCount] = .text(Digits.grouped(count))
    return row.values
  }
}
