import ByteText
import DurableFiles
import TestSupport
import Testing

/// Files by path below one folder.
struct FolderTreeTests {
  @Test(arguments: ["a", "b/a", "b/c/a"] as [ByteString])
  func makesTheFoldersOfAPathOnce(path: ByteString) throws {
    let scratch = try Scratch()
    var tree = FolderTree(scratch.folder)
    for _ in 0..<2 {
      let (folder, name) = try tree.place(path)
      #expect(name == "a")
      try folder.replace(name, with: bytes("held"), durable: false)
    }
    let file = try scratch.folder.open(path: path)
    var read: [UInt8] = []
    try file.forEachChunk { read += $0 }
    #expect(read == bytes("held"))
  }

  @Test func namesTheFileThatIsMissing() throws {
    let scratch = try Scratch()
    #expect(throws: FileError.self) { try scratch.folder.open(path: "b/a") }
  }
}
