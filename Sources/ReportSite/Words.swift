import ByteText
import CaseModel

/// How things are called on pages, and the tone that goes with each word.
///
/// A tone is a class of the style sheet; it only helps the word, which always stands beside it.
enum Tone: String, Sendable {
  case plain
  case blue
  case good
  case warn
  case bad

  var bytes: [UInt8] { Array(rawValue.utf8) }
}

enum Words {
  static func of(_ state: DecisionState) -> (words: StaticString, tone: Tone) {
    let tone: Tone =
      switch state {
      case .undecided: .blue
      case .approved: .good
      case .rejected: .bad
      case .lapsed: .warn
      case .withdrawn, .decidedElsewhere, .gone: .plain
      }
    return (state.title, tone)
  }

  static func of(_ standing: ActionStanding) -> (words: StaticString, tone: Tone) {
    let isOdd = standing.isUndone || standing.decision == .approved && standing.overriddenBy != nil
    return (standing.title, isOdd ? .warn : of(standing.decision).tone)
  }

  /// What happened to a decision after it was made.
  static func of(_ event: RoundEvent.What) -> (words: StaticString, tone: Tone) {
    let tone: Tone =
      switch event {
      case .retained: .good
      case .cleared: .plain
      case .replaced, .reopened, .withdrawn, .undone: .warn
      }
    return (event.title, tone)
  }

  static func execution(_ standing: ActionStanding) -> (words: StaticString, tone: Tone) {
    let tone: Tone =
      switch standing.execution {
      case .notStarted, .skipped, .alreadyGone, .unknown: .plain
      case .handedOver, .running: .blue
      case .succeeded: .good
      case .failed: .bad
      }
    return (standing.executionTitle, tone)
  }

  static func of(_ status: InvestigationStatus) -> (words: StaticString, tone: Tone) {
    switch status {
    case .starting: ("Starting", .blue)
    case .running: ("Running", .blue)
    case .pendingAction: ("Pending action", .warn)
    case .remediated: ("Remediated", .good)
    case .partiallyRemediated: ("Partially remediated", .warn)
    case .noThreatsFound: ("No threats found", .good)
    case .threatsFound: ("Threats found", .bad)
    case .terminatedBySystem: ("Terminated by system", .plain)
    case .terminatedByUser: ("Terminated by user", .plain)
    case .terminatedByThrottling: ("Terminated by throttling", .plain)
    case .queuedByThrottling: ("Queued by throttling", .blue)
    case .failed: ("Failed", .bad)
    }
  }

  static func of(_ verdict: Verdict) -> (words: StaticString, tone: Tone) {
    switch verdict {
    case .malicious: ("Malicious", .bad)
    case .compromised: ("Compromised", .bad)
    case .suspicious: ("Suspicious", .warn)
    case .noThreatsFound: ("No threats found", .good)
    case .verified: ("Verified", .good)
    case .notFound: ("Not found", .plain)
    case .unknown: ("Verdict unknown", .plain)
    }
  }

  static func of(_ verdict: DecisionVerdict) -> (words: StaticString, tone: Tone) {
    verdict == .approve ? ("Approve", .good) : ("Reject", .bad)
  }

  static func of(_ identity: IdentityLevel) -> StaticString {
    switch identity {
    case .bearer: "by token alone"
    case .transcribed: "typed in from a signed paper ballot"
    case .sshsig: "by SSH signature"
    case .sshsigTouch: "by SSH signature of a touched hardware key"
    case .sshsigPIN: "by SSH signature of a hardware key with PIN"
    }
  }

  /// The heading of a type of entities.
  static func plural(_ type: EntityType?) -> StaticString {
    switch type {
    case .mailMessage: "Mail messages"
    case .mailCluster: "Mail clusters"
    case .url: "URLs"
    case .file: "Files"
    case .mailbox: "Mailboxes"
    case .ip: "IP addresses"
    case .mailboxConfiguration: "Mailbox configurations"
    case .submission: "Submissions"
    case .account: "Accounts"
    case .host: "Hosts"
    case .teamsMessage: "Teams messages"
    case .other: "Other"
    case nil: "Unrecognised"
    }
  }

  /// A number with its noun: `1 action`, `12 actions`.
  static func count(_ number: Int, _ one: StaticString, _ many: StaticString) -> [UInt8] {
    Digits.grouped(number) + [0x20] + bytes(number == 1 ? one : many)
  }

  /// The bytes of a literal.
  static func bytes(_ literal: StaticString) -> [UInt8] { literal.withUTF8Buffer { unsafe Array($0) } }
}
