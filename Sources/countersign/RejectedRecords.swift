import ByteText
import DurableFiles

/// Keeps what was refused, with the reason: `rejected/NNNNNN.jsonl`, a line for each record, and the bytes of the large ones
/// in files beside it.
struct RejectedRecords {
  /// Records up to this size stand in their line.
  static let inlineLimit = 64 << 10
  private let folder: Folder
  private let run: Int
  private var lines: OutputFile?
  private var pending: Pending?
  private(set) var count = 0

  private struct Pending {
    var diagnostic: Diagnostic
    var bytes: [UInt8]
    var file: OutputFile?
    var name: ByteString
  }

  /// Prepares the list of a run.
  ///
  /// - Parameter run: the number to take; the next free one where an earlier run, one that appended nothing, has it.
  init(in folder: Folder, run: Int) throws {
    self.folder = folder
    var number = run
    while try folder.exists(Self.base(number) + ".jsonl") { number += 1 }
    self.run = number
  }

  private var base: ByteString { Self.base(run) }

  private static func base(_ run: Int) -> ByteString { ByteString(Digits.padded(run)) }

  /// Begins a refused record.
  mutating func add(_ diagnostic: Diagnostic, _ bytes: [UInt8]) throws {
    try end()
    count += 1
    pending = Pending(diagnostic: diagnostic, bytes: [], file: nil, name: base + ByteString("-\(count).raw"))
    try more(bytes)
  }

  /// Adds bytes of the record begun last.
  mutating func more(_ bytes: [UInt8]) throws {
    guard var record = pending else { return }
    if record.file == nil && record.bytes.count + bytes.count > Self.inlineLimit {
      if try folder.exists(record.name) { try folder.remove(record.name) }
      let file = try folder.create(record.name, mode: 0o600)
      try file.append(record.bytes)
      record.bytes = []
      record.file = file
    }
    if let file = record.file {
      try file.append(bytes)
    } else {
      record.bytes += bytes
    }
    pending = record
  }

  private mutating func end() throws {
    guard let record = pending else { return }
    pending = nil
    var members: [JSONTree.Member] = [
      .init("file", .string(text(record.diagnostic.file))), .init("reason", .string(text(record.diagnostic.message))),
    ]
    if let number = record.diagnostic.record { members.append(.init("record", .int(number))) }
    if !record.diagnostic.field.isEmpty { members.append(.init("field", .string(text(record.diagnostic.field)))) }
    if !record.diagnostic.hint.isEmpty { members.append(.init("hint", .string(text(record.diagnostic.hint)))) }
    if let file = record.file {
      members += [.init("bytes", .int(file.size)), .init("kept", .string(record.name))]
      try file.close()
    } else if UTF8Text.isValid(record.bytes) {
      members.append(.init("raw", .string(ByteString(record.bytes))))
    } else {
      members.append(.init("base64", .string(ByteString(Base64.encode(record.bytes)))))
    }
    let output: OutputFile
    if let lines {
      output = lines
    } else {
      let name = base + ".jsonl"
      if try folder.exists(name) { try folder.remove(name) }
      output = try folder.create(name, mode: 0o600)
      lines = output
    }
    try output.append(CanonicalJSON.bytes(.object(members)) + [0x0A])
  }

  private func text(_ text: ByteString) -> ByteString { ByteString(UTF8Text.lossy(text.bytes)) }

  /// Ends the list.
  mutating func finish() throws {
    try end()
    guard let lines else { return }
    try lines.sync()
    try lines.close()
    try folder.sync()
  }
}
