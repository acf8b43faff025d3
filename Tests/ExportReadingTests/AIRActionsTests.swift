import ByteText
import CaseModel
import ExportReading
import Foundation
import Testing

private typealias S = ReadingSamples

/// `Actions` in every encoding (AIR section 7.1), both dialects (1.4).
struct AIRActionsTests {
  private func read(_ actions: Any?) -> Result<ReadRecord, RecordRefusal> { S.read(S.record(["Actions": actions])) }

  @Test func readsActionsInEveryEncoding() throws {
    let action = S.action()
    let text = S.text(action)
    let expected = try #require(read([text]).record?.actions)
    #expect(expected.count == 1)
    #expect(expected[0].sourceID == "urn:EmailZapper:1")
    #expect(read([action]).record?.actions == expected)
    #expect(read(action).record?.actions == expected)
    #expect(read(text).record?.actions == expected)
    #expect(read(S.text([action])).record?.actions == expected)
    #expect(read(S.text([text])).record?.actions == expected)
    let second = S.action(["ActionId": "urn:EmailZapper:2"])
    #expect(read([text, second]).record?.actions.map(\.sourceID) == ["urn:EmailZapper:1", "urn:EmailZapper:2"])
    for none in [nil, NSNull(), [] as [Any], "", "[]", "null", [NSNull(), ""] as [Any]] as [Any?] {
      let result = read(none)
      #expect(result.record?.actions == [])
      #expect(result.lines == [])
    }
  }

