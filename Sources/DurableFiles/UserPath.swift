public import ByteText
import Glibc

/// Paths as a user gave them on the command line: symbolic links in them are followed, `-` is standard input.
public enum UserPath {
  /// What a walk found.
  public struct Walked: Hashable, Sendable {
    /// The regular files, sorted by the bytes of their paths.
    public var files: [ByteString] = []
    /// What could not be looked at, in the order met; the rest is still used.
    public var errors: [FileError] = []
  }

  /// Opens a file, a pipe or, for `-`, standard input for reading.
  public static func open(_ path: ByteString, faults: FaultPlan? = nil) throws(FileError) -> InputFile {
    let calls = SystemCalls(faults: faults)
    let descriptor: Descriptor
    if path == "-" {
      descriptor = Descriptor(0, owned: false)
    } else {
      let name = try SystemCalls.cString(path: path, "open")
      descriptor = Descriptor(try calls.open(AT_FDCWD, name, O_RDONLY | O_NOCTTY, path))
    }
    let info = try calls.info(descriptor.number, path)
    if info.isFolder { throw FileError(path: path, operation: "open", errno: EISDIR) }
    return InputFile(descriptor, path: path, info: info, calls: calls)
  }

  /// Whether a path leads to a regular file.
  public static func exists(_ path: ByteString) -> Bool {
    guard let name = try? SystemCalls.cString(path: path, "look up"),
      let info = try? SystemCalls().follow(name, path)
    else { return false }
    return info.isRegular
  }

  /// Lists the regular files below a folder; a path that is no folder (or `-`) stands for itself.
  ///
  /// Symbolic links and names that start with a dot are skipped below the path, not in it. Nothing is opened but folders.
  public static func walk(_ path: ByteString) -> Walked {
    var walked = Walked()
    if path == "-" {
      walked.files = [path]
      return walked
    }
    let calls = SystemCalls()
    do throws(FileError) {
      let folder: Folder
      do throws(FileError) {
        folder = try Folder.open(path)
      } catch let error where error.kind == .notADirectory {
        // Whether it can be read is told when it is opened; here only whether it is there.
        try calls.run("open", path) { unsafe Int(access(SystemCalls.cString(path), F_OK)) }
        walked.files = [path]
        return walked
      }
      try list(folder, &walked)
    } catch {
      walked.errors.append(error)
    }
    walked.files.sort()
    return walked
  }

  /// Splits a path into the folder it is in and the last name: `a/b/` into `a` and `b`, `b` into `.` and `b`.
  ///
  /// - Returns: `nil` where there is no last name (empty, `/`, `.`, `..` at the end).
  public static func split(_ path: ByteString) -> (folder: ByteString, name: ByteString)? {
    var bytes = path.bytes[...]
    while bytes.last == 0x2F { bytes.removeLast() }
    let name = ByteString(bytes[((bytes.lastIndex(of: 0x2F) ?? (bytes.startIndex - 1)) + 1)...])
    if name.isEmpty || name == "." || name == ".." { return nil }
    var folder = bytes.dropLast(name.count)
    if folder.isEmpty { return (".", name) }
    while folder.last == 0x2F && folder.count > 1 { folder.removeLast() }
    return (ByteString(folder), name)
  }

  private static func list(_ folder: Folder, _ walked: inout Walked) throws(FileError) {
    for entry in try folder.entries() where entry.name.bytes.first != 0x2E {
      switch entry.kind {
      case .regular:
        walked.files.append(folder.path / entry.name)
      case .folder:
        do throws(FileError) {
          try list(try folder.subfolder(entry.name), &walked)
        } catch {
          walked.errors.append(error)
        }
      case .symlink, .other:
        continue
      }
    }
  }
}
