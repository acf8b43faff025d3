public import ByteText
public import Digests

/// A ledger whose bodies are replaced by their SHA-256, for archives that are shared: chain, numbers, times, types and hash tree still
/// hold against the signed head; what was decided is not told.
///
/// Each line is canonical JSON with `n`, `prev`, `t`, `type`, `v` and `sum` of the entry, `body_sha256` in the place of its body, and
/// beside them `line`: SHA-256 of the whole line, and `leaf`: its hash in the tree, without which neither chain nor tree could be
/// followed.
public enum RedactedLedger {
  /// The line of an entry.
  public static func line(_ entry: LedgerEntry) -> [UInt8] {
    let line = entry.line
    let whole = (try? JSONDocument.parse(Array(line.dropLast()), limits: limits)).flatMap { JSONTree($0.root) }
    guard case .object(let members)? = whole else { return [] }
    let kept = members.filter { $0.key != "body" }
    let hashes: [JSONTree.Member] = [
      .init("body_sha256", .string(SHA256Sum.of(CanonicalJSON.bytes(entry.body)).hex)),
      .init("leaf", .string(SHA256Sum.of([0x00], line).hex)), .init("line", .string(SHA256Sum.of(line).hex)),
    ]
    return CanonicalJSON.bytes(.object(kept + hashes)) + [0x0A]
  }

  /// What is wrong with a redacted ledger.
  public struct Fault: Error, Hashable, Sendable {
    /// The line, from 1.
    public var line: Int
    /// What is wrong.
    public var message: ByteString
  }

  /// Follows a redacted ledger's chain and tree.
  ///
  /// - Returns: the number of lines and the root over their leaves.
  public static func follow(_ text: [UInt8]) throws(Fault) -> (count: Int, root: SHA256Digest) {
    var tree = MerkleTree()
    var previous = LedgerReading.genesis.hex
    for (index, line) in text.split(separator: 0x0A).enumerated() {
      func fault(_ message: ByteString) -> Fault { Fault(line: index + 1, message: message) }
      guard let root = try? JSONDocument.parse(Array(line), limits: limits).root,
        root["body_sha256"]?.string.flatMap({ SHA256Digest(hex: $0) }) != nil, root["body"] == nil,
        let leaf = root["leaf"]?.string.flatMap({ SHA256Digest(hex: $0) }), let next = root["line"]?.string
      else { throw fault("is no redacted entry") }
      guard root["n"]?.int == index + 1 else { throw fault("an entry is missing or stands twice") }
      guard root["prev"]?.string == previous else { throw fault("the chain is broken") }
      previous = next
      tree.append(leaf: leaf)
    }
    return (tree.count, tree.root)
  }

  private static let limits = JSONLimits(bytes: LedgerEntry.lineLimit, stringBytes: LedgerEntry.lineLimit, depth: 32)
}
