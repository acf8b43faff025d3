public import ByteText
import Digests
public import DurableFiles

/// Evidence files without the records that went into an archive.
///
/// Evidence never changes: a file with fewer records is a new file, with a hash and a name of its own, in the old one's place.
public enum EvidencePruning {
  /// The file that ``write(in:_:without:)`` would make.
  public static func planned(
    in folder: Folder, _ name: ByteString, without dropped: Set<Int>
  ) throws -> LedgerNamedFile {
    var sum = SHA256Stream()
    try kept(in: folder, name, without: dropped) { sum.update($0) }
    return named(like: name, sum.finish().hex)
  }

  /// Writes an evidence file without some of its lines, durable and under its own name.
  ///
  /// - Parameters:
  ///   - name: the old file.
  ///   - dropped: where the lines begin that do not go along.
  /// - Returns: the new file.
  public static func write(
    in folder: Folder, _ name: ByteString, without dropped: Set<Int>
  ) throws -> LedgerNamedFile {
    let temporary = ByteString([0x2E] + name.bytes + Array(".pruned".utf8))
    if try folder.exists(temporary) { try folder.remove(temporary) }
    let out = try folder.create(temporary, mode: 0o600)
    var sum = SHA256Stream()
    try kept(in: folder, name, without: dropped) { line in
      sum.update(line)
      try out.append(line)
    }
    try out.sync()
    try out.close()
    let file = named(like: name, sum.finish().hex)
    try folder.rename(temporary, to: file.name)
    try folder.sync()
    return file
  }

  private static func kept(
    in folder: Folder, _ name: ByteString, without dropped: Set<Int>, _ take: (ArraySlice<UInt8>) throws -> Void
  ) throws {
    var lines = FileLines(try folder.open(name))
    try lines.forEach { line, offset in
      if !dropped.contains(offset) { try take(line) }
    }
  }

  /// The same number, the new hash.
  private static func named(like name: ByteString, _ hash: ByteString) -> LedgerNamedFile {
    let number = Array(name.bytes.prefix { $0 != 0x2D })
    return LedgerNamedFile(
      name: ByteString(number + [0x2D] + hash.bytes[0..<12] + Array(".jsonl".utf8)), sha256: hash)
  }

  /// Removes files of evidence that others have taken the place of; missing ones are nothing to do.
  public static func remove(_ names: Set<ByteString>, in folder: Folder) throws(FileError) {
    for name in names.sorted() where try folder.exists(name) { try folder.remove(name) }
    if !names.isEmpty { try folder.sync() }
  }
}
