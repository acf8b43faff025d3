import ByteText
import CaseModel
import Testing

@testable import MailDigest

@Suite struct DigestMailTests {
  private static let headers = [
    "Date", "From", "To", "Message-ID", "Subject", "List-Id", "Auto-Submitted", "X-Auto-Response-Suppress",
    "MIME-Version",
    "Content-Type",
  ]

  private func parsed(_ model: DigestModel) throws -> Parsed { Parsed(try Digest.mail().message(model).bytes) }

  @Test func writesTheHeadersOfAnAutomaticMail() throws {
    let mail = try parsed(
      try Digest.model([
        DigestSection(.lapsing, count: 1, actions: [try Digest.action()]),
        DigestSection(.open, count: 1, actions: [try Digest.action(40)]),
      ]))
    #expect(mail.headers.map(\.name) == Self.headers)
    #expect(
      mail.headers.map(\.value).dropLast(2) == [
        "Mon, 23 Nov 2026 08:00:00 +0000", "Desk <triage@desk.example>", "Ivy Marsh <ivy@desk.example>",
        "<digest-20261123-r7.hq1@desk.example>",
        "[TLP:AMBER] Triage digest 2026-11-23: 2 pending, 1 lapses before 2026-11-24 08:00 Z",
        "Triage digest of Larkfield <digest.hq1.desk.example>", "auto-generated", "All",
      ])
  }

  @Test func tellsAllOfAnActionInTheText() throws {
    var action = try Digest.action()
    action.threat = "Phish"
    action.changes = ["12 messages, was 8"]
    action.parameters = [("expires", "2026-12-01")]
    action.targetCount = 4
    action.moreTargets = ["https://two.test/", "https://three.test/", "x"]
    let text = try parsed(try Digest.model([DigestSection(.lapsing, count: 1, actions: [action])], others: 2)).text
    let expected = """
      TLP:AMBER

      # Triage digest for Ivy Marsh, 2026-11-23

      **1 action waits for you, 1 lapses before the next digest.**

      Next: decide number 1 first, it lapses in 1 h (2026-11-23 09:00 Z).

      Opening a link decides nothing. *Approve by mail* and *Reject by mail* open a new mail; the decision is made when you send it. Nobody knows here what you handed back after 2026-11-23 08:00 Z.

      Larkfield, issuer hq1. Since 2026-11-22 08:00 Z; the next digest is due 2026-11-24 08:00 Z.

      ## Lapse before the next digest: 1

      ### 1. Block URL (time of click)

      `hxxps[://]evil[.]test/pay`, 
      `hxxps[://]two[.]test/`, 
      `hxxps[://]three[.]test/` and 1 more, see its page

      - ▲ High severity, threat `Phish`
      - lapses in 1 h: 2026-11-23 09:00 Z
      - changed: 12 messages, was 8
      - `expires`: `2026-12-01`
      - investigation `Invoice lure`
      - effect digest `4K6QmFercn59udqlT9uQ`

      [Approve by mail][1a] | [Reject by mail][1r] | [Its page][1p]
      A rejection needs a reason.

      ## Counts

      - 6 actions: 3 pending, 3 approved
      - 3 pending: 1 for you, 2 for others (2 for another role)
      - 1 for you: 1 told above, 0 in one line each, 0 more in the report, [where all are listed](https://desk.example/site/pending/index.html)
      - 4 investigations
      - 9 records read: 5 used, 1 duplicate, 2 superseded, 1 rejected

      Countersign 0.1.0; the ledger stood at 6 · 0123456789ab.

      ## Links

      [1a]: <mailto:
      """
    #expect(text.hasPrefix(expected), "\(text.prefix(2_200))")
    #expect(text.contains("[1p]: <https://desk.example/site/a/"))
  }

  @Test func linksOnlyToMailsAndPagesOfOurs() throws {
    let mail = try parsed(try Digest.model([DigestSection(.new, count: 1, actions: [try Digest.action()])]))
    let links = mail.html.components(of: "href=\"").dropFirst().compactMap { $0.components(of: "\"").first }
    #expect(links.count == 4)
    #expect(links.allSatisfy { $0.hasPrefix("mailto:in@desk.example?subject=") || $0.hasPrefix(Digest.site + "/") })
    let approve = links[0].replacing("&amp;", with: "&")
    #expect(
      approve.hasPrefix(
        "mailto:in@desk.example?subject=Approve%20act-aaaaaaaaaaaaaaaaaaac&body=Approve%204K6QmFercn59udqlT9uQ%3A%20Block%20URL%20%28time%20of%20click%29%0D%0A%0D%0A-----BEGIN%20COUNTERSIGN%20DECISION-----%0D%0Atoken%3A%20v4%2Epublic%2E"
      ))
    #expect(approve.hasSuffix("%0D%0Acomment%3A%20%0D%0A-----END%20COUNTERSIGN%20DECISION-----%0D%0A"))
    #expect(links.allSatisfy { $0.utf8.count <= 1_600 })
    #expect(mail.text.components(of: "<mailto:").count == 3)
    #expect(!mail.text.contains("v4.public.") && !mail.html.contains("v4.public."))
  }

  @Test func saysWhyAnActionIsNotDecidedByMail() throws {
    var signed = KindPolicy.standard
    signed.identity = .sshsig
    var none = try Digest.action()
    none.tokens = nil
    none.digest = nil
    none.problem = "it would change more messages than any ceiling allows"
    var long = try Digest.action()
    long.tokens?.approve += [UInt8](repeating: 0x78, count: 1_200)
    let cases: [(DigestAction, ByteString?, String)] = [
      (
        try Digest.action(policy: signed), "in@desk.example",
        "Not by mail: this kind takes a signed decisions file, made in your pack."
      ),
      (none, "in@desk.example", "It cannot be approved as it is; its page says more."),
      (try Digest.action(), nil, "Decide in the report."),
      (long, "in@desk.example", "Not by mail: the link would be too long. Decide in the report."),
    ]
    for (action, address, words) in cases {
      let mail = try parsed(
        try Digest.model(
          [DigestSection(.new, count: 1, actions: [action])], frame: try Digest.frame(decisionsTo: address)))
      #expect(mail.text.contains("\n" + words) && mail.html.contains(words))
      #expect(!mail.text.contains("mailto:") && !mail.html.contains("mailto:"))
      #expect(mail.text.contains("Decide in the report, and hand back the file that it saves."))
    }
    let text = try parsed(try Digest.model([DigestSection(.new, count: 1, actions: [none])])).text
    #expect(text.contains("- effect digest none: it would change more messages than any ceiling allows\n"))
  }

  @Test(arguments: [
    ("", "Its page: `a/"), ("/srv/triage/site", "Its page: `/srv/triage/site/a/"),
    (#"\\files\triage"#, #"Its page: `\\files\triage\a\"#),
  ])
  func namesPagesWhereTheSiteIsNowhereToLinkTo(_ site: String, _ expected: String) throws {
    let mail = try parsed(
      try Digest.model(
        [DigestSection(.new, count: 1, actions: [try Digest.action()])], frame: try Digest.frame(site: ByteString(site))
      ))
    #expect(mail.text.contains(expected), "\(mail.text)")
    #expect(!mail.html.contains("http"))
  }

  /// Ten thousand pending actions: the most urgent whole, some in a line, the rest counted.
  @Test func staysSmallWhateverWaits() throws {
    let long = ByteString(
      "https://" + String(repeating: "evil.", count: 60) + "test/" + String(repeating: "x", count: 900))
    let actions = try (1...DigestMail.mostActions).map { try Digest.action($0, label: long) }
    let lines = (0..<16).map { _ in
      DigestNews.Line("Approved", actions[0].target, by: "ivy.marsh, omar.quill", at: Digest.now)
    }
    let news = DigestNews.What.allCases.map { DigestNews($0, count: 400, lines: lines) }
    let model = try Digest.model([DigestSection(.new, count: 10_000, actions: actions)], news: news)
    let message = try Digest.mail().message(model)
    #expect(message.bytes.count <= 80_000 && message.bytes.count > 60_000)
    #expect(message.shown >= 8 && message.inShort >= 4)
    let text = Parsed(message.bytes).text
    #expect(text.contains("\(message.shown) told above, \(message.inShort) in one line each, "))
    let (shown, inShort) = (message.shown, message.inShort)
    let rest = String(decoding: Digits.grouped(10_000 - shown - inShort), as: UTF8.self)
    #expect(text.contains("each, \(rest) more in the report"))
    // What is not told in lines of its own is counted.
    let more = text.components(of: "\n").filter { $0.hasSuffix(" more in the report") && $0.hasPrefix("- and ") }
    #expect(more.count == 3)
    let rows = text.components(of: "\n").filter { $0.hasPrefix("- **Approved**") }.count
    #expect(rows >= 3 && more.allSatisfy { $0 == "- and \(400 - rows / 3) more in the report" })
  }

  /// One attacker's monstrous names take nothing from what stands beside them.
  @Test func keepsRoomForTheOthers() throws {
    let monster = ByteString(String(repeating: "\u{202E}", count: 2_000))
    var first = try Digest.action(1, label: monster)
    first.moreTargets = [monster, monster]
    first.targetCount = 3
    first.parameters = (0..<6).map { _ in (monster, monster) }
    first.investigationName = monster
    let lines = (0..<20).map { _ in DigestNews.Line("Approved", first.target, by: monster, at: Digest.now) }
    let model = try Digest.model(
      [DigestSection(.lapsing, count: 20, actions: [first] + (try (2...20).map { try Digest.action($0) }))],
      news: DigestNews.What.allCases.map { DigestNews($0, count: 20, lines: lines) },
      frame: try Digest.frame(site: ByteString("https://desk.example/" + String(repeating: "x", count: 370))))
    let message = try Digest.mail().message(model)
    #expect(message.bytes.count <= 80_000)
    #expect(message.shown >= 6)
  }

  @Test func cutsNamesOfOurOwn() throws {
    var frame = try Digest.frame()
    frame = DigestFrame(
      id: frame.id,
      from: try #require(MailAddress(name: ByteString(String(repeating: "a ", count: 9_000)), address: "a@b.example")),
      to: frame.to, decisionsTo: nil, organization: ByteString(String(repeating: "wörter ", count: 4_000)),
      issuer: "hq1",
      tlp: nil, site: frame.site, at: frame.at, since: frame.since, next: frame.next, head: frame.head, version: "1")
    let message = try Digest.mail().message(try Digest.model([], frame: frame))
    #expect(message.bytes.count < 8_000)
    #expect(Parsed(message.bytes).headers.map(\.name) == Self.headers)
  }

  /// The number that stands before the action with the least time left, wherever that is.
  @Test func namesTheOneToDecideFirst() throws {
    let sections = [
      DigestSection(.new, count: 1, actions: [try Digest.action(90)]),
      DigestSection(.open, count: 2, actions: [try Digest.action(30), try Digest.action(50)]),
    ]
    let text = try parsed(try Digest.model(sections)).text
    #expect(text.contains("Next: decide number 2 first, it lapses in 1 d 6 h (2026-11-24 14:00 Z)."))
  }

  @Test func namesAKindThatNobodyKnows() throws {
    var action = try Digest.action(kind: .unrecognised)
    action.target.rawKind = "wipe-device.test"
    let mail = try parsed(try Digest.model([DigestSection(.new, count: 1, actions: [action])]))
    #expect(mail.text.contains("### 1. Unrecognised action `wipe-device[.]test`\n"))
  }

  @Test func saysThatThereIsNothing() throws {
    var model = try Digest.model([])
    var mail = try parsed(model)
    #expect(mail.text.contains("**Nothing waits for you.**\n\nNext: nothing to do.\n"))
    #expect(mail.headers[4].value == "[TLP:AMBER] Triage digest 2026-11-23: nothing to decide")
    model.isAlive = true
    mail = try parsed(model)
    #expect(mail.text.contains("This mail only says that the digest still runs"))
    #expect(mail.headers[4].value == "[TLP:AMBER] Triage digest 2026-11-23: nothing to do, still running")
  }
}
