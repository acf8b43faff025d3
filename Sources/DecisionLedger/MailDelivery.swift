public import ByteText
public import CaseModel

/// What became of one digest mail, as `intent` and `mail` entries tell it.
public struct MailDelivery: Hashable, Sendable {
  /// What is known of it.
  public enum Outcome: String, Hashable, Sendable, CaseIterable {
    /// It lies in the outbox; nobody was asked to send it.
    case written
    /// It was being handed to the mail program, and nothing says how that ended.
    case unknown
    /// The mail program took it.
    case sent
    /// The mail program refused it.
    case failed
  }

  /// The mail.
  public var mail: DigestRecord
  /// What became of it; once it was sent, it stays so, whatever came of sending it again.
  public var outcome: Outcome
  /// When that was; of one that was sent: the first time.
  public var at: Instant
  /// Whether somebody sent it again, and nothing says how that ended.
  public var isAgainUnknown = false
  /// Why it failed; empty where it did not.
  public var detail: ByteString

  /// An `intent`: from here on nobody knows, until a `mail` entry of the same id says more.
  static func begin(_ entry: LedgerEntry, _ body: LedgerBody, in mails: inout [MailDelivery]) {
    put(entry, body, .unknown, in: &mails)
  }

  /// A `mail` entry.
  static func end(_ entry: LedgerEntry, _ body: LedgerBody, in mails: inout [MailDelivery]) {
    let outcome = body.text("result").flatMap { text in Outcome.allCases.first { ByteString($0.rawValue) == text } }
    put(entry, body, outcome ?? .unknown, in: &mails)
  }

  private static func put(
    _ entry: LedgerEntry, _ body: LedgerBody, _ outcome: Outcome, in mails: inout [MailDelivery]
  ) {
    guard let mail = DigestRecord(body) else { return }
    let made = MailDelivery(mail: mail, outcome: outcome, at: entry.at, detail: body.text("detail") ?? "")
    guard let place = mails.firstIndex(where: { $0.mail.id == mail.id }) else { return mails.append(made) }
    let old = mails[place]
    // What was sent, or may have been, stays so: one written again later for a look takes nothing back.
    if outcome == .written && (old.outcome == .sent || old.outcome == .unknown) { return }
    if old.outcome == .sent {
      mails[place].isAgainUnknown = outcome == .unknown
      return
    }
    mails[place] = made
  }
}

/// What `intent` and `mail` entries say of a digest.
public struct DigestRecord: Hashable, Sendable {
  /// The digest's id: period and reviewer, `digest-20261125-r7`.
  public var id: ByteString
  /// The reviewer's id.
  public var reviewer: ByteString
  /// The period, as it stands in the id.
  public var period: ByteString
  /// The Message-ID, in angle brackets.
  public var message: ByteString
  /// SHA-256 (hex) of the file in the outbox.
  public var sha256: ByteString
  /// How many tokens it carries.
  public var tokenCount: Int
  /// SHA-256 (hex) over their ids in order.
  public var tokens: ByteString
  /// The last entry that it speaks of: the next digest tells what came after it.
  public var upTo: Int
  /// The run's time: up to when it tells.
  public var at: Instant
  /// From when on it tells: where it did not arrive, the next digest begins there again.
  public var since: Instant

  /// Makes a record.
  public init(
    id: ByteString, reviewer: ByteString, period: ByteString, message: ByteString, sha256: ByteString,
    tokenCount: Int, tokens: ByteString, upTo: Int, at: Instant, since: Instant
  ) {
    self.id = id
    self.reviewer = reviewer
    self.period = period
    self.message = message
    self.sha256 = sha256
    self.tokenCount = tokenCount
    self.tokens = tokens
    self.upTo = upTo
    self.at = Instant(seconds: at.seconds)
    self.since = Instant(seconds: since.seconds)
  }

  /// Reads a body; `nil` where it is none of a digest.
  init?(_ body: LedgerBody) {
    guard let id = body.text("id"), let reviewer = body.text("reviewer"), let period = body.text("period"),
      let message = body.text("message"), let sha256 = body.text("sha256"), let count = body.number("count"),
      let tokens = body.text("tokens"), let upTo = body.number("upTo"),
      let at = body.text("at").flatMap({ Instant(rfc3339: $0) }),
      let since = body.text("since").flatMap({ Instant(rfc3339: $0) })
    else { return nil }
    self.init(
      id: id, reviewer: reviewer, period: period, message: message, sha256: sha256, tokenCount: count, tokens: tokens,
      upTo: upTo, at: at, since: since)
  }

  fileprivate var members: [JSONTree.Member] {
    [
      .init("at", .string(at.rfc3339)), .init("count", .int(tokenCount)), .init("id", .string(id)),
      .init("message", .string(message)),
      .init("period", .string(period)), .init("reviewer", .string(reviewer)), .init("sha256", .string(sha256)),
      .init("since", .string(since.rfc3339)),
      .init("tokens", .string(tokens)), .init("upTo", .int(upTo)),
    ]
  }
}

extension LedgerState {
  /// What became of a digest; `nil` where nothing is known of it.
  public func mail(_ id: ByteString) -> MailDelivery? { mails.last { $0.mail.id == id } }

  /// What is to be told of each reviewer's digests: the latest, and every one whose outcome nobody knows.
  public var mailsToTell: [MailDelivery] {
    mails.enumerated().filter { place, one in
      one.outcome == .unknown || one.isAgainUnknown
        || !mails[(place + 1)...].contains { $0.mail.reviewer == one.mail.reviewer }
    }.map(\.element)
  }

  /// The digest before a period that a reviewer got: the newest that was sent, else written.
  public func mail(before start: Instant, to reviewer: ByteString) -> MailDelivery? {
    let earlier = mails.filter { $0.mail.reviewer == reviewer && $0.mail.at < start }
    return earlier.filter { $0.outcome == .sent }.max { $0.mail.at < $1.mail.at }
      ?? earlier.filter { $0.outcome == .written }.max { $0.mail.at < $1.mail.at }
  }

  /// The first digest that was made for a reviewer, whatever became of it; `nil` where none was.
  public func firstMail(to reviewer: ByteString) -> MailDelivery? { mails.first { $0.mail.reviewer == reviewer } }
}

extension LedgerBody {
  /// `intent` to send a mail: written and durable before the mail program is started.
  public static func intent(_ mail: DigestRecord) -> JSONTree {
    .object(mail.members + [.init("purpose", "mail")])
  }

  /// `mail`: what became of it.
  ///
  /// - Parameter detail: why it failed; empty where it did not.
  public static func mail(_ mail: DigestRecord, _ outcome: MailDelivery.Outcome, detail: ByteString = "") -> JSONTree {
    .object(
      mail.members + [.init("result", .string(ByteString(outcome.rawValue)))]
        + (detail.isEmpty ? [] : [.init("detail", .string(detail))]))
  }
}
