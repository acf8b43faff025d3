import ByteText
import CaseModel
import Digests
import DurableFiles
import TestSupport
import Testing

@testable import CaseStore

@Suite struct EvidenceStoreTests {
  @Test func writesNothingForNoRecords() throws {
    let scratch = try Scratch()
    var writer = EvidenceWriter(in: scratch.folder, number: 1)
    #expect(try writer.finish() == nil)
    #expect(try scratch.folder.names() == [])
  }

  @Test func namesTheFileByNumberAndHash() throws {
    let scratch = try Scratch()
    // Left by a run that was killed.
    try scratch.folder.write([1, 2, 3], to: ".import.tmp")
    let (file, added) = try Exports.write(Exports.records, as: 12, in: scratch.folder)
    let bytes = try scratch.folder.read(file.name, limit: 1 << 24)
    #expect(file.sha256 == SHA256Sum.of(bytes).hex)
    #expect(file.name == ByteString("000012-" + String(decoding: file.sha256.bytes[..<12], as: UTF8.self) + ".jsonl"))
    #expect(try scratch.folder.names() == [file.name])
    #expect(try scratch.folder.info(file.name)?.mode == 0o600)
    #expect(added.map(\.place.length).reduce(0, +) == bytes.count)
    let again = try Scratch()
    #expect(try Exports.write(Exports.records, as: 12, in: again.folder).file == file)
  }

  @Test func readsRecordsBack() throws {
    let scratch = try Scratch()
    let (first, one) = try Exports.write(Array(Exports.records[..<7]), as: 1, in: scratch.folder)
    let (second, two) = try Exports.write(Array(Exports.records[7...]), as: 2, in: scratch.folder)
    let store = try EvidenceStore(in: scratch.folder, [first, second], checking: true)
    var places: [RecordPlace] = []
    for (raw, added) in zip(Exports.records, one + two) {
      let stored = try store.read(added.place)
      #expect(stored.envelope.raw == raw && stored.sha256 == SHA256Sum.of(raw))
      #expect(CaseIdentity.investigation(stored.record) == added.id)
      places.append(added.place)
    }
    var met: [RecordPlace] = []
    try store.forEachRecord { place, _ in met.append(place) }
    #expect(met == places)
  }

  @Test func refusesPlacesThatHoldNoRecord() throws {
    let scratch = try Scratch()
    let (file, added) = try Exports.write(Exports.records, as: 1, in: scratch.folder)
    let store = try EvidenceStore(in: scratch.folder, [file], checking: true)
    let changes: [(inout RecordPlace) -> Void] = [
      { $0.file = 1 }, { $0.file = -1 }, { $0.offset = 1 }, { $0.offset = -1 }, { $0.offset = 1 << 30 },
      { $0.length = 0 }, { $0.length = -1 }, { $0.length -= 5 },
    ]
    for (index, change) in changes.enumerated() {
      var place = added[0].place
      change(&place)
      #expect(throws: WorkspaceError.self, "change \(index)") { try store.read(place) }
    }
  }

  @Test func findsMissingAndChangedFiles() throws {
    func problem(_ folder: Folder, _ file: LedgerNamedFile, checking: Bool = true) -> ByteString? {
      do throws(WorkspaceError) {
        _ = try EvidenceStore(in: folder, [file], checking: checking)
        return nil
      } catch {
        guard case .evidence(let name, let problem) = error, name == file.name else {
          return "\(error)" == "" ? nil : "other"
        }
        return problem
      }
    }
    let scratch = try Scratch()
    let (file, _) = try Exports.write(Exports.records, as: 1, in: scratch.folder)
    let bytes = try scratch.folder.read(file.name, limit: 1 << 24)
    #expect(problem(scratch.folder, file) == nil)
    for index in stride(from: 0, to: bytes.count, by: 331) {
      var changed = bytes
      changed[index] ^= 1
      try scratch.folder.replace(file.name, with: changed, durable: false)
      #expect(problem(scratch.folder, file) == "the file was changed: its SHA-256 is not the ledger's")
    }
    #expect(problem(scratch.folder, file, checking: false) == nil)
    try scratch.folder.remove(file.name)
    #expect(problem(scratch.folder, file) == "the file is missing")
  }
}
