import ByteText
import CaseModel
import Foundation
import Testing

@testable import ExportReading

private typealias S = ReadingSamples

/// Tables saved from the portal: AIR section 7, item 11, and the history of the Action center (item 12).
struct PortalTableTests {
  private static let hint =
    "it names no ids that an approval could be bound to: search the audit log for AirInvestigationData and export that"

  @Test(
    arguments: [
      // One file name, two layouts; `Mailbox` stands twice in the first.
      (
        "Investigation ID,First seen,Details,Email count,Malware,Phish,High Confidence Phish,Spam,Delivered,Junked,"
          + "Replaced,Blocked,Mailbox,Not in mailbox,On-prem/External,Mailbox,Entity type,Threat type,Subject",
        "the portal's table of pending actions"
      ),
      ("Action type,Wait time,Entity,Status,Handled by,Time", "the portal's history of pending actions"),
      // Columns that were not visible are not there, and the case is whatever the page had.
      ("first seen;Email Count;Threat Type", "the portal's table of pending actions"),
      ("Entity,Handled by,Status", "the portal's history of pending actions"),
      (
        "ID,Status,Detection Source,Investigation,Users,Creation Time,Last Changed Time,Threat count,Action count,"
          + "Duration of investigation", "the portal's table of investigations"
      ),
      (
        "ID,Action type,Action,Status,Device name,Description,Comments,Time created,Execution start time,Duration,"
          + "Pending duration,Queued Duration", "the portal's log of an investigation"
      ),
      (
        "\"ActionType\",\"ActionStatus\",\"StartTime\",\"EndTime\",\"ComputerName\",\"ActionAutomationType\",\"undo\"",
        "the history of the Action center"
      ),
    ] as [(String, String)])
  func refusesTablesOfThePortalWithAWayOut(header: String, name: String) {
    // Times without a zone, an `EndTime` that is empty, a host name cut to 15 characters: nothing of it is believed.
    let file =
      "\u{FEFF}" + header + "\r\nIsolateResponse,Completed,03/09/2026 07:52:07,,DESKTOP-LARKFIE,Manual,undoable\r\n"
    let lines = S.lines(S.items(Array(file.utf8)))
    #expect(lines.last == "error: in: the file looks like \(name) | \(Self.hint)")
    #expect(!S.items(Array(file.utf8)).contains { if case .record = $0 { true } else { false } })
  }

  @Test(arguments: ["id,status,name", "Subject,Time,Comment", "Status", "a,b,c,d,e,Status,Entity,Time"])
  func takesOtherTablesForWhatTheyAre(header: String) {
    #expect(PortalTable(header: Array(header.utf8)) == nil)
  }

  /// A column of audit records makes it an export, whatever stands beside it.
  @Test func prefersAuditRecords() throws {
    let record = S.text(S.record()).replacingOccurrences(of: "\"", with: "\"\"")
    let file = "Action type,Wait time,Entity,Status,Handled by,Time,AuditData\na,b,c,d,e,f,\"\(record)\"\n"
    #expect(S.items(Array(file.utf8)).contains { if case .record = $0 { true } else { false } })
  }
}

/// AIR section 7, items 12 and 13, as far as audit records show them.
struct RepeatedStateTests {
  /// One state has three labels: of investigation, list and Action center.
  @Test(arguments: ["Pending action", "Pending approval", "Pending", "pendingApproval", "PENDING ACTION"])
  func knowsThePendingStateByEachOfItsLabels(label: String) {
    #expect(StatusWords.action(ByteString(label)).known == .pending)
    #expect(StatusWords.investigation(ByteString(label)).known == .pendingAction)
  }

  /// `Id` is the record's, `InvestigationId` the investigation's: a feed that repeats a record, and one that tells a later status
  /// of the same investigation, are told apart by the two.
  @Test func tellsTheRecordsIDFromTheInvestigations() throws {
    let first = S.record(["Id": "record-1", "Status": "Pending Action"])
    let later = S.record(["Id": "record-2", "Status": "Remediated", "CreationTime": "2026-03-10T07:52:07"])
    let other = S.record(["Id": "record-1", "InvestigationId": "urn:ZappedUrlInvestigation:other"])
    let file = [first, first, later, other].map(S.text).joined(separator: "\n")
    let records = S.items(Array(file.utf8)).compactMap { item -> (ByteString, ByteString, [UInt8])? in
      guard case .record(let found) = item else { return nil }
      return (found.record.recordID, found.record.investigationID, found.raw)
    }
    #expect(records.map(\.0) == ["record-1", "record-1", "record-2", "record-1"])
    #expect(Set(records.map(\.1)).count == 2)
    // The repeated record is the same bytes, so its import is a duplicate; the later one is not.
    #expect(records[0].2 == records[1].2 && records[0].2 != records[2].2)
  }
}
