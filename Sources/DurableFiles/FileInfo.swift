public import ByteText
import Glibc

/// A name in a folder and what it stands for.
public struct FolderEntry: Hashable, Sendable {
  /// What a name stands for.
  public enum Kind: Hashable, Sendable {
    /// A file with bytes.
    case regular
    /// A folder.
    case folder
    /// A symbolic link, wherever it points.
    case symlink
    /// A device, pipe or socket.
    case other
  }

  /// The name, without a path.
  public var name: ByteString
  /// What it stands for.
  public var kind: Kind

  /// Makes an entry.
  public init(name: ByteString, kind: Kind) {
    self.name = name
    self.kind = kind
  }
}

/// What the file system says about a file, folder or symbolic link.
public struct FileInfo: Hashable, Sendable {
  /// The length in bytes.
  public var size: Int
  /// The permission bits (`0o7777`).
  public var mode: UInt32
  /// What it is.
  public var kind: FolderEntry.Kind
  /// The owner's user id.
  public var owner: UInt32
  /// The number that, with ``device``, tells two files apart.
  public var inode: UInt64
  /// The device it is on.
  public var device: UInt64

  init(_ status: stat) {
    size = Int(status.st_size)
    mode = status.st_mode & 0o7777
    switch status.st_mode & S_IFMT {
    case S_IFREG: kind = .regular
    case S_IFDIR: kind = .folder
    case S_IFLNK: kind = .symlink
    default: kind = .other
    }
    owner = status.st_uid
    inode = UInt64(status.st_ino)
    device = UInt64(status.st_dev)
  }

  /// Whether it is a file with bytes.
  public var isRegular: Bool { kind == .regular }
  /// Whether it is a folder.
  public var isFolder: Bool { kind == .folder }
  /// Whether it is a symbolic link.
  public var isSymlink: Bool { kind == .symlink }
}
