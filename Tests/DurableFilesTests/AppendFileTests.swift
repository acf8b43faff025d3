import ByteText
import DurableFiles
import Glibc
import TestSupport
import Testing

@Suite struct AppendFileTests {
  @Test func appendsAndReads() throws {
    let folder = try Scratch().folder
    let file = try folder.appendOnly("ledger")
    #expect(file.isNew)
    try file.append(bytes("one\n"))
    try file.sync()
    let again = try folder.appendOnly("ledger")
    #expect(!again.isNew)
    try again.append(bytes("two\n"))
    try file.append(bytes("three\n"))
    #expect(try again.reading().readAll(limit: 99) == bytes("one\ntwo\nthree\n"))
    #expect(try file.info().mode == 0o600)
    try again.truncate(to: 4)
    try again.append(bytes("x\n"))
    #expect(try folder.read("ledger", limit: 99) == bytes("one\nx\n"))
  }

  @Test func refusesLinksFoldersAndDevices() throws {
    let scratch = try Scratch()
    try scratch.link("l", to: "target")
    _ = try scratch.folder.subfolder("d", create: true)
    let link = #expect(throws: FileError.self) { try scratch.folder.appendOnly("l") }
    #expect(link?.kind == .symlink)
    #expect(try scratch.folder.exists("target") == false)
    let folder = #expect(throws: FileError.self) { try scratch.folder.appendOnly("d") }
    #expect(folder?.message == "cannot open: is a folder")
    let device = #expect(throws: FileError.self) { try Folder.open("/dev").appendOnly("null") }
    #expect(device?.message == "cannot open: not a regular file")
  }

  @Test func stopsForGoodAfterAFailedWriteOrSync() throws {
    let scratch = try Scratch()
    try scratch.folder.write(bytes("old\n"), to: "ledger")
    // 1 opens the folder, 2 the file, 3 looks at it.
    for (number, operation, left) in [(4, "write", "old\nab"), (5, "sync", "old\nababcd")] {
      let file = try scratch.failing(FaultPlan(failing: number, with: EIO)).appendOnly("ledger")
      let error = FileError(path: file.path, operation: operation, errno: EIO)
      #expect(throws: error) {
        try file.append(bytes("abcd"))
        try file.sync()
      }
      #expect(throws: error) { try file.append(bytes("efgh")) }
      #expect(throws: error) { try file.sync() }
      #expect(throws: error) { try file.truncate(to: 0) }
      #expect(try scratch.folder.read("ledger", limit: 99) == bytes(left))
    }
  }
}
