public import ByteText

/// A value of a list that the exports' makers may extend: what we know, or the text as it came.
///
/// Unknown values are shown as "unrecognised" with their raw text and never vanish (DESIGN section 1, principle 5).
public struct Recognised<Known: Hashable & Sendable>: Hashable, Sendable {
  /// What it means to us; `nil` where it is unrecognised.
  public var known: Known?
  /// The text as it stood in the export.
  public var raw: ByteString

  /// Makes a value.
  public init(_ known: Known?, raw: ByteString) {
    self.known = known
    self.raw = raw
  }
}

/// Status of an investigation (AIR section 6).
public enum InvestigationStatus: String, Hashable, Sendable, CaseIterable {
  case starting = "starting"
  case running = "running"
  case pendingAction = "pending action"
  case remediated = "remediated"
  case partiallyRemediated = "partially remediated"
  case noThreatsFound = "no threats found"
  case threatsFound = "threats found"
  case terminatedBySystem = "terminated by system"
  case terminatedByUser = "terminated by user"
  case terminatedByThrottling = "terminated by throttling"
  case queuedByThrottling = "queued by throttling"
  case failed = "failed"

  /// Whether nothing more is decided in it: its silence about an action means that the action is over.
  public var isFinal: Bool {
    switch self {
    case .starting, .running, .pendingAction, .partiallyRemediated, .queuedByThrottling: false
    case .remediated, .noThreatsFound, .threatsFound, .terminatedBySystem, .terminatedByUser, .terminatedByThrottling,
      .failed:
      true
    }
  }
}

/// Severity of an alert or investigation, least first.
public enum Severity: Int, Hashable, Comparable, Sendable, CaseIterable {
  case informational, low, medium, high

  /// Orders from least to most severe.
  public static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }

  /// The word that pages show.
  public var word: StaticString {
    switch self {
    case .informational: "informational"
    case .low: "low"
    case .medium: "medium"
    case .high: "high"
    }
  }
}

/// What an engine found out about an entity.
public enum Verdict: String, Hashable, Sendable, CaseIterable {
  case malicious = "malicious"
  case suspicious = "suspicious"
  case compromised = "compromised"
  case noThreatsFound = "no threats found"
  case verified = "verified"
  case notFound = "not found"
  case unknown = "unknown"
}

/// What kind of thing an entity is.
public enum EntityType: String, Hashable, Sendable, CaseIterable {
  case mailMessage = "mail message"
  case mailCluster = "mail cluster"
  case url = "URL"
  case file = "file"
  case mailbox = "mailbox"
  case ip = "IP address"
  case mailboxConfiguration = "mailbox configuration"
  case submission = "submission"
  case account = "account"
  case host = "host"
  case teamsMessage = "Teams message"
  case other = "other"
}

/// What the source system says has become of an action.
public enum SourceStatus: String, Hashable, Sendable, CaseIterable {
  case pending = "pending"
  case waiting = "waiting on resource"
  case running = "running"
  case completed = "completed"
  case failed = "failed"
  case skipped = "skipped"
  case cancelled = "cancelled"
  case alreadyGone = "already gone"
}

/// What the source system says was decided about an action.
public enum SourceApproval: String, Hashable, Sendable {
  case none
  case approved
  case declined
}
