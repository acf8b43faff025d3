public import ByteText

/// What lists show of an investigation, and what tells whether its pages are up to date.
///
/// One line of the manifest.
public struct CaseHead: Hashable, Sendable {
  /// Our id.
  public var id: CaseID
  /// The source system's id.
  public var sourceID: ByteString
  /// The tenant.
  public var tenant: ByteString
  /// Its name, cut to 300 bytes.
  public var name: ByteString
  /// Its type as the source names it.
  public var type: ByteString
  /// The system that investigated, as the export names it.
  public var engine: ByteString
  /// Its status.
  public var status: Recognised<InvestigationStatus>
  /// Its severity.
  public var severity: Recognised<Severity>
  /// When it began.
  public var started: Instant?
  /// When it ended.
  public var ended: Instant?
  /// When the first and the latest record were made.
  public var firstRecord: Instant
  /// When the latest record was made.
  public var latestRecord: Instant
  /// SHA-256 (hex) over the hashes of every record of the case: changes whenever any record does.
  public var recordsHash: ByteString
  /// How many alerts started it.
  public var alertCount: Int
  /// How many entities it looked at.
  public var entityCount: Int
  /// Its actions in order of id.
  public var actions: [ActionHead]

  /// Makes a head.
  public init(
    id: CaseID, sourceID: ByteString, tenant: ByteString, name: ByteString, type: ByteString,
    engine: ByteString, status: Recognised<InvestigationStatus>, severity: Recognised<Severity>, started: Instant?,
    ended: Instant?,
    firstRecord: Instant, latestRecord: Instant, recordsHash: ByteString, alertCount: Int, entityCount: Int,
    actions: [ActionHead]
  ) {
    self.id = id
    self.sourceID = sourceID
    self.tenant = tenant
    self.name = name
    self.type = type
    self.engine = engine
    self.status = status
    self.severity = severity
    self.started = started
    self.ended = ended
    self.firstRecord = firstRecord
    self.latestRecord = latestRecord
    self.recordsHash = recordsHash
    self.alertCount = alertCount
    self.entityCount = entityCount
    self.actions = actions
  }
}

/// What lists show of an action.
public struct ActionHead: Hashable, Sendable {
  /// Our id.
  public var id: CaseID
  /// The source system's id.
  public var sourceID: ByteString
  /// What it does.
  public var kind: ActionKind
  /// The type as the source names it.
  public var rawType: ByteString
  /// The raw status as the export has it.
  public var status: ByteString
  /// The one line by which people know the target (``Entity/label`` of the first), cut to 200 bytes.
  public var target: ByteString
  /// What the target is: the raw value of its ``EntityType``, or the raw type of the export.
  public var targetType: ByteString
  /// The number of targets.
  public var targetCount: Int
  /// Threats named for the target, joined.
  public var threat: ByteString
  /// Messages by delivery location, for clusters.
  public var locations: [EntityField.Count]
  /// How many messages it would change; `nil` where nothing says so.
  public var mailCount: Int?
  /// When it began.
  public var started: Instant?
  /// What the exports alone say.
  public var exported: ExportedState
  /// When it was decided in the source system, where that is known.
  public var decidedAt: Instant?
  /// What the source system says was written with the decision, cut to 300 bytes.
  public var comment: ByteString
  /// Whether any record ever left it to people to decide: then it has a page of its own, for ever.
  public var wasEverUndecided: Bool

  /// Makes a head.
  public init(
    id: CaseID, sourceID: ByteString, kind: ActionKind, rawType: ByteString, status: ByteString, target: ByteString,
    targetType: ByteString, targetCount: Int, threat: ByteString, locations: [EntityField.Count], mailCount: Int?,
    started: Instant?, exported: ExportedState, decidedAt: Instant?, comment: ByteString, wasEverUndecided: Bool
  ) {
    self.id = id
    self.sourceID = sourceID
    self.kind = kind
    self.rawType = rawType
    self.status = status
    self.target = target
    self.targetType = targetType
    self.targetCount = targetCount
    self.threat = threat
    self.locations = locations
    self.mailCount = mailCount
    self.started = started
    self.exported = exported
    self.decidedAt = decidedAt
    self.comment = comment
    self.wasEverUndecided = wasEverUndecided
  }
}
