import ByteText
import CaseModel
import ReportSite

extension Samples {
  static func mail(
    _ subject: ByteString, from: ByteString, to: ByteString, _ verdict: Recognised<Verdict>, id: ByteString
  ) throws -> Entity {
    Entity(
      sourceID: ByteString("urn:MailEntity:\(id)"), type: Recognised(.mailMessage, raw: "mailMessage"),
      verdict: verdict,
      fields: [
        .init(.subject, .text(subject)), .init(.sender, .text(from)),
        .init(.senderDisplayName, .text("Accounts Payable")),
        .init(.senderIP, .text("203.0.113.87")), .init(.recipient, .text(to)),
        .init(.received, .time(try at(9, 6, 48))),
        .init(.deliveryAction, .text("Delivered")), .init(.deliveryLocation, .text("Inbox")),
        .init(.threats, .list(["Phish", "ZapPhish"])),
        .init(.detectionMethods, .list(["URL detonation", "Mail cluster analysis"])),
        .init(.urls, .list(["https://invoice-larkfield.example.net/pay?id=88231", "http://198.51.100.7/a.b/c.php"])),
        .init(.networkMessageID, .text(id)), .init(.internetMessageID, .text("<CAF8231@mail.example.net>")),
      ])
  }

  static func cluster(_ count: Int?, _ query: ByteString, _ verdict: Verdict) throws -> Entity {
    var fields: [EntityField] = [
      .init(.clusterBy, .text("Subject and sender: “Overdue invoice 88231”")), .init(.query, .text(query)),
      .init(.queryTime, .time(try at(9, 7, 20))),
    ]
    if let count {
      fields += [
        .init(.mailCount, .number(count)),
        .init(
          .countByLocation, .counts([.init("Inbox", count - 7), .init("Junk folder", 5), .init("Deleted items", 2)])),
        .init(.countByThreat, .counts([.init("Phish", count), .init("Spam", 0)])),
      ]
    }
    fields.append(.init(.volumeAnomaly, .flag(true)))
    return Entity(
      sourceID: "urn:MailClusterEntity:c1", type: Recognised(.mailCluster, raw: "mailCluster"),
      verdict: Recognised(verdict, raw: "Malicious"), remediation: "Pending approval", fields: fields)
  }

  static func url(_ text: ByteString, _ verdict: Verdict) -> Entity {
    Entity(
      sourceID: "urn:UrlEntity:u1", type: Recognised(.url, raw: "url"), verdict: Recognised(verdict, raw: "Malicious"),
      fields: [.init(.url, .text(text)), .init(.clicks, .number(3)), .init(.emails, .number(47))])
  }

  static func vote(_ who: ByteString, _ verdict: DecisionVerdict, _ identity: IdentityLevel, _ comment: ByteString = "")
    throws -> Vote
  {
    Vote(principal: who, identity: identity, verdict: verdict, comment: comment, at: try at(8, 17, 20), entry: 398)
  }

