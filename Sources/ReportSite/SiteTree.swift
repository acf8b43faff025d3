public import ByteText
public import CaseModel
public import DurableFiles

/// Writes the pages of one tree, and counts what it did.
///
/// In a tree that people look at, a page is compared first and replaced only where it differs; in a fresh one it is
/// just written (PERFORMANCE 3e). Folders are opened once. One value serves one thread; several may write to one tree, each
/// to folders of its own or with names of its own.
public struct SiteTree {
  /// What was done.
  public struct Counts: Hashable, Sendable {
    /// Pages written.
    public var written = 0
    /// Pages that were the same already.
    public var unchanged = 0
    /// Pages removed.
    public var removed = 0

    /// Makes counts of nothing.
    public init() {}

    /// Adds what another thread did.
    public mutating func add(_ other: Counts) {
      written += other.written
      unchanged += other.unchanged
      removed += other.removed
    }
  }

  /// What was done so far.
  public private(set) var counts = Counts()
  private var folders: FolderTree
  private let isFresh: Bool
  private let mode: UInt32

  /// Opens a tree for writing.
  ///
  /// - Parameters:
  ///   - root: The tree's top folder.
  ///   - isFresh: Whether nobody sees the tree yet and every page is new.
  ///   - isPrivate: Whether only the owner may read it, as a reviewer's pack.
  public init(root: Folder, isFresh: Bool, isPrivate: Bool = false) {
    folders = FolderTree(root, mode: isPrivate ? 0o700 : 0o755)
    self.isFresh = isFresh
    mode = isPrivate ? 0o600 : 0o644
  }

  /// Writes a page.
  ///
  /// - Parameters:
  ///   - bytes: The page.
  ///   - path: Where it stands in the tree (``PagePaths``), folders separated by `/`.
  public mutating func write(_ bytes: [UInt8], to path: ByteString) throws(FileError) {
    let (folder, name) = try folders.place(path)
    if isFresh {
      try folder.write(bytes, to: name, mode: mode)
      counts.written += 1
    } else if try folder.compareAndReplace(name, bytes, mode: mode) {
      counts.written += 1
    } else {
      counts.unchanged += 1
    }
  }

  /// Whether a page is there.
  public mutating func holds(_ path: ByteString) throws(FileError) -> Bool {
    let (folder, name) = try folders.place(path)
    return try folder.exists(name)
  }

  /// Whether every page of a case is there: its own, and those of its actions that have one.
  public mutating func holdsPages(of head: CaseHead) throws(FileError) -> Bool {
    guard try holds(PagePaths.investigation(head.id)) else { return false }
    for action in head.actions where action.wasEverUndecided {
      guard try holds(PagePaths.action(action.id)) else { return false }
    }
    return true
  }

  /// Removes a page that no longer belongs to the site; a missing one is nothing to do, nor is anything in a fresh tree.
  public mutating func remove(_ path: ByteString) throws(FileError) {
    if isFresh { return }
    let (folder, name) = try folders.place(path)
    guard try folder.exists(name) else { return }
    try folder.remove(name)
    counts.removed += 1
  }

  /// Removes every page in a folder that is not among those wanted: parts of a list that became shorter.
  public mutating func keepOnly(_ names: Set<ByteString>, in path: ByteString) throws(FileError) {
    let folder = try folders.folder(path)
    for entry in try folder.entries() where entry.kind == .regular && !names.contains(entry.name) {
      try folder.remove(entry.name)
      counts.removed += 1
    }
  }

  /// Removes what a killed run left half-written in a tree.
  public static func removeLeftovers(_ root: Folder) throws(FileError) {
    try root.removeLeftovers()
    for entry in try root.entries() where entry.kind == .folder { try removeLeftovers(root.subfolder(entry.name)) }
  }
}

/// A whole tree made beside the one people look at, and put in its place in one step (DESIGN section 4, *Flow A*).
public struct SiteSwap {
  /// The folder that holds both trees.
  private let parent: Folder
  /// The name of the tree that people look at.
  private let name: ByteString
  private let freshName: ByteString

  /// Prepares a swap; what a killed run left of an earlier one is removed.
  public init(in parent: Folder, name: ByteString) throws(FileError) {
    self.parent = parent
    self.name = name
    freshName = ByteString([0x2E] + name.bytes + Array(".new".utf8))
    try parent.removeTree(freshName)
  }

  /// Makes the fresh tree's top folder.
  public func makeFresh(isPrivate: Bool = false) throws(FileError) -> Folder {
    try parent.subfolder(freshName, create: true, mode: isPrivate ? 0o700 : 0o755)
  }

  /// Puts the fresh tree in the place of the old one, after it is durable, and removes the old one.
  public func finish() throws(FileError) {
    try parent.syncFileSystem()
    if try parent.exists(name) {
      try parent.exchange(freshName, with: name)
      try parent.sync()
      try parent.removeTree(freshName)
    } else {
      try parent.rename(freshName, to: name)
      try parent.sync()
    }
  }

  /// Removes the fresh tree: the build failed, and the old one stays.
  public func abandon() throws(FileError) { try parent.removeTree(freshName) }
}
