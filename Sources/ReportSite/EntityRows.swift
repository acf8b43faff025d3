import ByteText
import CaseModel
import WebRendering

/// Entities and alerts as pages show them.
struct EntityRows: Sendable {
  let entity: Shape
  let alert: Shape
  let fields: FieldRows
  private let entityLabel, verdict, remediation, isOpen, entityFields: FieldKey
  private let title, severity, status, description, alertDescription, alertFields: FieldKey

  init(_ fields: FieldRows) throws(TemplateError) {
    self.fields = fields
    var list = FieldList("entity")
    entityLabel = list.html("label")
    verdict = list.html("verdict")
    remediation = list.html("remediation", optional: true)
    isOpen = list.flag("isOpen")
    entityFields = list.list("fields", fields.shape)
    entity = try list.shape()

    var alertList = FieldList("alert")
    title = alertList.html("title")
    severity = alertList.html("severity")
    status = alertList.html("status", optional: true)
    description = alertList.html("description", optional: true)
    alertDescription = alertList.html("alertDescription", optional: true)
    alertFields = alertList.list("fields", fields.shape)
    alert = try alertList.shape()
  }

  func row(_ one: Entity, isOpen open: Bool) -> TemplateRow {
    var row = entity.row
    row[entityLabel] = .html(FieldValue.label(one))
    row[verdict] = .html(Shown.verdict(one.verdict))
    if !one.remediation.isEmpty {
      row[remediation] = .html("<span class=\"badge plain\">\(Shown.text(one.remediation))</span>")
    }
    row[isOpen] = .flag(open)
    row[entityFields] = .list(fields.rows(of: one))
    return row.values
  }

  func row(_ one: Alert) -> TemplateRow {
    var row = alert.row
    row[title] = .html(Shown.text(one.title, orElse: "Alert without a title"))
    row[severity] = .html(Shown.severity(one.severity))
    if !one.status.isEmpty {
      row[status] = .html("<span class=\"badge plain\">\(Shown.text(one.status, limit: Sanitizer.nameLimit))</span>")
    }
    if !one.description.isEmpty {
      let text = HTML.text(untrusted: Sanitizer.sanitized(one.description.bytes, limit: 4_096))
      row[description] = .html(text)
      row[alertDescription] = .html(text)
    }
    var rows: [TemplateRow] = []
    func add(_ name: StaticString, _ text: ByteString) {
      if !text.isEmpty { rows.append(fields.row(name, Shown.text(text))) }
    }
    add("Category", one.category)
    add("Detection", one.detection)
    add("Provider", one.provider)
    if let at = one.started { rows.append(fields.row("Began", Shown.time(at))) }
    if let at = one.ended { rows.append(fields.row("Ended", Shown.time(at))) }
    if !one.sourceID.isEmpty { rows.append(fields.row("Alert id", Shown.code(one.sourceID))) }
    row[alertFields] = .list(rows)
    return row.values
  }
}