  @Test func readsAClassicAction() throws {
    let action = try #require(
      read([
        S.action([
          "ActionApproval": "Approved", "ActionStatus": "Completed", "ApprovedBy": "noor@larkfield.example.com",
          "ApproverComment": "gone", "Description": "choose", "StartTimeUtc": "2026-03-09T07:44:30",
          "LastUpdateTimeUtc": "2026-03-09T07:52:05.9910442Z", "EndTimeUtc": "2026-03-10T09:05:31",
          "RelatedAlertIds": ["alert-1", "alert-2"],
        ])
      ]).record?.actions.first)
    #expect(action.kind == .softDeleteMessage)
    #expect(action.rawType == "EmailRemediation")
    #expect(action.status == Recognised(.completed, raw: "Completed"))
    #expect(action.approval == Recognised(.approved, raw: "Approved"))
    #expect(action.decidedBy == "noor@larkfield.example.com")
    #expect(action.decisionComment == "gone")
    #expect(action.description == "choose")
    #expect(action.started?.rfc3339 == "2026-03-09T07:44:30Z")
    #expect(action.updated?.rfc3339 == "2026-03-09T07:52:05Z")
    #expect(action.ended?.rfc3339 == "2026-03-10T09:05:31Z")
    #expect(action.alerts == ["alert-1", "alert-2"])
    #expect(action.targets.first?.text(.recipient) == "ivy@larkfield.example.com")
  }

  @Test func refusesAnActionWithoutIdAndUsesTheRest() {
    let result = read([S.action(), S.action(["ActionId": "2"]), S.action(["ActionId": nil])])
    #expect(result.record?.actions.count == 2)
    #expect(
      result.lines
        == [
          "error: Actions[2].ActionId: the action has no id | it is not used; the rest of the record is"
        ])
    #expect(read([S.action(["ActionId": ""])]).record?.actions == [])
    let modern = read([["Disposition": "Remediator", "ActionType": "EmailZapperRemediation"]])
    #expect(
      modern.lines == ["error: Actions[0].id: the action has no id | it is not used; the rest of the record is"])
  }

  @Test func refusesWhatIsNoAction() {
    #expect(read([5]).lines == ["error: Actions[0]: expected an action, found a number"])
    #expect(read("7").refusal == "error: Actions: expected actions, found a number")
    #expect(
      read(["{\"a\":"]).refusal == "error: Actions[0]: the text ends inside a value (byte 6 of the text)")
  }

  @Test func takesOneOfTwoActionsWithTheSameId() {
    let same = read([S.action(), S.action()])
    #expect(same.record?.actions.count == 1)
    #expect(same.lines == ["note: Actions[1]: the same action stands twice: \"urn:EmailZapper:1\""])
    let other = read([S.action(), S.action(["ActionStatus": "Skipped"])])
    #expect(other.record?.actions.map(\.status.known) == [.pending])
    #expect(
      other.lines == [
        "error: Actions[1]: another action of the record has the same id: \"urn:EmailZapper:1\""
          + " | it is not used; the rest of the record is"
      ])
  }

  /// Section 7.7: documented names beside the real ones.
  @Test func readsDocumentedNames() throws {
    let action = try #require(
      read([
        S.action([
          "ActionId": nil, "ID": "documented", "RelatedAlertIds": nil, "Related Alert IDs": "alert-1",
          "actionstatus": "Running", "ActionStatus": nil,
        ])
      ]).record?.actions.first)
    #expect(action.sourceID == "documented")
    #expect(action.alerts == ["alert-1"])
    #expect(action.status.known == .running)
  }

  @Test(arguments: [
    ("Pending", SourceStatus.pending), ("PendingApproval", .pending), ("Pending action", .pending),
    ("Waiting on resource", .waiting), ("Running", .running), ("Complete", .completed), ("Completed", .completed),
    ("Succeeded", .completed), ("Success", .completed), ("Failed", .failed), ("Skipped", .skipped),
    ("Cancelled", .cancelled), ("Canceled", .cancelled), ("Already in destination", .alreadyGone),
  ])
  func recognisesActionStatus(text: String, status: SourceStatus) {
    #expect(
      read([S.action(["ActionStatus": text])]).record?.actions.first?.status
        == Recognised(status, raw: ByteString(text)))
  }

  @Test(arguments: [
    ("None", SourceApproval.none), ("Approved", .approved), ("approve", .approved), ("Declined", .declined),
    ("Rejected", .declined), ("Denied", .declined), ("PendingApproval", .none),
  ])
  func recognisesApproval(text: String, approval: SourceApproval) {
    #expect(
      read([S.action(["ActionApproval": text])]).record?.actions.first?.approval
        == Recognised(approval, raw: ByteString(text)))
  }

  @Test func keepsUnrecognisedWordsAndSaysSo() throws {
    let result = read([
      S.action(["ActionStatus": "Deferred", "ActionApproval": "Perhaps", "ActionType": "ExampleFutureRemediation"])
    ])
    let action = try #require(result.record?.actions.first)
    #expect(action.kind == .unrecognised)
    #expect(action.rawType == "ExampleFutureRemediation")
    #expect(action.status == Recognised(nil, raw: "Deferred"))
    #expect(action.approval == Recognised(nil, raw: "Perhaps"))
    #expect(
      result.lines == [
        "note: Actions[0].ActionType: unrecognised type of action \"ExampleFutureRemediation\"",
        "note: Actions[0].ActionStatus: unrecognised status \"Deferred\"",
        "note: Actions[0].ActionApproval: unrecognised approval \"Perhaps\"",
      ])
  }

  @Test func listsTargetsAmongTheEntitiesOnce() {
    let data: [String: Any] = ["Entities": [S.message()]]
    let both = S.read(S.record(["Data": data, "Actions": [S.action()]])).record
    #expect(both?.entities.count == 1)
    let cluster = S.read(S.record(["Data": data, "Actions": [S.action(["Entities": [S.cluster()]])]])).record
    #expect(cluster?.entities.map(\.type.known) == [.mailMessage, .mailCluster])
    let nameless = S.message(["Urn": nil])
    let actions = [S.action(["Entities": [nameless]]), S.action(["ActionId": "2", "Entities": [nameless]])]
    #expect(S.read(S.record(["Actions": actions])).record?.entities.count == 1)
  }

  // MARK: The dialect of 2026 (section 7.5)

  private func step(_ changes: [String: Any?] = [:]) -> [String: Any] {
    var keys: [String: Any] = [
      "EntityUrn": "urn:MailEntityModel:6d57", "Disposition": "Remediator", "ActionType": "EmailZapperRemediation",
      "TimeoutForAction": "2026-04-20T08:20:02.3168632+00:00", "ActionStatus": "Cancelled",
      "id": "urn:EmailZapperRemediation:82c6", "ObjectCreationTime": "2026-04-20T08:15:01.2000100Z",
      "ObjectChangedTime": "2026-04-20T08:15:03.0000500Z", "ProcessingStartTime": "0001-01-01T00:00:00",
      "ProcessingEndTime": "2026-04-20T10:15:10.8201365Z", "KqlString": "", "DisplayName": NSNull(),
    ]
    for (key, value) in changes { keys[key] = value }
    return keys
  }

  @Test func takesOnlyRemediatorsOfTheNewerDialectForActions() throws {
    let analyser = step(["Disposition": "Analyzer", "ActionType": "MailClusterAnalyzer", "ActionStatus": "Complete"])
    let record = try #require(read([analyser, step()]).record)
    #expect(record.actions.count == 1)
    #expect(
      record.log == [
        LogLine(
          at: Instant(rfc3339: "2026-04-20T10:15:10.8201365Z"),
          text: "MailClusterAnalyzer: Complete (urn:MailEntityModel:6d57)", by: "Analyzer")
      ])
    let action = record.actions[0]
    #expect(action.sourceID == "urn:EmailZapperRemediation:82c6")
    #expect(action.kind == .softDeleteMessage)
    #expect(action.rawType == "EmailZapperRemediation")
    #expect(action.status == Recognised(.cancelled, raw: "Cancelled"))
    #expect(action.started?.rfc3339 == "2026-04-20T08:15:01Z")
    #expect(action.updated?.rfc3339 == "2026-04-20T08:15:03Z")
    #expect(action.ended?.rfc3339 == "2026-04-20T10:15:10Z")
    #expect(action.targets.count == 1)
    #expect(action.targets.first?.sourceID == "urn:MailEntityModel:6d57")
    #expect(action.targets.first?.type.known == .other)
    #expect(action.parameters == [])
  }

  @Test func findsTheEntityOfAUrn() throws {
    let data = ["Entities": [S.message(), S.cluster(["Urn": "urn:MailClusterEntity:9"])]]
    let record = try #require(
      S.read(S.record(["Data": data, "Actions": [step(["EntityUrn": "urn:MailClusterEntity:9"])]])).record)
    #expect(record.actions.first?.kind == .softDeleteCluster)
    #expect(record.actions.first?.targets == [record.entities[1]])
    #expect(record.actions.first?.mailCount == 8)
  }

  @Test func bindsTheQueryOfARemediator() {
    let actions = read([step(["KqlString": "(Subject:\"x\")"])]).record?.actions
    #expect(actions?.first?.parameters == [.init("query", .string("(Subject:\"x\")"))])
  }

  // MARK: References (section 7.8)

  @Test func resolvesReferencesInsideEachDocument() throws {
    let file = #"{"$id":"7","Type":"file","Name":"a.html","FileHashes":[{"Algorithm":"SHA256","Value":"AB"}]}"#
    let data = #"{"Entities":[{"$id":"2","Type":"mailMessage","Recipient":"r","Files":[\#(file)]},{"$ref":"7"}]}"#
    // The same ids start again in the action's own document.
    let action =
      #"{"ActionId":"x","ActionType":"EmailRemediation","Entities":[{"$id":"7","Type":"url","Url":"u"},{"$ref":"7"}]}"#
    let record = try #require(S.read(S.record(["Data": data, "Actions": [action]])).record)
    #expect(record.entities.first?.list(.attachments) == ["a.html (SHA-256 AB)"])
    #expect(record.entities[1].type.known == .file)
    #expect(record.entities[1].text(.sha256) == "AB")
    #expect(record.actions.first?.targets.map { $0.text(.url) } == ["u", "u"])
  }

  @Test func warnsOfAReferenceToNothing() {
    let result = S.read(S.record(["Data": #"{"Entities":[{"$ref":"9"}]}"#]))
    #expect(result.lines == ["warning: Data.Entities[0]: nothing has the $id \"9\""])
    #expect(result.record != nil)
  }

  @Test func refusesReferencesThatStandForTooMuch() {
    let big = String(repeating: "a", count: 200_000)
    let references = Array(repeating: #"{"$ref":"1"}"#, count: 200).joined(separator: ",")
    let data = #"{"Entities":[{"$id":"1","Type":"url","Url":"\#(big)"},\#(references)]}"#
    #expect(
      S.read(S.record(["Data": data])).refusal
        == "error: Data: its references stand for more bytes than a record may have")
  }
}
