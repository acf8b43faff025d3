import ByteText
import CaseModel
import Digests
import DurableFiles
import ExportReading
import Foundation

@testable import CaseStore

struct Missing: Error {
  var what: String
}

/// Records of the neutral export, for the way through evidence and manifest.
enum Exports {
  /// A record of `case-N`: its number, hour of creation, status and actions with theirs.
  static func record(
    _ id: Int, of number: Int, hour: Int, status: String = "pending-action",
    actions: [(id: String, status: String)] = []
  ) -> [UInt8] {
    let entities = #"[{"id":"e1","type":"url","url":"https://x.example/\#(number)"}]"#
    let list = actions.map { #"{"id":"\#($0.id)","kind":"block-url","status":"\#($0.status)","targets":["e1"]}"# }
    let time = "2026-03-11T\(hour < 10 ? "0" : "")\(hour):14:00Z"
    return Array(
      (#"{"format":"countersign-export/1","id":"rec-\#(id)","tenant":"t1","investigation":{"id":"case-\#(number)","#
        + #""name":"Case \#(number) ü","type":"mailbox","status":"\#(status)","created":"\#(time)"},"entities":\#(entities),"#
        + #""actions":[\#(list.joined(separator: ","))]}"#).utf8)
  }

  /// Records of five cases, some of several records.
  static let records: [[UInt8]] = {
    var records: [[UInt8]] = []
    for number in 0..<5 {
      for step in 0...number {
        let isLast = step == number && number > 1
        records.append(
          record(
            records.count, of: number, hour: step, status: isLast ? "remediated" : "pending-action",
            actions: [("a-\(number)", isLast ? "completed" : "pending"), ("b-\(number)-\(step)", "pending")]))
      }
    }
    return records
  }()

  /// Writes records as evidence file `number` and gives their places.
  static func write(
    _ records: [[UInt8]], as number: Int, in folder: Folder, spool: CaseSpool? = nil
  ) throws -> (file: LedgerNamedFile, added: [ManifestUpdate.Added]) {
    var writer = EvidenceWriter(in: folder, number: number)
    var added: [ManifestUpdate.Added] = []
    for (index, raw) in records.enumerated() {
      let envelope = EvidenceEnvelope(source: "x.json", number: index + 1, dialect: .countersign, raw: raw)
      let place = try writer.add(envelope, sha256: envelope.sha256)
      let record = try RecordReading.read(raw, as: .countersign).get().record
      guard let id = CaseIdentity.investigation(record) else { throw Missing(what: "id") }
      let found = RecordPlace(
        file: number - 1, offset: place.offset, length: place.length, sha256: envelope.sha256,
        recordID: RecordPlace.hash(record.recordID))
      let line = try spool?.add(RankedRecord(sha256: envelope.sha256, record: record), at: found)
      added.append(ManifestUpdate.Added(id: id, place: found, line: line))
    }
    guard let file = try writer.finish() else { throw Missing(what: "evidence") }
    return (file, added)
  }

  static func manifest(_ folder: Folder) throws -> [UInt8] { try folder.read(Manifest.fileName, limit: 1 << 24) }

  /// The heads in a manifest; `nil` where it is not whole.
  static func heads(_ folder: Folder) throws -> [CaseHead]? {
    var heads: [CaseHead] = []
    let isWhole = try Manifest.read(folder) { line in
      if case .case(let row, _, _) = line { heads.append(row.head) }
    }
    return isWhole ? heads : nil
  }
}
