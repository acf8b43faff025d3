import ByteText
import CZlib
import DurableFiles

/// Compresses into a gzip file (RFC 1952), the same bytes for the same input: no name, no time.
///
/// The stream stands at one address because zlib's state points back at it.
@safe
final class GzipWriter {
  private let stream: UnsafeMutablePointer<z_stream>
  private let out: OutputFile
  private var chunk = [UInt8](repeating: 0, count: 1 << 16)

  /// Begins a file; `nil` where there is no memory for it.
  init?(_ out: OutputFile) {
    self.out = out
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // Level 6, 15 bits of window, and 16 to ask for a gzip header. deflateInit2 is a macro around this function.
    let made = unsafe deflateInit2_(
      stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    if made != Z_OK {
      unsafe stream.deallocate()
      return nil
    }
  }

  deinit {
    unsafe deflateEnd(stream)
    unsafe stream.deallocate()
  }

  func write(_ bytes: [UInt8]) throws(FileError) { try run(bytes, Z_NO_FLUSH) }

  func finish() throws(FileError) { try run([], Z_FINISH) }

  private func run(_ bytes: [UInt8], _ flush: Int32) throws(FileError) {
    var input = bytes
    var produced: [UInt8] = []
    unsafe input.withUnsafeMutableBufferPointer { buffer in
      unsafe stream.pointee.next_in = buffer.baseAddress
      unsafe stream.pointee.avail_in = UInt32(buffer.count)
      while true {
        let (room, left) = unsafe chunk.withUnsafeMutableBufferPointer { out in
          unsafe stream.pointee.next_out = out.baseAddress
          unsafe stream.pointee.avail_out = UInt32(out.count)
          let code = unsafe deflate(stream, flush)
          return unsafe (out.count - Int(stream.pointee.avail_out), code)
        }
        produced += chunk[..<room]
        // All of the input is taken once there is room left in the output.
        if left == Z_STREAM_END || room < chunk.count { break }
      }
      unsafe stream.pointee.next_in = nil
    }
    try out.append(produced)
  }
}
