import ByteText
import CaseModel

/// The codes of a Countersign export: compared byte for byte; any other text is unrecognised.
enum NeutralWords {
  static func investigation(_ raw: ByteString) -> Recognised<InvestigationStatus> {
    Recognised(investigations[raw], raw: raw)
  }

  static func severity(_ raw: ByteString) -> Recognised<Severity> { Recognised(severities[raw], raw: raw) }

  static func verdict(_ raw: ByteString) -> Recognised<Verdict> {
    raw.isEmpty ? Recognised(.unknown, raw: raw) : Recognised(verdicts[raw], raw: raw)
  }

  static func action(_ raw: ByteString) -> Recognised<SourceStatus> { Recognised(actions[raw], raw: raw) }

  static func approval(_ raw: ByteString) -> Recognised<SourceApproval> {
    switch raw {
    case "approved": Recognised(.approved, raw: raw)
    case "declined": Recognised(.declined, raw: raw)
    default: Recognised(nil, raw: raw)
    }
  }

  static func kind(_ raw: ByteString) -> ActionKind { kinds[raw] ?? .unrecognised }

  static func entityType(_ raw: ByteString) -> EntityType? { entityTypes[raw] }

  private static let investigations: [ByteString: InvestigationStatus] = [
    "starting": .starting, "running": .running, "pending-action": .pendingAction,
    "queued-by-throttling": .queuedByThrottling, "remediated": .remediated,
    "partially-remediated": .partiallyRemediated, "no-threats-found": .noThreatsFound, "threats-found": .threatsFound,
    "terminated-by-system": .terminatedBySystem, "terminated-by-user": .terminatedByUser,
    "terminated-by-throttling": .terminatedByThrottling, "failed": .failed,
  ]

  private static let severities: [ByteString: Severity] = [
    "informational": .informational, "low": .low, "medium": .medium, "high": .high,
  ]

  private static let verdicts: [ByteString: Verdict] = [
    "malicious": .malicious, "suspicious": .suspicious, "no-threats-found": .noThreatsFound, "clean": .noThreatsFound,
    "unknown": .unknown,
  ]

  private static let actions: [ByteString: SourceStatus] = [
    "pending": .pending, "waiting": .waiting, "running": .running, "completed": .completed, "failed": .failed,
    "skipped": .skipped, "cancelled": .cancelled, "already-gone": .alreadyGone,
  ]

  private static let kinds: [ByteString: ActionKind] = {
    var table: [ByteString: ActionKind] = [:]
    for kind in ActionKind.allCases where kind != .unrecognised && !kind.isOwn {
      table[ByteString(kind.rawValue)] = kind
    }
    return table
  }()

  private static let entityTypes: [ByteString: EntityType] = [
    "mail-message": .mailMessage, "mail-cluster": .mailCluster, "url": .url, "file": .file, "mailbox": .mailbox,
    "ip": .ip, "mailbox-configuration": .mailboxConfiguration, "account": .account, "host": .host,
    "submission": .submission, "teams-message": .teamsMessage, "other": .other,
  ]
}
