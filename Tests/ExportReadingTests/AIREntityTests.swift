import ByteText
import CaseModel
import ExportReading
import Foundation
import Testing

private typealias S = ReadingSamples

/// Entities of audit records (AIR section 5).
struct AIREntityTests {
  private func read(_ entities: [Any]) -> Result<ReadRecord, RecordRefusal> {
    S.read(S.record(["Data": ["Entities": entities]]))
  }

  private func entity(_ keys: [String: Any]) throws -> Entity {
    let result = read([keys])
    #expect(result.lines == [])
    return try #require(result.record?.entities.first)
  }

  /// Section 7.7: types in every spelling.
  @Test(arguments: [
    ("mailMessage", EntityType.mailMessage), ("mail-message", .mailMessage), ("MailMessage", .mailMessage),
    ("mailCluster", .mailCluster), ("mail-cluster", .mailCluster), ("MailCluster", .mailCluster), ("url", .url),
    ("Url", .url), ("file", .file), ("mailbox", .mailbox), ("MailBox", .mailbox), ("ip", .ip), ("Ip", .ip),
    ("MailboxConfiguration", .mailboxConfiguration), ("SubmissionMail", .submission), ("SubmissionUrl", .submission),
    ("account", .account), ("User", .account), ("host", .host), ("teams-message", .teamsMessage),
  ])
  func recognisesTypesInEverySpelling(text: String, type: EntityType) throws {
    #expect(try entity(["Type": text, "Urn": "u"]).type == Recognised(type, raw: ByteString(text)))
  }

  @Test func keepsAnUnrecognisedTypeWithEverythingItSays() throws {
    let result = read([["Type": "hologram", "Urn": "urn:x", "Colour": "blue", "Depth": 3, "Nothing": NSNull()]])
    let entity = try #require(result.record?.entities.first)
    #expect(entity.type == Recognised(nil, raw: "hologram"))
    #expect(entity.sourceID == "urn:x")
    #expect(entity.list(.other).sorted() == ["Colour: blue", "Depth: 3"])
    #expect(result.lines == ["note: Data.Entities[0]: unrecognised type of entity \"hologram\""])
  }

  @Test func guessesTheTypeOfAnEntityWithoutOne() throws {
    #expect(try entity(["Query": "q", "NetworkMessageIds": ["a"]]).type == Recognised(.mailCluster, raw: ""))
    #expect(try entity(["NetworkMessageId": "a"]).type.known == .mailMessage)
    #expect(try entity(["Url": "u"]).type.known == .url)
    #expect(try entity(["MailboxPrimaryAddress": "m"]).type.known == .mailbox)
    #expect(try entity(["Name": "n", "FileHashes": [] as [Any]]).type.known == .file)
    #expect(try entity(["Address": "192.0.2.1"]).type.known == .ip)
    #expect(try entity(["Colour": "blue"]).type == Recognised(nil, raw: ""))
  }

