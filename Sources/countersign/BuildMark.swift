import ByteText
import Digests
import DurableFiles

/// Says that a build of a tree is under way, durably, from before its first page is touched until pages and manifest are safe.
///
/// Where it is found, a build was cut short: what it wrote stands in no manifest, and under another configuration or clock than
/// the present one it would never be looked at again.
struct BuildMark {
  private let root: Folder
  private let name: ByteString

  /// The mark of a tree, by its name in the manifest.
  init(_ root: Folder, tree: ByteString) {
    self.root = root
    name = ".building-" + ByteString(SHA256Sum.of(tree.bytes).hex.bytes.prefix(12))
  }

  var isThere: Bool {
    get throws { try root.exists(name) }
  }

  /// Sets the mark where it is not set.
  func set() throws {
    if try !isThere { try root.replace(name, with: [], mode: 0o600, durable: true) }
  }

  /// Takes the mark away.
  func clear() throws { try root.remove(name) }
}
