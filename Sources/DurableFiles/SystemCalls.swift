import ByteText
import Glibc

/// The system calls on open descriptors: faults injected, `EINTR` repeated, every failure a ``FileError``.
///
/// Carried as a value by each folder and file. The calls on names are in SystemCallsOnNames.swift; nothing else of the
/// project talks to the disk.
struct SystemCalls: Sendable {
  /// Where injected faults come from; `nil` in the product.
  var faults: FaultPlan?

  /// Runs one call that answers -1 and sets `errno` when it fails.
  @discardableResult
  func run(
    _ operation: String, _ path: @autoclosure () -> ByteString, _ call: () -> Int
  ) throws(FileError) -> Int {
    if let fault = faults?.next() { throw FileError(path: path(), operation: operation, errno: fault) }
    while true {
      let answer = call()
      if answer >= 0 { return answer }
      let number = Glibc.errno
      if number != EINTR { throw FileError(path: path(), operation: operation, errno: number) }
    }
  }

  /// Reads up to `count` bytes at `offset` into the front of the buffer, which has room for them.
  ///
  /// - Returns: The number of bytes; less than `count` only at the end of the file.
  func read(
    _ descriptor: Int32, into buffer: inout [UInt8], count: Int, at offset: Int?, _ path: ByteString
  ) throws(FileError) -> Int {
    var filled = 0
    while filled < count {
      let got = try run("read", path) {
        unsafe buffer.withUnsafeMutableBytes { room in
          let part = unsafe UnsafeMutableRawBufferPointer(rebasing: room[filled..<count])
          guard let offset else { return unsafe Glibc.read(descriptor, part.baseAddress, part.count) }
          return unsafe pread(descriptor, part.baseAddress, part.count, offset + filled)
        }
      }
      if got == 0 { break }
      filled += got
    }
    return filled
  }

  /// Writes all bytes, in one call where the system takes them in one.
  func write(_ descriptor: Int32, _ bytes: ArraySlice<UInt8>, _ path: ByteString) throws(FileError) {
    var rest = bytes
    while !rest.isEmpty {
      if let fault = faults?.next() {
        _ = once(descriptor, rest.prefix(rest.count / 2))
        throw FileError(path: path, operation: "write", errno: fault)
      }
      let written = once(descriptor, rest)
      if written > 0 {
        rest = rest.dropFirst(written)
      } else if written == 0 {
        throw FileError(path: path, operation: "write", errno: EIO)
      } else if Glibc.errno != EINTR {
        throw FileError(path: path, operation: "write", errno: Glibc.errno)
      }
    }
  }

  private func once(_ descriptor: Int32, _ bytes: ArraySlice<UInt8>) -> Int {
    unsafe bytes.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
  }

  /// Makes file or folder durable.
  ///
  /// A failure is final: Linux drops the unwritten pages, and a second try would lie.
  func sync(_ descriptor: Int32, _ path: ByteString) throws(FileError) {
    try run("sync", path) { Int(fsync(descriptor)) }
  }

  /// Makes the bytes of a file durable, and of its metadata only the length.
  func syncData(_ descriptor: Int32, _ path: ByteString) throws(FileError) {
    try run("sync", path) { Int(fdatasync(descriptor)) }
  }

  /// Cuts or extends a file.
  func truncate(_ descriptor: Int32, to size: Int, _ path: ByteString) throws(FileError) {
    try run("truncate", path) { Int(ftruncate(descriptor, size)) }
  }

  /// Closes; never repeated, because Linux has closed even where it reports a failure.
  func close(_ descriptor: Int32, _ path: ByteString) throws(FileError) {
    let fault = faults?.next()
    let failure = Glibc.close(descriptor) == 0 || Glibc.errno == EINTR ? fault : Glibc.errno
    if let failure { throw FileError(path: path, operation: "close", errno: failure) }
  }

  /// What an open descriptor stands for.
  func info(_ descriptor: Int32, _ path: ByteString) throws(FileError) -> FileInfo {
    var status = stat()
    try run("look up", path) { unsafe Int(fstat(descriptor, &status)) }
    return FileInfo(status)
  }

  /// The magic number of the file system that a descriptor is on.
  func fileSystemMagic(_ descriptor: Int32, _ path: ByteString) throws(FileError) -> UInt32 {
    var words = [UInt](repeating: 0, count: 64)
    try run("look up", path) { unsafe Int(fstatfs(descriptor, &words)) }
    return UInt32(truncatingIfNeeded: words[0])
  }
}

/// An open descriptor that is closed when nobody holds it any more.
final class Descriptor: Sendable {
  let number: Int32
  private let owned: Bool

  init(_ number: Int32, owned: Bool = true) {
    self.number = number
    self.owned = owned
  }

  deinit {
    if owned { Glibc.close(number) }
  }
}