  static func invoicePhish() throws -> CasePageModel {
    let query = ByteString(
      "(SenderFromAddress:billing@invoice-larkfield.example.net) AND (Subject:\"Overdue "
        + "invoice 88231\") AND (SubjectLanguage:en) AND (Direction:Inbound)")
    let cluster = try cluster(47, query, .malicious)
    let link = url("https://invoice-larkfield.example.net/pay?id=88231&user=finance", .malicious)
    let message = try mail(
      "Overdue invoice 88231 – final notice", from: "billing@invoice-larkfield.example.net",
      to: "dana.reyes@larkfield.example",
      Recognised(.malicious, raw: "Malicious"), id: "5b1c2f0e-97aa-4b31-3c1e-08de7d1f6a01")
    var record = try record(
      "urn:ZappedUrlInvestigation:7dd1b5d6a7c54be7b8f6d0c2e3a41f55",
      "Mail with malicious URL removed after delivery: Overdue invoice 88231",
      Recognised(.pendingAction, raw: "Pending Action"), Recognised(.high, raw: "High"), day: 9)
    record.runningSeconds = 2471
    record.deepLink =
      "https://security.microsoft.com/mtp-investigation/urn:ZappedUrlInvestigation:7dd1b5d6a7c54be7b8f6d0c2e3a41f55"
    record.alerts = [
      Alert(
        sourceID: "fa1c9b7d-2b1e-41cf-a800-08de7d1f9911",
        title: "Email messages containing malicious URL removed after delivery",
        severity: Recognised(.high, raw: "High"), status: "InProgress", category: "InitialAccess",
        detection: "Mail analysis",
        description: "Emails with a malicious URL that were delivered and later removed.",
        provider: "Office 365 Advanced Threat Protection",
        started: try at(9, 7, 8))
    ]
    record.entities = [
      message, cluster, link,
      try mail(
        "Re: Overdue invoice 88231", from: "dana.reyes@larkfield.example", to: "leo.brandt@larkfield.example",
        Recognised(.noThreatsFound, raw: "NoThreatsFound"), id: "8f0d51b2-1a0c-4f4c-5d2a-08de7d1f7b02"),
      Entity(
        type: Recognised(.ip, raw: "ip"), verdict: Recognised(.suspicious, raw: "Suspicious"),
        fields: [.init(.address, .text("203.0.113.87")), .init(.source, .text("Sender IP"))]),
      Entity(
        type: Recognised(.mailbox, raw: "mailbox"), verdict: Recognised(.noThreatsFound, raw: "NoThreatsFound"),
        fields: [
          .init(.mailbox, .text("dana.reyes@larkfield.example")), .init(.displayName, .text("Dana Reyes")),
          .init(.riskLevel, .text("None")),
        ]),
    ]
    record.log = [
      LogLine(at: try at(9, 7, 12), text: "Mail cluster analysis: 2 clusters, 47 messages", by: "EmailClusterAnalyzer"),
      LogLine(
        at: try at(9, 7, 31), text: "URL detonation: credential form on invoice-larkfield.example.net",
        by: "UrlDetonation"),
    ]
    record.summary =
      """
      ## What we saw

      A **credential phish** that names a real supplier. See [the wiki](https://wiki.larkfield.example/phish).

      - 47 recipients
      - 3 clicks before removal

      """
    record.notes = [
      Note(by: "leo.brandt", at: try at(9, 7, 44), markdown: "Supplier called: *not theirs*. Finance told.")
    ]
    var slow = LedgerFacts()
    slow.votes = [try vote("r8", .approve, .sshsig, "Checked with finance: nobody expects this invoice.")]
    var strict = KindPolicy.standard
    strict.quorum = 2
    strict.identity = .sshsig
    var two = try Sample(
      "mail-7qh3x5c2vkd7m4pz6t2a", .softDeleteCluster, "EmailRemediation", [cluster], deadline: try at(9, 19, 11),
      threat: "Phish")
    two.facts = slow
    two.policy = strict
    two.action.description = "Soft delete the emails of the cluster: all of them carry the malicious URL."
    return try model(
      try id("zapurl-k3v7q2m4x6n7b5c6d2f4"), record,
      [
        two,
        try Sample(
          "url-b6w2n7e4r5t3y2u7i5o4", .blockURL, "UrlRemediation", [link], deadline: try at(11, 5, 11), threat: "Phish"),
        try Sample(
          "mail-c4d5f6g7h2j3k4l5m6n7", .softDeleteMessage, "EmailRemediation", [message], deadline: try at(14, 5, 20),
          threat: "Phish, ZapPhish"),
      ],
      ledger: [LogLine(at: try at(8, 17, 20), text: "Tomasz Okafor approved mail-7qh3… (1 of 2)", by: "r8")])
  }

