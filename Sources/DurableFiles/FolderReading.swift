public import ByteText
import Glibc

extension Folder {
  /// Reads a whole file.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - limit: The greatest size in bytes; a larger file is refused with `EFBIG`.
  ///   - followingLinks: Whether a symbolic link is followed instead of refused.
  public func read(
    _ name: ByteString, limit: Int, followingLinks: Bool = false
  ) throws(FileError) -> [UInt8] {
    try open(name, followingLinks: followingLinks).readAll(limit: limit)
  }

  /// Opens a file for reading; anything but a regular file is refused.
  public func open(_ name: ByteString, followingLinks: Bool = false) throws(FileError) -> InputFile {
    let file = try cName(name, "open")
    // O_NONBLOCK: a pipe put there by somebody else must not hang us.
    let flags = O_RDONLY | O_NONBLOCK | (followingLinks ? 0 : O_NOFOLLOW)
    let descriptor = Descriptor(try calls.open(number, file, flags, path / name))
    let info = try calls.info(descriptor.number, path / name)
    guard info.isRegular else {
      throw FileError(path: path / name, operation: "open", errno: info.isFolder ? EISDIR : EOPNOTSUPP)
    }
    return InputFile(descriptor, path: path / name, info: info, calls: calls)
  }
}
