import ByteText
import DurableFiles
import Glibc
import TestSupport
import Testing

@Suite struct FolderWritingTests {
  @Test func writesNewFiles() throws {
    let folder = try Scratch().folder
    _ = try folder.subfolder("ab", create: true)
    try folder.write(bytes("x"), to: "ab/f", mode: 0o640)
    #expect(try folder.subfolder("ab").read("f", limit: 9) == bytes("x"))
    #expect(try folder.subfolder("ab").info("f")?.mode == 0o640)
    let again = #expect(throws: FileError.self) { try folder.write(bytes("y"), to: "ab/f") }
    #expect(again?.kind == .exists)
    for name in ["a/b/c", "../f", "ab/..", "/f"] as [ByteString] {
      let error = #expect(throws: FileError.self) { try folder.write([], to: name) }
      #expect(error?.errno == EINVAL)
    }
  }

  @Test(arguments: [false, true]) func replacesWholly(durable: Bool) throws {
    let scratch = try Scratch()
    try scratch.folder.replace("f", with: bytes("one"), mode: 0o600, durable: durable)
    try scratch.folder.replace("f", with: bytes("two"), mode: 0o600, durable: durable)
    #expect(try scratch.folder.read("f", limit: 9) == bytes("two"))
    #expect(try scratch.folder.info("f")?.mode == 0o600)
    try scratch.folder.write(bytes("target"), to: "t")
    try scratch.link("l", to: "t")
    try scratch.folder.replace("l", with: bytes("new"), durable: durable)
    #expect(try scratch.folder.info("l")?.isRegular == true)
    #expect(try scratch.folder.read("t", limit: 9) == bytes("target"))
    #expect(try scratch.folder.names() == ["f", "l", "t"])
  }

  @Test func replacesOverLeftovers() throws {
    let folder = try Scratch().folder
    try folder.write(bytes("torn"), to: ".f.tmp")
    try folder.replace("f", with: bytes("new"), durable: false)
    #expect(try folder.names() == ["f"])
    try folder.write(bytes("torn"), to: ".g.tmp")
    try folder.write([], to: ".tmp")
    #expect(try folder.removeLeftovers() == 1)
    #expect(try folder.names() == [".tmp", "f"])
  }

  @Test(arguments: [false, true]) func showsOldOrNewWhateverFails(lasting: Bool) throws {
    let counting = FaultPlan()
    try Scratch().failing(counting).replace("f", with: bytes("new"), durable: true)
    // Open folder, create, write, sync, close, rename, sync folder.
    #expect(counting.operations == 7)
    for number in 2...7 {
      let scratch = try Scratch()
      try scratch.folder.write(bytes("old"), to: "f")
      let failing = try scratch.failing(FaultPlan(failing: number, with: EIO, lasting: lasting))
      #expect(throws: FileError.self) { try failing.replace("f", with: bytes("new"), durable: true) }
      #expect(try scratch.folder.read("f", limit: 9) == bytes(number < 7 ? "old" : "new"))
      if !lasting { #expect(try scratch.folder.names() == ["f"]) }
      try scratch.folder.replace("f", with: bytes("next"), durable: true)
      #expect(try scratch.folder.names() == ["f"])
    }
  }

  @Test func replacesOnlyWhatDiffers() throws {
    let scratch = try Scratch()
    let folder = scratch.folder
    #expect(try folder.compareAndReplace("f", bytes("one")))
    let inode = try folder.info("f")?.inode
    #expect(try folder.compareAndReplace("f", bytes("one")) == false)
    #expect(try folder.info("f")?.inode == inode)
    for text in ["two", "longer", "", "x"] {
      #expect(try folder.compareAndReplace("f", bytes(text)))
      #expect(try folder.read("f", limit: 9) == bytes(text))
      #expect(try folder.compareAndReplace("f", bytes(text)) == false)
    }
    try scratch.link("l", to: "f")
    #expect(try folder.compareAndReplace("l", bytes("x")))
    #expect(try folder.info("l")?.isRegular == true)
    _ = try folder.subfolder("d", create: true)
    #expect(throws: FileError.self) { try folder.compareAndReplace("d", bytes("x")) }
  }

  @Test func truncates() throws {
    let scratch = try Scratch()
    try scratch.folder.write(bytes("abcdef"), to: "f")
    try scratch.folder.truncate("f", to: 2)
    #expect(try scratch.folder.read("f", limit: 9) == bytes("ab"))
    try scratch.link("l", to: "f")
    let error = #expect(throws: FileError.self) { try scratch.folder.truncate("l", to: 0) }
    #expect(error?.kind == .symlink)
  }
}
