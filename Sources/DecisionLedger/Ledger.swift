public import ByteText
public import CaseModel
public import Digests
public import DurableFiles

/// The open ledger of a workspace: read and checked whole, then only appended to (SECURITY section 3.2).
///
/// The caller holds the workspace lock. Nothing appended is durable, and nothing may be acknowledged, before ``sync()``.
public final class Ledger {
  /// What its entries come to.
  public private(set) var state: LedgerState
  /// Bytes of a torn tail that were moved aside when the ledger was opened; empty where there were none.
  public let tornTail: [UInt8]
  private let file: AppendFile
  private var reading: LedgerReading
  private var unsynced = false

  /// The file's name in a workspace.
  public static let fileName: ByteString = "ledger.jsonl"
  /// The name of the signed head beside it.
  public static let checkpointName: ByteString = "ledger.checkpoint"

  /// The name of the SSH signature over that head's file.
  public static let checkpointSignatureName: ByteString = "ledger.checkpoint.sig"

  /// Why a ledger cannot be used.
  public enum OpenError: Error {
    case fault(LedgerFault)
    case file(FileError)
  }

  /// Opens, checks and, where a crash tore the last line, mends a ledger for appending.
  ///
  /// The torn bytes are kept in `ledger.torn-<entries>` before the file is cut: nothing of them was ever acknowledged.
  public init(in folder: Folder, checkpoint: Checkpoint?) throws(OpenError) {
    do throws(FileError) {
      file = try folder.appendOnly(Self.fileName)
    } catch {
      throw .file(error)
    }
    let (reading, state) = try Self.read(folder, checkpoint: checkpoint)
    self.reading = reading
    self.state = state
    tornTail = reading.tail
    do throws(FileError) {
      if !reading.tail.isEmpty {
        try folder.replace(ByteString("ledger.torn-\(reading.count)"), with: reading.tail, mode: 0o600, durable: true)
        try file.truncate(to: reading.wholeBytes)
        self.reading.dropTail()
      }
      if file.isNew { try folder.sync() }
    } catch {
      throw .file(error)
    }
  }

  /// Reads and checks a ledger without changing it: for commands that only look.
  public static func read(
    _ folder: Folder, checkpoint: Checkpoint?, each: (LedgerEntry) -> Void = { _ in }
  ) throws(OpenError) -> (LedgerReading, LedgerState) {
    var reading = LedgerReading()
    reading.watchedSize = checkpoint?.size
    var state = LedgerState()
    var fault: LedgerFault?
    do throws(FileError) {
      if try folder.exists(fileName) {
        let input = try folder.open(fileName)
        var offset = 0
        var chunk: [UInt8] = []
        while fault == nil {
          let count = try input.read(into: &chunk, at: offset, count: min(1 << 20, max(input.size - offset, 1 << 10)))
          if count == 0 { break }
          offset += count
          do throws(LedgerFault) {
            try reading.feed(chunk[..<count]) { entry in
              state.take(entry)
              each(entry)
            }
          } catch {
            fault = error
          }
        }
      }
    } catch {
      throw .file(error)
    }
    if let fault {
      // What lies behind the signed head was never told to anybody. A power loss may have kept a later part of it and lost an
      // earlier one: all of it from the first damaged line on is a torn tail then.
      guard let checkpoint, reading.count >= checkpoint.size, fault.isDamage else { throw .fault(fault) }
      do throws(FileError) {
        let input = try folder.open(fileName)
        var rest: [UInt8] = []
        _ = try input.read(into: &rest, at: reading.wholeBytes, count: input.size - reading.wholeBytes)
        reading.set(tail: rest)
      } catch {
        throw .file(error)
      }
    }
    if let checkpoint {
      if reading.count < checkpoint.size {
        throw .fault(LedgerFault(line: 0, reason: .shorterThanCheckpoint(size: checkpoint.size)))
      }
      let root = checkpoint.size == 0 ? MerkleTree().root : reading.watchedRoot
      guard root == checkpoint.root else { throw .fault(LedgerFault(line: 0, reason: .notTheCheckpoint)) }
    }
    return (reading, state)
  }

  /// The roots over the first so many lines, for each number of lines that the ledger has: what older heads are compared with.
  public static func roots(_ folder: Folder, at sizes: Set<Int>) throws(OpenError) -> [Int: SHA256Digest] {
    var roots: [Int: SHA256Digest] = [:]
    var tree = MerkleTree()
    if sizes.contains(0) { roots[0] = tree.root }
    _ = try read(folder, checkpoint: nil) { entry in
      tree.append(entry.line)
      if sizes.contains(tree.count) { roots[tree.count] = tree.root }
    }
    return roots
  }

  /// The number of entries.
  public var count: Int { reading.count }

  /// The head as a checkpoint's body.
  public func checkpoint(origin: ByteString) -> Checkpoint {
    Checkpoint(origin: origin, size: reading.count, root: reading.tree.root)
  }

  /// The head that pages show: as of the last entry that is no `issue`, `intent` or `mail`.
  public func contentCheckpoint(origin: ByteString) -> Checkpoint {
    Checkpoint(origin: origin, size: reading.contentTree.count, root: reading.contentTree.root)
  }

  /// The newest time in the ledger; a clock behind it by more than five minutes was set back.
  public var floor: Instant? { reading.latest }

  /// Appends an entry in one write.
  ///
  /// - Parameter at: the run's time; never earlier than the newest entry's, so the chain's times never fall.
  /// - Throws: also, with nothing written, where the body is longer than a line may be, or holds text that is not UTF-8 or a
  ///   number beyond ±(2^53 - 1): such a line could not be read again.
  @discardableResult
  public func append(_ kind: LedgerEntry.Kind, _ body: JSONTree, at: Instant) throws(FileError) -> Int {
    let time = max(at, reading.latest ?? at)
    // Whole seconds: the line carries no more, and what is read again must equal what was written.
    let entry = LedgerEntry(
      number: reading.count + 1, kind: kind, at: Instant(seconds: time.seconds), previous: reading.head, body: body)
    let line = entry.line
    var next = reading
    do throws(LedgerFault) {
      try next.feed(line[...]) { _ in }
    } catch {
      // A line that cannot be read again must never reach the file: no later run could get past it.
      throw FileError(path: file.path, operation: "append an entry that is no canonical JSON to", errno: 22)
    }
    try file.append(line)
    unsynced = true
    reading = next
    state.take(entry)
    return entry.number
  }

  /// Makes everything appended durable.
  ///
  /// Receipts and derived files come after it.
  public func sync() throws(FileError) {
    if unsynced { try file.sync() }
    unsynced = false
  }
}
