import ByteText
import Glibc

/// The system calls on names in an open folder. `AT_FDCWD` as folder stands for paths as a user gave them.
extension SystemCalls {
  /// Opens a name; `flags` without `O_CLOEXEC`, which is always added.
  func open(
    _ folder: Int32, _ name: [CChar], _ flags: Int32, mode: UInt32 = 0, _ path: ByteString,
    as operation: String = "open"
  ) throws(FileError) -> Int32 {
    Int32(try run(operation, path) { unsafe Int(openat(folder, name, flags | O_CLOEXEC, mode)) })
  }

  /// What a name stands for (a symbolic link: itself); `nil` where nothing is there.
  func info(_ folder: Int32, _ name: [CChar], _ path: ByteString) throws(FileError) -> FileInfo? {
    var status = stat()
    do throws(FileError) {
      try run("look up", path) { unsafe Int(fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW)) }
    } catch let error where error.errno == ENOENT {
      return nil
    }
    return FileInfo(status)
  }

  /// What a path of the user's leads to, symbolic links followed; `nil` where nothing is there.
  func follow(_ name: [CChar], _ path: ByteString) throws(FileError) -> FileInfo? {
    var status = stat()
    do throws(FileError) {
      try run("look up", path) { unsafe Int(fstatat(AT_FDCWD, name, &status, 0)) }
    } catch let error where error.errno == ENOENT || error.errno == ENOTDIR {
      return nil
    }
    return FileInfo(status)
  }

  /// Makes a folder.
  ///
  /// - Returns: Whether it is new; false where the name was taken already.
  @discardableResult
  func makeFolder(_ folder: Int32, _ name: [CChar], mode: UInt32, _ path: ByteString) throws(FileError) -> Bool {
    do throws(FileError) {
      try run("make the folder", path) { unsafe Int(mkdirat(folder, name, mode)) }
    } catch let error where error.errno == EEXIST {
      return false
    }
    return true
  }

  /// Removes a name, or with `AT_REMOVEDIR` an empty folder.
  func remove(_ folder: Int32, _ name: [CChar], flags: Int32 = 0, _ path: ByteString) throws(FileError) {
    try run("remove", path) { unsafe Int(unlinkat(folder, name, flags)) }
  }

  /// Renames, replacing what has the new name.
  func rename(
    _ folder: Int32, _ name: [CChar], to newFolder: Int32, _ newName: [CChar], _ path: ByteString
  ) throws(FileError) {
    try run("rename", path) { unsafe Int(renameat(folder, name, newFolder, newName)) }
  }

  /// Swaps two names of one folder in one step.
  func exchange(_ folder: Int32, _ name: [CChar], _ other: [CChar], _ path: ByteString) throws(FileError) {
    try run("exchange", path) { unsafe Int(renameat2(folder, name, folder, other, 2)) }
  }

  /// All names in a folder but `.` and `..`, sorted by bytes.
  func list(_ folder: Int32, _ path: ByteString) throws(FileError) -> [FolderEntry] {
    // A descriptor of its own: one that shares the folder's reading position could be read only once.
    let descriptor = try open(folder, Self.here, O_RDONLY | O_DIRECTORY, path, as: "list")
    guard let stream = unsafe fdopendir(descriptor) else {
      let number = Glibc.errno
      Glibc.close(descriptor)
      throw FileError(path: path, operation: "list", errno: number)
    }
    defer { unsafe closedir(stream) }
    var entries: [FolderEntry] = []
    while let (name, type) = try unsafe nextEntry(stream, path) {
      if name == "." || name == ".." { continue }
      let kind: FolderEntry.Kind
      switch type {
      case UInt8(DT_REG): kind = .regular
      case UInt8(DT_DIR): kind = .folder
      case UInt8(DT_LNK): kind = .symlink
      case UInt8(DT_UNKNOWN): kind = try info(folder, Self.cString(name), path / name)?.kind ?? .other
      default: kind = .other
      }
      entries.append(FolderEntry(name: name, kind: kind))
    }
    return entries.sorted { $0.name < $1.name }
  }

  private func nextEntry(_ stream: OpaquePointer, _ path: ByteString) throws(FileError) -> (ByteString, UInt8)? {
    Glibc.errno = 0
    guard let entry = unsafe readdir(stream) else {
      if Glibc.errno == 0 { return nil }
      throw FileError(path: path, operation: "list", errno: Glibc.errno)
    }
    // The record is shorter than the structure says: only the bytes up to the NUL are there.
    let start = unsafe UnsafeRawPointer(entry) + (MemoryLayout<dirent>.offset(of: \.d_name) ?? 19)
    let length = unsafe strlen(start.assumingMemoryBound(to: CChar.self))
    let bytes = unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: length))
    return (ByteString(bytes), unsafe entry.pointee.d_type)
  }

  /// The folder itself, as a C string.
  static let here: [CChar] = [0x2E, 0]

  /// The bytes with the NUL that C wants; whoever calls has refused names with a NUL inside.
  static func cString(_ name: ByteString) -> [CChar] {
    var text: [CChar] = []
    text.reserveCapacity(name.count + 1)
    for byte in name.bytes { text.append(CChar(bitPattern: byte)) }
    text.append(0)
    return text
  }

  /// A path as a user gave it, as a C string.
  static func cString(path: ByteString, _ operation: String) throws(FileError) -> [CChar] {
    if path.isEmpty { throw FileError(path: path, operation: operation, errno: ENOENT) }
    if path.bytes.contains(0) { throw FileError(path: path, operation: operation, errno: EINVAL) }
    return cString(path)
  }
}

/// Joins a folder's path and a name for messages.
func / (folder: ByteString, name: ByteString) -> ByteString {
  if folder.isEmpty || folder.bytes.last == 0x2F { return ByteString(folder.bytes + name.bytes) }
  return ByteString(folder.bytes + [0x2F] + name.bytes)
}
