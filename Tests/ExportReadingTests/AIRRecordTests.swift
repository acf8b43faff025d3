import ByteText
import CaseModel
import ExportReading
import Foundation
import Testing

private typealias S = ReadingSamples

/// The top level of audit records; section numbers are those of the AIR format description.
struct AIRRecordTests {
  @Test func readsTheTopLevel() throws {
    let record = try #require(
      S.read(
        S.record([
          "LastUpdateTimeUtc": "2026-03-09T07:45:01", "StartTimeUtc": "2026-03-09T07:33:12",
          "EndTimeUtc": "2026-03-09T07:52:05", "RunningTime": 1133, "InvestigationName": "Mail is zapped",
          "InvestigationType": "ZappedUrlInvestigation", "DeepLinkUrl": "https://security.example/1",
        ])
      ).record)
    #expect(record.recordID == "record-1")
    #expect(record.tenant == S.tenant)
    #expect(record.investigationID == "urn:ZappedUrlInvestigation:72dfec")
    #expect(record.created.rfc3339 == "2026-03-09T07:52:07Z")
    #expect(record.updated?.rfc3339 == "2026-03-09T07:45:01Z")
    #expect(record.started?.rfc3339 == "2026-03-09T07:33:12Z")
    #expect(record.ended?.rfc3339 == "2026-03-09T07:52:05Z")
    #expect(record.runningSeconds == 1133)
    #expect(record.name == "Mail is zapped")
    #expect(record.type == "ZappedUrlInvestigation")
    #expect(record.deepLink == "https://security.example/1")
    #expect(record.status == Recognised(.pendingAction, raw: "Pending Action"))
    #expect(record.source == "AIR audit record")
    #expect(record.engine == "Microsoft Defender for Office 365")
  }

  @Test(arguments: [
    ("Id", "error: Id: the record has no id | was the export made with selected columns only?"),
    ("OrganizationId", "error: OrganizationId: the record names no tenant"),
    ("InvestigationId", "error: InvestigationId: the record names no investigation"),
    ("CreationTime", "error: CreationTime: the record has no time"),
  ])
  func refusesARecordWithoutWhatEveryRecordHas(key: String, message: String) {
    #expect(S.read(S.record([key: nil])).refusal == message)
    #expect(S.read(S.record([key: NSNull()])).refusal == message)
    if key != "CreationTime" { #expect(S.read(S.record([key: ""])).refusal == message) }
  }

  /// Section 7.3, all six layouts, and what is not set.
  @Test(arguments: [
    ("2026-03-09T07:52:07", "2026-03-09T07:52:07Z"), ("2026-03-09T07:52:07Z", "2026-03-09T07:52:07Z"),
    ("2026-03-09T07:52:07.1Z", "2026-03-09T07:52:07Z"), ("2026-03-09T07:52:07.9910442Z", "2026-03-09T07:52:07Z"),
    ("2026-03-09T07:52:07+00:00", "2026-03-09T07:52:07Z"), ("3/9/2026 7:52:07 AM", "2026-03-09T07:52:07Z"),
    ("03/09/2026 07:52:07", "2026-03-09T07:52:07Z"),
  ])
  func readsTimesInEveryLayout(text: String, expected: String) {
    let read = S.read(S.record(["CreationTime": text, "EndTimeUtc": text]))
    #expect(read.record?.created.rfc3339.description == expected)
    #expect(read.record?.ended?.rfc3339.description == expected)
    #expect(read.lines == [])
  }

  @Test func takesTheYearOneForNotSet() {
    let read = S.read(S.record(["EndTimeUtc": "0001-01-01T00:00:00"]))
    #expect(read.record?.ended == nil)
    #expect(read.record != nil)
    #expect(read.lines == [])
  }

  @Test(arguments: [
    ("tomorrow", "error: CreationTime: not a time: \"tomorrow\""),
    ("2026-13-01T00:00:00", "error: CreationTime: not a time: \"2026-13-01T00:00:00\""),
    ("0001-01-01T00:00:00", "error: CreationTime: not a time: \"0001-01-01T00:00:00\""),
    (
      String(repeating: "x", count: 100),
      "error: CreationTime: not a time: \"\(String(repeating: "x", count: 57))...\""
    ),
  ])
  func refusesANonsenseCreationTime(text: String, message: String) {
    #expect(S.read(S.record(["CreationTime": text])).refusal == message)
  }

  @Test func warnsOfNonsenseTimesElsewhere() {
    let read = S.read(S.record(["EndTimeUtc": "soon", "StartTimeUtc": 5]))
    #expect(read.record?.ended == nil)
    #expect(read.record?.started == nil)
    #expect(
      read.lines == ["warning: StartTimeUtc: not a time: \"5\"", "warning: EndTimeUtc: not a time: \"soon\""])
  }

  /// Section 7.4.
  @Test func readsNumbersWrittenAsText() {
    #expect(S.read(S.record(["RunningTime": "619", "RecordType": "64"])).record?.runningSeconds == 619)
    #expect(S.read(S.record(["RunningTime": 931.0])).record?.runningSeconds == 931)
    #expect(S.read(S.record(["RunningTime": "931.0"])).record?.runningSeconds == 931)
    #expect(S.read(S.record([:])).record?.runningSeconds == nil)
    let nonsense = S.read(S.record(["RunningTime": "-3"]))
    #expect(nonsense.record?.runningSeconds == nil)
    #expect(nonsense.lines == ["warning: RunningTime: not a number of things: \"-3\""])
  }

  @Test(arguments: ["64", "86", "89", "AirInvestigation", "airManualInvestigation", "AirAdminActionInvestigation"])
  func takesTheRecordTypesOfInvestigations(type: String) {
    #expect(S.read(S.record(["RecordType": type, "Operation": "Whatever"])).record != nil)
  }

  @Test func takesTheOperationWhereTheTypeIsMissing() {
    for name in ["AirInvestigationData", "AirManualInvestigationData", "AirAdminActionInvestigationData"] {
      #expect(S.read(S.record(["RecordType": nil, "Operation": name])).record != nil)
    }
  }

  @Test func refusesOtherRecords() {
    let hint = " | record types 64, 86 and 89 are read"
    #expect(
      S.read(S.record(["RecordType": 28])).refusal
        == "error: RecordType: not an automated investigation record: \"28\"" + hint)
    #expect(
      S.read(S.record(["RecordType": nil, "Operation": "MailItemsAccessed"])).refusal
        == "error: Operation: not an automated investigation record: \"MailItemsAccessed\"" + hint)
    #expect(
      S.read(["a": 1]).refusal
        == "error: no record that is known: found neither RecordType, Operation, RawEventData, auditData nor format"
        + " | import takes audit records as JSON or CSV, hunting rows, Graph audit records and Countersign exports, "
        + "gzipped or not")
  }

  /// Section 7.6.
  @Test(arguments: [
    ("Investigation Started", InvestigationStatus.starting), ("Running", .running), ("Pending Action", .pendingAction),
    ("pendingaction", .pendingAction), ("Pending approval", .pendingAction), ("Pending", .pendingAction),
    ("Remediated", .remediated), ("Partially Remediated", .partiallyRemediated),
    ("No threats found", .noThreatsFound), ("No Threats Found", .noThreatsFound), ("Threats Found", .threatsFound),
    ("Partially Investigated", .threatsFound), ("Terminated by System", .terminatedBySystem),
    ("Terminated By User", .terminatedByUser), ("Terminated by throttling", .terminatedByThrottling),
    ("Queued By Throttling", .queuedByThrottling), ("Failed", .failed),
  ])
  func recognisesStatusInAnyWording(text: String, status: InvestigationStatus) {
    let read = S.read(S.record(["Status": text]))
    #expect(read.record?.status == Recognised(status, raw: ByteString(text)))
    #expect(read.lines == [])
  }

  @Test func keepsAnUnrecognisedStatus() {
    let read = S.read(S.record(["Status": "Awaiting Hologram"]))
    #expect(read.record?.status == Recognised(nil, raw: "Awaiting Hologram"))
    #expect(read.lines == ["note: Status: unrecognised status \"Awaiting Hologram\""])
  }

  /// Section 7.7.
  @Test func readsKeysInAnyCaseAndAnExactMatchFirst() {
    let read = S.read(S.record(["DeepLinkUrl": nil, "DeeplinkURL": "https://a", "status": "Running"]))
    #expect(read.record?.deepLink == "https://a")
    #expect(read.record?.status.known == .pendingAction)
  }

  /// Section 7.1: `Data` as text, as an object, empty, missing.
  @Test func readsDataAsTextAndAsAnObject() throws {
    let data: [String: Any] = [
      "ProviderAlertId": "alert-1", "AlertDisplayName": "Bad mail\u{200B}", "Severity": "High", "Status": "New",
      "Category": "ThreatManagement", "DetectionTechnology": "URLList", "Description": "d", "ProviderName": "OATP",
      "StartTimeUtc": "2026-03-09T07:20:44.3349438Z", "Entities": [S.message()],
    ]
    let text = try #require(S.read(S.record(["Data": S.text(data)])).record)
    let object = try #require(S.read(S.record(["Data": data])).record)
    #expect(text == object)
    let alert = try #require(text.alerts.first)
    #expect(text.alerts.count == 1)
    #expect(alert.sourceID == "alert-1")
    // Section 7.9.
    #expect(alert.title == "Bad mail\u{200B}")
    #expect(alert.severity == Recognised(.high, raw: "High"))
    #expect(alert.status == "New")
    #expect(alert.category == "ThreatManagement")
    #expect(alert.detection == "URLList")
    #expect(alert.description == "d")
    #expect(alert.provider == "OATP")
    #expect(alert.started?.rfc3339 == "2026-03-09T07:20:44Z")
    #expect(text.severity.known == .high)
    #expect(text.entities.count == 1)
    for missing in [S.record(), S.record(["Data": ""]), S.record(["Data": NSNull()])] {
      let record = S.read(missing).record
      #expect(record?.alerts == [])
      #expect(record?.entities == [])
    }
  }

  @Test func refusesBrokenData() {
    #expect(
      S.read(S.record(["Data": "{\"a\":1"])).refusal
        == "error: Data: the text ends inside a value (byte 7 of the text)")
    #expect(
      S.read(S.record(["Data": "{\"a\" 1}"])).refusal
        == "error: Data: expected a colon, found '1' (byte 6 of the text)")
    #expect(S.read(S.record(["Data": "[]"])).refusal == "error: Data: expected an object, found an array")
    let deep = String(repeating: "[", count: 100_000)
    #expect(
      S.read(S.record(["Data": deep])).refusal
        == "error: Data: nested deeper than 64 levels (byte 65 of the text)")
  }

  @Test func refusesARecordThatIsNoObject() {
    #expect(
      RecordReading.read(Array("[1]".utf8), as: .air).refusal == "error: expected a record in braces, found an array")
    #expect(
      RecordReading.read(Array("{".utf8), as: .air).refusal
        == "error: the text ends inside a value (byte 2 of the record)")
  }

  @Test func saysNoMoreThanTwentyThingsOfADocument() {
    let entities = (0..<200).map { _ in S.cluster(["MailCount": "x"]) }
    let lines = S.read(S.record(["Data": ["Entities": entities]])).lines
    #expect(lines.count == 21)
    #expect(lines.first == "warning: Data.Entities[0].MailCount: not a number of things: \"x\"")
    #expect(lines.last == "note: Data: there is more of this kind that is not listed")
  }
}
