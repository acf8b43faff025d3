public import ByteText
public import CaseModel

/// One action as a row of the pending or the history list.
public struct ListRow: Sendable {
  /// The investigation it belongs to.
  public var investigation: CaseID
  /// That investigation's name, or its source id where it has none.
  public var investigationName: ByteString
  /// That investigation's severity.
  public var severity: Recognised<Severity>
  /// The action.
  public var action: ActionHead
  /// Where it stands.
  public var standing: ActionStanding
  /// Until when it can be decided.
  public var deadline: Instant

  /// Makes a row.
  public init(of head: CaseHead, action: ActionHead, standing: ActionStanding, deadline: Instant) {
    investigation = head.id
    investigationName = head.name.isEmpty ? head.sourceID : head.name
    severity = head.severity
    self.action = action
    self.standing = standing
    self.deadline = deadline
  }

  /// Whether it waits for a decision.
  public var isPending: Bool { standing.decision == .undecided }

  /// When it was decided, here or in the source system.
  var decidedAt: Instant? { standing.decidedAt ?? action.decidedAt }

  /// Where its row leads: its own page where it has one, else its investigation's.
  var page: ByteString {
    action.wasEverUndecided || isPending ? PagePaths.action(action.id) : PagePaths.investigation(investigation)
  }
}

/// How urgent a pending action is, as of a time.
enum Lane: Int, CaseIterable, Sendable {
  case day, threeDays, later

  init(deadline: Instant, at now: Instant) {
    let left = deadline.seconds - now.seconds
    self = left <= 86_400 ? .day : left <= 3 * 86_400 ? .threeDays : .later
  }

  var words: StaticString {
    switch self {
    case .day: "Lapse within 24 hours"
    case .threeDays: "Lapse within 3 days"
    case .later: "Lapse later"
    }
  }

  var anchor: StaticString {
    switch self {
    case .day: "within-24-hours"
    case .threeDays: "within-3-days"
    case .later: "later"
    }
  }

  var tone: Tone {
    switch self {
    case .day: .bad
    case .threeDays: .warn
    case .later: .blue
    }
  }
}
