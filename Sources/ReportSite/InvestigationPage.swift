import ByteText
import CaseModel
import WebRendering

/// One investigation, as one readable page.
struct InvestigationPage: Sendable {
  private let shape: InvestigationShape
  private let entities: EntityRows
  private let template: Template
  private let summary: SummaryMarkdown
  private let forms: MailForms

  init(_ set: TemplateSet, _ fields: FieldRows, _ entities: EntityRows) throws(TemplateError) {
    forms = try MailForms()
    shape = try InvestigationShape(fields, entities, forms)
    self.entities = entities
    summary = try SummaryMarkdown(set)
    template = try set.compile("investigation.mustache", schema: shape.page.schema)
  }

  /// The row with everything that no case changes.
  func base(_ frame: SiteFrame) -> Row {
    var row = shape.page.row
    shape.frame.fill(
      &row, frame, at: nil, root: "../../", isDated: false, of: template, hasMailForm: frame.decisionsTo != nil)
    return row
  }

  func render(_ model: CasePageModel, _ frame: SiteFrame, base: Row, into out: inout [UInt8]) throws(TemplateError) {
    var row = base
    let record = model.case.investigation
    let title: ByteString = record.name.isEmpty ? record.investigationID : record.name
    shape.frame.setTitle(&row, Sanitizer.sanitized(title.bytes, limit: Sanitizer.nameLimit))
    fillFacts(&row, model, title)
    fillActions(&row, model, frame)
    try fillText(&row, model)
    row[shape.hasAlerts] = .flag(!record.alerts.isEmpty)
    row[shape.alertCount] = .number(record.alerts.count)
    row[shape.alerts] = .list(record.alerts.map(entities.row))
    fillEntities(&row, record.entities)
    let boxes = record.entities.filter { $0.type.known == .mailbox || $0.type.known == .mailboxConfiguration }
    row[shape.mailboxCount] = .number(boxes.count)
    row[shape.mailboxes] = .list(boxes.map { entities.row($0, isOpen: false) })
    row[shape.graph] = .html(InvestigationGraph.html(model))
    row[shape.waited] = .html(Self.waited(model.case.history))
    row[shape.timeline] = .list(timeline(model))
    fillRecords(&row, model)
    try template.render(row.values, into: &out)
  }

  private func fillFacts(_ row: inout Row, _ model: CasePageModel, _ title: ByteString) {
    let record = model.case.investigation
    let absent = Shown.notStated
    row[shape.id] = .text(model.case.id.text.bytes)
    row[shape.name] = .html(Shown.text(title))
    row[shape.status] = .html(Shown.status(record.status))
    row[shape.severity] = .html(Shown.severity(record.severity))
    row[shape.sourceID] = .html(Shown.code(record.investigationID))
    row[shape.type] = .html(Shown.text(record.type, orElse: absent))
    row[shape.began] = .html(Shown.time(record.started))
    row[shape.ended] = .html(Shown.time(record.ended))
    row[shape.ran] = .html(record.runningSeconds.map { .text(Digits.duration(seconds: Int64($0))) } ?? absent)
    row[shape.engine] = .html(Shown.text(record.engine, orElse: absent))
    row[shape.source] = .html(Shown.text(record.source, orElse: absent))
    row[shape.tenant] = .html(Shown.code(record.tenant))
    if !record.deepLink.isEmpty { row[shape.deepLink] = .html(Shown.url(record.deepLink)) }
  }

  private func fillActions(_ row: inout Row, _ model: CasePageModel, _ frame: SiteFrame) {
    let open = model.actions.filter(\.isPending).sorted {
      ($0.deadline, $0.action.id) < ($1.deadline, $1.action.id)
    }
    let past = model.actions.filter { !$0.isPending }
    row[shape.pendingCount] = .number(open.count)
    row[shape.pendingCountText] = .text(Words.count(open.count, "action", "actions"))
    if !open.isEmpty { row[shape.pendingText] = .text(Words.count(open.count, "pending action", "pending actions")) }
    row[shape.hasPending] = .flag(!open.isEmpty)
    row[shape.pending] = .list(open.map(actionRow))
    let mail = forms.rows(open, frame)
    row[shape.hasMailForms] = .flag(!mail.isEmpty)
    row[shape.mailForms] = .list(mail)
    row[shape.pastCount] = .number(past.count)
    row[shape.pastCountText] = .text(Words.count(past.count, "action", "actions"))
    row[shape.hasPast] = .flag(!past.isEmpty)
    row[shape.past] = .list(past.map(actionRow))
  }

