import ByteText
import DurableFiles
import Foundation
import TestSupport
import Testing

@Suite struct FolderTests {
  @Test func opensAndMakesFolders() throws {
    let scratch = try Scratch()
    let path = ByteString(scratch.path + "/a//b/c/")
    #expect(throws: FileError(path: path, operation: "open", errno: ENOENT)) { try Folder.open(path) }
    try Folder.open(path, create: true).write(bytes("x"), to: "f")
    try Folder.open(path, create: true).sync()
    #expect(try scratch.folder.subfolder("a").subfolder("b").subfolder("c").names() == ["f"])
  }

  @Test func opensSubfolders() throws {
    let folder = try Scratch().folder
    let missing = #expect(throws: FileError.self) { try folder.subfolder("s") }
    #expect(missing?.kind == .missing)
    let sub = try folder.subfolder("s", create: true, mode: 0o700)
    _ = try folder.subfolder("s", create: true)
    #expect(sub.path == ByteString("\(folder.path)/s"))
    #expect(try sub.ownInfo().mode == 0o700)
    #expect(try sub.ownInfo().owner == getuid())
  }

  @Test func refusesLinksAndFilesAsSubfolders() throws {
    let scratch = try Scratch()
    _ = try scratch.folder.subfolder("real", create: true)
    try scratch.link("link", to: "real")
    try scratch.folder.write([], to: "file")
    let link = #expect(throws: FileError.self) { try scratch.folder.subfolder("link") }
    #expect(link?.kind == .symlink)
    let linkMade = #expect(throws: FileError.self) { try scratch.folder.subfolder("link", create: true) }
    #expect(linkMade?.kind == .symlink)
    let file = #expect(throws: FileError.self) { try scratch.folder.subfolder("file") }
    #expect(file?.kind == .notADirectory)
  }

  @Test(arguments: ["", ".", "..", "a/b", "/a", "a/", "../a", "a\0b"]) func refusesPaths(name: String) throws {
    let folder = try Scratch().folder
    _ = try folder.subfolder("a", create: true)
    let name = ByteString(name)
    let calls: [() throws -> Void] = [
      { _ = try folder.subfolder(name) }, { _ = try folder.info(name) }, { _ = try folder.read(name, limit: 1) },
      { _ = try folder.create(name) }, { try folder.replace(name, with: [], durable: false) },
      { _ = try folder.appendOnly(name) }, { try folder.remove(name) }, { try folder.removeTree(name) },
      { try folder.rename(name, to: "c") }, { try folder.rename("a", to: name) },
      { try folder.exchange("a", with: name) }, { try folder.truncate(name, to: 0) },
    ]
    for call in calls {
      let error = #expect(throws: FileError.self) { try call() }
      #expect(error?.errno == EINVAL)
    }
    let lock = #expect(throws: LockError.self) { try folder.lock(name) }
    #expect(lock?.message == "cannot lock: invalid name or argument")
  }

  @Test func listsSortedByBytes() throws {
    let scratch = try Scratch()
    for name in ["b", "a", "é", "Z", ".dot"] { try scratch.folder.write([], to: ByteString(name)) }
    _ = try scratch.folder.subfolder("d", create: true)
    try scratch.link("l", to: "nowhere")
    try scratch.folder.write([], to: ByteString([0xFF]))
    scratch.pipe("p")
    let expected: [FolderEntry] = [
      FolderEntry(name: ".dot", kind: .regular), FolderEntry(name: "Z", kind: .regular),
      FolderEntry(name: "a", kind: .regular), FolderEntry(name: "b", kind: .regular),
      FolderEntry(name: "d", kind: .folder), FolderEntry(name: "l", kind: .symlink),
      FolderEntry(name: "p", kind: .other), FolderEntry(name: "é", kind: .regular),
      FolderEntry(name: ByteString([0xFF]), kind: .regular),
    ]
    #expect(try scratch.folder.entries() == expected)
    // A second listing starts again.
    #expect(try scratch.folder.names() == expected.map(\.name))
  }

  @Test func looksUp() throws {
    let scratch = try Scratch()
    try scratch.folder.write(bytes("abc"), to: "f", mode: 0o600)
    try scratch.link("l", to: "f")
    let info = try #require(try scratch.folder.info("f"))
    #expect(info.size == 3 && info.mode == 0o600 && info.isRegular && !info.isFolder && info.owner == getuid())
    #expect(try scratch.folder.info("l")?.isSymlink == true)
    #expect(try scratch.folder.info("l")?.inode != info.inode)
    #expect(try scratch.folder.exists("l"))
    #expect(try scratch.folder.exists("g") == false)
    #expect(try scratch.folder.ownInfo().isFolder)
  }

  @Test func syncs() throws {
    let scratch = try Scratch()
    try scratch.folder.sync()
    try scratch.folder.syncFileSystem()
    for sync in [{ try $0.sync() }, { try $0.syncFileSystem() }] as [(Folder) throws -> Void] {
      let failing = try scratch.failing(FaultPlan(failing: 2, with: EIO))
      #expect(throws: FileError(path: failing.path, operation: "sync", errno: EIO)) { try sync(failing) }
    }
  }

  @Test(.enabled(if: getuid() != 0, "root may write anywhere")) func refusesReadOnlyFolders() throws {
    let scratch = try Scratch()
    _ = unsafe chmod(scratch.path, 0o500)
    defer { _ = unsafe chmod(scratch.path, 0o700) }
    let error = #expect(throws: FileError.self) { try scratch.folder.create("f") }
    #expect(error?.kind == .permission)
  }
}
