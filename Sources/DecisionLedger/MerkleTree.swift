import ByteText
public import Digests

/// The root of an RFC 6962 section 2.1 hash tree over lines, fed one after the other.
///
/// Kept as the roots of the full subtrees so far, largest first, like the bits of the count.
public struct MerkleTree: Sendable {
  private var subtrees: [(size: Int, root: SHA256Digest)] = []
  /// The number of leaves so far.
  public private(set) var count = 0

  /// Makes an empty tree.
  public init() {}

  /// Adds a leaf: a ledger line with its line feed.
  public mutating func append(_ leaf: [UInt8]) { append(leaf: SHA256Sum.of([0x00], leaf)) }

  /// Adds a leaf of which only the hash is known.
  mutating func append(leaf hash: SHA256Digest) {
    var node = (size: 1, root: hash)
    while let last = subtrees.last, last.size == node.size {
      subtrees.removeLast()
      node = (node.size * 2, SHA256Sum.of([0x01], last.root.bytes, node.root.bytes))
    }
    subtrees.append(node)
    count += 1
  }

  /// The root of the tree so far; of no leaves the hash of nothing.
  public var root: SHA256Digest {
    guard var root = subtrees.last?.root else { return SHA256Sum.of([]) }
    for left in subtrees.dropLast().reversed() { root = SHA256Sum.of([0x01], left.root.bytes, root.bytes) }
    return root
  }
}
