import ByteText
import CaseModel
import ExportReading
import Foundation
import Testing

private typealias S = ReadingSamples

/// The six samples of the AIR format description.
@Suite(.enabled(if: ReadingSamples.shared != nil))
struct AIRSampleTests {
  private func sample(_ number: Int) throws -> InvestigationRecord {
    let result = RecordReading.read(try S.airSamples()[number - 1], as: .air)
    #expect(result.lines == [])
    #expect(result.refusal == "")
    return try #require(result.record)
  }

  @Test func readsThePendingRecord() throws {
    let record = try sample(1)
    #expect(record.status.known == .pendingAction)
    #expect(record.severity.known == .informational)
    #expect(record.actions.map(\.kind) == [.softDeleteMessage, .softDeleteCluster])
    #expect(record.actions.map(\.status.known) == [.pending, .pending])
    #expect(record.actions.map(\.mailCount) == [1, 8])
    #expect(record.entities.map(\.type.known) == [.mailMessage, .mailbox, .url, .mailCluster, .mailCluster])
    #expect(record.entities[0].verdict.known == .malicious)
    #expect(record.entities[0].text(.subject) == "Invoice \"K-88\" ready; please settle")
    #expect(record.actions[1].targets == [record.entities[4]])
    #expect(record.alerts.first?.title == "Email messages containing malicious URL removed after delivery\u{200B}")
    let asked = Instant(rfc3339: "2026-03-09T07:41:12.5510443Z").map { EntityField.Value.time($0) }
    #expect(record.entities[4].fields.first { $0.name == .queryTime }?.value == asked)
  }

  @Test func readsTheDecidedRecord() throws {
    let record = try sample(2)
    #expect(record.status.known == .remediated)
    #expect(record.investigationID == (try sample(1)).investigationID)
    #expect(record.actions.map(\.approval.known) == [.declined, .approved])
    #expect(record.actions.map(\.status.known) == [.skipped, .completed])
    #expect(record.actions.first?.decidedBy == "noor.haddad@larkfield.example.com")
    #expect(record.actions.first?.decisionComment == "cluster confirmed, message already gone")
    #expect(record.actions.map(\.sourceID) == (try sample(1)).actions.map(\.sourceID))
  }

  @Test func readsTheRunningSubmission() throws {
    let record = try sample(3)
    #expect(record.status.known == .running)
    #expect(record.runningSeconds == 361)
    #expect(record.ended == nil)
    #expect(record.actions == [])
    #expect(record.entities.map(\.type.known) == [.mailMessage, .mailbox, .submission, .ip])
    #expect(record.entities[0].text(.envelopeSender) == "<>")
  }

  @Test func readsTheRecordWithDecodedActions() throws {
    let record = try sample(4)
    #expect(record.actions.map(\.status.known) == [.skipped])
    let message = try #require(record.actions.first?.targets.first)
    #expect(message.text(.subject) == "Übersicht März – Bestellung")
    #expect(
      message.list(.attachments) == [
        "Bestellung.html (SHA-256 68BC4594AE8C0D13931D245C846629C0538159DAF2E6ABE2A53FAF22A46E07BC)"
      ])
    #expect(record.entities.map(\.type.known) == [.mailMessage, .mailbox, .file])
  }

  @Test func readsTheDialectOf2026() throws {
    let record = try sample(5)
    #expect(record.log.count == 3)
    #expect(record.actions.map(\.kind) == [.softDeleteMessage])
    #expect(record.actions.map(\.status.known) == [.cancelled])
    #expect(record.severity.known == .high)
    #expect(record.entities.count == 3)
  }

  @Test func readsAnAdministratorsAction() throws {
    let record = try sample(6)
    #expect(record.type == "AdminActionInvestigation")
    #expect(record.actions.map(\.approval.known) == [.approved])
  }

  @Test func readsTheWholeFile() throws {
    let lines = try S.airSamples()
    let file = Array(lines.joined(separator: [0x0A]))
    let items = S.items(file, chunk: 4_096)
    #expect(S.records(items).map(\.raw) == lines)
    #expect(S.lines(items) == [])
  }
}
