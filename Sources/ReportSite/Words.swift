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
    switch state {
    case .undecided: ("Pending", .blue)
    case .approved: ("Approved", .good)
    case .rejected: ("Rejected", .bad)
    case .lapsed: ("Lapsed", .warn)
    case .withdrawn: ("Withdrawn", .plain)
    case .decidedElsewhere: ("Decided elsewhere", .plain)
    case .gone: ("Gone", .plain)
    }
  }

  static func of(_ standing: ActionStanding) -> (words: StaticString, tone: Tone) {
    switch (standing.decision, standing.elsewhere) {
    case (.approved, _) where standing.events.last?.what == .undone: ("Approved, undo approved", .warn)
    case (.approved, _) where standing.overriddenBy != nil: ("Approved by emergency override", .warn)
    case (.decidedElsewhere, .approved?): ("Approved elsewhere", .plain)
    case (.decidedElsewhere, .declined?): ("Declined elsewhere", .plain)
    default: of(standing.decision)
    }
  }

  /// What happened to a decision after it was made.
  static func of(_ event: RoundEvent.What) -> (words: StaticString, tone: Tone) {
    switch event {
    case .retained: ("Judged again: the approval stands", .good)
    case .replaced: ("Effect moved: the approval is void, a new round began", .warn)
    case .cleared: ("Nothing left to do: decided or finished in the source system", .plain)
    case .reopened: ("Policy changed: the votes are no longer enough", .warn)
    case .withdrawn: ("Decision withdrawn, a new round began", .warn)
    case .undone: ("Undo approved", .warn)
    }
  }

  static func execution(_ standing: ActionStanding) -> (words: StaticString, tone: Tone) {
    switch standing.execution {
    case .notStarted: (standing.decision == .approved ? "Not yet executed" : "Not started", .plain)
    case .handedOver: ("Handed over", .blue)
    case .running: ("Running", .blue)
    case .succeeded: ("Succeeded", .good)
    case .failed: ("Failed", .bad)
    case .skipped: ("Skipped", .plain)
    case .alreadyGone: ("Already gone", .plain)
    case .unknown: ("Not known", .plain)
    }
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

/// Numbers and lengths of time for people, the same in every locale.
enum Digits {
  /// The number with commas between its thousands.
  static func grouped(_ number: Int) -> [UInt8] {
    let digits = Array(String(number.magnitude).utf8)
    var out: [UInt8] = number < 0 ? [0x2D] : []
    for (index, digit) in digits.enumerated() {
      if index > 0 && (digits.count - index) % 3 == 0 { out.append(0x2C) }
      out.append(digit)
    }
    return out
  }

  /// `4 min`, `3 h 12 min`, `2 d 4 h`: the two greatest units.
  static func duration(seconds: Int64) -> [UInt8] {
    let minutes = max(0, seconds) / 60
    if seconds < 60 { return Array("\(max(0, seconds)) s".utf8) }
    if minutes < 60 { return Array("\(minutes) min".utf8) }
    if minutes < 1440 {
      return Array((minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes / 60) h \(minutes % 60) min").utf8)
    }
    let hours = minutes / 60
    return Array((hours % 24 == 0 ? "\(hours / 24) d" : "\(hours / 24) d \(hours % 24) h").utf8)
  }
}
