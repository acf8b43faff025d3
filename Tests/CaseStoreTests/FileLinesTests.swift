import ByteText
import DurableFiles
import TestSupport
import Testing

@testable import CaseStore

@Suite struct FileLinesTests {
  private func read(_ bytes: [UInt8], from start: Int = 0, to end: Int? = nil) throws -> [(line: [UInt8], offset: Int)]
  {
    let scratch = try Scratch()
    try scratch.folder.write(bytes, to: "f")
    var found: [(line: [UInt8], offset: Int)] = []
    var lines = FileLines(try scratch.folder.open("f"), from: start, to: end)
    try lines.forEach { line, offset in found.append((Array(line), offset)) }
    return found
  }

  @Test(
    arguments: [
      ("", []), ("\n", ["\n@0"]), ("a", ["a@0"]), ("a\nb\n", ["a\n@0", "b\n@2"]), ("a\n\nb", ["a\n@0", "\n@2", "b@3"]),
    ] as [(String, [String])]) func readsLines(text: String, expected: [String]) throws
  {
    #expect(try read(Array(text.utf8)).map { String(decoding: $0.line, as: UTF8.self) + "@\($0.offset)" } == expected)
  }

  /// Lines that end, begin and lie around the border of two chunks, and one longer than a chunk.
  @Test(arguments: [-1, 0, 1]) func readsOverTheBordersOfChunks(shift: Int) throws {
    let chunk = 1 << 20
    let lengths = [chunk + shift, 1, 5, 2 * chunk + 7, 2]
    var bytes: [UInt8] = []
    for (index, length) in lengths.enumerated() {
      bytes += [UInt8](repeating: 0x61 + UInt8(index), count: length - 1) + [0x0A]
    }
    bytes += [0x7A]
    var offset = 0
    let found = try read(bytes)
    #expect(found.map(\.line.count) == lengths + [1])
    for item in found {
      #expect(item.offset == offset)
      #expect(item.line.elementsEqual(bytes[offset..<(offset + item.line.count)]))
      offset += item.line.count
    }
    #expect(offset == bytes.count)
  }

  @Test func readsAPart() throws {
    let found = try read(Array("ab\ncd\nef\n".utf8), from: 3, to: 7)
    #expect(found.map(\.offset) == [3, 6] && found.map(\.line) == [Array("cd\n".utf8), Array("e".utf8)])
  }
}
