import ByteText
import CaseModel
import WebRendering

/// A pending action as a row of the paper ballot: what `decide` asks for, and boxes to tick.
struct BallotRowShape: Sendable {
  let shape: Shape
  private let number, kind, target, moreTargets, sourceID, approvalID, messages, deadline, digest, onPaper, isFinal,
    ceiling: FieldKey

  init() throws(TemplateError) {
    var list = FieldList("row of the ballot")
    number = list.number("number")
    kind = list.html("kind")
    target = list.html("target")
    moreTargets = list.number("moreTargets", optional: true)
    sourceID = list.html("sourceID")
    approvalID = list.text("approvalID")
    messages = list.html("messages")
    deadline = list.html("deadline")
    digest = list.text("digest", optional: true)
    onPaper = list.flag("onPaper")
    isFinal = list.flag("isFinal")
    ceiling = list.text("ceiling", optional: true)
    shape = try list.shape()
  }

  func row(_ one: ListRow, number place: Int) -> TemplateRow {
    var row = shape.row
    row[number] = .number(place)
    row[kind] = .html(HTML(trusted: one.action.kind.title))
    row[target] = .html(FieldValue.label(one.action))
    if one.action.targetCount > 1 { row[moreTargets] = .number(one.action.targetCount - 1) }
    row[sourceID] = .html(Shown.code(one.action.sourceID, limit: Sanitizer.nameLimit))
    row[approvalID] = .text(one.action.id.text.bytes)
    row[messages] = .html(Shown.messages(one.action.mailCount, of: one.action.kind))
    row[deadline] = .html(Shown.time(one.deadline))
    if let offer = one.offer { row[digest] = .text(PrintedDigest.groups(offer.digest).bytes) }
    row[isFinal] = .flag(one.action.kind.isKnownFinal)
    if let most = one.ceiling { row[ceiling] = .text(Digits.grouped(most)) }
    // Policy that asks for a signature takes no paper.
    row[onPaper] = .flag(one.offer != nil && one.policy.identity <= .transcribed)
    return row.values
  }
}
