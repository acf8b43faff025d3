import ByteText
import CaseModel
import ExportReading
import Foundation
import Testing

private typealias S = ReadingSamples

/// The containers of AIR section 2.
struct ContainerReadingTests {
  private static func full() -> [String: Any] {
    S.record([
      "Actions": [S.text(S.action()), S.text(S.action(["ActionId": "2", "Entities": [S.cluster()]]))],
      "Data": S.text(["AlertDisplayName": "Über \"K-88\"", "Entities": [S.message(), S.cluster()]]),
    ])
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
  }

  /// The same record in every container; whether its own text is what is kept.
  static func containers() -> [(name: String, file: [UInt8], keepsText: Bool)] {
    let record = full()
    let text = S.text(record)
    let row: [String: Any] = ["Timestamp": "2026-03-09T07:52:07Z", "ActionType": "AirInvestigationData"]
    let hunting = row.merging(["RawEventData": record]) { $1 }
    let wrapper: [String: Any] = [
      "time": "t", "tenantId": "x", "operationName": "Publish", "category": "AdvancedHunting-CloudAppEvents",
      "properties": hunting,
    ]
    let outer: [String: Any] = [
      "id": "record-1", "createdDateTime": "2026-03-09T07:52:07Z", "auditLogRecordType": "airInvestigation",
      "operation": "AirInvestigationData", "organizationId": "7e10109e-b0f4-5ba3-9e4e-a0812d215bd1",
    ]
    let type: [String: Any] = ["@odata.type": "#microsoft.graph.security.airInvestigationData"]
    func graph(_ data: [String: Any]) -> [UInt8] { S.json(outer.merging(["auditData": data]) { $1 }) }
    let part = record.filter { !["Id", "CreationTime", "OrganizationId", "RecordType", "Operation"].contains($0.key) }
    let camel = Dictionary(
      uniqueKeysWithValues: record.map { ($0.key.prefix(1).lowercased() + $0.key.dropFirst(), $0.value) })
    let portal = "RecordId,CreationDate,RecordType,Operation,UserId,AuditData,AssociatedAdminUnits,Names\r\n"
    let tail = ",2026-03-09T07:52:07.0000000Z,64,AirInvestigationData,x,"
    func csv(_ text: String) -> [UInt8] { Array(text.utf8) }
    return [
      ("bare", S.json(record), true), ("lines", S.json(record) + [0x0A], true), ("array", S.json([record]), true),
      ("OData", S.json(["value": [record]]), true), ("hunting row", S.json(hunting), true),
      ("hunting row, text", S.json(row.merging(["RawEventData": text]) { $1 }), true),
      ("streaming wrapper", S.json(wrapper), true), ("wrapped records", S.json(["records": [wrapper]]), true),
      ("AuditData text", S.json(["RecordType": "AirInvestigation", "AuditData": text]), true),
      ("Graph", graph(record), true), ("Graph, typed", graph(record.merging(type) { $1 }), false),
      ("Graph, dynamic", graph(type.merging(["dynamicProperties": record]) { $1 }), true),
      ("Graph, camel case", graph(camel), false), ("Graph, keys outside", graph(part), false),
      ("Graph, dynamic, keys outside", graph(["dynamicProperties": part]), false),
      ("Purview", csv(portal + "record-1" + tail + quoted(text) + ",,\r\n"), true),
      ("Purview, older", csv("CreationDate,UserIds,Operations,AuditData\n\"3/9/2026\",x,y," + quoted(text)), true),
      (
        "PowerShell",
        csv("#TYPE Selected.System\r\n\"creationdate\",\"userids\",\"RECORDTYPE\",\"auditdata\"\r\na,b,c,")
          + csv(quoted(text)),
        true
      ),
      ("semicolons", csv("CreationDate;AuditData\na;" + quoted(text) + "\n"), true),
      ("hunting CSV", csv("Timestamp,ActionType,RawEventData\na,b," + quoted(text) + "\n"), true),
    ]
  }

