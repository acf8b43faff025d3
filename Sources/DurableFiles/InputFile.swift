public import ByteText
import Glibc
import Synchronization

/// A file, or a stream such as standard input, open for reading.
public final class InputFile: Sendable {
  /// The path, for messages.
  public let path: ByteString
  /// What it was when it was opened.
  public let info: FileInfo
  private let descriptor: Descriptor
  private let calls: SystemCalls
  /// How far a stream was read.
  private let position = Mutex(0)

  init(_ descriptor: Descriptor, path: ByteString, info: FileInfo, calls: SystemCalls) {
    self.descriptor = descriptor
    self.path = path
    self.info = info
    self.calls = calls
  }

  /// The size in bytes when it was opened; 0 for a stream.
  public var size: Int { isStream ? 0 : info.size }

  /// Whether it can be read only once and in order (a pipe, a terminal).
  public var isStream: Bool { !info.isRegular }

  /// Replaces the buffer by up to `count` bytes from `offset` on.
  ///
  /// - Parameters:
  ///   - buffer: Holds exactly the bytes read afterwards; its capacity is kept.
  ///   - offset: Where to start, in bytes. In a stream only the end of what was read before: otherwise `ESPIPE`.
  ///   - count: The greatest number of bytes.
  /// - Returns: The number of bytes; less than `count` only at the end.
  @discardableResult
  public func read(into buffer: inout [UInt8], at offset: Int, count: Int) throws(FileError) -> Int {
    if offset < 0 || count < 0 { throw FileError(path: path, operation: "read", errno: EINVAL) }
    if buffer.count > count { buffer.removeLast(buffer.count - count) }
    if buffer.count < count { buffer.append(contentsOf: repeatElement(0, count: count - buffer.count)) }
    let got: Int
    if isStream {
      let start = position.withLock { $0 }
      if start != offset { throw FileError(path: path, operation: "read", errno: ESPIPE) }
      got = try calls.read(descriptor.number, into: &buffer, count: count, at: nil, path)
      position.withLock { $0 += got }
    } else {
      got = try calls.read(descriptor.number, into: &buffer, count: count, at: offset, path)
    }
    buffer.removeLast(count - got)
    return got
  }

  /// Reads everything, from the start.
  ///
  /// - Parameter limit: The greatest size in bytes; more is refused with `EFBIG`, after at most that many bytes.
  public func readAll(limit: Int) throws(FileError) -> [UInt8] {
    if size > limit { throw FileError(path: path, operation: "read", errno: EFBIG) }
    var all: [UInt8] = []
    var part: [UInt8] = []
    // One byte more than the size, so that one call also sees the end.
    var step = max(size + 1, isStream ? 65_536 : 1)
    while try read(into: &part, at: all.count, count: step) > 0 {
      if all.count + part.count > limit { throw FileError(path: path, operation: "read", errno: EFBIG) }
      if all.isEmpty { swap(&all, &part) } else { all += part }
      if all.count < step { break }
      step = 65_536
    }
    return all
  }

  /// Hands over the file piece by piece, of at most 1 MiB each, from its start to its end.
  public func forEachChunk(_ body: (ArraySlice<UInt8>) throws(FileError) -> Void) throws(FileError) {
    var chunk: [UInt8] = []
    var offset = 0
    while true {
      let count = try read(into: &chunk, at: offset, count: min(1 << 20, max(size - offset, 1 << 10)))
      if count == 0 { return }
      try body(chunk[..<count])
      offset += count
    }
  }
}