  static func forwarding() throws -> CasePageModel {
    let config = Entity(
      sourceID: "urn:MailboxConfig:f1", type: Recognised(.mailboxConfiguration, raw: "mailboxConfiguration"),
      verdict: Recognised(.suspicious, raw: "Suspicious"),
      fields: [
        .init(.mailbox, .text("priya.nair@larkfield.example")), .init(.configType, .text("MailForwardingRule")),
        .init(.forwardTo, .text("collect7781@mailbox.example.org")), .init(.firstSeen, .time(try at(6, 22, 14))),
      ])
    let rule = Entity(
      type: Recognised(.mailboxConfiguration, raw: "mailboxConfiguration"),
      verdict: Recognised(.malicious, raw: "Malicious"),
      fields: [
        .init(.mailbox, .text("priya.nair@larkfield.example")), .init(.configType, .text("InboxRule")),
        .init(.rule, .text(".")),
      ])
    var record = try record(
      "urn:UserCompromiseInvestigation:0f2a77c1", "Suspicious forwarding set by priya.nair",
      Recognised(.partiallyRemediated, raw: "PartiallyRemediated"),
      Recognised(.medium, raw: "Medium"), day: 8)
    record.type = "UserCompromiseInvestigation"
    record.entities = [config, rule]
    var approved = LedgerFacts()
    approved.votes = [try vote("r7", .approve, .sshsig)]
    approved.outcome = .approve
    approved.outcomeEntry = 398
    var off = try Sample(
      "inbox-4kq2m7n3b5v6c7x2z3a4", .disableInboxRule, "InboxRuleRemediation", [rule], deadline: try at(13, 5, 0))
    off.facts = approved
    var account = try Sample(
      "act-p2o3i4u5y6t7r2e3w4q5", .disableAccount, "AccountRemediation", [], deadline: try at(12, 9, 0))
    account.absence = .noEffect("nothing says what it would happen to")
    return try model(
      try id("user-t5r6e7w2q3a4s5d6f7g2"), record,
      [
        try Sample(
          "mailbox-h3j4k5l6z7x2c3v4b5n6", .turnOffForwarding, "ForwardingRemediation", [config],
          deadline: try at(10, 3, 30)), off, account,
      ])
  }

  static func payrollAttachment() throws -> CasePageModel {
    let file = Entity(
      type: Recognised(.file, raw: "file"), verdict: Recognised(.malicious, raw: "Malicious"),
      fields: [
        .init(.fileName, .text("Q1-bonus.xlsm")),
        .init(.sha256, .text("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")),
        .init(.malwareFamily, .text("Trojan:O97M/Obfuse.RC")), .init(.size, .number(184_320)),
      ])
    var record = try record(
      "urn:ZappedFileInvestigation:a71c", "Malicious attachment in payroll mail",
      Recognised(.pendingAction, raw: "Pending Action"),
      Recognised(.high, raw: "High"), day: 3)
    record.entities = [file]
    var packOnly = try Sample(
      "mail-z2x3c4v5b6n7m2a3s4d5", .hardDeleteCluster, "EmailRemediation",
      [try cluster(1240, "(AttachmentHash:9f86d081884c)", .malicious)], deadline: try at(10, 7, 40), threat: "Malware")
    packOnly.absence = .sharedTokensOff
    packOnly.policy = SampleSite.policy.of(.hardDeleteCluster)
    return try model(
      try id("zapfile-q2w3e4r5t6y7u2i3o4p5"), record,
      [
        packOnly,
        try Sample(
          "file-l2k3j4h5g6f7d2s3a4q5", .quarantineAttachment, "AttachmentRemediation", [file],
          deadline: try at(9, 5, 10), threat: "Malware"),
      ])
  }

