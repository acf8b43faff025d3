import ByteText
import CaseModel

/// Reads a line of a Countersign export (docs/formats/neutral-export.md, version 1).
enum NeutralRecord {
  static func read(_ document: JSONDocument) throws(RecordRefusal) -> ReadRecord {
    if let (object, key) = document.duplicateKeys.first {
      let place = JSONPlace.path(to: object, in: document.root, prefix: "")
      throw RecordRefusal(JSONPlace.member(key, of: place), "the key stands twice in its object")
    }
    let top = try NeutralObject(
      document.root, in: document.root,
      keys: ["format", "id", "tenant", "engine", "investigation", "alerts", "entities", "actions", "extra"])
    let format = try top.requiredText("format")
    guard format == "countersign-export/1" else {
      throw RecordRefusal("format", Wording.joined("not a Countersign export of version 1: ", Wording.quoted(format)))
    }
    guard
      let investigation = try top.object(
        "investigation",
        keys: [
          "id", "name", "type", "status", "severity", "created", "updated", "started", "ended", "runningSeconds",
          "link", "summary", "notes", "log", "extra",
        ])
    else { throw top.missing("investigation") }
    guard let created = try investigation.time("created") else { throw investigation.missing("created") }
    var record = InvestigationRecord(
      recordID: try top.id(), tenant: try top.id("tenant"), investigationID: try investigation.id(), created: created,
      source: "Countersign export")
    record.engine = try top.text("engine") ?? ""
    try read(investigation, into: &record)
    record.alerts = try alerts(top)
    var entities = NeutralEntities()
    try entities.read(top)
    record.entities = entities.list
    record.actions = try NeutralActions.read(top, entities, alerts: Set(record.alerts.map(\.sourceID)))
    return ReadRecord(record: record, diagnostics: notes(document.root, record))
  }

  private static func read(
    _ object: NeutralObject, into record: inout InvestigationRecord
  ) throws(RecordRefusal) {
    record.name = try object.requiredText("name")
    record.type = try object.requiredText("type")
    record.status = NeutralWords.investigation(try object.requiredText("status"))
    record.severity = NeutralWords.severity(try object.text("severity") ?? "")
    record.updated = try object.time("updated")
    record.started = try object.time("started")
    record.ended = try object.time("ended")
    record.runningSeconds = try object.count("runningSeconds")
    record.deepLink = try object.text("link") ?? ""
    record.summary = try object.text("summary") ?? ""
    for note in try object.objects("notes", keys: ["by", "at", "markdown"]) {
      record.notes.append(
        Note(by: try note.text("by") ?? "", at: try note.time("at"), markdown: try note.requiredText("markdown")))
    }
    for line in try object.objects("log", keys: ["at", "text", "by"]) {
      guard let at = try line.time("at") else { throw line.missing("at") }
      record.log.append(LogLine(at: at, text: try line.requiredText("text"), by: try line.text("by") ?? ""))
    }
  }

  private static func alerts(_ top: NeutralObject) throws(RecordRefusal) -> [Alert] {
    var alerts: [Alert] = []
    var ids: Set<ByteString> = []
    let keys: Set<ByteString> = [
      "id", "title", "severity", "status", "category", "detection", "description", "provider", "started", "ended",
      "extra",
    ]
    for object in try top.objects("alerts", keys: keys) {
      let alert = Alert(
        sourceID: try object.id(), title: try object.requiredText("title"),
        severity: NeutralWords.severity(try object.text("severity") ?? ""), status: try object.text("status") ?? "",
        category: try object.text("category") ?? "", detection: try object.text("detection") ?? "",
        description: try object.text("description") ?? "", provider: try object.text("provider") ?? "",
        started: try object.time("started"), ended: try object.time("ended"))
      guard ids.insert(alert.sourceID).inserted else { throw twice(object) }
      alerts.append(alert)
    }
    return alerts
  }

  /// What to say where an id is not unique in the record.
  static func twice(_ object: NeutralObject) -> RecordRefusal {
    object.refusal(
      object["id"] ?? object.value,
      Wording.joined("the id stands twice in the record: ", Wording.quoted(object["id"]?.raw ?? [])))
  }

  /// Notes about codes that are not known, and a warning for each text that is not well formed.
  private static func notes(_ root: JSONValue, _ record: InvestigationRecord) -> [Diagnostic] {
    let scope = DocumentScope(root)
    func note(_ value: JSONValue?, _ what: ByteString, _ raw: ByteString) {
      if let value { scope.say(.note, at: value, Wording.joined("unrecognised ", what, " ", Wording.quoted(raw))) }
    }
    if record.status.known == nil { note(root["investigation"]?["status"], "status", record.status.raw) }
    let actions = root["actions"]?.elements ?? []
    for (action, object) in zip(record.actions, actions) {
      if action.kind == .unrecognised { note(object["kind"], "kind of action", action.rawType) }
      if action.status.known == nil { note(object["status"], "status", action.status.raw) }
    }
    for (entity, object) in zip(record.entities, root["entities"]?.elements ?? []) where entity.type.known == nil {
      note(object["type"], "type of entity", entity.type.raw)
    }
    malformed(root, scope)
    return scope.diagnostics
  }

  private static func malformed(_ value: JSONValue, _ scope: DocumentScope) {
    switch value.kind {
    case .string: _ = scope.text(value)
    case .array: for element in value.elements { malformed(element, scope) }
    case .object: for member in value.members { malformed(member.value, scope) }
    default: break
    }
  }
}
