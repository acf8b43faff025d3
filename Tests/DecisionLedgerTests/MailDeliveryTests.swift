import ByteText
import CaseModel
import Testing

@testable import DecisionLedger

@Suite struct MailDeliveryTests {
  private static func mail(_ period: ByteString, _ reviewer: ByteString = "r7", upTo: Int = 4) -> DigestRecord {
    DigestRecord(
      id: "digest-" + period + "-" + reviewer, reviewer: reviewer, period: period, message: "<m@desk>", sha256: "aa",
      tokenCount: 2, tokens: "bb", upTo: upTo, at: time(period), since: time(period).adding(seconds: -86_400))
  }

  /// The start of a period `20261123`.
  private static func time(_ period: ByteString) -> Instant {
    let digits = period.bytes
    return Instant(rfc3339: ByteString(digits[0..<4] + [0x2D] + digits[4..<6] + [0x2D] + digits[6..<8]) + "T08:00:00Z")
      ?? Samples.now
  }

  private static func replay(_ entries: [(LedgerEntry.Kind, JSONTree)]) throws -> LedgerState {
    try Samples.read(Samples.lines(entries).flatMap { $0 }).1
  }

  private static func end(_ outcome: MailDelivery.Outcome, _ period: ByteString = "20261123") -> (
    LedgerEntry.Kind, JSONTree
  ) {
    (.mail, LedgerBody.mail(mail(period), outcome, detail: outcome == .failed ? "ended with status 75" : ""))
  }

  private static let begin: (LedgerEntry.Kind, JSONTree) = (.intent, LedgerBody.intent(mail("20261123")))

  @Test func knowsWhatBecameOfAMail() throws {
    let cases: [([(LedgerEntry.Kind, JSONTree)], MailDelivery.Outcome)] = [
      ([Self.end(.written)], .written), ([Self.begin], .unknown), ([Self.begin, Self.end(.sent)], .sent),
      ([Self.begin, Self.end(.failed)], .failed), ([Self.begin, Self.end(.failed), Self.begin], .unknown),
      ([Self.begin, Self.end(.failed), Self.begin, Self.end(.sent)], .sent),
      ([Self.begin, Self.end(.sent), Self.end(.written)], .sent), ([Self.begin, Self.end(.written)], .unknown),
      ([Self.begin, Self.end(.failed), Self.end(.written)], .written),
      ([Self.begin, (.mail, .object([]))], .unknown),
      // What was sent once stays sent, whatever came of sending it again.
      ([Self.begin, Self.end(.sent), Self.begin, Self.end(.failed)], .sent),
      ([Self.begin, Self.end(.sent), Self.begin], .sent),
      ([Self.begin, Self.end(.sent), Self.begin, Self.end(.sent)], .sent),
    ]
    for (entries, outcome) in cases {
      let state = try Self.replay(entries)
      #expect(state.mail("digest-20261123-r7")?.outcome == outcome)
      #expect(state.mails.count == 1)
      #expect(state.mails[0].detail == (outcome == .failed ? "ended with status 75" : ""))
    }
  }

  /// An `intent` of another kind, or one that says too little, is none of a mail.
  @Test func passesOverOtherIntents() throws {
    let state = try Self.replay([
      (.intent, ["purpose": "order", "id": "digest-20261123-r7"]), (.intent, ["purpose": "mail", "id": "x"]),
    ])
    #expect(state.mails.isEmpty)
  }

  /// What failed, and of which nobody knows, was perhaps read by nobody: the next digest tells it again.
  @Test func continuesFromTheLastThatArrived() throws {
    let all: [MailDelivery.Outcome] = [.sent, .written, .failed, .unknown]
    for (number, outcome) in all.enumerated() {
      let last: (LedgerEntry.Kind, JSONTree) =
        outcome == .unknown
        ? (.intent, LedgerBody.intent(Self.mail("20261122", upTo: 9))) : Self.end(outcome, "20261122")
      let state = try Self.replay([Self.end(.sent, "20261121"), last, Self.end(.sent, "20261123")])
      let found = state.mail(before: Self.time("20261123"), to: "r7")
      #expect(found?.mail.period == (number == 0 ? "20261122" : "20261121"))
    }
    let written = try Self.replay([Self.end(.written, "20261121"), Self.end(.written, "20261122")])
    #expect(written.mail(before: Self.time("20261123"), to: "r7")?.mail.period == "20261122")
    #expect(
      written.mail(before: Self.time("20261121"), to: "r7") == nil
        && written.mail(before: Self.time("20261123"), to: "r8") == nil)
  }

  /// Sending an older one again makes it no newer.
  @Test func keepsTheOrderOfPeriods() throws {
    let again: [(LedgerEntry.Kind, JSONTree)] = [
      (.intent, LedgerBody.intent(Self.mail("20261121"))), Self.end(.sent, "20261121"),
    ]
    let state = try Self.replay([Self.end(.sent, "20261121"), Self.end(.sent, "20261122")] + again)
    let found = state.mail(before: Self.time("20261123"), to: "r7")
    #expect(found?.mail.period == "20261122" && found?.mail.at == Self.time("20261122"))
    #expect(state.firstMail(to: "r7")?.mail.since == Self.time("20261120"))
  }

  @Test func tellsTheLatestOfEachReviewerAndWhateverNobodyKnows() throws {
    let lost: (LedgerEntry.Kind, JSONTree) = (.intent, LedgerBody.intent(Self.mail("20261120")))
    let twice: (LedgerEntry.Kind, JSONTree) = (.intent, LedgerBody.intent(Self.mail("20261121")))
    let state = try Self.replay([
      lost, Self.end(.sent, "20261121"), (.mail, LedgerBody.mail(Self.mail("20261121", "r8"), .sent)),
      Self.end(.sent, "20261122"), twice,
    ])
    #expect(
      state.mailsToTell.map(\.mail.id) == [
        "digest-20261120-r7", "digest-20261121-r7", "digest-20261121-r8", "digest-20261122-r7",
      ])
    #expect(state.mailsToTell.map(\.isAgainUnknown) == [false, true, false, false])
  }
}