  /// Everything that an attacker may write, in every place.
  static func hostile() throws -> CasePageModel {
    let script: ByteString = "</title><script>alert(1)</script><img src=x onerror=alert(2)> \u{202E}fdp.exe"
    let fake = url("https://xn--pple-43d.example\\@\u{0430}pple.example/\"onmouseover=alert(3) x=\"", .malicious)
    let broken = ByteString(Array("caf".utf8) + [0xE9, 0xFF] + Array(" \u{200B}zero width".utf8))
    let message = try mail(
      script, from: "p\u{0430}yments@ex\u{0430}mple.org", to: broken, Recognised(nil, raw: "Evil<b>"),
      id: "0000-<svg onload=alert(4)>")
    var record = try record(
      "urn:<script>alert(5)</script>", script, Recognised(nil, raw: "Exploded & <i>burning</i>"),
      Recognised(nil, raw: "Apocalyptic"), day: 7)
    record.alerts = [
      Alert(
        sourceID: "a\"b", title: "{{title}} ${7*7} <a href=javascript:alert(6)>",
        severity: Recognised(.low, raw: "Low"), description: "=cmd|' /C calc'!A0")
    ]
    record.entities = [
      message, fake,
      Entity(
        type: Recognised(nil, raw: "quantumThing"),
        fields: [.init(.other, .text("Z\u{0351}\u{0352}\u{0353}\u{0354}\u{0355}\u{0356}\u{0357}algo"))]),
    ]
    record.summary =
      """
      # Big
      <script>alert(7)</script> [click](javascript:alert(8)) ![pixel](https://evil.example/p.gif)

      `code` <b>bold</b>
      """
    record.deepLink = "javascript:alert(9)"
    record.log = [LogLine(at: nil, text: script)]
    var unknown = try Sample(
      "act-a2b3c4d5e6f7g2h3i4j5", .unrecognised, "Detonate<everything>", [fake], deadline: try at(15, 1, 0))
    unknown.action.description = script
    unknown.threat = script
    return try model(
      try id("inv-m2n3b4v5c6x7z2l3k4j5"), record,
      [
        unknown,
        try Sample(
          "mail-w2e3r4t5y6u7i2o3p4a5", .quarantineMessage, "EmailRemediation", [message], deadline: try at(12, 18, 45)),
      ])
  }

  static func remediated() throws -> CasePageModel {
    var record = try record(
      "urn:SubmissionInvestigation:51aa", "Reported by user: Parcel held at customs",
      Recognised(.remediated, raw: "Remediated"), Recognised(.low, raw: "Low"), day: 6)
    record.ended = try at(6, 9, 30)
    record.runningSeconds = 8340
    let parcel = try mail(
      "Parcel held at customs", from: "dhl@parcel.example.com", to: "sam.lee@larkfield.example",
      Recognised(.malicious, raw: "Malicious"), id: "1122aabb-0000-4b31-3c1e-08de7d1f6a09")
    record.entities = [parcel]
    var elsewhere = try Sample(
      "mail-s2d3f4g5h6j7k2l3z4x5", .softDeleteMessage, "EmailRemediation", [parcel], deadline: try at(13, 5, 11),
      status: Recognised(.completed, raw: "Completed"))
    elsewhere.action.approval = Recognised(.approved, raw: "Approved")
    elsewhere.action.decidedBy = "leo.brandt@larkfield.example"
    elsewhere.action.decidedAt = try at(6, 9, 21)
    var gone = try Sample(
      "url-v2b3n4m5q6w7e2r3t4y5", .blockURL, "UrlRemediation", [url("http://parcel.example.com/track", .suspicious)],
      deadline: try at(13, 5, 11), status: Recognised(.skipped, raw: "Skipped"))
    gone.isNamed = false
    var rejected = LedgerFacts()
    rejected.votes = [try vote("anyone", .reject, .bearer, "The address is the real carrier's.")]
    rejected.outcome = .reject
    var sender = try Sample(
      "act-u2i3o4p5a6s7d2f3g4h5", .blockSender, "SenderRemediation",
      [Entity(type: Recognised(.account, raw: "account"), fields: [.init(.upn, .text("info@carrier.example"))])],
      deadline: try at(13, 5, 11))
    sender.facts = rejected
    return try model(try id("subm-j2h3g4f5d6s7a2q3w4e5"), record, [elsewhere, gone, sender])
  }

  static func quietReport() throws -> CasePageModel {
    var record = try record(
      "urn:SubmissionInvestigation:77bd", "Reported by user: Team lunch on Friday",
      Recognised(.noThreatsFound, raw: "NoThreatsFound"), Recognised(.informational, raw: "Informational"), day: 8)
    record.ended = try at(8, 7, 25)
    return try model(try id("subm-x2c3v4b5n6m7l2k3j4h5"), record, [])
  }
}
