public import ByteText
import CZlib

/// Why compressed bytes were refused.
public enum GzipError: Error, Hashable, Sendable {
  /// The bytes do not start as gzip does.
  case notGzip
  /// The bytes are gzip, but damaged; zlib's own words.
  case damaged(ByteString)
  /// The bytes end inside a member.
  case truncated
  /// Something else follows the last member.
  case trailingBytes
  /// More than 64 MiB came out, at more than 1,000 bytes for each one read.
  case bomb
  /// No memory for the decompressor.
  case outOfMemory

  /// One line: lower case, no final stop.
  public var message: ByteString {
    switch self {
    case .notGzip: "not gzip data"
    case .damaged(let words): ByteString(Array("damaged gzip data: ".utf8) + words.bytes)
    case .truncated: "gzip data ends too early"
    case .trailingBytes: "other bytes follow the gzip data"
    case .bomb: "gzip data expands more than 1000 times"
    case .outOfMemory: "no memory to decompress"
    }
  }
}

/// Decompresses gzip (RFC 1952) as it arrives, of any number of members, with each member's CRC and length checked.
///
/// A call gives at most 1 MiB; input that it could not use yet is kept:
///
/// ```swift
/// try stream.inflate(chunk, into: &bytes)
/// use(bytes)
/// while stream.hasPending { try stream.inflate([], into: &bytes) ... }
/// ...
/// try stream.finish()
/// ```
///
/// This is the only file that calls zlib. The stream stands at one address because zlib's state points back at it.
@safe
public final class GzipStream {
  /// The greatest number of bytes that one call gives.
  public static let outputLimit = 1 << 20

  private static let ratioFloor = 64 << 20
  private static let ratio = 1_000

  private let stream: UnsafeMutablePointer<z_stream>
  private var pending: ArraySlice<UInt8> = []
  private var members = 0
  /// Bytes of the present member that were read; 0 between members.
  private var memberIn = 0
  private var isFull = false
  private var failure: GzipError?
  /// The number of compressed bytes used so far.
  public private(set) var bytesIn = 0
  /// The number of bytes given so far.
  public private(set) var bytesOut = 0

  /// Makes a stream that expects the first member.
  public init() {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // 15 bits of window, and 16 to ask for a gzip header. inflateInit2 is a macro around this function.
    let made = unsafe inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    if made != Z_OK { failure = .outOfMemory }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Whether input is left that a further call, with an empty chunk, can use.
  public var hasPending: Bool { failure == nil && (!pending.isEmpty || isFull) }

  /// Whether everything so far was whole members, at least one.
  public var isFinished: Bool { failure == nil && members > 0 && memberIn == 0 && pending.isEmpty }

  /// Takes compressed bytes and appends what comes out, at most ``outputLimit`` bytes.
  ///
  /// After an error every later call throws the same one.
  public func inflate(_ chunk: ArraySlice<UInt8>, into out: inout [UInt8]) throws(GzipError) {
    if let failure { throw failure }
    if pending.isEmpty { pending = chunk } else { pending += chunk }
    do throws(GzipError) {
      try step(into: &out)
    } catch {
      failure = error
      pending = []
      throw error
    }
  }

  /// Says that no more input comes.
  public func finish() throws(GzipError) {
    if let failure { throw failure }
    if !isFinished { throw .truncated }
  }

  private func step(into out: inout [UInt8]) throws(GzipError) {
    let start = out.count
    let limit = start + Self.outputLimit
    out.reserveCapacity(start + min(Self.outputLimit, 4 * pending.count + 1_024))
    var room = [UInt8](repeating: 0, count: 65_536)
    isFull = false
    repeat {
      if memberIn == 0 && members > 0, let first = pending.first, first != 0x1F { throw .trailingBytes }
      let space = min(room.count, limit - out.count)
      let (status, used, made) = turn(&room, space)
      pending = pending.dropFirst(used)
      memberIn += used
      bytesIn += used
      bytesOut += made
      out += room[..<made]
      if bytesOut > Self.ratioFloor && bytesOut / Self.ratio > bytesIn { throw .bomb }
      switch status {
      case Z_STREAM_END:
        members += 1
        memberIn = 0
        isFull = false
        unsafe inflateReset(stream)
      case Z_OK, Z_BUF_ERROR:
        // A full buffer may leave output inside zlib although all input is used.
        isFull = made == space
        if used == 0 && made == 0 { return }
      case Z_MEM_ERROR:
        throw .outOfMemory
      default:
        if memberIn <= 2 { throw members == 0 ? .notGzip : .trailingBytes }
        throw .damaged(words())
      }
    } while (!pending.isEmpty || isFull) && out.count < limit
  }

  /// One call of zlib: status, bytes read, bytes written to the front of `room`.
  private func turn(_ room: inout [UInt8], _ space: Int) -> (Int32, Int, Int) {
    let given = min(pending.count, 1 << 30)
    let status = unsafe room.withUnsafeMutableBufferPointer { target in
      unsafe pending.withUnsafeBufferPointer { source in
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
        unsafe stream.pointee.avail_in = UInt32(given)
        unsafe stream.pointee.next_out = target.baseAddress
        unsafe stream.pointee.avail_out = UInt32(space)
        let status = unsafe CZlib.inflate(stream, Z_NO_FLUSH)
        // Nothing may point at the arrays once they can move.
        unsafe stream.pointee.next_in = nil
        unsafe stream.pointee.next_out = nil
        return status
      }
    }
    return unsafe (status, given - Int(stream.pointee.avail_in), space - Int(stream.pointee.avail_out))
  }

  private func words() -> ByteString {
    guard let message = unsafe stream.pointee.msg else { return "unknown cause" }
    return ByteString(unsafe String(cString: message))
  }
}
