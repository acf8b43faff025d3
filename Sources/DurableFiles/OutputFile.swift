public import ByteText
import Glibc

/// A new file that is being written, with a buffer of 1 MiB.
///
/// After a failure every later call fails alike: nobody can go on behind a hole. A file that is let go without
/// ``close()`` keeps only what was flushed.
public final class OutputFile {
  /// The path, for messages.
  public let path: ByteString
  /// The number of bytes appended so far, flushed or not.
  public private(set) var size = 0
  private let calls: SystemCalls
  private var descriptor: Int32
  private var buffer: [UInt8] = []
  private var failure: FileError?

  private static let room = 1 << 20

  init(_ descriptor: Int32, path: ByteString, calls: SystemCalls) {
    self.descriptor = descriptor
    self.path = path
    self.calls = calls
  }

  deinit {
    if descriptor >= 0 { Glibc.close(descriptor) }
  }

  /// Appends bytes.
  public func append(_ bytes: [UInt8]) throws(FileError) {
    try append(bytes[...])
  }

  /// Appends a run of bytes.
  public func append(_ bytes: ArraySlice<UInt8>) throws(FileError) {
    try check("write")
    size += bytes.count
    if buffer.count + bytes.count > Self.room { try flush() }
    if bytes.count >= Self.room {
      try guarded { () throws(FileError) in try calls.write(descriptor, bytes, path) }
    } else {
      buffer += bytes
    }
  }

  /// Hands the buffer to the system.
  public func flush() throws(FileError) {
    try check("write")
    try guarded { () throws(FileError) in try calls.write(descriptor, buffer[...], path) }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Flushes and makes the file durable; a failure is final.
  public func sync() throws(FileError) {
    try flush()
    try guarded { () throws(FileError) in try calls.sync(descriptor, path) }
  }

  /// Flushes and closes.
  public func close() throws(FileError) {
    try flush()
    let open = descriptor
    descriptor = -1
    try guarded { () throws(FileError) in try calls.close(open, path) }
  }

  private func check(_ operation: String) throws(FileError) {
    if let failure { throw failure }
    if descriptor < 0 { throw FileError(path: path, operation: operation, errno: EBADF) }
  }

  private func guarded(_ step: () throws(FileError) -> Void) throws(FileError) {
    do throws(FileError) {
      try step()
    } catch {
      failure = error
      throw error
    }
  }
}
