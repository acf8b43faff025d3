public import ByteText
public import CaseModel
public import Digests
public import DurableFiles
import ExportReading

/// The evidence of a workspace: files that the ledger names, in its order, each opened once.
public struct EvidenceStore: Sendable {
  private let files: [InputFile]
  /// The files, as the ledger names them.
  public let names: [LedgerNamedFile]

  /// Opens the files the ledger names and checks each against its hash.
  ///
  /// - Parameter checking: whether to read every byte; a run that checked them a moment ago need not again.
  public init(in folder: Folder, _ names: [LedgerNamedFile], checking: Bool) throws(WorkspaceError) {
    var files: [InputFile] = []
    var changed: ByteString?
    for name in names {
      do throws(FileError) {
        let file = try folder.open(name.name)
        if checking {
          let hash = try Self.hash(file).hex
          if hash != name.sha256 { changed = name.name }
        }
        files.append(file)
      } catch {
        if error.kind == .missing { throw .evidence(name: name.name, problem: "the file is missing") }
        throw .file(error)
      }
      if let changed {
        throw .evidence(name: changed, problem: "the file was changed: its SHA-256 is not the ledger's")
      }
    }
    self.files = files
    self.names = names
  }

  static func hash(_ file: InputFile) throws(FileError) -> SHA256Digest {
    var sum = SHA256Stream()
    try file.forEachChunk { (chunk) throws(FileError) in sum.update(chunk) }
    return sum.finish()
  }

  /// A record read back.
  public struct Stored: Sendable {
    /// The line it stands in.
    public var envelope: EvidenceEnvelope
    /// SHA-256 of its bytes.
    public var sha256: SHA256Digest
    /// What it says.
    public var record: InvestigationRecord
  }

  /// Reads the record at a place.
  public func read(_ place: RecordPlace) throws(WorkspaceError) -> Stored {
    guard let stored = Self.stored(try line(at: place)) else {
      throw .evidence(
        name: names[place.file].name, problem: ByteString("the line at byte \(place.offset) is no record"))
    }
    return stored
  }

  /// The bytes of the line at a place.
  func line(at place: RecordPlace) throws(WorkspaceError) -> [UInt8] {
    guard files.indices.contains(place.file), place.offset >= 0, place.length >= 0 else {
      throw .evidence(name: "", problem: "the manifest names a file that is not there")
    }
    var line: [UInt8] = []
    do throws(FileError) {
      _ = try files[place.file].read(into: &line, at: place.offset, count: place.length)
    } catch {
      throw .file(error)
    }
    return line
  }

  static func stored(_ line: [UInt8]) -> Stored? {
    guard let document = try? JSONDocument.parse(line, limits: EvidenceEnvelope.limits),
      let (envelope, sha256) = EvidenceEnvelope.read(document),
      case .success(let reading) = RecordReading.read(envelope.raw, as: envelope.dialect)
    else { return nil }
    return Stored(envelope: envelope, sha256: sha256, record: reading.record)
  }

  /// Reads every record of every file in order: to make a manifest again.
  func forEachRecord(_ body: (RecordPlace, InvestigationRecord) throws -> Void) throws {
    for (number, file) in files.enumerated() {
      var lines = FileLines(file)
      try lines.forEach { line, offset in
        guard let stored = Self.stored(Array(line)) else {
          throw WorkspaceError.evidence(
            name: names[number].name, problem: ByteString("the line at byte \(offset) is no record"))
        }
        try body(
          RecordPlace(
            file: number, offset: offset, length: line.count, sha256: stored.sha256,
            recordID: RecordPlace.hash(stored.record.recordID)),
          stored.record)
      }
    }
  }

  /// All records of a case, merged.
  public func merge(_ places: [RecordPlace]) throws(WorkspaceError) -> Case? {
    var records: [RankedRecord] = []
    for place in places {
      let stored = try read(place)
      records.append(RankedRecord(sha256: stored.sha256, record: stored.record))
    }
    return CaseMerge.merge(records)
  }
}

extension RecordPlace {
  /// A hash of a record's own id: finds the few records that might share one.
  public static func hash(_ recordID: ByteString) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in recordID.bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    // The manifest carries it as a signed number.
    return hash >> 1
  }
}
