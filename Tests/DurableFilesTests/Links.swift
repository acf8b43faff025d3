import ByteText
import DurableFiles
import Foundation
import TestSupport

extension Scratch {
  /// Makes a symbolic link.
  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: "\(path)/\(name)", withDestinationPath: target)
  }

  /// Makes a named pipe.
  func pipe(_ name: String) {
    _ = unsafe mkfifo("\(path)/\(name)", 0o600)
  }
}
