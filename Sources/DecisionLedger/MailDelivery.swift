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
  /// What became of it.
  public var outcome: Outcome
  /// The entry that tells so.
  public var entry: Int
  /// When.
  public var at: Instant
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
    let old = mails.firstIndex { $0.mail.id == mail.id }
    // What was sent, or may have been, stays so: one written again later for a look takes nothing back.
    if outcome == .written, let old, mails[old].outcome == .sent || mails[old].outcome == .unknown { return }
    if let old { mails.remove(at: old) }
    mails.append(
      MailDelivery(
        mail: mail, outcome: outcome, entry: entry.number, at: entry.at, detail: body.text("detail") ?? ""))
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

  /// Makes a record.
  public init(
    id: ByteString, reviewer: ByteString, period: ByteString, message: ByteString, sha256: ByteString,
    tokenCount: Int, tokens: ByteString, upTo: Int
  ) {
    self.id = id
    self.reviewer = reviewer
    self.period = period
    self.message = message
    self.sha256 = sha256
    self.tokenCount = tokenCount
    self.tokens = tokens
    self.upTo = upTo
  }

  /// Reads a body; `nil` where it is none of a digest.
  init?(_ body: LedgerBody) {
    guard let id = body.text("id"), let reviewer = body.text("reviewer"), let period = body.text("period"),
      let message = body.text("message"), let sha256 = body.text("sha256"), let count = body.number("count"),
      let tokens = body.text("tokens"), let upTo = body.number("upTo")
    else { return nil }
    self.init(
      id: id, reviewer: reviewer, period: period, message: message, sha256: sha256, tokenCount: count, tokens: tokens,
      upTo: upTo)
  }

  fileprivate var members: [JSONTree.Member] {
    [
      .init("count", .int(tokenCount)), .init("id", .string(id)), .init("message", .string(message)),
      .init("period", .string(period)), .init("reviewer", .string(reviewer)), .init("sha256", .string(sha256)),
      .init("tokens", .string(tokens)), .init("upTo", .int(upTo)),
    ]
  }
}

extension LedgerState {
  /// What became of a digest; `nil` where nothing is known of it.
  public func mail(_ id: ByteString) -> MailDelivery? { mails.last { $0.mail.id == id } }

  /// The latest digest of each reviewer, in order of the ledger.
  public var latestMails: [MailDelivery] {
    mails.enumerated().filter { place, one in
      !mails[(place + 1)...].contains { $0.mail.reviewer == one.mail.reviewer }
    }.map(\.element)
  }

  /// The digest before a period that a reviewer got: the last one sent, else the last one written.
  public func mail(before period: ByteString, to reviewer: ByteString) -> MailDelivery? {
    let earlier = mails.filter { $0.mail.reviewer == reviewer && $0.mail.period < period }
    return earlier.last { $0.outcome == .sent } ?? earlier.last { $0.outcome == .written }
  }
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
