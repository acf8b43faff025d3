import CaseModel
import CaseStore

/// An investigation made of redacted records.
enum RedactedCase {
  /// The case and what lists show of it.
  static func make(
    _ row: ManifestCase, _ evidence: EvidenceStore, _ redaction: Redaction
  ) throws -> (merged: Case, row: ManifestCase)? {
    let stored = try row.places.map { try evidence.read($0) }
    let records = redaction.redact(stored.map(\.record))
    let ranked = zip(stored, records).map { RankedRecord(sha256: $0.sha256, record: $1) }
    guard let merged = CaseMerge.merge(ranked) else { return nil }
    let head = CaseHead(of: merged, records: row.places.map(\.sha256))
    return (merged, ManifestCase(head: head, places: row.places))
  }

  /// What lists show of it.
  static func row(_ row: ManifestCase, _ evidence: EvidenceStore, _ redaction: Redaction) throws -> ManifestCase? {
    try make(row, evidence, redaction)?.row
  }
}
