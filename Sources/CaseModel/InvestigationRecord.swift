public import ByteText

/// What one record of an export says about one investigation.
///
/// Several records (one for each status change) make a ``Case``.
public struct InvestigationRecord: Hashable, Sendable {
  /// The record's own id (AIR `Id`); unique per record, not per investigation.
  public var recordID: ByteString
  /// The tenant (AIR `OrganizationId`).
  public var tenant: ByteString
  /// The investigation's id in its system (AIR `InvestigationId`).
  public var investigationID: ByteString
  /// When the record was made (AIR `CreationTime`).
  public var created: Instant
  /// When the investigation was last changed, as the record says.
  public var updated: Instant?
  /// When it began.
  public var started: Instant?
  /// When it ended.
  public var ended: Instant?
  /// How long it ran, in seconds.
  public var runningSeconds: Int?
  /// Its name.
  public var name: ByteString
  /// Its type as the source names it.
  public var type: ByteString
  /// Its status.
  public var status: Recognised<InvestigationStatus>
  /// Its severity; from the alert where the record has none of its own.
  public var severity: Recognised<Severity>
  /// Its page in the source system.
  public var deepLink: ByteString
  /// The engine that investigated.
  public var engine: ByteString
  /// Where the record came from, in words (`AIR audit record`, `Countersign export`).
  public var source: ByteString
  /// Alerts that started it.
  public var alerts: [Alert]
  /// What it looked at.
  public var entities: [Entity]
  /// What it wants done.
  ///
  /// `nil` where the record does not speak of actions at all.
  public var actions: [RemediationAction]
  /// Steps that are no remediation (analysers of the newer dialect, log entries of the neutral export).
  public var log: [LogLine]
  /// The export's own Markdown summary.
  public var summary: ByteString
  /// Analysts' notes, Markdown.
  public var notes: [Note]

  /// Makes a record of what every record must have.
  public init(
    recordID: ByteString, tenant: ByteString, investigationID: ByteString, created: Instant, source: ByteString
  ) {
    self.recordID = recordID
    self.tenant = tenant
    self.investigationID = investigationID
    self.created = created
    self.source = source
    name = ""
    type = ""
    status = Recognised(nil, raw: "")
    severity = Recognised(nil, raw: "")
    deepLink = ""
    engine = ""
    alerts = []
    entities = []
    actions = []
    log = []
    summary = ""
    notes = []
  }
}

/// An alert that started an investigation.
public struct Alert: Hashable, Sendable {
  /// The alert's id in its system.
  public var sourceID: ByteString
  /// Its title.
  public var title: ByteString
  /// Its severity.
  public var severity: Recognised<Severity>
  /// The alert's own status, which is not the investigation's.
  public var status: ByteString
  /// Its category.
  public var category: ByteString
  /// What detected it.
  public var detection: ByteString
  /// Free text of the source.
  public var description: ByteString
  /// Who raised it.
  public var provider: ByteString
  /// When what it is about began.
  public var started: Instant?
  /// When that ended.
  public var ended: Instant?

  /// Makes an alert.
  public init(
    sourceID: ByteString, title: ByteString, severity: Recognised<Severity> = Recognised(nil, raw: ""),
    status: ByteString = "", category: ByteString = "", detection: ByteString = "", description: ByteString = "",
    provider: ByteString = "", started: Instant? = nil, ended: Instant? = nil
  ) {
    self.sourceID = sourceID
    self.title = title
    self.severity = severity
    self.status = status
    self.category = category
    self.detection = detection
    self.description = description
    self.provider = provider
    self.started = started
    self.ended = ended
  }
}

/// A line of an investigation's log.
public struct LogLine: Hashable, Sendable {
  /// When.
  public var at: Instant?
  /// What happened.
  public var text: ByteString
  /// Who did or wrote it; may be empty.
  public var by: ByteString

  /// Makes a line.
  public init(at: Instant?, text: ByteString, by: ByteString = "") {
    self.at = at
    self.text = text
    self.by = by
  }
}

/// An analyst's note, Markdown of unknown hands.
public struct Note: Hashable, Sendable {
  /// Who did or wrote it; may be empty.
  public var by: ByteString
  /// When.
  public var at: Instant?
  /// The note, as it stood.
  public var markdown: ByteString

  /// Makes a note.
  public init(by: ByteString, at: Instant?, markdown: ByteString) {
    self.by = by
    self.at = at
    self.markdown = markdown
  }
}