  @Test func readsEveryFieldOfAMessage() throws {
    let file: [String: Any] = [
      "Name": "Bestellung.html", "FileHashes": [["Algorithm": "SHA256", "Value": "68BC"]],
    ]
    let message = try entity([
      "Type": "mailMessage", "Urn": "urn:MailEntity:1", "Recipient": "ivy@a.test", "Subject": "S", "Sender": "s@b.test",
      "P1Sender": "<>", "P1SenderDomain": "", "P2Sender": "p2@b.test", "P2SenderDisplayName": "Kiln",
      "SenderIP": "203.0.113.40", "ReceivedDate": "2026-03-09T06:58:02", "NetworkMessageId": "n",
      "InternetMessageId": "<k@b.test>", "AntispamDirection": "Inbound", "Language": "en",
      "DeliveryAction": "Delivered", "DeliveryLocation": "Inbox", "OriginalDeliveryLocation": "JunkFolder",
      "PhishConfidenceLevel": "High", "Threats": ["ZapPhish"], "ThreatDetectionMethods": ["URLList"],
      "AdditionalActionsAndResults": ["Zap: [Failed]"], "AuthDetails": [["Name": "SPF", "Value": "Pass"]],
      "SystemOverrides": ["Allow"], "Urls": ["https://a.test", ["Url": "https://b.test"]], "Files": [file],
      "FirstSeen": "2026-03-09T07:33:20", "Source": "OATP", "Connector": "c", "Roles": ["Attacked"],
    ])
    let received = try #require(Instant(rfc3339: "2026-03-09T06:58:02Z"))
    let seen = try #require(Instant(rfc3339: "2026-03-09T07:33:20Z"))
    #expect(message.sourceID == "urn:MailEntity:1")
    #expect(
      message.fields == [
        EntityField(.subject, .text("S")), EntityField(.sender, .text("s@b.test")),
        EntityField(.senderDisplayName, .text("Kiln")), EntityField(.envelopeSender, .text("<>")),
        EntityField(.senderIP, .text("203.0.113.40")), EntityField(.recipient, .text("ivy@a.test")),
        EntityField(.received, .time(received)), EntityField(.networkMessageID, .text("n")),
        EntityField(.internetMessageID, .text("<k@b.test>")), EntityField(.direction, .text("Inbound")),
        EntityField(.language, .text("en")), EntityField(.deliveryAction, .text("Delivered")),
        EntityField(.deliveryLocation, .text("Inbox")), EntityField(.originalDeliveryLocation, .text("JunkFolder")),
        EntityField(.phishConfidence, .text("High")), EntityField(.threats, .list(["ZapPhish"])),
        EntityField(.detectionMethods, .list(["URLList"])), EntityField(.additionalActions, .list(["Zap: [Failed]"])),
        EntityField(.authentication, .list(["SPF: Pass"])), EntityField(.systemOverrides, .list(["Allow"])),
        EntityField(.urls, .list(["https://a.test", "https://b.test"])),
        EntityField(.attachments, .list(["Bestellung.html (SHA-256 68BC)"])), EntityField(.roles, .list(["Attacked"])),
        EntityField(.firstSeen, .time(seen)), EntityField(.source, .text("OATP")),
        EntityField(.other, .list(["P2Sender: p2@b.test", "Connector: c"])),
      ])
  }

  @Test func readsEveryFieldOfACluster() throws {
    let cluster = try entity([
      "Type": "mailCluster", "Urn": "u", "Query": "q", "QueryTime": "2026-03-09T07:41:12Z", "MailCount": "8",
      "NetworkMessageIds": ["a", "00000000-0000-0000-0000-000000000000", "b"],
      "CountByThreatType": ["Phish": "2"], "CountByDeliveryLocation": ["Inbox": 6],
      "CountByProtectionStatus": ["Delivered": 6], "IsVolumeAnamoly": true, "ClusterBy": "Subject",
      "ClusterByValue": "x", "ClusterGroup": "Subject,SenderIp", "ClusterSourceType": "Similarity",
      "ClusterSourceIdentifier": "id", "ClusterQueryStartTime": "2026-02-17T00:00:00Z",
      "ClusterQueryEndTime": "2026-03-09T07:41:12.55Z", "QueryStartTime": "2/17/2026 12:00:00 AM",
    ])
    let asked = try #require(Instant(rfc3339: "2026-03-09T07:41:12Z"))
    #expect(
      cluster.fields == [
        EntityField(.query, .text("q")), EntityField(.queryTime, .time(asked)), EntityField(.mailCount, .number(8)),
        EntityField(.networkMessageIDs, .list(["a", "b"])),
        EntityField(.countByThreat, .counts([.init("Phish", 2)])),
        EntityField(.countByLocation, .counts([.init("Inbox", 6)])),
        EntityField(.countByProtection, .counts([.init("Delivered", 6)])), EntityField(.volumeAnomaly, .flag(true)),
        EntityField(.clusterBy, .text("Subject")), EntityField(.clusterByValue, .text("x")),
        EntityField(.clusterGroup, .text("Subject,SenderIp")), EntityField(.clusterSource, .text("Similarity: id")),
        EntityField(.queryWindow, .text("2026-02-17T00:00:00Z to 2026-03-09T07:41:12Z")),
      ])
    let documented = try entity([
      "Type": "mail-cluster", "IsVolumeAnomaly": "False", "CountByDeliveryStatus": ["Delivered": 1],
    ])
    #expect(
      documented.fields == [
        EntityField(.countByProtection, .counts([.init("Delivered", 1)])), EntityField(.volumeAnomaly, .flag(false)),
      ])
  }

  @Test func readsTheOtherTypes() throws {
    let url = try entity(["Type": "url", "Url": "https://a.test", "ClickCount": 2, "EmailCount": "8"])
    #expect(
      url.fields == [
        EntityField(.url, .text("https://a.test")), EntityField(.clicks, .number(2)), EntityField(.emails, .number(8)),
      ])
    let hashes = [
      ["Algorithm": "SHA256", "Value": "AA"], ["Algorithm": "Sha1", "Value": "bb"],
      ["Algorithm": "MD5", "Value": "cc"], ["Algorithm": "SHA256AC", "Value": "dd"],
    ]
    let file = try entity([
      "Type": "file", "Name": "a.html", "FileHashes": hashes, "MalwareFamily": "", "SizeInBytes": 10,
      "HostUrl": "https://h",
    ])
    #expect(
      file.fields == [
        EntityField(.fileName, .text("a.html")), EntityField(.sha256, .text("AA")), EntityField(.sha1, .text("bb")),
        EntityField(.md5, .text("cc")), EntityField(.otherHash, .text("SHA256AC dd")), EntityField(.size, .number(10)),
        EntityField(.other, .list(["HostUrl: https://h"])),
      ])
    let mailbox = try entity([
      "Type": "mailbox", "MailboxPrimaryAddress": "m@a.test", "Upn": "u@a.test", "DisplayName": "M", "RiskLevel": "Low",
      "AadId": "17d110a8",
    ])
    #expect(
      mailbox.fields == [
        EntityField(.mailbox, .text("m@a.test")), EntityField(.displayName, .text("M")),
        EntityField(.upn, .text("u@a.test")), EntityField(.aadID, .text("17d110a8")),
        EntityField(.riskLevel, .text("Low")),
      ])
    let ip = try entity(["Type": "ip", "Address": "192.0.2.1", "Location": ["CountryCode": "DE"]])
    #expect(
      ip.fields == [
        EntityField(.address, .text("192.0.2.1")), EntityField(.other, .list(["Location: {\"CountryCode\":\"DE\"}"])),
      ])
    let configuration = try entity([
      "Type": "MailboxConfiguration", "ConfigType": "MailForwardingRule", "MailboxPrimaryAddress": "m@a.test",
      "ConfigId": "c", "ForwardingSmtpAddress": "out@b.test",
    ])
    #expect(
      configuration.fields == [
        EntityField(.mailbox, .text("m@a.test")), EntityField(.configType, .text("MailForwardingRule")),
        EntityField(.configID, .text("c")), EntityField(.forwardTo, .text("out@b.test")),
      ])
    let submission = try entity([
      "Type": "SubmissionMail", "SubmissionId": "s", "SubmissionDate": "2026-03-11T13:02:51", "Submitter": "o@a.test",
      "NetworkMessageId": "n", "ReportType": "Phish", "Sender": "p@b.test", "SenderIp": "198.51.100.23",
    ])
    #expect(submission.text(.submissionID) == "s")
    #expect(submission.text(.reportType) == "Phish")
    #expect(submission.text(.senderIP) == "198.51.100.23")
    #expect(submission.sourceID == "s")
    let account = try entity(["Type": "account", "Name": "lena", "UPNSuffix": "a.test", "Sid": "S-1"])
    #expect(
      account.fields == [
        EntityField(.upn, .text("lena@a.test")), EntityField(.displayName, .text("lena")),
        EntityField(.other, .list(["Sid: S-1"])),
      ])
    #expect(try entity(["Type": "host", "HostName": "pc1", "DnsDomain": "a.test"]).text(.hostName) == "pc1.a.test")
    #expect(try entity(["Type": "teams-message", "MessageId": "m"]).sourceID == "m")
  }

  /// Section 7.10.
  @Test func takesZeroGUIDsAndEmptyTextForNothing() throws {
    let message = try entity([
      "Type": "mailMessage", "NetworkMessageId": "00000000-0000-0000-0000-000000000000", "Urn": NSNull(),
      "FirstSeen": "0001-01-01T00:00:00", "P1SenderDomain": "", "P1Sender": "<>", "InternetMessageId": "<a@b>",
      "Subject": "",
    ])
    #expect(message.sourceID == "")
    #expect(
      message.fields == [
        EntityField(.envelopeSender, .text("<>")), EntityField(.internetMessageID, .text("<a@b>")),
      ])
  }

  @Test func readsVerdicts() throws {
    func verdict(_ keys: [String: Any]) throws -> Recognised<Verdict> {
      try entity(keys.merging(["Type": "mailMessage"]) { $1 }).verdict
    }
    #expect(
      try verdict(["LastVerdict": "Suspicious", "Threats": ["Malware"]]) == Recognised(.suspicious, raw: "Suspicious"))
    #expect(try verdict(["LastVerdict": "Odd"]) == Recognised(nil, raw: "Odd"))
    #expect(
      try verdict(["ThreatAnalysisSummary": [["Verdict": "Clean"], ["Verdict": "Malicious"], ["Verdict": "Unknown"]]])
        == Recognised(.malicious, raw: "Malicious"))
    #expect(try verdict(["Threats": ["Spam", "HighConfPhish"]]) == Recognised(.malicious, raw: "HighConfPhish"))
    #expect(try verdict(["Threats": ["Malware"]]) == Recognised(.malicious, raw: "Malware"))
    #expect(try verdict(["Threats": ["Spam"]]) == Recognised(.unknown, raw: ""))
    #expect(try verdict([:]) == Recognised(.unknown, raw: ""))
    // A fixture has a bare number.
    #expect(try verdict(["Threats": 3]) == Recognised(.unknown, raw: ""))
  }

  @Test func readsTheStateOfRemediation() throws {
    #expect(try entity(["Type": "url", "LastRemediationState": "Active"]).remediation == "Active")
    let providers = [["RemediationState": "Active"], ["RemediationState": "Blocked"]]
    #expect(try entity(["Type": "url", "RemediationProviders": providers]).remediation == "Blocked")
  }

  @Test func warnsOfCountsThatAreNone() {
    let result = read([S.cluster(["MailCount": -1, "CountByThreatType": ["Phish": "x"], "CountByDeliveryLocation": 5])])
    #expect(
      result.lines == [
        "warning: Data.Entities[0].MailCount: not a number of things: \"-1\"",
        "warning: Data.Entities[0].CountByThreatType.Phish: not a number of things: \"x\"",
        "warning: Data.Entities[0].CountByDeliveryLocation: expected counts by name, found a number",
      ])
    #expect(result.record?.entities.first?.number(.mailCount) == nil)
  }

  @Test func warnsOfWhatIsNoEntity() {
    #expect(read(["x"]).lines == ["warning: Data.Entities[0]: expected an entity, found text"])
  }

  @Test func warnsOfTextThatIsNotWellFormed() throws {
    let lone = #"{"Entities":[{"Type":"mailMessage","Recipient":"a\ud800b"}]}"#
    let warning =
      "warning: Data.Entities[0].Recipient: the text is not well-formed UTF-8"
      + " | an action that it identifies cannot be decided"
    let result = S.read(S.record(["Data": lone]))
    #expect(result.lines == [warning])
    #expect(result.record?.entities.first?.text(.recipient) == ByteString([0x61, 0xED, 0xA0, 0x80, 0x62]))
    var record = S.json(S.record(["Data": #"{"Entities":[{"Type":"mailMessage","Recipient":"aXb"}]}"#]))
    let place = try #require(record.indices.first { record[$0] == 0x58 })
    record[place] = 0xFF
    let bytes = RecordReading.read(record, as: .air)
    #expect(bytes.lines == [warning])
    #expect(bytes.record?.entities.first?.text(.recipient) == ByteString([0x61, 0xFF, 0x62]))
  }

  /// Section 7.9.
  @Test func keepsSubjectsWithQuotesAndOtherScripts() throws {
    let subject = "Übersicht \"März\" – Bestellung \u{200B}"
    let inner = S.text(["Entities": [S.message(["Subject": subject])]])
    #expect(S.read(S.record(["Data": inner])).record?.entities.first?.text(.subject) == ByteString(subject))
  }
}
