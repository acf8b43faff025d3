import ByteText
import CaseModel
import WebRendering

/// What happened since the last digest, and counts that add up, as Markdown.
struct DigestNewsText: Sendable {
  private let news, counts: Template
  private let newsShape, lineShape, countsShape, shareShape: Shape
  private let title, count, lines, more: FieldKey
  private let rawKind: FieldKey
  private let what, kind, target, isFinal, by, at, page, id: FieldKey
  private let shareNumber, shareName, shareLast: FieldKey
  private let actions, states, pending, mine, others, hasReasons, reasons, hasPending, shown, brief, rest: FieldKey
  private let report, path, investigations, read, used, duplicate, superseded, rejected, version, head: FieldKey

  init(_ set: TemplateSet) throws(TemplateError) {
    var line = FieldList("line of the digest's news")
    what = line.text("what")
    kind = line.text("kind")
    rawKind = line.code("rawKind", optional: true)
    target = line.code("target")
    isFinal = line.flag("isFinal")
    by = line.code("by", optional: true)
    at = line.text("at", optional: true)
    page = line.link("page", optional: true)
    id = line.text("id")
    lineShape = try line.shape()
    var list = FieldList("news of the digest")
    title = list.text("title")
    count = list.text("count")
    lines = list.list("lines", lineShape)
    more = list.text("more", optional: true)
    newsShape = try list.shape()
    news = try set.compileMarkdown("digest-news.md", schema: newsShape.schema)

    var share = FieldList("share of a count")
    shareNumber = share.text("number")
    shareName = share.text("name")
    shareLast = share.flag("last")
    shareShape = try share.shape()
    var sums = FieldList("counts of the digest")
    actions = sums.text("actions")
    states = sums.list("states", shareShape)
    pending = sums.text("pending")
    mine = sums.text("mine")
    others = sums.text("others")
    hasReasons = sums.flag("hasReasons")
    reasons = sums.list("reasons", shareShape)
    hasPending = sums.flag("hasPending")
    shown = sums.text("shown")
    brief = sums.text("brief")
    rest = sums.text("rest")
    report = sums.link("report", optional: true)
    path = sums.code("path")
    investigations = sums.text("investigations")
    read = sums.text("read")
    used = sums.text("used")
    duplicate = sums.text("duplicate")
    superseded = sums.text("superseded")
    rejected = sums.text("rejected")
    version = sums.text("version")
    head = sums.text("head")
    countsShape = try sums.shape()
    counts = try set.compileMarkdown("digest-counts.md", schema: countsShape.schema)
  }

  /// - Parameter limit: the most lines.
  func markdown(_ one: DigestNews, _ frame: DigestFrame, limit: Int) throws(TemplateError) -> [UInt8] {
    var row = newsShape.row
    let words: StaticString =
      switch one.what {
      case .decided: "Decided since "
      case .lapsed: "Lapsed since "
      case .executed: "Executed since "
      }
    row[title] = .text((ByteString(stringLiteral: words) + frame.since.minuteText).bytes)
    row[count] = .text(Digits.grouped(one.count))
    let named = one.lines.prefix(limit)
    row[lines] = .list(named.map { self.line($0, frame) })
    if one.count > named.count { row[more] = .text(Digits.grouped(one.count - named.count)) }
    return try news.rendered(row)
  }

  private func line(_ line: DigestNews.Line, _ frame: DigestFrame) -> TemplateRow {
    var row = lineShape.row
    row[what] = .text(line.what.bytes)
    row[kind] = .text(ByteString(stringLiteral: line.action.kind.title).bytes)
    if !line.action.rawKind.isEmpty { row[rawKind] = .text(DeadText.text(line.action.rawKind)) }
    row[target] = .text(
      line.action.label.isEmpty ? Array("no target named".utf8) : DeadText.text(line.action.label))
    row[isFinal] = .flag(line.action.kind.isKnownFinal)
    if !line.by.isEmpty { row[by] = .text(DeadText.text(line.by)) }
    if let time = line.at { row[at] = .text(time.minuteText.bytes) }
    row[id] = .text(line.action.id.text.bytes)
    if let link = frame.site.link(PagePaths.action(line.action.id)) { row[page] = .link(link) }
    return row.values
  }

  /// - Parameters:
  ///   - shown: how many pending actions the mail tells whole.
  ///   - inShort: how many it tells in one line.
  func counts(_ model: DigestModel, shown whole: Int, inShort: Int) throws(TemplateError) -> [UInt8] {
    let sums = model.counts
    let all = sums.states.values.reduce(0, +)
    let waiting = sums.states[.undecided] ?? 0
    let own = model.pendingCount
    var row = countsShape.row
    row[actions] = .text(Self.count(all, "action"))
    row[states] = .list(
      shares(
        DecisionState.allCases.compactMap { state in
          guard let count = sums.states[state], count > 0 else { return nil }
          return (count, ASCII.lowercased(ByteString(stringLiteral: state.title).bytes))
        }))
    row[pending] = .text(Digits.grouped(waiting))
    row[mine] = .text(Digits.grouped(own))
    row[others] = .text(Digits.grouped(waiting - own))
    let why = DigestCounts.Reason.allCases.compactMap { reason -> (Int, [UInt8])? in
      guard let count = sums.others[reason], count > 0 else { return nil }
      return (count, Array(reason.rawValue.utf8))
    }
    row[hasReasons] = .flag(!why.isEmpty)
    row[reasons] = .list(shares(why))
    row[hasPending] = .flag(own > 0)
    row[shown] = .text(Digits.grouped(whole))
    row[brief] = .text(Digits.grouped(inShort))
    row[rest] = .text(Digits.grouped(own - whole - inShort))
    if let link = model.frame.site.link(PagePaths.pending) { row[report] = .link(link) }
    row[path] = .text(model.frame.site.place(PagePaths.pending).bytes)
    let cases = sums.investigations
    row[investigations] = .text(Self.count(cases, "investigation"))
    row[read] = .text(Self.count(sums.records.read, "record"))
    row[used] = .text(Digits.grouped(sums.records.used))
    row[duplicate] = .text(Digits.grouped(sums.records.duplicate))
    row[superseded] = .text(Digits.grouped(sums.records.superseded))
    row[rejected] = .text(Digits.grouped(sums.records.rejected))
    row[version] = .text(model.frame.version.bytes)
    row[head] = .text(model.frame.head.bytes)
    return try counts.rendered(row)
  }

  private static func count(_ number: Int, _ noun: ByteString) -> [UInt8] {
    Digits.grouped(number) + [0x20] + noun.bytes + (number == 1 ? [] : [0x73])
  }

  private func shares(_ list: [(count: Int, name: [UInt8])]) -> [TemplateRow] {
    list.enumerated().map { index, one in
      var row = shareShape.row
      row[shareNumber] = .text(Digits.grouped(one.count))
      row[shareName] = .text(one.name)
      row[shareLast] = .flag(index == list.count - 1)
      return row.values
    }
  }
}
