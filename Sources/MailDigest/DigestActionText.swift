import ByteText
import CaseModel
import WebRendering

/// Pending actions as Markdown: all there is to know with the links that decide, or one line where there is no room.
struct DigestActionText: Sendable {
  private let whole, links, brief, heading: Template
  private let wholeShape, linksShape, briefShape, headingShape, targetShape, changeShape, parameterShape: Shape
  private let rawKind, briefRawKind: FieldKey
  private let number, kind, hasTargets, targets, severity, threat, messages, atMost, left, deadline: FieldKey
  private let changes, parameters, isFinal, approvals, investigation, digest, problem: FieldKey
  private let hasMail, hasPage, hint, absence, path: FieldKey
  private let targetLabel, targetMore, targetLast, change, parameterName, parameterValue: FieldKey
  private let linksNumber, approve, reject, page: FieldKey
  private let briefIsFinal, briefKind, briefTarget, briefSeverity, briefDeadline, briefDigest, briefPage,
    briefID: FieldKey
  private let headingTitle, headingCount: FieldKey

  init(_ set: TemplateSet) throws(TemplateError) {
    var target = FieldList("target of an action")
    targetLabel = target.code("target")
    targetMore = target.text("more", optional: true)
    targetLast = target.flag("last")
    targetShape = try target.shape()
    var changed = FieldList("change of an action")
    change = changed.text("change")
    changeShape = try changed.shape()
    var parameter = FieldList("parameter of an action")
    parameterName = parameter.code("name")
    parameterValue = parameter.code("value")
    parameterShape = try parameter.shape()

    var list = FieldList("pending action of the digest")
    number = list.number("number")
    kind = list.text("kind")
    rawKind = list.code("rawKind", optional: true)
    hasTargets = list.flag("hasTargets")
    targets = list.list("targets", targetShape)
    severity = list.text("severity")
    threat = list.code("threat", optional: true)
    messages = list.text("messages", optional: true)
    atMost = list.text("atMost", optional: true)
    left = list.text("left")
    deadline = list.text("deadline")
    changes = list.list("changes", changeShape)
    parameters = list.list("parameters", parameterShape)
    isFinal = list.flag("isFinal")
    approvals = list.text("approvals", optional: true)
    investigation = list.code("investigation")
    digest = list.code("digest", optional: true)
    problem = list.text("problem")
    hasMail = list.flag("hasMail")
    hasPage = list.flag("hasPage")
    hint = list.text("hint", optional: true)
    absence = list.text("absence", optional: true)
    path = list.code("path")
    wholeShape = try list.shape()
    whole = try set.compileMarkdown("digest-action.md", schema: wholeShape.schema)

    var link = FieldList("links of an action of the digest")
    linksNumber = link.number("number")
    approve = link.link("approve", optional: true)
    reject = link.link("reject", optional: true)
    page = link.link("page", optional: true)
    linksShape = try link.shape()
    links = try set.compileMarkdown("digest-links.md", schema: linksShape.schema)

    var short = FieldList("action of the digest in short")
    briefKind = short.text("kind")
    briefRawKind = short.code("rawKind", optional: true)
    briefTarget = short.code("target")
    briefIsFinal = short.flag("isFinal")
    briefSeverity = short.text("severity")
    briefDeadline = short.text("deadline")
    briefDigest = short.code("digest")
    briefPage = short.link("page", optional: true)
    briefID = short.text("id")
    briefShape = try short.shape()
    brief = try set.compileMarkdown("digest-brief.md", schema: briefShape.schema)

    var head = FieldList("section of the digest")
    headingTitle = head.text("title")
    headingCount = head.text("count")
    headingShape = try head.shape()
    heading = try set.compileMarkdown("digest-section.md", schema: headingShape.schema)
  }

  func heading(_ section: DigestSection, _ frame: DigestFrame) throws(TemplateError) -> [UInt8] {
    var row = headingShape.row
    let title: ByteString =
      switch section.what {
      case .lapsing: "Lapse before the next digest"
      case .new: "New since " + frame.since.minuteText
      case .changed: "Changed since " + frame.since.minuteText
      case .open: "Open"
      }
    row[headingTitle] = .text(title.bytes)
    row[headingCount] = .text(Digits.grouped(section.count))
    return try heading.rendered(row)
  }

