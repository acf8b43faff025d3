import ByteText
import CaseModel

/// The words of exports for status, approval, severity and verdict (AIR section 6).
///
/// Case, spaces and hyphens never count; what is not in a table stays unrecognised.
enum StatusWords {
  static func investigation(_ raw: ByteString) -> Recognised<InvestigationStatus> {
    Recognised(investigations[Wording.word(raw)], raw: raw)
  }

  static func action(_ raw: ByteString) -> Recognised<SourceStatus> {
    Recognised(actions[Wording.word(raw)], raw: raw)
  }

  static func approval(_ raw: ByteString) -> Recognised<SourceApproval> {
    Recognised(approvals[Wording.word(raw)], raw: raw)
  }

  static func severity(_ raw: ByteString) -> Recognised<Severity> {
    Recognised(severities[Wording.word(raw)], raw: raw)
  }

  static func verdict(_ raw: ByteString) -> Recognised<Verdict> {
    Recognised(verdicts[Wording.word(raw)], raw: raw)
  }

  private static let investigations: [ByteString: InvestigationStatus] = [
    "starting": .starting, "started": .starting, "investigationstarted": .starting,
    "running": .running, "inprogress": .running,
    "pending": .pendingAction, "pendingaction": .pendingAction, "pendingactions": .pendingAction,
    "pendingapproval": .pendingAction,
    "remediated": .remediated, "fullyremediated": .remediated, "successfullyremediated": .remediated,
    "partiallyremediated": .partiallyRemediated,
    "nothreatsfound": .noThreatsFound, "nothreatfound": .noThreatsFound, "benign": .noThreatsFound,
    "threatsfound": .threatsFound, "threatfound": .threatsFound, "partiallyinvestigated": .threatsFound,
    "terminatedbysystem": .terminatedBySystem, "terminatedbyuser": .terminatedByUser,
    "terminatedbythrottling": .terminatedByThrottling,
    "queuedbythrottling": .queuedByThrottling, "queued": .queuedByThrottling,
    "failed": .failed, "innerfailure": .failed,
  ]

  private static let actions: [ByteString: SourceStatus] = [
    "pending": .pending, "pendingaction": .pending, "pendingapproval": .pending, "pendinguserapproval": .pending,
    "awaitingapproval": .pending, "waitingforapproval": .pending,
    "waiting": .waiting, "waitingonresource": .waiting, "waitingforresource": .waiting, "pendingresource": .waiting,
    "queued": .waiting,
    "running": .running, "started": .running, "inprogress": .running, "executing": .running,
    "complete": .completed, "completed": .completed, "succeeded": .completed, "success": .completed,
    "successful": .completed, "remediated": .completed, "done": .completed,
    "failed": .failed, "failure": .failed, "error": .failed, "timeout": .failed, "timedout": .failed,
    "skipped": .skipped,
    "cancelled": .cancelled, "canceled": .cancelled, "terminated": .cancelled,
    "alreadygone": .alreadyGone, "alreadyindestination": .alreadyGone, "alreadydeleted": .alreadyGone,
  ]

  private static let approvals: [ByteString: SourceApproval] = [
    "none": .none, "notrequired": .none, "pending": .none, "pendingapproval": .none,
    "approved": .approved, "approve": .approved,
    "declined": .declined, "decline": .declined, "rejected": .declined, "reject": .declined, "denied": .declined,
    "deny": .declined,
  ]

  private static let severities: [ByteString: Severity] = [
    "informational": .informational, "information": .informational, "info": .informational,
    "low": .low, "medium": .medium, "moderate": .medium, "high": .high,
  ]

  private static let verdicts: [ByteString: Verdict] = [
    "malicious": .malicious, "suspicious": .suspicious, "compromised": .compromised,
    "nothreatsfound": .noThreatsFound, "nothreatfound": .noThreatsFound, "clean": .noThreatsFound,
    "benign": .noThreatsFound, "verified": .verified, "notfound": .notFound, "unknown": .unknown,
  ]
}
