import ByteText
import CaseModel
import CaseStore
import DecisionLedger

/// The stretch of time that one digest belongs to: as long as `mail.digest_every` says, counted from 1970, UTC.
///
/// However often `digest` runs within it, a reviewer gets one mail.
struct DigestPeriod {
  /// `20261125`, or `20261125t0800` where periods are not whole days: sorts by time.
  let label: ByteString
  /// When it begins.
  let start: Instant
  /// Seconds from one digest to the next.
  let length: Int64

  init(at now: Instant, _ mail: Configuration.Mail) {
    length = mail.digestEvery
    start = Instant(seconds: now.seconds - ((now.seconds % length) + length) % length)
    let digits = start.rfc3339.bytes.filter(ASCII.isDigit)
    label = ByteString(
      length % 86_400 == 0 ? Array(digits.prefix(8)) : Array(digits.prefix(8)) + [0x74] + digits[8..<12])
  }

  /// The id of a reviewer's digest.
  func id(for reviewer: ByteString) -> ByteString { "digest-" + label + "-" + reviewer }
}

/// From when on a digest tells news.
struct DigestWindow {
  /// The time.
  let since: Instant
  /// The ledger entry after which everything is news; `nil` where the time alone tells.
  private let after: Int?

  /// What came after an earlier digest.
  init(after mail: MailDelivery) {
    since = mail.mail.at
    after = mail.mail.upTo
  }

  /// What came since a time, that second included.
  init(since: Instant) {
    self.since = Instant(seconds: since.seconds)
    after = nil
  }

  /// Whether an entry is news.
  func holds(entry: Int, at: Instant) -> Bool { after.map { entry > $0 } ?? (at >= since) }

  /// Whether a time of which no entry tells is news.
  func holds(_ time: Instant) -> Bool { after == nil ? time >= since : time > since }
}
