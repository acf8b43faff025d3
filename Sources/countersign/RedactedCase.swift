import CaseModel
import CaseStore
import DecisionLedger

/// An investigation made of redacted records, and what the ledger says of it with the same labels.
struct RedactedCase: Sendable {
  /// The case.
  let merged: Case
  /// What lists show of it.
  let row: ManifestCase
  private let redaction: Redaction
  private let values: Redaction.CaseValues

  /// Reads the records of a case; `nil` where none is left.
  init?(_ row: ManifestCase, _ evidence: EvidenceStore, _ redaction: Redaction) throws {
    let stored = try row.places.map { try evidence.read($0) }
    values = redaction.values(of: stored.map(\.record))
    let records = redaction.redact(stored.map(\.record), with: values)
    let ranked = zip(stored, records).map { RankedRecord(sha256: $0.sha256, record: $1) }
    guard let merged = CaseMerge.merge(ranked) else { return nil }
    self.merged = merged
    self.row = ManifestCase(head: CaseHead(of: merged, records: row.places.map(\.sha256)), places: row.places)
    self.redaction = redaction
  }

  /// What is known of an action, before anything is made of it.
  func shown(_ facts: LedgerFacts) -> LedgerFacts { redaction.redact(facts, with: values) }

  /// A line of the ledger.
  func shown(_ line: LedgerState.Line) -> LedgerState.Line { redaction.redact(line, with: values) }
}
