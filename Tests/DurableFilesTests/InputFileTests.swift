import ByteText
import Foundation
import TestSupport
import Testing

@testable import DurableFiles

@Suite struct InputFileTests {
  @Test func readsAtAnyOffset() throws {
    let folder = try Scratch().folder
    try folder.write(bytes("0123456789"), to: "f")
    let file = try folder.open("f")
    #expect(file.size == 10 && !file.isStream)
    var buffer = bytes("something longer")
    for (offset, count, expected) in [(7, 2, "78"), (0, 3, "012"), (8, 5, "89"), (10, 5, ""), (99, 1, ""), (3, 0, "")] {
      #expect(try file.read(into: &buffer, at: offset, count: count) == expected.utf8.count)
      #expect(buffer == bytes(expected))
    }
    let error = #expect(throws: FileError.self) { try file.read(into: &buffer, at: -1, count: 1) }
    #expect(error?.errno == EINVAL)
  }

  @Test func readsStreamsInOrder() throws {
    let scratch = try Scratch()
    scratch.pipe("p")
    let writer = Process()
    writer.executableURL = URL(fileURLWithPath: "/bin/sh")
    writer.arguments = ["-c", "exec seq 1 20000 > \(scratch.path)/p"]
    try writer.run()
    let content = (1...20_000).flatMap { bytes("\($0)\n") }
    let file = try UserPath.open(ByteString("\(scratch.path)/p"))
    #expect(file.isStream && file.size == 0)
    var buffer: [UInt8] = []
    try file.read(into: &buffer, at: 0, count: 10)
    #expect(buffer == Array(content.prefix(10)))
    let error = #expect(throws: FileError.self) { try file.read(into: &buffer, at: 0, count: 10) }
    #expect(error?.message == "cannot read: a stream can only be read in order")
    try file.read(into: &buffer, at: 10, count: 200_000)
    #expect(buffer == Array(content.dropFirst(10)))
  }

  @Test func limitsEndlessFiles() throws {
    let file = try UserPath.open("/dev/zero")
    let error = #expect(throws: FileError.self) { try file.readAll(limit: 100_000) }
    #expect(error?.errno == EFBIG)
  }
}
