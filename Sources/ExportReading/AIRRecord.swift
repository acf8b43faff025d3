import ByteText
import CaseModel

/// Reads an audit record of automated investigation and response (AIR section 1) into the model.
struct AIRRecord {
  private let limits: JSONLimits
  private var diagnostics: [Diagnostic] = []

  init(limits: JSONLimits) {
    self.limits = limits
  }

  mutating func read(_ document: JSONDocument) throws(RecordRefusal) -> ReadRecord {
    try RepeatedKeys.check(document, prefix: "")
    guard document.root.kind == .object else {
      throw RecordRefusal(
        "", Wording.joined("expected a record in braces, found ", ByteString(document.root.kind.rawValue)))
    }
    let keys = AIRKeys(document.root)
    try AIRRecordType.check(keys)
    let scope = DocumentScope(document.root)
    var record = try identity(keys, scope)

    record.updated = scope.time(keys("LastUpdateTimeUtc"))
    record.started = scope.time(keys("StartTimeUtc"))
    record.ended = scope.time(keys("EndTimeUtc"))
    record.runningSeconds = scope.number(keys("RunningTime"))
    record.name = scope.text(keys("InvestigationName")) ?? ""
    record.type = scope.text(keys("InvestigationType")) ?? ""
    record.deepLink = scope.text(keys("DeepLinkUrl")) ?? ""
    record.engine = "Microsoft Defender for Office 365"
    record.status = StatusWords.investigation(scope.text(keys("Status")) ?? "")
    if record.status.known == nil, let value = keys("Status") {
      scope.say(.note, at: value, Wording.joined("unrecognised status ", Wording.quoted(record.status.raw)))
    }

    try readData(keys("Data"), into: &record)
    if let severity = scope.text(keys("Severity")) { record.severity = StatusWords.severity(severity) }
    var list = AIRActions(limits: limits)
    try list.read(keys("Actions"), entities: record.entities)
    record.actions = list.actions
    record.log = list.log
    record.entities = list.entities
    return ReadRecord(record: record, diagnostics: scope.diagnostics + diagnostics + list.diagnostics)
  }

  /// Id, tenant, investigation and time: what every record must have.
  private func identity(_ keys: AIRKeys, _ scope: DocumentScope) throws(RecordRefusal) -> InvestigationRecord {
    guard let id = scope.text(keys("Id", row: "id")) else {
      throw RecordRefusal("Id", "the record has no id", hint: "was the export made with selected columns only?")
    }
    guard let tenant = scope.text(keys("OrganizationId", row: "organizationId")) else {
      throw RecordRefusal("OrganizationId", "the record names no tenant")
    }
    guard let investigation = scope.text(keys("InvestigationId")) else {
      throw RecordRefusal("InvestigationId", "the record names no investigation")
    }
    guard let time = keys("CreationTime", row: "createdDateTime") else {
      throw RecordRefusal("CreationTime", "the record has no time")
    }
    guard let text = time.string, case .time(let created) = Instant.exported(text) else {
      throw RecordRefusal("CreationTime", Wording.joined("not a time: ", Wording.quoted(time.raw)))
    }
    return InvestigationRecord(
      recordID: id, tenant: tenant, investigationID: investigation, created: created, source: "AIR audit record")
  }

  /// Reads the alert and the entities of `Data`: a document as text, or already an object.
  private mutating func readData(_ value: JSONValue?, into record: inout InvestigationRecord) throws(RecordRefusal) {
    guard let value, let root = try Self.inner(value, "Data", limits) else { return }
    guard root.kind == .object else {
      throw RecordRefusal("Data", Wording.joined("expected an object, found ", ByteString(root.kind.rawValue)))
    }
    let scope = DocumentScope(root, prefix: "Data")
    record.alerts = [AIRAlert.read(root, scope)]
    record.severity = record.alerts[0].severity
    record.entities = AIREntity.list(root.ignoringCase("Entities"), scope)
    if scope.isOverexpanded { throw Self.overexpanded("Data") }
    diagnostics += scope.diagnostics
  }

  static func overexpanded(_ field: ByteString) -> RecordRefusal {
    RecordRefusal(field, "its references stand for more bytes than a record may have")
  }

  /// A document inside the record: parsed where it stands as text, itself where it is decoded already; `nil` where there is
  /// none.
  static func inner(
    _ value: JSONValue, _ field: @autoclosure () -> ByteString, _ limits: JSONLimits
  ) throws(RecordRefusal) -> JSONValue? {
    guard let text = value.string else { return value.isNull ? nil : value }
    if ASCII.trim(text.bytes).isEmpty { return nil }
    let document: JSONDocument
    do throws(JSONProblem) {
      document = try JSONDocument.parse(text.bytes, limits: limits)
    } catch {
      throw RecordRefusal(field(), Wording.problem(error, in: "the text"))
    }
    if document.hasDuplicateKeys { try RepeatedKeys.check(document, prefix: field()) }
    return document.root
  }
}
