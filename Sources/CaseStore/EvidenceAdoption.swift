public import ByteText
import Digests
public import DurableFiles

/// Evidence files that no ledger entry names: an import was killed between the two (DESIGN section 3, order of truth).
public enum EvidenceAdoption {
  /// A whole, readable file that nothing names yet.
  public struct Orphan: Sendable {
    /// Name and hash.
    public var file: LedgerNamedFile
    /// The number of records in it.
    public var records: Int
    /// The names of the files they came from.
    public var sources: [ByteString]
  }

  /// Looks for such files, checks every record, and removes unfinished ones.
  ///
  /// - Parameter named: the files the ledger names.
  /// - Returns: the files to adopt, in order of name, and the names of those that are damaged: they are left alone.
  public static func orphans(
    in folder: Folder, named: [LedgerNamedFile]
  ) throws -> (whole: [Orphan], damaged: [ByteString]) {
    let known = Set(named.map(\.name))
    var whole: [Orphan] = []
    var damaged: [ByteString] = []
    for entry in try folder.entries() where entry.kind == .regular && !known.contains(entry.name) {
      if entry.name.bytes.first == 0x2E {
        // Never got its name: nothing of it was promised to anybody.
        try folder.remove(entry.name)
        continue
      }
      let file = LedgerNamedFile(name: entry.name, sha256: try EvidenceStore.hash(try folder.open(entry.name)).hex)
      var records = 0
      var sources: Set<ByteString> = []
      var lines = FileLines(try folder.open(entry.name))
      var isWhole = true
      try lines.forEach { line, _ in
        guard line.last == 0x0A, let stored = EvidenceStore.stored(Array(line)) else {
          isWhole = false
          return
        }
        records += 1
        sources.insert(stored.envelope.source)
      }
      // The name carries the start of the hash: a file that was cut or changed does not match it.
      let carried = entry.name.bytes.drop { $0 != 0x2D }.dropFirst().prefix(12)
      if isWhole && records > 0 && carried.elementsEqual(file.sha256.bytes.prefix(12)) {
        whole.append(Orphan(file: file, records: records, sources: sources.sorted()))
      } else {
        damaged.append(entry.name)
      }
    }
    return (whole, damaged)
  }
}
