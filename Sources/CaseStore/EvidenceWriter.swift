import ByteText
public import Digests
public import DurableFiles

/// Writes one import's evidence file: under a temporary name until it is whole and durable, then under its own.
///
/// The name carries the file's number and the start of its hash, so the same imports make the same names.
public struct EvidenceWriter {
  private let folder: Folder
  private let number: Int
  private var file: OutputFile?
  private var sum = SHA256Stream()
  private var line: [UInt8] = []
  private static let temporaryName: ByteString = ".import.tmp"

  /// Prepares the evidence file of that number.
  ///
  /// Nothing is made on disk before the first record.
  public init(in folder: Folder, number: Int) {
    self.folder = folder
    self.number = number
  }

  /// Adds a record.
  ///
  /// - Returns: offset and length of its line.
  public mutating func add(_ envelope: EvidenceEnvelope, sha256: SHA256Digest) throws(FileError) -> (
    offset: Int, length: Int
  ) {
    let output: OutputFile
    if let file {
      output = file
    } else {
      if try folder.exists(Self.temporaryName) { try folder.remove(Self.temporaryName) }
      output = try folder.create(Self.temporaryName, mode: 0o600)
      file = output
    }
    line.removeAll(keepingCapacity: true)
    envelope.append(sha256: sha256, to: &line)
    let offset = output.size
    sum.update(line)
    try output.append(line)
    return (offset, line.count)
  }

  /// Makes the file durable and gives it its name.
  ///
  /// - Returns: name and hash; `nil` where no record was added.
  public mutating func finish() throws(FileError) -> LedgerNamedFile? {
    guard let file else { return nil }
    let hash = sum.finish().hex
    let name = ByteString(Digits.padded(number) + [0x2D] + hash.bytes[0..<12] + Array(".jsonl".utf8))
    try file.sync()
    try file.close()
    try folder.rename(Self.temporaryName, to: name)
    try folder.sync()
    return LedgerNamedFile(name: name, sha256: hash)
  }

  /// Throws away what was written.
  public mutating func abandon() throws(FileError) {
    guard let file else { return }
    try file.close()
    self.file = nil
    try folder.remove(Self.temporaryName)
  }
}
