public import ByteText
public import CaseModel
public import Digests

/// A record of an investigation and its rank among the others.
public struct RankedRecord: Sendable {
  /// SHA-256 of the source record.
  public var sha256: SHA256Digest
  /// What it says.
  public var record: InvestigationRecord

  /// Makes a record.
  public init(sha256: SHA256Digest, record: InvestigationRecord) {
    self.sha256 = sha256
    self.record = record
  }

  /// The order of DESIGN section 5, *Merge*: creation time, time of the last update, hash.
  ///
  /// Total, so that the order in which files were imported never shows.
  static func precedes(_ left: RankedRecord, _ right: RankedRecord) -> Bool {
    if left.record.created != right.record.created { return left.record.created < right.record.created }
    let leftUpdate = left.record.updated ?? Instant(ticks: .min)
    let rightUpdate = right.record.updated ?? Instant(ticks: .min)
    if leftUpdate != rightUpdate { return leftUpdate < rightUpdate }
    return left.sha256 < right.sha256
  }
}

/// Makes one case of all records of an investigation (DESIGN section 5, *Merge*).
public enum CaseMerge {
  /// Merges records in any order.
  ///
  /// Every field comes from the greatest record that has it; each action from the greatest record that names it.
  ///
  /// - Returns: `nil` for no records, or where an id cannot be made.
  public static func merge(_ unordered: [RankedRecord]) -> Case? {
    let records = unordered.sorted(by: RankedRecord.precedes)
    guard let greatest = records.last?.record, let id = CaseIdentity.investigation(greatest) else { return nil }
    var fields = greatest
    var logged = Set(greatest.log)
    for older in records.dropLast().reversed() {
      fill(&fields, from: older.record)
      for line in older.record.log where logged.insert(line).inserted { fields.log.append(line) }
    }

    fields.name = title(fields.name, sourceID: greatest.investigationID)
    let status = fields.status
    var actions: [CaseAction] = []
    var seen: Set<ByteString> = []
    let named = Set(greatest.actions.map(\.sourceID))
    var everUndecided: Set<ByteString> = []
    for record in records.map(\.record) {
      for action in record.actions {
        let state = ExportedState(of: action, status: record.status, isNamedByLatest: true)
        if state.decision == .undecided { everUndecided.insert(action.sourceID) }
      }
    }
    for ranked in records.reversed() {
      for action in ranked.record.actions where seen.insert(action.sourceID).inserted {
        guard let actionID = CaseIdentity.action(action.sourceID, tenant: greatest.tenant) else { continue }
        let isNamed = named.contains(action.sourceID)
        actions.append(
          CaseAction(
            id: actionID, action: action, isNamedByLatest: isNamed,
            exported: ExportedState(of: action, status: status, isNamedByLatest: isNamed),
            wasEverUndecided: everUndecided.contains(action.sourceID)))
      }
    }
    actions.sort { $0.id < $1.id }
    return Case(
      id: id, investigation: fields, firstRecord: records.map(\.record.created).min() ?? greatest.created,
      history: records.map {
        Case.StatusChange(at: $0.record.created, status: $0.record.status, recordID: $0.record.recordID)
      }, actions: actions)
  }

  /// A name without the source id that engines append to it (AIR section 1.2): the id stands beside it everywhere.
  private static func title(_ name: ByteString, sourceID: ByteString) -> ByteString {
    let ending = [0x20, 0x2D, 0x20] + sourceID.bytes
    guard !sourceID.isEmpty, name.count > ending.count, name.bytes.suffix(ending.count).elementsEqual(ending) else {
      return name
    }
    return ByteString(name.bytes.dropLast(ending.count))
  }

  /// Takes from an older record what the greater ones do not say.
  private static func fill(_ fields: inout InvestigationRecord, from older: InvestigationRecord) {
    if fields.name.isEmpty { fields.name = older.name }
    if fields.type.isEmpty { fields.type = older.type }
    if fields.status.raw.isEmpty { fields.status = older.status }
    if fields.severity.raw.isEmpty { fields.severity = older.severity }
    if fields.deepLink.isEmpty { fields.deepLink = older.deepLink }
    if fields.engine.isEmpty { fields.engine = older.engine }
    if fields.started == nil { fields.started = older.started }
    if fields.ended == nil { fields.ended = older.ended }
    if fields.updated == nil { fields.updated = older.updated }
    if fields.runningSeconds == nil { fields.runningSeconds = older.runningSeconds }
    if fields.alerts.isEmpty { fields.alerts = older.alerts }
    if fields.entities.isEmpty { fields.entities = older.entities }
    if fields.summary.isEmpty { fields.summary = older.summary }
    if fields.notes.isEmpty { fields.notes = older.notes }
  }
}

/// Our ids of what exports name (DESIGN section 5, *Ids*).
public enum CaseIdentity {
  /// The id of a record's investigation.
  public static func investigation(_ record: InvestigationRecord) -> CaseID? {
    CaseID(
      slug: .ofInvestigation(record.investigationID), hash: hash(tenant: record.tenant, record.investigationID))
  }

  /// The id of an action.
  public static func action(_ sourceID: ByteString, tenant: ByteString) -> CaseID? {
    CaseID(slug: .ofAction(sourceID), hash: hash(tenant: tenant, sourceID))
  }

  private static func hash(tenant: ByteString, _ sourceID: ByteString) -> [UInt8] {
    Base32.encode(SHA256Sum.of(tenant.bytes, [0x0A], sourceID.bytes).bytes)
  }
}
