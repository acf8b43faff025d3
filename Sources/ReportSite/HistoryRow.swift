import ByteText
import CaseModel
import WebRendering

/// An action that no longer waits, as a row of the history: decided, carried out and verified stay apart.
struct HistoryRowShape: Sendable {
  let shape: Shape
  private let about: ActionCells
  private let decision, decidedBy, identity, comment, decidedAt, waited, waitedSeconds, execution: FieldKey
  private let source, engine: FieldKey

  init() throws(TemplateError) {
    var list = FieldList("past action")
    about = ActionCells(&list)
    decision = list.html("decision")
    decidedBy = list.untrusted("decidedBy", optional: true)
    identity = list.text("identity", optional: true)
    comment = list.html("comment", optional: true)
    decidedAt = list.html("decidedAt", optional: true)
    waited = list.text("waited", optional: true)
    waitedSeconds = list.number("waitedSeconds", optional: true)
    execution = list.html("execution")
    source = list.html("source")
    engine = list.html("engine", optional: true)
    shape = try list.shape()
  }

  func row(_ one: ListRow) -> TemplateRow {
    var row = shape.row
    about.fill(&row, one)
    row[decision] = .html(Shown.badge(Words.of(one.standing)))
    if !one.standing.decidedBy.isEmpty { row[decidedBy] = .text(one.standing.decidedBy.bytes) }
    if let proof = one.standing.identity { row[identity] = .text(Words.bytes(Words.of(proof))) }
    let words = one.standing.votes.last { !$0.comment.isEmpty }?.comment ?? one.action.comment
    if !words.isEmpty { row[comment] = .html(Shown.text(words, limit: Self.commentLimit)) }
    if let at = one.decidedAt {
      row[decidedAt] = .html(Shown.time(at))
      if at >= one.firstSeen {
        row[waited] = .text(Digits.duration(seconds: at.seconds - one.firstSeen.seconds))
        row[waitedSeconds] = .number(Int(at.seconds - one.firstSeen.seconds))
      }
    }
    row[execution] = .html(Shown.badge(Words.execution(one.standing)))
    row[source] = .html(Self.source(one.standing))
    if !one.engine.isEmpty { row[engine] = .html(Shown.text(one.engine, limit: Sanitizer.nameLimit)) }
    return row.values
  }

  /// Bytes of a comment that stand in a row; the whole one stands on the action's page.
  private static let commentLimit = 160

  /// Where it was decided.
  private static func source(_ standing: ActionStanding) -> HTML {
    switch standing.decision {
    case .approved, .rejected, .withdrawn: "Decided here"
    case .decidedElsewhere: "Source system"
    case .lapsed: "Nobody decided"
    case .gone, .undecided: "Source system"
    }
  }
}