  private func actionRow(_ model: ActionPageModel) -> TemplateRow {
    let keys = shape.action
    let action = model.action.action
    var row = keys.shape.row
    if model.action.wasEverUndecided || model.isPending { row[keys.page] = link(PagePaths.action(model.action.id)) }
    row[keys.kind] = .html(HTML(trusted: action.kind.title))
    row[keys.target] = .html(
      action.targets.first.map(FieldValue.label) ?? "<span class=\"none\">No target named</span>")
    if action.targets.count > 1 { row[keys.moreTargets] = .number(action.targets.count - 1) }
    row[keys.verdict] = .html(Shown.verdict(action.targets.first?.verdict ?? Recognised(nil, raw: "")))
    row[keys.messages] = .html(Shown.messages(action.mailCount, of: action.kind))
    row[keys.isFinal] = .flag(action.kind.isKnownFinal)
    row[keys.reversible] = .html(EffectWords.reversible(action.kind))
    row[keys.deadline] = .html(Shown.time(model.deadline))
    row[keys.decision] = .html(Shown.badge(Words.of(model.standing)))
    if !model.standing.decidedBy.isEmpty { row[keys.decidedBy] = .text(model.standing.decidedBy.bytes) }
    if let at = model.standing.decidedAt ?? action.decidedAt { row[keys.decidedAt] = .html(Shown.time(at)) }
    row[keys.execution] = .html(Shown.badge(Words.execution(model.standing)))
    return row.values
  }

  private func fillText(_ row: inout Row, _ model: CasePageModel) throws(TemplateError) {
    let record = model.case.investigation
    row[shape.summary] = .html(try summary.html(model))
    row[shape.exportSummaryIsPlain] = .flag(false)
    if !record.summary.isEmpty {
      let (html, notice) = Markdown.render(untrusted: record.summary.bytes)
      row[shape.exportSummary] = .html(html)
      row[shape.exportSummaryIsPlain] = .flag(notice)
    }
    row[shape.notes] = .list(
      record.notes.map { note in
        let keys = shape.note
        let (html, notice) = Markdown.render(untrusted: note.markdown.bytes)
        var row = keys.shape.row
        row[keys.by] = .html(Shown.text(note.by, orElse: "an unnamed analyst"))
        if let at = note.at { row[keys.at] = .html(Shown.time(at)) }
        row[keys.isPlain] = .flag(notice)
        row[keys.text] = .html(html)
        return row.values
      })
  }

  private func fillRecords(_ row: inout Row, _ model: CasePageModel) {
    let history = model.case.history
    row[shape.recordCount] = .number(history.count)
    row[shape.recordNoun] = .text(Array((history.count == 1 ? "record" : "records").utf8))
    row[shape.recordsHash] = .text(model.head.recordsHash.bytes)
    row[shape.records] = .list(
      history.map { change in
        var row = shape.record.shape.row
        row[shape.record.at] = .html(Shown.time(change.at))
        row[shape.record.status] = .html(Shown.status(change.status))
        row[shape.record.recordID] = .html(Shown.code(change.recordID))
        return row.values
      })
    let log = model.case.investigation.log
    row[shape.logCount] = .number(model.ledgerLines.count + log.count)
    row[shape.hasLedger] = .flag(!model.ledgerLines.isEmpty)
    row[shape.ledger] = .list(model.ledgerLines.map { shape.line.row($0) })
    row[shape.hasLog] = .flag(!log.isEmpty)
    row[shape.log] = .list(log.map { shape.line.row($0) })
    row[shape.hasLines] = .flag(!model.ledgerLines.isEmpty || !log.isEmpty)
  }
}

// MARK: - Entities and timeline

