import ByteText
public import CaseModel
public import Digests

/// A ledger's bytes read and checked line by line, in one pass, holding one line at a time.
public struct LedgerReading: Sendable {
  /// Entries read so far.
  public private(set) var count = 0
  /// SHA-256 of the last whole line.
  public private(set) var head: SHA256Digest
  /// The greatest time of any entry.
  public private(set) var latest: Instant?
  /// The hash tree over the lines so far.
  public private(set) var tree = MerkleTree()
  /// The hash tree as of the last entry that is no `issue`, `intent` or `mail`.
  ///
  /// A build appends at most an `issue` after its pages are made: what they show is the head before it, so that building
  /// again changes nothing.
  public private(set) var contentTree = MerkleTree()
  /// Bytes of whole lines so far.
  public private(set) var wholeBytes = 0
  /// Bytes after the last line feed: the tail a crash tore.
  public private(set) var tail: [UInt8] = []

  /// A number of entries at which the root is wanted: an older checkpoint's size.
  public var watchedSize: Int?
  /// The root over the first ``watchedSize`` lines; `nil` where there are fewer.
  public private(set) var watchedRoot: SHA256Digest?

  /// The `prev` of the first entry.
  public static let genesis = SHA256Digest(bytes: [UInt8](repeating: 0, count: 32)) ?? SHA256Sum.of([])

  /// Makes a reading of nothing.
  public init() {
    head = Self.genesis
  }

  /// Takes the next bytes, and hands every entry to `body`.
  ///
  /// - Throws: the first ``LedgerFault``.
  public mutating func feed(
    _ chunk: ArraySlice<UInt8>, _ body: (LedgerEntry) -> Void
  ) throws(LedgerFault) {
    var rest = chunk
    while let end = rest.firstIndex(of: 0x0A) {
      let line = tail + rest[...end]
      tail = []
      rest = rest[(end + 1)...]
      body(try entry(line))
    }
    tail += rest
    guard tail.count <= LedgerEntry.lineLimit else { throw LedgerFault(line: count + 1, reason: .notAnEntry) }
  }

  /// Forgets the torn tail, which was moved aside.
  mutating func dropTail() { tail = [] }

  /// Takes everything behind the whole lines for a torn tail.
  mutating func set(tail bytes: [UInt8]) { tail = bytes }

  private mutating func entry(_ line: [UInt8]) throws(LedgerFault) -> LedgerEntry {
    let number = count + 1
    func fault(_ reason: LedgerFault.Reason) -> LedgerFault { LedgerFault(line: number, reason: reason) }
    let entry: LedgerEntry
    do throws(LedgerFault.Reason) {
      entry = try LedgerEntry(line: line)
    } catch {
      throw fault(error)
    }
    guard entry.number == number else { throw fault(.badNumber) }
    guard entry.previous == head else { throw fault(.badChain) }
    if let latest, entry.at < latest.adding(seconds: -300) { throw fault(.timeBackwards) }
    latest = max(latest ?? entry.at, entry.at)
    head = SHA256Sum.of(line)
    tree.append(line)
    // What a build or a digest says of itself is no content: else each of them would change what the next one shows.
    if ![.issue, .intent, .mail].contains(entry.kind) { contentTree = tree }
    count = number
    if count == watchedSize { watchedRoot = tree.root }
    wholeBytes += line.count
    return entry
  }
}
