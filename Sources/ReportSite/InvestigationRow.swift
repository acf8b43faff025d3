import ByteText
import CaseModel
import WebRendering

/// An investigation as a row of a list.
struct InvestigationRowShape: Sendable {
  let shape: Shape
  private let investigation, investigationName, sourceID, status, severity, hasPending, pendingCount: FieldKey
  private let actionCount, entityCount, began, latest: FieldKey
  private let id, engine, ran, ranSeconds: FieldKey

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
    id = list.text("id")
    engine = list.html("engine", optional: true)
    ran = list.text("ran", optional: true)
    ranSeconds = list.number("ranSeconds", optional: true)
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
    row[id] = .text(head.id.text.bytes)
    if !head.engine.isEmpty { row[engine] = .html(Shown.text(head.engine, limit: Sanitizer.nameLimit)) }
    if let started = head.started, let ended = head.ended, ended >= started {
      let seconds = ended.seconds - started.seconds
      row[ran] = .text(Digits.duration(seconds: seconds))
      row[ranSeconds] = .number(Int(seconds))
    }
    if let at = head.started { row[began] = .html(Shown.time(at)) }
    row[latest] = .html(Shown.time(head.latestRecord))
    return row.values
  }
}
