import ByteText
public import DurableFiles
import Foundation

/// A new folder; all of them are removed when the test process ends, so that no test loses one that it still uses.
public struct Scratch {
  private static let base: String = {
    atexit { try? FileManager.default.removeItem(atPath: Scratch.base) }
    return FileManager.default.temporaryDirectory.appendingPathComponent("countersign-\(UUID().uuidString)").path
  }()

  /// Where it is.
  public let path: String
  /// The folder, open.
  public let folder: Folder

  /// Makes a folder.
  public init() throws {
    path = "\(Self.base)/\(UUID().uuidString)"
    folder = try Folder.open(ByteString(path), create: true)
  }

  /// The same folder under a plan of faults; opening it is operation 1.
  public func failing(_ plan: FaultPlan) throws(FileError) -> Folder {
    try Folder.open(ByteString(path), faults: plan)
  }
}