extension InvestigationPage {
  /// How long the records say that it waited for people, all stretches together; since when it does, where it still does.
  private static func waited(_ history: [Case.StatusChange]) -> HTML {
    var seconds: Int64 = 0
    var since: Instant?
    for change in history.sorted(by: { $0.at < $1.at }) {
      if change.status.known == .pendingAction {
        since = since ?? change.at
      } else if let start = since {
        seconds += change.at.seconds - start.seconds
        since = nil
      }
    }
    if let since {
      let before: HTML = seconds > 0 ? ", and \(text: Digits.duration(seconds: seconds)) before" : ""
      return "Since \(Shown.time(since))\(before)"
    }
    return seconds > 0 ? .text(Digits.duration(seconds: seconds)) : "<span class=\"none\">Not at all</span>"
  }
}

extension InvestigationPage {
  /// Up to so many entities of a type stand open at first.
  private static let openLimit = 3

  private func fillEntities(_ row: inout Row, _ all: [Entity]) {
    row[shape.entityCount] = .number(all.count)
    row[shape.hasEntities] = .flag(!all.isEmpty)
    let keys = shape.matrix
    // Columns: the verdicts that occur, in the order of the model, then what has none that we know.
    var columns: [Verdict?] = Verdict.allCases.filter { verdict in all.contains { $0.verdict.known == verdict } }
    if all.contains(where: { $0.verdict.known == nil }) { columns.append(nil) }
    row[shape.verdicts] = .list(
      columns.map { verdict in
        var row = keys.verdict.row
        row[keys.verdictName] = .html(verdict.map { HTML(trusted: Words.of($0).words) } ?? "Other or none")
        return row.values
      })
    var types: [EntityType?] = EntityType.allCases.filter { type in all.contains { $0.type.known == type } }
    if all.contains(where: { $0.type.known == nil }) { types.append(nil) }
    row[shape.types] = .list(
      types.enumerated().map { index, type in
        let ofType = all.filter { $0.type.known == type }
        let anchor = Array("entities-\(index + 1)".utf8)
        var row = keys.type.row
        row[keys.typeName] = .text(Words.bytes(Words.plural(type)))
        row[keys.anchor] = .text(anchor)
        row[keys.typeLink] = SitePath(fragment: anchor).map(TemplateValue.link) ?? .missing
        row[keys.count] = .number(ofType.count)
        row[keys.cells] = .list(
          columns.map { verdict in
            let count = ofType.count { $0.verdict.known == verdict }
            var row = keys.cell.row
            row[keys.cellCount] = .number(count)
            row[keys.cellIsZero] = .flag(count == 0)
            return row.values
          })
        row[keys.entities] = .list(
          ofType.enumerated().map { entities.row($1, isOpen: $0 == 0 && ofType.count <= Self.openLimit) })
        return row.values
      })
  }

  private func timeline(_ model: CasePageModel) -> [TemplateRow] {
    let record = model.case.investigation
    var steps: [(at: Instant, what: HTML, tone: Tone)] = []
    for alert in record.alerts {
      if let at = alert.started { steps.append((at, "Alert: \(Shown.text(alert.title))", .plain)) }
    }
    if let at = record.started { steps.append((at, "Investigation began", .blue)) }
    for change in model.case.history {
      let word = change.status.known.map { Words.of($0) } ?? ("Status not recognised", .plain)
      steps.append((change.at, "Record: \(HTML(trusted: word.words))", word.tone))
    }
    for action in model.actions {
      guard let at = action.standing.decidedAt else { continue }
      let word = Words.of(action.standing)
      steps.append((at, "\(HTML(trusted: word.words)): \(HTML(trusted: action.action.action.kind.title))", word.tone))
    }
    if let at = record.ended { steps.append((at, "Investigation ended", .plain)) }
    // Stable: what happened at the same time stays in the order above.
    let sorted = steps.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
    return sorted.map { _, step in
      var row = shape.step.shape.row
      row[shape.step.tone] = .text(step.tone.bytes)
      row[shape.step.at] = .html(Shown.time(step.at))
      row[shape.step.what] = .html(step.what)
      return row.values
    }
  }
}
