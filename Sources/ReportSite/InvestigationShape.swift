import CaseModel
import WebRendering

/// What the page of an investigation is made of.
struct InvestigationShape: Sendable {
  let page: Shape
  let frame: FrameFields
  let id, name, status, severity, pendingText, pendingCount, alertCount, entityCount, recordCount, logCount: FieldKey
  let pastCount, sourceID, type, began, ended, ran, engine, source, tenant, deepLink, pendingCountText: FieldKey
  let hasPending, pending, summary, exportSummary, exportSummaryIsPlain, notes, hasAlerts, alerts: FieldKey
  let hasEntities, verdicts, types, timeline, recordNoun, recordsHash, records, hasLedger, ledger: FieldKey
  let mailForms, hasMailForms, graph, mailboxes, mailboxCount, waited: FieldKey
  let hasLog, log, hasLines, pastCountText, hasPast, past: FieldKey
  let action: CaseActionShape
  let note: NoteShape
  let matrix: MatrixShape
  let step: StepShape
  let line: LineShape
  let record: RecordShape

  init(_ fields: FieldRows, _ entities: EntityRows, _ forms: MailForms) throws(TemplateError) {
    action = try CaseActionShape()
    note = try NoteShape()
    matrix = try MatrixShape(entities)
    step = try StepShape()
    line = try LineShape()
    record = try RecordShape()
    var list = FieldList("investigation")
    frame = try FrameFields(&list)
    id = list.text("id")
    name = list.html("name")
    status = list.html("status")
    severity = list.html("severity")
    pendingText = list.text("pendingText", optional: true)
    pendingCount = list.number("pendingCount")
    alertCount = list.number("alertCount")
    entityCount = list.number("entityCount")
    recordCount = list.number("recordCount")
    logCount = list.number("logCount")
    pastCount = list.number("pastCount")
    sourceID = list.html("sourceID")
    type = list.html("type")
    began = list.html("began")
    ended = list.html("ended")
    ran = list.html("ran")
    engine = list.html("engine")
    source = list.html("source")
    tenant = list.html("tenant")
    deepLink = list.html("deepLink", optional: true)
    pendingCountText = list.text("pendingCountText")
    hasPending = list.flag("hasPending")
    pending = list.list("pending", action.shape)
    hasMailForms = list.flag("hasMailForms")
    graph = list.html("graph")
    mailboxes = list.list("mailboxes", entities.entity)
    mailboxCount = list.number("mailboxCount")
    waited = list.html("waited")
    mailForms = list.list("mailForms", forms.shape)
    summary = list.html("summary")
    exportSummary = list.html("exportSummary", optional: true)
    exportSummaryIsPlain = list.flag("exportSummaryIsPlain")
    notes = list.list("notes", note.shape)
    hasAlerts = list.flag("hasAlerts")
    alerts = list.list("alerts", entities.alert)
    hasEntities = list.flag("hasEntities")
    verdicts = list.list("verdicts", matrix.verdict)
    types = list.list("types", matrix.type)
    timeline = list.list("timeline", step.shape)
    recordNoun = list.text("recordNoun")
    recordsHash = list.text("recordsHash")
    records = list.list("records", record.shape)
    hasLedger = list.flag("hasLedger")
    ledger = list.list("ledger", line.shape)
    hasLog = list.flag("hasLog")
    log = list.list("log", line.shape)
    hasLines = list.flag("hasLines")
    pastCountText = list.text("pastCountText")
    hasPast = list.flag("hasPast")
    past = list.list("past", action.shape)
    page = try list.shape()
  }
}

/// An action in the page of its investigation.
struct CaseActionShape: Sendable {
  let shape: Shape
  let page, kind, target, moreTargets, verdict, messages, reversible, deadline: FieldKey
  let decision, decidedBy, decidedAt, execution, isFinal: FieldKey

  init() throws(TemplateError) {
    var list = FieldList("action of an investigation")
    isFinal = list.flag("isFinal")
    page = list.link("page", optional: true)
    kind = list.html("kind")
    target = list.html("target")
    moreTargets = list.number("moreTargets", optional: true)
    verdict = list.html("verdict")
    messages = list.html("messages")
    reversible = list.html("reversible")
    deadline = list.html("deadline")
    decision = list.html("decision")
    decidedBy = list.untrusted("decidedBy", optional: true)
    decidedAt = list.html("decidedAt", optional: true)
    execution = list.html("execution")
    shape = try list.shape()
  }
}

/// An analyst's note.
struct NoteShape: Sendable {
  let shape: Shape
  let by, at, isPlain, text: FieldKey

  init() throws(TemplateError) {
    var list = FieldList("note")
    by = list.html("by")
    at = list.html("at", optional: true)
    isPlain = list.flag("isPlain")
    text = list.html("text")
    shape = try list.shape()
  }
}

/// Entities by type and verdict.
struct MatrixShape: Sendable {
  let verdict, cell, type: Shape
  let verdictName, cellCount, cellIsZero, typeName, typeLink, anchor, cells, count, entities: FieldKey

  init(_ rows: EntityRows) throws(TemplateError) {
    var verdictList = FieldList("verdict")
    verdictName = verdictList.html("name")
    verdict = try verdictList.shape()
    var cellList = FieldList("cell")
    cellCount = cellList.number("count")
    cellIsZero = cellList.flag("isZero")
    cell = try cellList.shape()
    var list = FieldList("type of entities")
    typeName = list.text("type")
    typeLink = list.link("typeLink")
    anchor = list.text("anchor")
    cells = list.list("cells", cell)
    count = list.number("count")
    entities = list.list("entities", rows.entity)
    type = try list.shape()
  }
}

/// A step of the timeline.
struct StepShape: Sendable {
  let shape: Shape
  let tone, at, what: FieldKey

  init() throws(TemplateError) {
    var list = FieldList("step")
    tone = list.text("tone")
    at = list.html("at")
    what = list.html("what")
    shape = try list.shape()
  }
}

/// A line of a log.
struct LineShape: Sendable {
  let shape: Shape
  let entry, at, what, by: FieldKey

  init() throws(TemplateError) {
    var list = FieldList("line")
    entry = list.number("entry", optional: true)
    at = list.html("at")
    what = list.html("what")
    by = list.html("by")
    shape = try list.shape()
  }

  func row(_ line: LogLine, entry number: Int? = nil) -> TemplateRow {
    var row = shape.row
    if let number { row[entry] = .number(number) }
    row[at] = .html(Shown.time(line.at))
    row[what] = .html(Shown.text(line.text, limit: 4_096))
    row[by] = .html(Shown.text(line.by, orElse: "<span class=\"none\">Not stated</span>"))
    return row.values
  }
}

/// A record in the evidence.
struct RecordShape: Sendable {
  let shape: Shape
  let at, status, recordID: FieldKey

  init() throws(TemplateError) {
    var list = FieldList("record")
    at = list.html("at")
    status = list.html("status")
    recordID = list.html("recordID")
    shape = try list.shape()
  }
}