  @Test(arguments: containers().map(\.name))
  func readsTheSameFromEveryContainer(name: String) throws {
    let expected = try #require(S.read(Self.full()).record)
    #expect(expected.actions.count == 2)
    let container = try #require(Self.containers().first { $0.name == name })
    let items = S.items(container.file)
    #expect(S.lines(items) == [])
    let records = S.records(items)
    #expect(records.count == 1)
    let record = try #require(records.first)
    #expect(record.record == expected)
    #expect(record.number == 1)
    #expect(record.dialect == .air)
    if container.keepsText { #expect(record.raw == S.json(Self.full())) }
    // What is kept reads as the same again.
    #expect(RecordReading.read(record.raw, as: .air).record == expected)
  }

  @Test func keepsTheRowWhereItIsNeeded() throws {
    let file = try #require(Self.containers().first { $0.name == "Graph, keys outside" }).file
    #expect(S.records(S.items(file)).first?.raw == file)
  }

  @Test func numbersRecordsInWrappers() {
    let record = S.record()
    let file = S.json(["records": [record, ["x": 1], 5, S.record(["Id": "3"])]]) + S.json(S.record(["Id": "4"]))
    let items = S.items(file)
    #expect(S.records(items).map(\.number) == [1, 4, 5])
    #expect(
      S.lines(items).map { String($0.prefix(60)) } == [
        "error: in: record 2: no record that is known: found neither ",
        "error: in: record 3: expected a record in braces, found a nu",
      ])
  }

  @Test func refusesRowsWithoutARecord() {
    let file = Array("A,AuditData,B\n1\n1,,2\n1,[],2\n1,{},2\n1,\"{\"\"a\"\":\",2\n1,x\"y,2\n".utf8)
    let items = S.items(file)
    #expect(
      S.lines(items) == [
        "error: in: record 1: AuditData: the row ends before this column",
        "error: in: record 2: AuditData: the cell is empty",
        "error: in: record 3: AuditData: expected a record in braces, found an array",
        "error: in: record 4: no record that is known: found neither RecordType, Operation, RawEventData, auditData nor "
          + "format | import takes audit records as JSON or CSV, hunting rows, Graph audit records and Countersign "
          + "exports, gzipped or not",
        "error: in: record 5: AuditData: the text ends inside a value (byte 6 of the text) | spreadsheet programs cut "
          + "cells at 32,767 characters: export it again, and do not save it there",
        "error: in: record 6: a quote stands inside a field that does not begin with one (line 7 of the file)",
      ])
    let bytes = items.compactMap { item -> String? in
      if case .refused(let refused) = item { String(decoding: refused.bytes, as: UTF8.self) } else { nil }
    }
    #expect(
      bytes == [
        #""1""#, #""1","","2""#, #""1","[]","2""#, #""1","{}","2""#, #""1","{""a"":","2""#, "",
      ])
  }

  @Test func refusesRowsWhoseRecordIsNoObject() {
    #expect(
      S.lines(S.items(S.json(["RawEventData": 5])))
        == ["error: in: record 1: RawEventData: expected a record in braces"])
    #expect(
      S.lines(S.items(S.json(["RawEventData": "5"])))
        == ["error: in: record 1: RawEventData: expected a record in braces, found a number"])
  }

  @Test func refusesTenantsThatAreNotAccepted() {
    let items = S.items(S.json(S.record()), tenants: ["another"])
    #expect(
      S.lines(items) == [
        "error: in: record 1: OrganizationId: the record belongs to tenant \"7e10109e-b0f4-5ba3-9e4e-a0812d215bd1\", "
          + "which is not accepted | add it to organization.tenants in countersign.yaml, if its records belong here"
      ])
    #expect(S.records(S.items(S.json(S.record()), tenants: ["another", S.tenant])).count == 1)
  }

  @Test func narrowsTheTenantsBetweenRecords() {
    var reader = ExportReader(file: "in", acceptedTenants: [])
    let file = S.json(S.record()) + [0x0A] + S.json(S.record(["OrganizationId": "second"]))
    reader.feed(file[...])
    reader.finish()
    guard case .record(let first)? = reader.next() else {
      Issue.record("no record")
      return
    }
    reader.acceptedTenants = [first.record.tenant]
    guard case .refused(let second)? = reader.next() else {
      Issue.record("not refused")
      return
    }
    #expect(second.diagnostic.field == "OrganizationId")
    #expect(second.bytes == S.json(S.record(["OrganizationId": "second"])))
  }

  @Test(arguments: [
    (
      "countersign-export/2",
      "format: made by a newer countersign-export: \"countersign-export/2\""
        + " | this version reads countersign-export/1; use a newer countersign"
    ),
    (
      "countersign-decisions/1",
      "format: not an export: \"countersign-decisions/1\" | hand decisions to `countersign apply`"
    ),
    ("acme/1", "format: not an export: \"acme/1\" | expected countersign-export/1"),
    ("countersign-export/x", "format: not an export: \"countersign-export/x\" | expected countersign-export/1"),
  ])
  func refusesOtherFormats(format: String, message: String) {
    #expect(S.lines(S.items(S.json(["format": format, "id": "1"]))) == ["error: in: record 1: " + message])
  }
}
