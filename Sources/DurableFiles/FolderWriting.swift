public import ByteText
import Glibc

extension Folder {
  /// Makes a new file for writing; a name that is taken, be it by a symbolic link, is refused.
  public func create(_ name: ByteString, mode: UInt32 = 0o644) throws(FileError) -> OutputFile {
    let opened = try openNew(cName(name, "create"), mode: mode, path / name)
    return OutputFile(opened, path: path / name, calls: calls)
  }

  /// Writes a new file in a tree that nobody sees yet: no second name, no sync.
  ///
  /// - Parameters:
  ///   - bytes: The whole content.
  ///   - name: The name, or `folder/name` with a folder that this process made.
  ///   - mode: The permission bits, less the umask.
  public func write(_ bytes: [UInt8], to name: ByteString, mode: UInt32 = 0o644) throws(FileError) {
    try fill(cName(name, "create", components: 2), bytes, mode: mode, durable: false, path / name)
  }

  /// Replaces a file, or makes it: whoever reads sees the old bytes or the new ones, never a part.
  ///
  /// - Parameters:
  ///   - name: The name; a symbolic link of that name is replaced, not followed.
  ///   - bytes: The whole content.
  ///   - mode: The permission bits, less the umask.
  ///   - durable: Whether file and name are on the device when this returns.
  public func replace(
    _ name: ByteString, with bytes: [UInt8], mode: UInt32 = 0o644, durable: Bool
  ) throws(FileError) {
    let file = try cName(name, "create")
    let temporary = SystemCalls.cString(Self.temporaryName(of: name))
    do throws(FileError) {
      do throws(FileError) {
        try fill(temporary, bytes, mode: mode, durable: durable, path / name)
      } catch let error where error.errno == EEXIST {
        // Left by a run that was killed.
        try calls.remove(number, temporary, path / name)
        try fill(temporary, bytes, mode: mode, durable: durable, path / name)
      }
      try calls.rename(number, temporary, to: number, file, path / name)
    } catch {
      try? calls.remove(number, temporary, path / name)
      throw error
    }
    if durable { try sync() }
  }

  /// Replaces a file only where its bytes differ: an equal one is not touched (PERFORMANCE 3e).
  ///
  /// - Returns: Whether anything was written.
  @discardableResult
  public func compareAndReplace(
    _ name: ByteString, _ bytes: [UInt8], mode: UInt32 = 0o644, durable: Bool = false
  ) throws(FileError) -> Bool {
    do throws(FileError) {
      let old = try open(name)
      if old.size == bytes.count, try old.readAll(limit: bytes.count) == bytes { return false }
    } catch let error where error.kind == .missing || error.kind == .symlink || error.errno == EFBIG {
      // Nothing there that could be equal.
    }
    try replace(name, with: bytes, mode: mode, durable: durable)
    return true
  }

  /// Opens a file that only grows, and makes it, durably, where it is missing; a symbolic link is refused.
  public func appendOnly(_ name: ByteString, mode: UInt32 = 0o600) throws(FileError) -> AppendFile {
    let file = try cName(name, "open")
    let flags = O_RDWR | O_APPEND | O_NOFOLLOW | O_NONBLOCK
    var isNew = false
    let descriptor: Descriptor
    do throws(FileError) {
      descriptor = Descriptor(try calls.open(number, file, flags, path / name))
    } catch let error where error.kind == .missing {
      descriptor = Descriptor(
        try calls.open(number, file, flags | O_CREAT | O_EXCL, mode: mode, path / name, as: "create"))
      isNew = true
      try sync()
    }
    if try !calls.info(descriptor.number, path / name).isRegular {
      throw FileError(path: path / name, operation: "open", errno: EOPNOTSUPP)
    }
    return AppendFile(descriptor, path: path / name, isNew: isNew, calls: calls)
  }

  /// Cuts or extends a file to `size` bytes and makes that durable; a symbolic link is refused.
  public func truncate(_ name: ByteString, to size: Int) throws(FileError) {
    let file = try cName(name, "truncate")
    let descriptor = Descriptor(
      try calls.open(number, file, O_WRONLY | O_NOFOLLOW | O_NONBLOCK, path / name, as: "truncate"))
    try calls.truncate(descriptor.number, to: size, path / name)
    try calls.sync(descriptor.number, path / name)
  }

  /// Removes what a killed run left of ``replace(_:with:mode:durable:)``.
  ///
  /// - Returns: The number of files removed.
  @discardableResult
  public func removeLeftovers() throws(FileError) -> Int {
    var removed = 0
    for entry in try entries() where entry.kind == .regular && Self.isTemporary(entry.name) {
      try remove(entry.name)
      removed += 1
    }
    return removed
  }

  private static let suffix: [UInt8] = Array(".tmp".utf8)

  static func temporaryName(of name: ByteString) -> ByteString {
    ByteString([0x2E] + name.bytes + suffix)
  }

  private static func isTemporary(_ name: ByteString) -> Bool {
    name.count > suffix.count + 1 && name.bytes.first == 0x2E && name.bytes.suffix(suffix.count).elementsEqual(suffix)
  }

  private func openNew(_ name: [CChar], mode: UInt32, _ path: ByteString) throws(FileError) -> Int32 {
    try calls.open(number, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: mode, path, as: "create")
  }

  private func fill(
    _ name: [CChar], _ bytes: [UInt8], mode: UInt32, durable: Bool, _ path: ByteString
  ) throws(FileError) {
    let opened = try openNew(name, mode: mode, path)
    do throws(FileError) {
      try calls.write(opened, bytes[...], path)
      if durable { try calls.sync(opened, path) }
    } catch {
      Glibc.close(opened)
      throw error
    }
    try calls.close(opened, path)
  }
}
