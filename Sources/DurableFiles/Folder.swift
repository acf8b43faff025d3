public import ByteText
import Glibc

/// An open folder; every name is looked up in it, so nothing that happens to its path meanwhile matters.
///
/// Names are one component: no slash, not `.` or `..`, no NUL; anything else is refused as `EINVAL`. A symbolic link is
/// never followed unless asked for. The descriptor is closed when nobody holds the folder any more.
public final class Folder: Sendable {
  /// The path as it was opened, for messages.
  public let path: ByteString
  let calls: SystemCalls
  let descriptor: Descriptor

  init(_ descriptor: Int32, path: ByteString, calls: SystemCalls) {
    self.descriptor = Descriptor(descriptor)
    self.path = path
    self.calls = calls
  }

  /// Opens a folder by a path as a user gave it; symbolic links in it are followed.
  ///
  /// - Parameters:
  ///   - path: The path; relative ones start at the current folder.
  ///   - create: Whether to make it, and the folders above it, where they are missing.
  ///   - mode: The permission bits of folders that are made, less the umask.
  ///   - faults: Which operation fails, in tests; carried along by everything opened through the folder.
  public static func open(
    _ path: ByteString, create: Bool = false, mode: UInt32 = 0o755, faults: FaultPlan? = nil
  ) throws(FileError) -> Folder {
    let calls = SystemCalls(faults: faults)
    let name = try SystemCalls.cString(path: path, "open")
    if create {
      for end in path.bytes.indices.dropFirst() where path.bytes[end] == 0x2F && path.bytes[end - 1] != 0x2F {
        let above = ByteString(path.bytes[..<end])
        try calls.makeFolder(AT_FDCWD, SystemCalls.cString(above), mode: mode, above)
      }
      try calls.makeFolder(AT_FDCWD, name, mode: mode, path)
    }
    return Folder(try calls.open(AT_FDCWD, name, O_RDONLY | O_DIRECTORY, path), path: path, calls: calls)
  }

  /// Opens a folder in this folder; a symbolic link is refused.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - create: Whether to make it where it is missing.
  ///   - mode: The permission bits of a folder that is made, less the umask.
  public func subfolder(_ name: ByteString, create: Bool = false, mode: UInt32 = 0o755) throws(FileError) -> Folder {
    let file = try cName(name, "open")
    if create { try calls.makeFolder(number, file, mode: mode, path / name) }
    do throws(FileError) {
      let opened = try calls.open(number, file, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, path / name)
      return Folder(opened, path: path / name, calls: calls)
    } catch let error where error.errno == ENOTDIR {
      // With O_DIRECTORY the kernel says so of symbolic links as well.
      let isLink = try calls.info(number, file, path / name)?.isSymlink == true
      throw isLink ? FileError(path: path / name, operation: "open", errno: ELOOP) : error
    }
  }

  /// The names in the folder, sorted by bytes.
  public func names() throws(FileError) -> [ByteString] {
    try entries().map(\.name)
  }

  /// The names in the folder with what they stand for, sorted by bytes.
  public func entries() throws(FileError) -> [FolderEntry] {
    try calls.list(number, path)
  }

  /// Whether anything has that name, be it a symbolic link to nowhere.
  public func exists(_ name: ByteString) throws(FileError) -> Bool {
    try info(name) != nil
  }

  /// What a name stands for (a symbolic link: itself); `nil` where nothing has it.
  public func info(_ name: ByteString) throws(FileError) -> FileInfo? {
    try calls.info(number, cName(name, "look up"), path / name)
  }

  /// What the folder itself is: owner, mode, inode.
  public func ownInfo() throws(FileError) -> FileInfo {
    try calls.info(number, path)
  }

  /// Makes names that were created, renamed or removed in the folder durable.
  public func sync() throws(FileError) {
    try calls.sync(number, path)
  }

  /// Makes everything on the folder's file system durable: once after a whole tree (PERFORMANCE 3e).
  public func syncFileSystem() throws(FileError) {
    let number = number
    try calls.run("sync", path) { Int(syncfs(number)) }
  }

  /// Where the folder's bytes live.
  public var fileSystemKind: FileSystemKind {
    get throws(FileError) { FileSystemKind(magic: try calls.fileSystemMagic(number, path)) }
  }

  var number: Int32 { descriptor.number }

  /// Checks a name and hands it on as C wants it.
  func cName(_ name: ByteString, _ operation: String, components: Int = 1) throws(FileError) -> [CChar] {
    let parts = name.bytes.split(separator: 0x2F, omittingEmptySubsequences: false)
    let isPlain = parts.allSatisfy { part in
      !part.isEmpty && !part.contains(0) && !(part.count < 3 && part.allSatisfy { $0 == 0x2E })
    }
    if !isPlain || parts.count > components {
      throw FileError(path: path / name, operation: operation, errno: EINVAL)
    }
    return SystemCalls.cString(name)
  }
}
