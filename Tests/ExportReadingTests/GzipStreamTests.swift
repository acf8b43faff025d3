import ByteText
import Testing

@testable import ExportReading

@Suite struct GzipStreamTests {
  /// `printf 'hello\n' | gzip -n`.
  static let hello: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0xE7, 0x02, 0x00, 0x20,
    0x30, 0x3A, 0x36, 0x06, 0x00, 0x00, 0x00,
  ]
  static let text = Array("hello\n".utf8)

  /// Everything that comes out of `bytes`, handed over in chunks of `step` bytes.
  private func expand(_ bytes: [UInt8], step: Int) throws(GzipError) -> [UInt8] {
    let stream = GzipStream()
    var all: [UInt8] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      try stream.inflate(rest.prefix(step), into: &all)
      rest = rest.dropFirst(step)
      while stream.hasPending { try stream.inflate([], into: &all) }
    }
    try stream.finish()
    return all
  }

  /// A gzip member of `blocks` stored blocks of 65,535 zero bytes, without trailer.
  private func storedMember(blocks: Int) -> [UInt8] {
    var bytes = Array(Self.hello.prefix(10))
    for _ in 0..<blocks { bytes += [0x00, 0xFF, 0xFF, 0x00, 0x00] + [UInt8](repeating: 0, count: 65_535) }
    return bytes
  }

  @Test(arguments: [1, 2, 7, 1_000]) func inflatesInAnyChunks(step: Int) throws {
    #expect(try expand(Self.hello, step: step) == Self.text)
  }

  @Test(arguments: [1, 3, 26, 1_000]) func inflatesSeveralMembers(step: Int) throws {
    #expect(try expand(Self.hello + Self.hello + Self.hello, step: step) == Self.text + Self.text + Self.text)
  }

  @Test func countsBytes() throws {
    let stream = GzipStream()
    var out: [UInt8] = []
    #expect(!stream.isFinished)
    try stream.inflate(Self.hello[..<12], into: &out)
    #expect(!stream.isFinished)
    try stream.inflate(Self.hello[12...], into: &out)
    #expect(stream.isFinished)
    #expect(stream.bytesIn == Self.hello.count)
    #expect(stream.bytesOut == 6)
  }

  @Test(arguments: 0..<26) func refusesTruncation(length: Int) {
    #expect(throws: GzipError.truncated) { try self.expand(Array(Self.hello.prefix(length)), step: 5) }
  }

  @Test func refusesTruncationInTheSecondMember() {
    #expect(throws: GzipError.truncated) { try self.expand(Self.hello + Self.hello.prefix(1), step: 100) }
  }

  @Test(arguments: [[0x00], [0x68], [0x1F, 0x00], [0x00, 0x00, 0x00]] as [[UInt8]], [1, 100])
  func refusesTrailingBytes(garbage: [UInt8], step: Int) {
    #expect(throws: GzipError.trailingBytes) { try self.expand(Self.hello + garbage, step: step) }
  }

  @Test(arguments: ["{\"a\":1}", "PK\u{3}\u{4}aaaa", "  "]) func refusesOtherData(text: String) {
    #expect(throws: GzipError.notGzip) { try self.expand(Array(text.utf8), step: 1) }
  }

  @Test(arguments: [
    (18, "damaged gzip data: incorrect data check"), (22, "damaged gzip data: incorrect length check"),
    (2, "damaged gzip data: unknown compression method"),
  ]) func refusesDamage(place: Int, message: ByteString) {
    var bytes = Self.hello
    bytes[place] ^= 0x01
    let error = #expect(throws: GzipError.self) { try self.expand(bytes, step: 100) }
    #expect(error?.message == message)
  }

  @Test func boundsTheOutputOfACall() throws {
    let bytes = storedMember(blocks: 40)
    let stream = GzipStream()
    var out: [UInt8] = []
    var total = 0
    var calls = 0
    try stream.inflate(bytes[...], into: &out)
    while true {
      calls += 1
      #expect(out.count <= GzipStream.outputLimit)
      total += out.count
      if !stream.hasPending { break }
      out.removeAll(keepingCapacity: true)
      try stream.inflate([], into: &out)
    }
    #expect(total == 40 * 65_535)
    #expect(calls == 3)
    #expect(throws: GzipError.truncated) { try stream.finish() }
  }

  @Test func stopsBombs() throws {
    // One dynamic block whose codes make each zero bit pair of the input a match of 258 bytes: 1,032 bytes a byte.
    let start: [UInt8] = [
      0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0xFF, 0xEC, 0xC1, 0x01, 0x01, 0x00, 0x00, 0x00, 0x80, 0x90,
      0xFE, 0xAF, 0xEE, 0x08, 0x0A,
    ]
    let stream = GzipStream()
    var out: [UInt8] = []
    try stream.inflate((start + [UInt8](repeating: 0, count: 70_000))[...], into: &out)
    let error = #expect(throws: GzipError.self) {
      while stream.hasPending {
        out.removeAll(keepingCapacity: true)
        try stream.inflate([], into: &out)
      }
    }
    #expect(error == .bomb)
    #expect(stream.bytesOut > 64 << 20)
    #expect(stream.bytesOut < 66 << 20)
  }

  @Test func repeatsTheFirstError() {
    let stream = GzipStream()
    var out: [UInt8] = []
    for chunk in [[0x00, 0x00], Self.hello] {
      #expect(throws: GzipError.notGzip) { try stream.inflate(chunk[...], into: &out) }
    }
    #expect(out.isEmpty)
    #expect(!stream.hasPending)
  }
}
