public import ByteText

/// The folders below one, each opened once: for writing and reading many files by path.
///
/// Paths have `/` between folders. One value serves one thread.
public struct FolderTree {
  /// The top folder.
  public let root: Folder
  private let mode: UInt32
  private var folders: [ByteString: Folder] = [:]

  /// Takes the top folder, and the mode of folders that are made.
  public init(_ root: Folder, mode: UInt32 = 0o755) {
    self.root = root
    self.mode = mode
  }

  /// The folder of a file, made with those above it where it is missing, and the file's name there.
  public mutating func place(_ path: ByteString) throws(FileError) -> (folder: Folder, name: ByteString) {
    guard let slash = path.bytes.lastIndex(of: 0x2F) else { return (root, path) }
    return (try folder(ByteString(path.bytes[..<slash])), ByteString(path.bytes[(slash + 1)...]))
  }

  /// A folder, made with those above it where it is missing.
  public mutating func folder(_ path: ByteString) throws(FileError) -> Folder {
    if let known = folders[path] { return known }
    let (above, name) = try place(path)
    let folder = try above.subfolder(name, create: true, mode: mode)
    folders[path] = folder
    return folder
  }
}

extension Folder {
  /// Opens a file below this folder for reading; no link on the way is followed.
  public func open(path: ByteString) throws(FileError) -> InputFile {
    var folder = self
    let parts = path.bytes.split(separator: 0x2F, omittingEmptySubsequences: false).map { ByteString($0) }
    for part in parts.dropLast() { folder = try folder.subfolder(part) }
    return try folder.open(parts.last ?? "")
  }
}
