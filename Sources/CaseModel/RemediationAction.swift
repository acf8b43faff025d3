public import ByteText

/// What an investigation wants done, as one record tells it.
public struct RemediationAction: Hashable, Sendable {
  /// The action's id in its system.
  public var sourceID: ByteString
  /// What it does.
  public var kind: ActionKind
  /// The type as the source names it (`EmailRemediation`).
  public var rawType: ByteString
  /// What the source says has become of it.
  public var status: Recognised<SourceStatus>
  /// What the source says was decided.
  public var approval: Recognised<SourceApproval>
  /// Who decided in the source system; empty where it does not say.
  public var decidedBy: ByteString
  /// What they wrote.
  public var decisionComment: ByteString
  /// When they decided, where the source says so.
  public var decidedAt: Instant?
  /// What it acts on.
  public var targets: [Entity]
  /// Further settings: ASCII names, values that are text, whole numbers or truth values.
  public var parameters: [JSONTree.Member]
  /// Free text of the source; shown, never part of the effect.
  public var description: ByteString
  /// When it began to wait.
  public var started: Instant?
  /// When it last changed.
  public var updated: Instant?
  /// When it ended.
  public var ended: Instant?
  /// Ids of alerts it belongs to.
  public var alerts: [ByteString]

  /// Makes an action of what every action must have.
  public init(sourceID: ByteString, kind: ActionKind, rawType: ByteString, status: Recognised<SourceStatus>) {
    self.sourceID = sourceID
    self.kind = kind
    self.rawType = rawType
    self.status = status
    approval = Recognised(nil, raw: "")
    decidedBy = ""
    decisionComment = ""
    targets = []
    parameters = []
    description = ""
    alerts = []
  }

  /// How many messages it would change now; `nil` where nothing says so.
  public var mailCount: Int? {
    var total: Int?
    for target in targets {
      switch target.type.known {
      case .mailCluster?:
        guard let count = target.number(.mailCount) else { return nil }
        // A count is what an export claims: two of them may not overflow.
        let (sum, overflow) = (total ?? 0).addingReportingOverflow(max(0, count))
        total = overflow ? .max : sum
      case .mailMessage?:
        total = total == .max ? .max : (total ?? 0) + 1
      default: continue
      }
    }
    return total
  }
}
