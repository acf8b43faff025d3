public import ByteText

/// An investigation as all its records together tell it (DESIGN section 5, *Merge*).
public struct Case: Sendable {
  /// Our id.
  public var id: CaseID
  /// The fields of the greatest record.
  public var investigation: InvestigationRecord
  /// When the first record was made.
  public var firstRecord: Instant
  /// Every record's status in order of time, for the timeline.
  public var history: [StatusChange]
  /// Every action any record named, in order of id.
  public var actions: [CaseAction]

  /// Makes a case.
  public init(
    id: CaseID, investigation: InvestigationRecord, firstRecord: Instant, history: [StatusChange], actions: [CaseAction]
  ) {
    self.id = id
    self.investigation = investigation
    self.firstRecord = firstRecord
    self.history = history
    self.actions = actions
  }

  /// A record's place in the timeline.
  public struct StatusChange: Hashable, Sendable {
    /// When the record was made.
    public var at: Instant
    /// The status it tells.
    public var status: Recognised<InvestigationStatus>
    /// The record's own id.
    public var recordID: ByteString

    /// Makes a change.
    public init(at: Instant, status: Recognised<InvestigationStatus>, recordID: ByteString) {
      self.at = at
      self.status = status
      self.recordID = recordID
    }
  }
}

/// An action of a case: what the greatest record that names it says, and what the exports say has become of it.
public struct CaseAction: Sendable {
  /// Our id.
  public var id: CaseID
  /// What the greatest record that names it says.
  public var action: RemediationAction
  /// Whether the investigation's greatest record still names it.
  public var isNamedByLatest: Bool
  /// What the exports alone say.
  public var exported: ExportedState
  /// Whether any record ever left it to people to decide.
  public var wasEverUndecided: Bool

  /// Makes an action of a case.
  public init(
    id: CaseID, action: RemediationAction, isNamedByLatest: Bool, exported: ExportedState, wasEverUndecided: Bool
  ) {
    self.wasEverUndecided = wasEverUndecided
    self.id = id
    self.action = action
    self.isNamedByLatest = isNamedByLatest
    self.exported = exported
  }
}
