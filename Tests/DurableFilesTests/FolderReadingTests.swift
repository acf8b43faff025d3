import ByteText
import DurableFiles
import Foundation
import TestSupport
import Testing

@Suite struct FolderReadingTests {
  @Test(arguments: [0, 1, 5, 70_000]) func readsWholeFiles(size: Int) throws {
    let folder = try Scratch().folder
    let content = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
    try folder.write(content, to: "f")
    #expect(try folder.read("f", limit: size) == content)
    if size > 0 {
      let error = #expect(throws: FileError.self) { try folder.read("f", limit: size - 1) }
      #expect(error?.errno == EFBIG)
    }
  }

  @Test func refusesLinksUnlessAskedFor() throws {
    let scratch = try Scratch()
    try scratch.folder.write(bytes("abc"), to: "f")
    try scratch.link("l", to: "f")
    let error = #expect(throws: FileError.self) { try scratch.folder.read("l", limit: 9) }
    #expect(error?.kind == .symlink)
    #expect(error?.path == ByteString("\(scratch.path)/l"))
    #expect(try scratch.folder.read("l", limit: 9, followingLinks: true) == bytes("abc"))
  }

  @Test func refusesFoldersAndPipes() throws {
    let scratch = try Scratch()
    _ = try scratch.folder.subfolder("d", create: true)
    scratch.pipe("p")
    let folder = #expect(throws: FileError.self) { try scratch.folder.open("d") }
    #expect(folder?.message == "cannot open: is a folder")
    let pipe = #expect(throws: FileError.self) { try scratch.folder.open("p") }
    #expect(pipe?.message == "cannot open: not a regular file")
    let missing = #expect(throws: FileError.self) { try scratch.folder.open("m") }
    #expect(missing?.message == "cannot open: no such file")
  }
}
