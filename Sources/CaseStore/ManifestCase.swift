import ByteText
public import CaseModel
public import Digests

/// Where a record lies in the evidence.
public struct RecordPlace: Hashable, Sendable {
  /// The evidence file, by its place in the ledger's list.
  public var file: Int
  /// Offset of its line.
  public var offset: Int
  /// Bytes of its line.
  public var length: Int
  /// SHA-256 of the record.
  public var sha256: SHA256Digest
  /// Hash of the record's own id, to find another record of the same id.
  public var recordID: UInt64

  /// Makes a place.
  public init(file: Int, offset: Int, length: Int, sha256: SHA256Digest, recordID: UInt64) {
    self.file = file
    self.offset = offset
    self.length = length
    self.sha256 = sha256
    self.recordID = recordID
  }
}

/// A case's line in the manifest: its head and where its records lie.
///
/// Format and parse stand side by side below. The line is an array, not an object: it is ours alone, read on every run, and
/// worth nothing without the evidence.
public struct ManifestCase: Hashable, Sendable {
  /// What lists show of the case.
  public var head: CaseHead
  /// Where its records lie.
  public var places: [RecordPlace]

  /// Makes a line.
  public init(head: CaseHead, places: [RecordPlace]) {
    self.head = head
    self.places = places
  }

  /// Writes the line with its line feed.
  func append(to out: inout [UInt8]) {
    var row = ManifestRow()
    row.text(head.id.text)
    row.text(head.sourceID)
    row.text(head.tenant)
    row.text(head.name)
    row.text(head.type)
    row.text(head.engine)
    row.text(head.status.raw)
    row.text(head.status.known.map { ByteString($0.rawValue) })
    row.text(head.severity.raw)
    row.number(head.severity.known?.rawValue)
    row.number(head.started.map { Int($0.ticks) })
    row.number(head.ended.map { Int($0.ticks) })
    row.number(Int(head.firstRecord.ticks))
    row.number(Int(head.latestRecord.ticks))
    row.text(head.recordsHash)
    row.number(head.alertCount)
    row.number(head.entityCount)
    row.open()
    for action in head.actions {
      row.open()
      action.append(to: &row)
      row.close()
    }
    row.close()
    row.open()
    for place in places {
      row.number(place.file)
      row.number(place.offset)
      row.number(place.length)
      row.text(place.sha256.base64url)
      row.number(Int(bitPattern: UInt(place.recordID)))
    }
    row.close()
    row.finish(&out)
  }

  /// Reads a line; `nil` where it is none.
  init?(_ value: JSONValue) {
    var row = ManifestCells(value.elements)
    guard let id = row.text().flatMap({ CaseID($0) }), let sourceID = row.text(), let tenant = row.text(),
      let name = row.text(), let type = row.text(), let engine = row.text(), let statusRaw = row.text()
    else { return nil }
    let status = row.text().flatMap { text in InvestigationStatus.allCases.first { ByteString($0.rawValue) == text } }
    guard let severityRaw = row.text() else { return nil }
    let severity = row.number().flatMap(Severity.init(rawValue:))
    let started = row.number().map { Instant(ticks: Int64($0)) }
    let ended = row.number().map { Instant(ticks: Int64($0)) }
    guard let first = row.number(), let latest = row.number(), let hash = row.text(), let alerts = row.number(),
      let entities = row.number(), let actionCells = row.list(), let placeCells = row.list()
    else { return nil }
    var actions: [ActionHead] = []
    for cell in actionCells {
      var cells = ManifestCells(cell.elements)
      guard let action = ActionHead(&cells) else { return nil }
      actions.append(action)
    }
    var places: [RecordPlace] = []
    var cells = ManifestCells(placeCells)
    while let file = cells.number() {
      guard let offset = cells.number(), let length = cells.number(),
        let sha256 = cells.text().flatMap({ Base64URL.decode($0.bytes) }).flatMap({ SHA256Digest(bytes: $0) }),
        let recordID = cells.number()
      else { return nil }
      places.append(
        RecordPlace(
          file: file, offset: offset, length: length, sha256: sha256, recordID: UInt64(UInt(bitPattern: recordID))))
    }
    self.init(
      head: CaseHead(
        id: id, sourceID: sourceID, tenant: tenant, name: name, type: type, engine: engine,
        status: Recognised(status, raw: statusRaw),
        severity: Recognised(severity, raw: severityRaw), started: started, ended: ended,
        firstRecord: Instant(ticks: Int64(first)), latestRecord: Instant(ticks: Int64(latest)), recordsHash: hash,
        alertCount: alerts, entityCount: entities, actions: actions),
      places: places)
  }
}

extension ActionHead {
  fileprivate func append(to row: inout ManifestRow) {
    row.text(id.text)
    row.text(sourceID)
    row.text(ByteString(kind.rawValue))
    row.text(rawType)
    row.text(status)
    row.text(target)
    row.text(targetType)
    row.number(targetCount)
    row.text(threat)
    row.open()
    for location in locations {
      row.text(location.name)
      row.number(location.count)
    }
    row.close()
    row.number(mailCount)
    row.number(started.map { Int($0.ticks) })
    row.text(ByteString(exported.decision.rawValue))
    row.text(ByteString(exported.execution.rawValue))
    row.text(exported.elsewhere.map { ByteString($0.rawValue) })
    row.text(exported.decidedBy)
    row.number(decidedAt.map { Int($0.ticks) })
    row.text(comment)
    row.number(wasEverUndecided ? 1 : 0)
  }

  fileprivate init?(_ row: inout ManifestCells) {
    guard let id = row.text().flatMap({ CaseID($0) }), let sourceID = row.text(),
      let kind = row.text().flatMap({ text in ActionKind.allCases.first { ByteString($0.rawValue) == text } }),
      let rawType = row.text(), let status = row.text(), let target = row.text(), let targetType = row.text(),
      let targetCount = row.number(), let threat = row.text(), let locationCells = row.list()
    else { return nil }
    var locations: [EntityField.Count] = []
    var cells = ManifestCells(locationCells)
    while let name = cells.text() {
      guard let count = cells.number() else { return nil }
      locations.append(EntityField.Count(name, count))
    }
    let mailCount = row.number()
    let started = row.number().map { Instant(ticks: Int64($0)) }
    guard
      let decision = row.text().flatMap({ text in DecisionState.allCases.first { ByteString($0.rawValue) == text } }),
      let execution = row.text().flatMap({ text in ExecutionState.allCases.first { ByteString($0.rawValue) == text } })
    else { return nil }
    let elsewhere = row.text()
    guard let decidedBy = row.text() else { return nil }
    let decidedAt = row.number().map { Instant(ticks: Int64($0)) }
    guard let comment = row.text(), let ever = row.number() else { return nil }
    self.init(
      id: id, sourceID: sourceID, kind: kind, rawType: rawType, status: status, target: target, targetType: targetType,
      targetCount: targetCount, threat: threat, locations: locations, mailCount: mailCount, started: started,
      exported: ExportedState(
        decision: decision, execution: execution,
        elsewhere: elsewhere == "approved" ? .approved : elsewhere == "declined" ? .declined : nil,
        decidedBy: decidedBy),
      decidedAt: decidedAt, comment: comment, wasEverUndecided: ever == 1)
  }
}
