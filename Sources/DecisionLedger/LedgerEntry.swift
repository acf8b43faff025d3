public import ByteText
public import CaseModel
public import Digests

/// One line of the ledger (docs/formats/ledger.md): what happened, chained to the line before.
public struct LedgerEntry: Hashable, Sendable {
  /// What an entry is about (DESIGN section 5, *Ledger*).
  ///
  /// A closed list.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case key, `import`, issue, policy, decision, refusal, judge, lapse, intent, order, mail, result, withdraw, undo
    case override, archive
  }

  /// Its number, from 1, without gaps.
  public var number: Int
  /// What it is about.
  public var kind: Kind
  /// When the run that wrote it took place.
  public var at: Instant
  /// SHA-256 of the line before with its line feed; 32 zero bytes in the first entry.
  public var previous: SHA256Digest
  /// What happened.
  public var body: JSONTree

  /// Makes an entry.
  public init(number: Int, kind: Kind, at: Instant, previous: SHA256Digest, body: JSONTree) {
    self.number = number
    self.kind = kind
    self.at = at
    self.previous = previous
    self.body = body
  }

  /// Bytes a line may have, with its line feed: the greatest record that an effect can come from, and room for the rest.
  public static let lineLimit = 20 << 20

  static let version = 1

  /// The line with its line feed: canonical JSON, with `sum`, the SHA-256 (hex) of the same object without `sum`.
  ///
  /// Without it the last line of a chain would be protected by nothing (SECURITY section 3.2).
  public var line: [UInt8] {
    let sum = SHA256Sum.of(CanonicalJSON.bytes(.object(members))).hex
    var line = CanonicalJSON.bytes(.object(members + [.init("sum", .string(sum))]))
    line.append(0x0A)
    return line
  }

  private var members: [JSONTree.Member] {
    [
      .init("body", body), .init("n", .int(number)), .init("prev", .string(previous.hex)),
      .init("t", .string(at.rfc3339)), .init("type", .string(ByteString(kind.rawValue))),
      .init("v", .int(Self.version)),
    ]
  }

  /// Reads a line, its line feed included.
  ///
  /// Strict: the line must be exactly what ``line`` writes, so every byte of it is bound by `sum`.
  public init(line: [UInt8]) throws(LedgerFault.Reason) {
    guard line.last == 0x0A else { throw .torn }
    guard line.count <= Self.lineLimit else { throw .notAnEntry }
    let limits = JSONLimits(bytes: Self.lineLimit, stringBytes: Self.lineLimit, depth: 32)
    guard let document = try? JSONDocument.parse(Array(line.dropLast()), limits: limits),
      let tree = JSONTree(document.root), case .object(let members) = tree
    else { throw .notAnEntry }
    var byKey: [ByteString: JSONTree] = [:]
    for member in members { byKey[member.key] = member.value }
    guard case .int(let version)? = byKey["v"] else { throw .notAnEntry }
    guard version <= Self.version else { throw .newer }
    guard byKey.count == 7, case .int(let number)? = byKey["n"], case .string(let previous)? = byKey["prev"],
      case .string(let time)? = byKey["t"], case .string(let type)? = byKey["type"], let body = byKey["body"],
      case .object = body, let previous = SHA256Digest(hex: previous), let at = Instant(rfc3339: time),
      let kind = Kind.allCases.first(where: { ByteString($0.rawValue) == type })
    else { throw .notAnEntry }
    self.init(number: number, kind: kind, at: at, previous: previous, body: body)
    guard self.line == line else { throw .badSum }
  }
}

/// What is wrong with a ledger, and where.
public struct LedgerFault: Error, Hashable, Sendable {
  /// What is wrong.
  public enum Reason: Error, Hashable, Sendable {
    /// A line that is no entry.
    case notAnEntry
    /// The line was written by a newer version.
    case newer
    /// The line's own sum does not match its bytes.
    case badSum
    /// Bytes after the last line feed.
    case torn
    /// The number is not one more than that of the line before.
    case badNumber
    /// `prev` is not the hash of the line before.
    case badChain
    /// The time lies before that of an earlier entry by more than five minutes.
    case timeBackwards
    /// Fewer lines than the checkpoint counts.
    case shorterThanCheckpoint(size: Int)
    /// The first lines do not have the checkpoint's root hash.
    case notTheCheckpoint
    /// The checkpoint is not one, or its signature is not valid.
    case badCheckpoint
  }

  /// The line, from 1; 0 where the whole file is meant.
  public var line: Int
  /// What is wrong.
  public var reason: Reason

  /// Makes a fault.
  public init(line: Int, reason: Reason) {
    self.line = line
    self.reason = reason
  }

  /// Whether lost bytes look like this: a line that is none any more.
  ///
  /// A whole entry in the wrong place was put there.
  var isDamage: Bool { reason == .notAnEntry || reason == .badSum || reason == .torn }

  /// The finding in words.
  public var message: ByteString {
    switch reason {
    case .notAnEntry: "not a ledger entry"
    case .newer: "made by a newer countersign"
    case .badSum: "the line was changed: its sum does not match"
    case .torn: "the last line is incomplete"
    case .badNumber: "an entry is missing or stands twice: the number does not follow"
    case .badChain: "the chain is broken: prev is not the hash of the line before"
    case .timeBackwards: "the time lies before that of an earlier entry"
    case .shorterThanCheckpoint(let size):
      ByteString("the ledger is shorter than its checkpoint, which counts \(size) entries")
    case .notTheCheckpoint: "the ledger is not the one its checkpoint was made of"
    case .badCheckpoint: "the checkpoint is damaged, or not signed by this workspace's log key"
    }
  }
}
