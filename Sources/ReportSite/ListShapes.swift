import ByteText
import CaseModel
import WebRendering

/// An action as a row of a list.
struct ActionRowShape: Sendable {
  let shape: Shape
  private let page, kind, target, moreTargets, investigation, investigationName, approvalID, severity, threat: FieldKey
  private let messages, locations, deadline, left, decision, decidedBy, identity, decidedAt, execution: FieldKey

  init() throws(TemplateError) {
    var list = FieldList("row")
    page = list.link("page")
    kind = list.html("kind")
    target = list.html("target")
    moreTargets = list.number("moreTargets", optional: true)
    investigation = list.link("investigation")
    investigationName = list.html("investigationName")
    approvalID = list.text("approvalID")
    severity = list.html("severity")
    threat = list.html("threat", optional: true)
    messages = list.html("messages")
    locations = list.html("locations", optional: true)
    deadline = list.html("deadline")
    left = list.text("left", optional: true)
    decision = list.html("decision")
    decidedBy = list.untrusted("decidedBy", optional: true)
    identity = list.text("identity", optional: true)
    decidedAt = list.html("decidedAt", optional: true)
    execution = list.html("execution")
    shape = try list.shape()
  }

  /// - Parameter now: where given, the row also says how much time is left.
  func row(_ one: ListRow, now: Instant? = nil) -> TemplateRow {
    var row = shape.row
    row[page] = link(one.page)
    row[kind] = .html(HTML(trusted: one.action.kind.title))
    row[target] = .html(FieldValue.label(one.action))
    if one.action.targetCount > 1 { row[moreTargets] = .number(one.action.targetCount - 1) }
    row[investigation] = link(PagePaths.investigation(one.investigation))
    row[investigationName] = .html(Shown.text(one.investigationName, limit: Sanitizer.nameLimit))
    row[approvalID] = .text(one.action.id.text.bytes)
    row[severity] = .html(Shown.severity(one.severity))
    if !one.action.threat.isEmpty { row[threat] = .html(Shown.text(one.action.threat, limit: Sanitizer.nameLimit)) }
    row[messages] = .html(Shown.messages(one.action.mailCount, of: one.action.kind))
    if let html = locationWords(one.action.locations) { row[locations] = .html(html) }
    row[deadline] = .html(Shown.time(one.deadline))
    if let now {
      row[left] = .text(Digits.duration(seconds: one.deadline.seconds - now.seconds) + Array(" left".utf8))
    }
    row[decision] = .html(Shown.badge(Words.of(one.standing)))
    if !one.standing.decidedBy.isEmpty { row[decidedBy] = .text(one.standing.decidedBy.bytes) }
    if let proof = one.standing.identity { row[identity] = .text(Words.bytes(Words.of(proof))) }
    if let at = one.decidedAt { row[decidedAt] = .html(Shown.time(at)) }
    row[execution] = .html(Shown.badge(Words.execution(one.standing)))
    return row.values
  }

  private func locationWords(_ counts: [EntityField.Count]) -> HTML? {
    let present = counts.filter { $0.count > 0 }
    guard !present.isEmpty else { return nil }
    var html = HTML()
    for (index, count) in present.prefix(3).enumerated() {
      if index > 0 { html += ", " }
      html += "\(Shown.text(count.name, limit: 64)) \(text: Digits.grouped(count.count))"
    }
    return present.count > 3 ? html + ", \(present.count - 3) more" : html
  }
}

/// An investigation as a row of a list.
struct InvestigationRowShape: Sendable {
  let shape: Shape
  private let investigation, investigationName, sourceID, status, severity, hasPending, pendingCount: FieldKey
  private let actionCount, entityCount, began, latest: FieldKey

  init() throws(TemplateError) {
    var list = FieldList("investigation row")
    investigation = list.link("investigation")
    investigationName = list.html("investigationName")
    sourceID = list.untrusted("sourceID")
    status = list.html("status")
    severity = list.html("severity")
    hasPending = list.flag("hasPending")
    pendingCount = list.number("pendingCount")
    actionCount = list.number("actionCount")
    entityCount = list.number("entityCount")
    began = list.html("began", optional: true)
    latest = list.html("latest")
    shape = try list.shape()
  }

  func row(_ head: CaseHead, pending: Int) -> TemplateRow {
    var row = shape.row
    row[investigation] = link(PagePaths.investigation(head.id))
    row[investigationName] = .html(
      Shown.text(head.name.isEmpty ? head.sourceID : head.name, limit: Sanitizer.nameLimit))
    row[sourceID] = .text(Sanitizer.sanitized(head.sourceID.bytes, limit: Sanitizer.nameLimit))
    row[status] = .html(Shown.status(head.status))
    row[severity] = .html(Shown.severity(head.severity))
    row[hasPending] = .flag(pending > 0)
    row[pendingCount] = .number(pending)
    row[actionCount] = .number(head.actions.count)
    row[entityCount] = .number(head.entityCount)
    if let at = head.started { row[began] = .html(Shown.time(at)) }
    row[latest] = .html(Shown.time(head.latestRecord))
    return row.values
  }
}

/// A link to one part of a list that was split.
struct PartShape: Sendable {
  let shape: Shape
  private let page, name, count: FieldKey

  init() throws(TemplateError) {
    var list = FieldList("part")
    page = list.link("page")
    name = list.text("name")
    count = list.text("count")
    shape = try list.shape()
  }

  func row(_ path: ByteString, _ title: [UInt8], _ size: Int) -> TemplateRow {
    var row = shape.row
    row[page] = link(path)
    row[name] = .text(title)
    row[count] = .text(Digits.grouped(size))
    return row.values
  }
}

/// The fields of every page that is one list, whole or a part of it.
struct ListPageShape: Sendable {
  let page: Shape
  let frame: FrameFields
  let part, heading, rowCount, rowNoun, countText, hasParts, parts, hasRows, rows, lanes: FieldKey
  let partLink: PartShape
  let lane: Shape
  let laneAnchor, laneTone, laneWords, laneCountText, laneHasRows, laneEmpty, laneCaption, laneRows: FieldKey

  init(_ name: String, rows rowShape: Shape) throws(TemplateError) {
    partLink = try PartShape()
    var laneList = FieldList("lane")
    laneAnchor = laneList.text("anchor")
    laneTone = laneList.text("tone")
    laneWords = laneList.text("words")
    laneCountText = laneList.text("countText")
    laneHasRows = laneList.flag("hasRows")
    laneEmpty = laneList.text("emptyText")
    laneCaption = laneList.text("caption")
    laneRows = laneList.list("rows", rowShape)
    lane = try laneList.shape()

    var list = FieldList(name)
    frame = FrameFields(&list)
    part = list.text("part", optional: true)
    heading = list.text("heading")
    rowCount = list.text("rowCount")
    rowNoun = list.text("rowNoun")
    countText = list.text("countText")
    hasParts = list.flag("hasParts")
    parts = list.list("parts", partLink.shape)
    hasRows = list.flag("hasRows")
    rows = list.list("rows", rowShape)
    lanes = list.list("lanes", lane)
    page = try list.shape()
  }
}
