public import ByteText
import Glibc

/// What went wrong with a file or folder, with its path.
public struct FileError: Error, Hashable, Sendable {
  /// What a caller can act on.
  public enum Kind: Hashable, Sendable {
    /// Nothing of that name is there.
    case missing
    /// The user may not do that.
    case permission
    /// No space or quota is left.
    case full
    /// The file system is mounted read-only.
    case readOnly
    /// Something of that name is there already.
    case exists
    /// A folder was expected.
    case notADirectory
    /// A symbolic link stands where none is followed.
    case symlink
    /// Anything else; see ``FileError/message``.
    case other
  }

  /// The path, as the folder was opened and the name was given.
  public var path: ByteString
  /// The operation, as the verb after "cannot": `open`, `read`, `write`, `sync`, `rename`, ...
  public var operation: String
  /// The system's error number.
  public var errno: Int32

  /// Makes an error.
  public init(path: ByteString, operation: String, errno: Int32) {
    self.path = path
    self.operation = operation
    self.errno = errno
  }

  /// What a caller can act on.
  public var kind: Kind {
    switch errno {
    case ENOENT: .missing
    case EACCES, EPERM: .permission
    case ENOSPC, EDQUOT: .full
    case EROFS: .readOnly
    case EEXIST: .exists
    case ENOTDIR: .notADirectory
    case ELOOP: .symlink
    default: .other
    }
  }

  /// One line without the path: lower case, no final stop (`cannot open: no such file`).
  public var message: ByteString { ByteString("cannot \(operation): \(reason)") }

  /// Our own words, so that no locale and no C library changes them.
  private var reason: String {
    switch errno {
    case ENOENT: "no such file"
    case EACCES: "permission denied"
    case EPERM: "operation not permitted"
    case ENOSPC: "no space left on the device"
    case EDQUOT: "disk quota exceeded"
    case EROFS: "read-only file system"
    case EEXIST: "already exists"
    case ENOTDIR: "not a folder"
    case EISDIR: "is a folder"
    case ENOTEMPTY: "folder is not empty"
    case ELOOP: "is a symbolic link"
    case EIO: "input/output error"
    case EMFILE, ENFILE: "too many open files"
    case ENAMETOOLONG: "name is too long"
    case EFBIG: "file is too large"
    case EINVAL: "invalid name or argument"
    case EXDEV: "on another file system"
    case ESPIPE: "a stream can only be read in order"
    case EOPNOTSUPP, ENXIO: "not a regular file"
    case EBADF: "already closed"
    case ENOEXEC: "not a program"
    default: "system error \(errno)"
    }
  }
}
