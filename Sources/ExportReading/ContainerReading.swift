import ByteText
import CaseModel

/// Takes one value of a file, finds the records in it, and reads them.
///
/// Containers: the bare audit record; a hunting row with `RawEventData` and the streaming wrapper around it (`properties`,
/// also `records` of them); a row with `AuditData` as text; a Graph audit record with `auditData`; a Countersign export line
/// (AIR section 2, DESIGN section 5).
struct ContainerReading {
  /// The number of the record at hand.
  private(set) var number: Int
  /// What came out.
  private(set) var items: [ExportItem] = []
  private let limits: JSONLimits
  private let tenants: Set<ByteString>

  init(number: Int, limits: JSONLimits, tenants: Set<ByteString>) {
    self.number = number
    self.limits = limits
    self.tenants = tenants
  }

  mutating func refuse(_ field: ByteString, _ message: ByteString, hint: ByteString, bytes: [UInt8]) {
    let diagnostic = Diagnostic(.error, record: number, field: field, message: message, hint: hint)
    items.append(.refused(RefusedRecord(diagnostic: diagnostic, bytes: bytes)))
  }

  /// Reads a row of a CSV file.
  mutating func row(_ fields: [[UInt8]], _ columns: CSVColumns) {
    func bytes() -> [UInt8] { columns.row(fields) }
    guard columns.record < fields.count else {
      return refuse(columns.name, "the row ends before this column", hint: "", bytes: bytes())
    }
    let cell = fields[columns.record]
    if ASCII.trim(cell).isEmpty { return refuse(columns.name, "the cell is empty", hint: "", bytes: bytes()) }
    text(cell, columns.name, rejected: bytes)
  }

  /// Reads a value of a JSON file.
  mutating func value(_ document: JSONDocument) {
    let root = document.root
    if root.kind == .object, root["format"] == nil, let records = root.ignoringCase("records"), records.kind == .array {
      let elements = records.elements
      if elements.isEmpty { number -= 1 }
      for (index, element) in elements.enumerated() {
        if index > 0 { number += 1 }
        embedded(element, rejected: Array(element.raw))
      }
      return
    }
    object(document)
  }

  /// A value that stands inside another, read as a text of its own.
  private mutating func embedded(_ value: JSONValue, rejected: [UInt8]) {
    guard value.kind == .object else { return notAnObject(value.kind, rejected) }
    do throws(JSONProblem) {
      object(try JSONDocument.parse(Array(value.raw), limits: limits))
    } catch {
      refuse("", Wording.problem(error, in: "the record"), hint: "", bytes: rejected)
    }
  }

  private mutating func notAnObject(_ kind: JSONValue.Kind, _ bytes: [UInt8]) {
    refuse("", Wording.joined("expected a record in braces, found ", ByteString(kind.rawValue)), hint: "", bytes: bytes)
  }

  private mutating func object(_ document: JSONDocument) {
    let root = document.root
    guard root.kind == .object else { return notAnObject(root.kind, document.bytes) }
    if let format = root["format"]?.string { return export(document, format) }
    // The streaming wrapper holds its row under `properties`.
    let row = root.ignoringCase("properties").flatMap { $0.kind == .object ? $0 : nil } ?? root
    if let raw = row.ignoringCase("RawEventData"), !raw.isNull {
      guard isUnambiguous(document) else { return }
      switch raw.kind {
      case .string: text(raw.string?.bytes ?? [], "RawEventData") { document.bytes }
      default: record(Array(raw.raw), "RawEventData") { document.bytes }
      }
    } else if let data = root.ignoringCase("auditData"), !data.isNull {
      guard isUnambiguous(document) else { return }
      if data.kind == .string {
        text(data.string?.bytes ?? [], "AuditData") { document.bytes }
      } else if let own = AIRKeys.complete(data) {
        record(Array(own.raw), "auditData") { document.bytes }
      } else {
        read(document, .air)
      }
    } else {
      read(document, .air)
    }
  }

  private mutating func isUnambiguous(_ document: JSONDocument) -> Bool {
    do throws(RecordRefusal) {
      try RepeatedKeys.check(document, prefix: "")
      return true
    } catch {
      refuse(error.diagnostic.field, error.diagnostic.message, hint: error.diagnostic.hint, bytes: document.bytes)
      return false
    }
  }

  private mutating func export(_ document: JSONDocument, _ format: ByteString) {
    switch NeutralFormat.of(format) {
    case .supported: read(document, .countersign)
    case .newer:
      refuse(
        "format", Wording.joined("made by a newer countersign-export: ", Wording.quoted(format)),
        hint: "this version reads countersign-export/1; use a newer countersign", bytes: document.bytes)
    case .decisions:
      refuse(
        "format", Wording.joined("not an export: ", Wording.quoted(format)),
        hint: "hand decisions to `countersign apply`", bytes: document.bytes)
    case .other:
      refuse(
        "format", Wording.joined("not an export: ", Wording.quoted(format)), hint: "expected countersign-export/1",
        bytes: document.bytes)
    }
  }

  /// Reads the text of an audit record.
  private mutating func text(_ raw: [UInt8], _ field: ByteString, rejected: () -> [UInt8]) {
    let trimmed = Array(ASCII.trim(raw))
    do throws(JSONProblem) {
      let document = try JSONDocument.parse(trimmed, limits: limits)
      guard document.root.kind == .object else {
        let found = ByteString(document.root.kind.rawValue)
        return refuse(field, Wording.joined("expected a record in braces, found ", found), hint: "", bytes: rejected())
      }
      read(document, .air, rejected: rejected)
    } catch {
      let isCut = error.reason == .truncated
      refuse(
        field, Wording.problem(error, in: "the text"),
        hint: isCut
          ? "spreadsheet programs cut cells at 32,767 characters: export it again, and do not save it there" : "",
        bytes: rejected())
    }
  }

  /// Reads an audit record that stood as an object in a row.
  private mutating func record(_ raw: [UInt8], _ field: ByteString, rejected: () -> [UInt8]) {
    guard raw.first == 0x7B else {
      return refuse(field, "expected a record in braces", hint: "", bytes: rejected())
    }
    text(raw, field, rejected: rejected)
  }

  private mutating func read(_ document: JSONDocument, _ dialect: Dialect) {
    read(document, dialect) { document.bytes }
  }

  private mutating func read(_ document: JSONDocument, _ dialect: Dialect, rejected: () -> [UInt8]) {
    switch RecordReading.read(document, as: dialect, limits: limits) {
    case .success(let read):
      guard tenants.isEmpty || tenants.contains(read.record.tenant) else {
        return refuse(
          dialect == .air ? "OrganizationId" : "tenant",
          Wording.joined(
            "the record belongs to tenant ", Wording.quoted(read.record.tenant), ", which is not accepted"),
          hint: "add it to organization.tenants in countersign.yaml, if its records belong here", bytes: rejected())
      }
      for var diagnostic in read.diagnostics {
        diagnostic.record = number
        items.append(.diagnostic(diagnostic))
      }
      items.append(
        .record(ExportedRecord(raw: document.bytes, dialect: dialect, number: number, record: read.record)))
    case .failure(let refusal):
      let why = refusal.diagnostic
      refuse(why.field, why.message, hint: why.hint, bytes: rejected())
    }
  }
}
