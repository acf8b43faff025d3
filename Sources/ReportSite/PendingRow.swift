import ByteText
import CaseModel
import WebRendering

/// A pending action as a row of the list that decides: the columns of the Action center, and the two files that decide.
struct PendingRowShape: Sendable {
  let shape: Shape
  private let page, kind, kindWord, target, moreTargets, investigation, investigationName, approvalID: FieldKey
  private let severity, threat, messages, locations, firstSeen, deadline, left: FieldKey
  private let digest, digestGroups, commentRule, least, most, signing: FieldKey
  private let hasOffer, approveName, approveFile, rejectName, rejectFile, absence, path, tokens: FieldKey
  private let isFinal, people, ceiling: FieldKey

  init() throws(TemplateError) {
    var list = FieldList("pending action")
    page = list.link("page")
    kind = list.html("kind")
    kindWord = list.text("kindWord")
    target = list.html("target")
    moreTargets = list.number("moreTargets", optional: true)
    investigation = list.link("investigation")
    investigationName = list.html("investigationName")
    approvalID = list.text("approvalID")
    severity = list.html("severity")
    threat = list.html("threat", optional: true)
    messages = list.html("messages")
    locations = list.html("locations", optional: true)
    firstSeen = list.html("firstSeen")
    deadline = list.html("deadline")
    left = list.text("left", optional: true)
    digest = list.text("digest", optional: true)
    digestGroups = list.text("digestGroups", optional: true)
    commentRule = list.text("commentRule")
    least = list.number("least", optional: true)
    most = list.number("most", optional: true)
    signing = list.flag("signing")
    hasOffer = list.flag("hasOffer")
    approveName = list.text("approveName", optional: true)
    approveFile = list.link("approveFile", optional: true)
    rejectName = list.text("rejectName", optional: true)
    rejectFile = list.link("rejectFile", optional: true)
    absence = list.html("absence", optional: true)
    path = list.text("path", optional: true)
    isFinal = list.flag("isFinal")
    people = list.number("people", optional: true)
    ceiling = list.text("ceiling", optional: true)
    tokens = list.text("tokens", optional: true)
    shape = try list.shape()
  }

  /// - Parameters:
  ///   - now: where given, the row also says how much time is left.
  ///   - isCompact: whether the row carries its tokens for the script alone, and no file to download.
  func row(_ one: ListRow, _ frame: SiteFrame, now: Instant? = nil, isCompact: Bool = false) -> TemplateRow {
    var row = shape.row
    row[page] = link(one.page)
    row[kind] = .html(HTML(trusted: one.action.kind.title))
    row[kindWord] = .text(Array(one.action.kind.rawValue.utf8))
    row[target] = .html(FieldValue.label(one.action))
    if one.action.targetCount > 1 { row[moreTargets] = .number(one.action.targetCount - 1) }
    row[investigation] = link(PagePaths.investigation(one.investigation))
    row[investigationName] = .html(Shown.text(one.investigationName, limit: Sanitizer.nameLimit))
    row[approvalID] = .text(one.action.id.text.bytes)
    row[severity] = .html(Shown.severity(one.severity))
    if !one.action.threat.isEmpty { row[threat] = .html(Shown.text(one.action.threat, limit: Sanitizer.nameLimit)) }
    row[messages] = .html(Shown.messages(one.action.mailCount, of: one.action.kind))
    if let html = ActionRowShape.locationWords(one.action.locations) { row[locations] = .html(html) }
    row[firstSeen] = .html(Shown.time(one.firstSeen))
    row[deadline] = .html(Shown.time(one.deadline))
    if let now {
      row[left] = .text(Digits.duration(seconds: one.deadline.seconds - now.seconds) + Array(" left".utf8))
    }
    row[isFinal] = .flag(!one.action.kind.isReversible && one.action.kind != .unrecognised)
    if one.policy.quorum > 1 { row[people] = .number(one.policy.quorum) }
    if let most = one.ceiling, most != one.action.mailCount { row[ceiling] = .text(Digits.grouped(most)) }
    fillPolicy(&row, one.policy)
    fillOffer(&row, one, frame, isCompact)
    return row.values
  }

  private func fillPolicy(_ row: inout Row, _ policy: KindPolicy) {
    row[commentRule] = .text(Array(policy.comment.rawValue.utf8))
    if policy.minimumComment > 1 { row[least] = .number(policy.minimumComment) }
    if let limit = policy.maxBulk { row[most] = .number(limit) }
    row[signing] = .flag(policy.identity >= .sshsig)
  }

  private func fillOffer(_ row: inout Row, _ one: ListRow, _ frame: SiteFrame, _ isCompact: Bool) {
    row[hasOffer] = .flag(one.offer != nil && !isCompact)
    guard let offer = one.offer else {
      row[absence] = .html(
        frame.isShared && !one.policy.sharedTokens ? "Only in a reviewer's pack" : "No token: see its page")
      return
    }
    let (investigation, action) = (one.investigation, one.action.id)
    row[digest] = .text(offer.digest.bytes)
    row[digestGroups] = .text(PrintedDigest.groups(offer.digest).bytes)
    if isCompact {
      row[path] = .text(investigation.text.bytes + [0x2F] + action.text.bytes)
      row[tokens] = .text(offer.approve + [0x20] + offer.reject)
      return
    }
    row[approveName] = .text(DecisionDownload.name(of: action, .approve))
    row[rejectName] = .text(DecisionDownload.name(of: action, .reject))
    row[approveFile] = .link(
      DecisionDownload.link(
        investigation: investigation, action: action, verdict: .approve, token: offer.approve, frame: frame))
    row[rejectFile] = .link(
      DecisionDownload.link(
        investigation: investigation, action: action, verdict: .reject, token: offer.reject, frame: frame))
  }
}
