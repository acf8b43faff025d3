import ByteText
import CaseModel
import Digests
public import DurableFiles

/// Manifest lines of cases that an import has read already, on their way to the manifest.
///
/// Most investigations of an export have one record. Their line is made while the record is at hand and kept in a file beside the
/// manifest, so that it need not be read and understood again when the cases are in order.
public struct CaseSpool {
  private let folder: Folder
  private let file: OutputFile
  private static let name: ByteString = ".cases.tmp"

  /// Where a line stands in the spool.
  public struct Line: Hashable, Sendable {
    let offset: Int
    let length: Int
  }

  /// Begins a spool; what a killed run left of another is removed.
  public init(in folder: Folder) throws(FileError) {
    self.folder = folder
    if try folder.exists(Self.name) { try folder.remove(Self.name) }
    file = try folder.create(Self.name, mode: 0o600)
  }

  /// Adds the line of a case that has this record alone; `nil` where it makes no case.
  public func add(_ ranked: RankedRecord, at place: RecordPlace) throws(FileError) -> Line? {
    guard let merged = CaseMerge.merge([ranked]) else { return nil }
    var bytes: [UInt8] = []
    ManifestCase(head: CaseHead(of: merged, records: [ranked.sha256]), places: [place]).append(to: &bytes)
    let offset = file.size
    try file.append(bytes)
    return Line(offset: offset, length: bytes.count)
  }

  /// Ends writing, and opens the spool for reading.
  func open() throws(FileError) -> InputFile {
    try file.flush()
    return try folder.open(Self.name)
  }

  /// Throws the spool away.
  public func remove() throws(FileError) {
    try file.close()
    try folder.remove(Self.name)
  }
}