  /// One line.
  func brief(_ action: DigestAction, _ frame: DigestFrame) throws(TemplateError) -> [UInt8] {
    var row = briefShape.row
    row[briefKind] = .text(Self.kind(action))
    if !action.target.rawKind.isEmpty { row[briefRawKind] = .text(DeadText.text(action.target.rawKind)) }
    row[briefTarget] = .text(DeadText.text(action.target.label))
    row[briefIsFinal] = .flag(action.target.kind.isKnownFinal)
    row[briefSeverity] = .text(Self.severity(action.severity))
    row[briefDeadline] = .text(action.deadline.minuteText.bytes)
    row[briefDigest] = .text(Self.printed(action.digest) ?? Array("none".utf8))
    row[briefID] = .text(action.target.id.text.bytes)
    if let link = frame.site.link(PagePaths.action(action.target.id)) { row[briefPage] = .link(link) }
    return try brief.rendered(row)
  }

  /// All of it, and where its links lead; these belong behind the text wherever it stands.
  func whole(
    _ action: DigestAction, number at: Int, _ frame: DigestFrame
  ) throws(TemplateError) -> (text: [UInt8], links: [UInt8], isByMail: Bool) {
    let mail = Self.decisions(action, frame)
    let site = frame.site.link(PagePaths.action(action.target.id))
    var row = wholeShape.row
    row[number] = .number(at)
    row[kind] = .text(Self.kind(action))
    if !action.target.rawKind.isEmpty { row[rawKind] = .text(DeadText.text(action.target.rawKind)) }
    fillTargets(&row, action)
    row[severity] = .text(Self.severity(action.severity))
    if !action.threat.isEmpty { row[threat] = .text(DeadText.text(action.threat)) }
    if let count = action.mailCount {
      row[messages] = .text(Digits.grouped(count) + Array((count == 1 ? " message" : " messages").utf8))
    } else if action.target.kind.countsMail {
      row[messages] = .text(Array("number of messages not known".utf8))
    }
    if let most = action.atMost { row[atMost] = .text(Digits.grouped(most)) }
    row[left] = .text(Digits.duration(seconds: action.deadline.seconds - frame.at.seconds))
    row[deadline] = .text(action.deadline.minuteText.bytes)
    row[changes] = .list(
      action.changes.map { words in
        var row = changeShape.row
        row[change] = .text(words.bytes)
        return row.values
      })
    row[parameters] = .list(
      action.parameters.prefix(6).map { one in
        var row = parameterShape.row
        row[parameterName] = .text(DeadText.text(one.name))
        row[parameterValue] = .text(DeadText.text(one.value))
        return row.values
      })
    row[isFinal] = .flag(!action.target.kind.isReversible)
    row[approvals] = Self.approvals(action).map { .text($0) } ?? .missing
    row[investigation] = .text(DeadText.text(action.investigationName))
    row[digest] = Self.printed(action.digest).map { .text($0) } ?? .missing
    row[problem] = .text(action.problem.bytes)
    row[hasMail] = .flag(mail.approve != nil)
    row[hasPage] = .flag(site != nil)
    row[hint] = Self.hint(action.policy).map { .text($0) } ?? .missing
    row[absence] = .text(Self.absence(action, frame))
    row[path] = .text(frame.site.place(PagePaths.action(action.target.id)).bytes)

    var targets = linksShape.row
    targets[linksNumber] = .number(at)
    if let link = mail.approve { targets[approve] = .link(link) }
    if let link = mail.reject { targets[reject] = .link(link) }
    if let site { targets[page] = .link(site) }
    return (try whole.rendered(row), try links.rendered(targets), mail.approve != nil)
  }

  private func fillTargets(_ row: inout Row, _ action: DigestAction) {
    let named = ([action.target.label] + action.moreTargets.prefix(2)).filter { !$0.isEmpty }
    row[hasTargets] = .flag(!named.isEmpty)
    row[targets] = .list(
      named.enumerated().map { index, one in
        var row = targetShape.row
        let isLast = index == named.count - 1
        row[targetLabel] = .text(DeadText.text(one))
        row[targetLast] = .flag(isLast)
        if isLast && action.targetCount > named.count {
          row[targetMore] = .text(Digits.grouped(action.targetCount - named.count))
        }
        return row.values
      })
  }
}

extension Template {
  /// The text of one row.
  func rendered(_ row: Row) throws(TemplateError) -> [UInt8] {
    var out: [UInt8] = []
    try render(row.values, into: &out)
    return out
  }
}
