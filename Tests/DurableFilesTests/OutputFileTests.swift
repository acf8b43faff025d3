import ByteText
import Glibc
import TestSupport
import Testing

@testable import DurableFiles

@Suite struct OutputFileTests {
  @Test(arguments: [[3, 4], [1 << 20, 1], [700_000, 700_000, 5], [5, 3 << 20, 5], []])
  func writesWhatIsAppended(sizes: [Int]) throws {
    let folder = try Scratch().folder
    let file = try folder.create("f", mode: 0o600)
    var expected: [UInt8] = []
    for (index, size) in sizes.enumerated() {
      let part = [UInt8](repeating: UInt8(index), count: size)
      expected += part
      try file.append(part)
      #expect(file.size == expected.count)
    }
    try file.sync()
    #expect(try folder.read("f", limit: 1 << 23) == expected)
    try file.close()
    #expect(try folder.info("f")?.mode == 0o600)
  }

  @Test func buffers() throws {
    let folder = try Scratch().folder
    let file = try folder.create("f")
    try file.append(bytes("abc")[1...])
    #expect(try folder.info("f")?.size == 0)
    try file.flush()
    #expect(try folder.read("f", limit: 9) == bytes("bc"))
    try file.close()
    let error = #expect(throws: FileError.self) { try file.append(bytes("d")) }
    #expect(error?.message == "cannot write: already closed")
  }

  @Test func refusesTakenNames() throws {
    let scratch = try Scratch()
    try scratch.folder.write(bytes("old"), to: "f")
    try scratch.link("l", to: "target")
    for name in ["f", "l"] as [ByteString] {
      let error = #expect(throws: FileError.self) { try scratch.folder.create(name) }
      #expect(error?.message == "cannot create: already exists")
    }
    #expect(try scratch.folder.exists("target") == false)
  }

  @Test func reportsAFullDeviceForGood() throws {
    let descriptor = unsafe open("/dev/full", O_WRONLY | O_CLOEXEC)
    let file = OutputFile(descriptor, path: "/dev/full", calls: SystemCalls())
    try file.append(bytes("abc"))
    let expected = FileError(path: "/dev/full", operation: "write", errno: ENOSPC)
    #expect(throws: expected) { try file.flush() }
    #expect(throws: expected) { try file.append(bytes("d")) }
    #expect(throws: expected) { try file.close() }
  }
}
