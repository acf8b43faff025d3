import ByteText
import CaseModel
import WebRendering

/// A pending action as a row of the list that decides: the columns of the Action center, and the two files that decide.
struct PendingRowShape: Sendable {
  let shape: Shape
  private let about: ActionCells
  private let urgency: UrgencyCells
  private let kindWord, firstSeen: FieldKey
  private let digest, commentRule, least, most, signing: FieldKey
  private let hasOffer, approveName, approveFile, rejectName, rejectFile, absence, path, tokens: FieldKey
  private let people, ceiling: FieldKey

  init() throws(TemplateError) {
    var list = FieldList("pending action")
    about = ActionCells(&list)
    urgency = UrgencyCells(&list)
    kindWord = list.text("kindWord")
    firstSeen = list.html("firstSeen")
    digest = list.text("digest", optional: true)
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
    about.fill(&row, one)
    urgency.fill(&row, one, now: now)
    row[kindWord] = .text(Array(one.action.kind.rawValue.utf8))
    row[firstSeen] = .html(Shown.time(one.firstSeen))
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
        !frame.offersDecisions
          ? "Undecided"
          : frame.isShared && !one.policy.sharedTokens ? "Only in a reviewer's pack" : "No token: see its page")
      return
    }
    let (investigation, action) = (one.investigation, one.action.id)
    row[digest] = .text(offer.digest.bytes)
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
