import ByteText
import DurableFiles

/// A folder that a user names to be written into.
enum OutFolder {
  /// Opens it, made with those above it where they are missing.
  static func open(_ path: ByteString) throws -> Folder {
    do throws(FileError) {
      return try Folder.open(path, create: true)
    } catch {
      throw CommandFailure(error.kind == .permission ? .permission : .cannotCreate, error.message, file: error.path)
    }
  }
}
