public import ByteText
import Glibc

extension Folder {
  /// Removes a file or symbolic link; a missing one is an error.
  public func remove(_ name: ByteString) throws(FileError) {
    try calls.remove(number, cName(name, "remove"), path / name)
  }

  /// Removes a folder with everything in it, or a file; symbolic links are removed, never followed.
  ///
  /// Nothing to do where the name is missing.
  public func removeTree(_ name: ByteString) throws(FileError) {
    let file = try cName(name, "remove")
    guard let info = try calls.info(number, file, path / name) else { return }
    if !info.isFolder { return try remove(name) }
    let tree = try subfolder(name)
    for entry in try tree.entries() {
      if entry.kind == .folder { try tree.removeTree(entry.name) } else { try tree.remove(entry.name) }
    }
    try calls.remove(number, file, flags: AT_REMOVEDIR, path / name)
  }

  /// Renames a file or folder, in this folder or into another on the same file system.
  ///
  /// A file, link or empty folder of the new name is replaced. Durable after ``sync()`` of both folders.
  public func rename(_ name: ByteString, to newName: ByteString, in other: Folder? = nil) throws(FileError) {
    let target = other ?? self
    let newFile = try target.cName(newName, "rename")
    try calls.rename(number, cName(name, "rename"), to: target.number, newFile, path / name)
  }

  /// Swaps two names, both of which exist, in one step.
  ///
  /// Where the file system cannot (some network and user-space ones), by three renames: a run killed between them leaves
  /// `other` missing and its old content as `.NAME.swap`, which the next exchange of these names removes.
  public func exchange(_ name: ByteString, with other: ByteString) throws(FileError) {
    let first = try cName(name, "exchange")
    let second = try cName(other, "exchange")
    do throws(FileError) {
      try calls.exchange(number, first, second, path / other)
    } catch let error where error.errno == EINVAL || error.errno == ENOSYS || error.errno == EOPNOTSUPP {
      let aside = ByteString([0x2E] + other.bytes + Array(".swap".utf8))
      try removeTree(aside)
      try rename(other, to: aside)
      try rename(name, to: other)
      try rename(aside, to: name)
    }
  }
}
