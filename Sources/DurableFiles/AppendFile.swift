public import ByteText
import Glibc

/// A file that only grows: the ledger's.
///
/// After a failed write or sync every later append and sync fails alike (SECURITY 3.2): what follows a torn record would
/// be lost with it, and a second sync would lie. The next run opens the file again and recovers.
public final class AppendFile {
  /// The path, for messages.
  public let path: ByteString
  /// Whether the file was made by this opening.
  public let isNew: Bool
  private let calls: SystemCalls
  private let descriptor: Descriptor
  private var failure: FileError?

  init(_ descriptor: Descriptor, path: ByteString, isNew: Bool, calls: SystemCalls) {
    self.descriptor = descriptor
    self.path = path
    self.isNew = isNew
    self.calls = calls
  }

  /// Appends one record, in one write; repeated only where the system took a part of it.
  public func append(_ record: [UInt8]) throws(FileError) {
    try guarded { () throws(FileError) in try calls.write(descriptor.number, record[...], path) }
  }

  /// Makes what was appended durable, by `fdatasync`; a failure is final.
  public func sync() throws(FileError) {
    try guarded { () throws(FileError) in try calls.syncData(descriptor.number, path) }
  }

  /// Cuts the file to `size` bytes and makes that durable: for a torn tail, before anything is appended.
  public func truncate(to size: Int) throws(FileError) {
    try guarded { () throws(FileError) in
      try calls.truncate(descriptor.number, to: size, path)
      try calls.sync(descriptor.number, path)
    }
  }

  /// The file as it is now: size, mode, owner.
  public func info() throws(FileError) -> FileInfo {
    try calls.info(descriptor.number, path)
  }

  /// The file's bytes as they are now, for reading through the same descriptor.
  public func reading() throws(FileError) -> InputFile {
    InputFile(descriptor, path: path, info: try info(), calls: calls)
  }

  private func guarded(_ step: () throws(FileError) -> Void) throws(FileError) {
    if let failure { throw failure }
    do throws(FileError) {
      try step()
    } catch {
      failure = error
      throw error
    }
  }
}
