import ByteText
import DurableFiles
import Foundation

/// A new folder; all of them are removed when the test process ends, so that no test loses one that it still uses.
struct Scratch {
  private static let base: String = {
    atexit { try? FileManager.default.removeItem(atPath: Scratch.base) }
    return FileManager.default.temporaryDirectory.appendingPathComponent("countersign-\(UUID().uuidString)").path
  }()

  let path: String
  let folder: Folder

  init() throws {
    path = "\(Self.base)/\(UUID().uuidString)"
    folder = try Folder.open(ByteString(path), create: true)
  }

  /// The same folder under a plan of faults; opening it is operation 1.
  func failing(_ plan: FaultPlan) throws(FileError) -> Folder {
    try Folder.open(ByteString(path), faults: plan)
  }

  /// Makes a symbolic link.
  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: "\(path)/\(name)", withDestinationPath: target)
  }

  /// Makes a named pipe.
  func pipe(_ name: String) {
    _ = unsafe mkfifo("\(path)/\(name)", 0o600)
  }
}

/// Bytes of a string.
func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
