import ByteText
import CaseModel
import WebRendering

/// The Markdown summary of an investigation: our sentences, with its values as text (SECURITY section 5.2).
struct SummaryMarkdown: Sendable {
  private let template: Template
  private let page, alert, finding, action: Shape
  private let status, severity, began, ended, hasAlerts, alertCount, alertNoun, alerts: FieldKey
  private let entityCount, entityNoun, hasFindings, findings, hasPending, pendingCount, pendingNoun, pending: FieldKey
  private let alertTitle, provider, findingCount, findingName, kind, target: FieldKey

  init(_ set: TemplateSet) throws(TemplateError) {
    var alertList = FieldList("alert of a summary")
    alertTitle = alertList.untrusted("title")
    provider = alertList.untrusted("provider", optional: true)
    alert = try alertList.shape()
    var findingList = FieldList("finding of a summary")
    findingCount = findingList.number("count")
    findingName = findingList.text("name")
    finding = try findingList.shape()
    var actionList = FieldList("action of a summary")
    kind = actionList.text("kind")
    target = actionList.code("target")
    action = try actionList.shape()

    var list = FieldList("summary")
    status = list.untrusted("status")
    severity = list.untrusted("severity")
    began = list.text("began", optional: true)
    ended = list.text("ended", optional: true)
    hasAlerts = list.flag("hasAlerts")
    alertCount = list.number("alertCount")
    alertNoun = list.text("alertNoun")
    alerts = list.list("alerts", alert)
    entityCount = list.number("entityCount")
    entityNoun = list.text("entityNoun")
    hasFindings = list.flag("hasFindings")
    findings = list.list("findings", finding)
    hasPending = list.flag("hasPending")
    pendingCount = list.number("pendingCount")
    pendingNoun = list.text("pendingNoun")
    pending = list.list("pending", action)
    page = try list.shape()
    template = try set.compileMarkdown("summary-investigation.md", schema: page.schema)
  }

  /// The most alerts and actions that are named one by one.
  private static let limit = 20

  /// The Markdown itself: for pages, mails and archives alike.
  func markdown(_ model: CasePageModel, into out: inout [UInt8]) throws(TemplateError) {
    try template.render(row(model), into: &out)
  }

  func html(_ model: CasePageModel) throws(TemplateError) -> HTML { try template.html(row(model)) }

  private func row(_ model: CasePageModel) -> TemplateRow {
    let record = model.case.investigation
    var row = page.row
    row[status] = .text(record.status.known.map { Array($0.rawValue.utf8) } ?? named(record.status.raw))
    row[severity] = .text(record.severity.known.map { Words.bytes($0.word) } ?? named(record.severity.raw))
    if let at = record.started { row[began] = .text(at.minuteText.bytes) }
    if let at = record.ended { row[ended] = .text(at.minuteText.bytes) }
    row[hasAlerts] = .flag(!record.alerts.isEmpty)
    row[alertCount] = .number(record.alerts.count)
    row[alertNoun] = .text(Array((record.alerts.count == 1 ? "alert" : "alerts").utf8))
    row[alerts] = .list(record.alerts.prefix(Self.limit).map(alertRow))
    row[entityCount] = .number(record.entities.count)
    row[entityNoun] = .text(Array((record.entities.count == 1 ? "entity" : "entities").utf8))
    let counts = Verdict.allCases.compactMap { verdict -> TemplateRow? in
      let count = record.entities.count { $0.verdict.known == verdict }
      guard count > 0, verdict != .unknown else { return nil }
      var row = finding.row
      row[findingCount] = .number(count)
      row[findingName] = .text(Array(verdict.rawValue.utf8))
      return row.values
    }
    row[hasFindings] = .flag(!counts.isEmpty)
    row[findings] = .list(counts)
    let open = model.actions.filter(\.isPending)
    row[hasPending] = .flag(!open.isEmpty)
    row[pendingCount] = .number(open.count)
    row[pendingNoun] = .text(Array((open.count == 1 ? "action waits" : "actions wait").utf8))
    row[pending] = .list(open.prefix(Self.limit).map(actionRow))
    return row.values
  }

  private func named(_ raw: ByteString) -> [UInt8] {
    raw.isEmpty ? Array("not stated".utf8) : Sanitizer.sanitized(raw.bytes, limit: Sanitizer.nameLimit)
  }

  private func alertRow(_ one: Alert) -> TemplateRow {
    var row = alert.row
    row[alertTitle] = .text(
      one.title.isEmpty
        ? Array("without a title".utf8)
        : Sanitizer.sanitized(Defanging.urls(in: one.title.bytes), limit: Sanitizer.subjectLimit))
    if !one.provider.isEmpty { row[provider] = .text(one.provider.bytes) }
    return row.values
  }

  private func actionRow(_ model: ActionPageModel) -> TemplateRow {
    var row = action.row
    row[kind] = .text(Words.bytes(model.action.action.kind.title))
    let label = model.action.action.targets.first?.label ?? "no target named"
    let dead =
      switch model.action.action.targets.first?.type.known {
      case .url?: Defanging.url(label.bytes)
      case .mailbox?, .ip?, .account?, .mailboxConfiguration?, .host?: Defanging.address(label.bytes)
      default: Defanging.urls(in: label.bytes)
      }
    row[target] = .text(Sanitizer.sanitized(dead, limit: 200))
    return row.values
  }
}
