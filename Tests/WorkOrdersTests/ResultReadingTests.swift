import ByteText
import CaseModel
import TestSupport
import Testing

@testable import WorkOrders

/// Result files of every kind, told from exports and from one another by what they hold.
@Suite struct ResultReadingTests {
  private static func read(_ text: String) throws -> ResultFile { try #require(ResultReading.read(bytes(text))) }

  private static let own =
    #"{"format":"countersign-result/1","order":"wo-a","state":"succeeded","at":"2026-03-13T16:30:00Z","detail":"1 done"}"#

  @Test(arguments: [own, "\u{FEFF}" + own, "[" + own + "]", "\n" + own + "\n"])
  func readsOurOwn(_ text: String) throws {
    let file = try Self.read(text)
    #expect(file.refused.isEmpty)
    let row = try #require(file.rows.first)
    #expect(row.subject == .order("wo-a", part: nil))
    #expect(row.outcome == .state(.succeeded))
    #expect(row.at == Instant(rfc3339: "2026-03-13T16:30:00Z"))
    #expect(row.detail == "1 done")
  }

  @Test(arguments: [
    (#""state":"succeeded""#, #""state":"done""#, "state"), (#""order":"wo-a""#, #""order":7"#, "order"),
    (#""at":"2026-03-13T16:30:00Z""#, #""at":"yesterday""#, "at"), ("result/1", "result/2", "format"),
    (#""state":"succeeded""#, #""state":"handed over""#, "state"),
  ])
  func refusesWhatIsWrong(_ old: String, _ new: String, _ field: String) throws {
    let file = try Self.read(Self.own.replacing(old, with: new))
    #expect(file.rows.isEmpty)
    #expect(file.refused.map(\.field) == [ByteString(field)])
    #expect(file.refused.first?.bytes.isEmpty == false)
  }

  @Test(arguments: [
    "already gone", "already-gone", "Already Gone", "alreadyGone",
  ])
  func readsStatesInAnySpelling(_ word: String) throws {
    let file = try Self.read(Self.own.replacing("succeeded", with: word))
    #expect(file.rows.map(\.outcome) == [.state(.alreadyGone)])
  }

  @Test(arguments: [
    (1, ResultRow.Outcome.state(.succeeded)), (2, .state(.failed)), (3, .state(.alreadyGone)), (4, .state(.failed)),
    (5, .state(.failed)), (6, .state(.failed)), (0, .none), (99, .none),
  ])
  func readsEvents(_ status: Int, _ outcome: ResultRow.Outcome) throws {
    let file = try Self.read(
      #"{"class_uid":7001,"command_uid":"wo-a.2","time":1773418200000,"status_id":\#(status),"status":"x"}"#)
    let row = try #require(file.rows.first)
    #expect(row.outcome == outcome)
    #expect(row.subject == .order("wo-a", part: 2))
    #expect(row.at == Instant(seconds: 1_773_418_200))
  }

  @Test(arguments: [
    "ActionId,ActionStatus,EndTime\r\nurn:a,Completed,03/13/2026 17:00:00\r\n",
    "Action ID;Status;Decided by;Action update time\nurn:a;Completed;Ivy;2026-03-13T17:00:00Z\n",
    #"[{"ActionId":"urn:a","ActionStatus":"Completed","EndTime":"2026-03-13T17:00:00.1234567"}]"#,
    #"{"Count":1,"Results":[{"ActionId":"urn:a","ActionStatus":"Completed","EndTime":"2026-03-13T17:00:00Z"}]}"#,
    "\u{FEFF}\"Approval ID\",\"Action status\",\"Time\"\n\"urn:a\",\"completed\",\"3/13/2026 5:00:00 PM\"\n",
  ])
  func readsHistories(_ text: String) throws {
    let file = try Self.read(text)
    #expect(file.refused.isEmpty)
    let row = try #require(file.rows.first)
    #expect(row.subject == .action("urn:a"))
    #expect(row.outcome == .state(.succeeded))
    #expect(row.at?.minuteText == "2026-03-13 17:00 Z")
  }

  @Test(arguments: [
    ("Pending", "", ResultRow.Outcome.none), ("Running", "", .state(.running)),
    ("Completed", "Approved", .state(.succeeded)),
    ("Completed", "Declined", .state(.skipped)), ("Failed", "", .state(.failed)), ("Skipped", "", .none),
    ("Expired", "", .none), ("Declined", "", .state(.skipped)),
    ("Already in destination", "", .state(.alreadyGone)), ("", "", .none),
  ])
  func tellsOutcomesApart(_ status: String, _ decision: String, _ outcome: ResultRow.Outcome) throws {
    let file = try Self.read("ActionId,ActionStatus,ActionDecision\nurn:a,\(status),\(decision)\n")
    #expect(file.rows.map(\.outcome) == [outcome])
  }

  @Test func refusesStatusesItDoesNotKnow() throws {
    let file = try Self.read("ActionId,ActionStatus\nurn:a,Transmogrified\nurn:b,Completed\n,Completed\nx\n")
    #expect(file.rows.count == 1)
    #expect(
      file.refused.map(\.message) == [
        "not known: 'Transmogrified'", "missing: nothing says which action it is about",
        "the row has 1 fields, the header 2",
      ])
  }

  @Test(arguments: [
    "Timestamp,NetworkMessageId,Action,ActionType,ActionResult,RecipientEmailAddress\n2026-03-13T17:00:00Z,ABC,Soft delete,Manual remediation,Success,Ivy@Desk.example\n",
    #"{"schema":[],"results":[{"Timestamp":"2026-03-13T17:00:00Z","NetworkMessageId":"ABC","Action":"Soft delete","ActionType":"Manual remediation","ActionResult":"Success","RecipientEmailAddress":"Ivy@Desk.example"}]}"#,
    #"{"time":"x","category":"AdvancedHunting-EmailPostDeliveryEvents","properties":{"Timestamp":"2026-03-13T17:00:00Z","NetworkMessageId":"ABC","Action":"Soft delete","ActionType":"Manual remediation","ActionResult":"Success","RecipientEmailAddress":"Ivy@Desk.example"}}"#,
  ])
  func readsEventsOfMessages(_ text: String) throws {
    let row = try #require(try Self.read(text).rows.first)
    #expect(row.subject == .message(id: "abc", recipient: "ivy@desk.example"))
    #expect(row.outcome == .event(action: "Soft delete", by: "Manual remediation", result: .done))
  }

  @Test(arguments: [
    "", "   \n", "hello", "a,b\n1,2\n", "RecordId,CreationDate,RecordType,Operation,UserId,AuditData\n1,2,3,4,5,6\n",
    #"{"format":"countersign-export/1","id":"x"}"#, #"{"RecordType":64,"InvestigationId":"x","Status":"Running"}"#,
    #"[{"CreationTime":"2026-03-13T17:00:00"}]"#, "{", "[]", "v4.public.AAAA\n",
    #"{"category":"AdvancedHunting-CloudAppEvents","properties":{"RawEventData":{}}}"#,
  ])
  func leavesOtherFilesToOthers(_ text: String) {
    #expect(ResultReading.read(bytes(text)).map(\.rows.count) == nil)
  }

  @Test func neverFailsOnHostileBytes() throws {
    var random = SplitMix(state: 5)
    let seeds = [
      Self.own, "ActionId,ActionStatus\nurn:a,Completed\n",
      "Timestamp,NetworkMessageId,Action,ActionType,ActionResult,RecipientEmailAddress\n2026-03-13T17:00:00Z,ABC,Soft delete,Manual remediation,Success,a\n",
    ].map { bytes($0) }
    for _ in 0..<3_000 {
      var text = seeds[Int(random.next() % 3)]
      for _ in 0..<Int(random.next() % 4 + 1) {
        text[Int(random.next() % UInt64(text.count))] = UInt8(truncatingIfNeeded: random.next())
      }
      _ = ResultReading.read(text)
    }
  }
}
