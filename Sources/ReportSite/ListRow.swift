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
  /// The system that investigated.
  public var engine: ByteString
  /// When the action was first seen: when it began, else its investigation, else the first record of that.
  public var firstSeen: Instant
  /// When the investigation's latest record was made.
  public var latestRecord: Instant
  /// The action.
  public var action: ActionHead
  /// Where it stands.
  public var standing: ActionStanding
  /// Until when it can be decided.
  public var deadline: Instant
  /// What it takes to decide it.
  public var policy: KindPolicy
  /// The most messages that an approval covers; `nil` where there is no ceiling.
  public var ceiling: Int?
  /// The tokens of a pending action; `nil` where there are none.
  public var offer: RowOffer?

  /// Makes a row.
  public init(
    of head: CaseHead, action: ActionHead, standing: ActionStanding, deadline: Instant,
    policy: KindPolicy = .standard, ceiling: Int? = nil, offer: RowOffer? = nil
  ) {
    engine = head.engine
    latestRecord = head.latestRecord
    firstSeen = action.started ?? head.started ?? head.firstRecord
    self.policy = policy
    self.ceiling = ceiling
    self.offer = offer
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
  public var decidedAt: Instant? { standing.decidedAt ?? action.decidedAt }

  /// Where its row leads: its own page where it has one, else its investigation's.
  var page: ByteString {
    action.wasEverUndecided || isPending ? PagePaths.action(action.id) : PagePaths.investigation(investigation)
  }
}

/// The two tokens of a row, and the effect they are bound to.
public struct RowOffer: Sendable {
  /// The token that approves.
  public var approve: [UInt8]
  /// The token that rejects.
  public var reject: [UInt8]
  /// The effect digest, 43 base64url characters.
  public var digest: ByteString

  /// Makes an offer.
  public init(approve: [UInt8], reject: [UInt8], digest: ByteString) {
    self.approve = approve
    self.reject = reject
    self.digest = digest
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
