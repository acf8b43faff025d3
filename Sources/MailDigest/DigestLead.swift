import ByteText
import CaseModel
import WebRendering

/// The head of a digest: how many wait, and what to do next.
struct DigestLead: Sendable {
  private let template: Template
  private let shape: Shape
  private let number: FieldKey
  private let reviewer, date, hasPending, pending, hasLapsing, lapsing, left, deadline, hasMail, isAlive: FieldKey
  private let at, organization, issuer, since, next: FieldKey

  init(_ set: TemplateSet) throws(TemplateError) {
    var list = FieldList("head of the digest")
    reviewer = list.text("reviewer")
    date = list.text("date")
    hasPending = list.flag("hasPending")
    pending = list.text("pending")
    hasLapsing = list.flag("hasLapsing")
    lapsing = list.text("lapsing")
    number = list.number("number", optional: true)
    left = list.text("left", optional: true)
    deadline = list.text("deadline", optional: true)
    hasMail = list.flag("hasMail")
    isAlive = list.flag("isAlive")
    at = list.text("at")
    organization = list.text("organization")
    issuer = list.text("issuer")
    since = list.text("since")
    next = list.text("next")
    shape = try list.shape()
    template = try set.compileMarkdown("digest-lead.md", schema: shape.schema)
  }

  /// - Parameters:
  ///   - first: the number and deadline of the action with the least time left, of those that the mail tells whole; `nil`
  ///     where it tells none so.
  ///   - hasMail: whether any action can be decided by a mail of the digest.
  func markdown(
    _ model: DigestModel, first: (number: Int, deadline: Instant)?, hasMail isByMail: Bool
  ) throws(TemplateError) -> [UInt8] {
    let frame = model.frame
    let count = model.pendingCount
    var row = shape.row
    row[reviewer] = .text(frame.to.name.bytes)
    row[date] = .text(frame.at.dateText.bytes)
    row[hasPending] = .flag(count > 0)
    row[pending] = .text(Digits.grouped(count) + Array((count == 1 ? " action waits" : " actions wait").utf8))
    row[hasLapsing] = .flag(model.lapsingCount > 0)
    row[lapsing] = .text(
      Digits.grouped(model.lapsingCount) + Array((model.lapsingCount == 1 ? " lapses" : " lapse").utf8))
    if let first {
      row[number] = .number(first.number)
      row[left] = .text(Digits.duration(seconds: first.deadline.seconds - frame.at.seconds))
      row[deadline] = .text(first.deadline.minuteText.bytes)
    }
    row[hasMail] = .flag(isByMail)
    row[isAlive] = .flag(model.isAlive)
    row[at] = .text(frame.at.minuteText.bytes)
    row[organization] = .text(frame.organization.bytes)
    row[issuer] = .text(frame.issuer.bytes)
    row[since] = .text(frame.since.minuteText.bytes)
    row[next] = .text(frame.next.minuteText.bytes)
    var out: [UInt8] = []
    try template.render(row.values, into: &out)
    return out
  }
}
