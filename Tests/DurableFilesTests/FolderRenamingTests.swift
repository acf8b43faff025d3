import ByteText
import DurableFiles
import Glibc
import TestSupport
import Testing

@Suite struct FolderRenamingTests {
  /// A folder with the folders `new` (file `n`) and `site` (file `o`).
  private func twoTrees() throws -> Scratch {
    let scratch = try Scratch()
    try scratch.folder.subfolder("new", create: true).write(bytes("new"), to: "n")
    try scratch.folder.subfolder("site", create: true).write(bytes("old"), to: "o")
    return scratch
  }

  @Test func removes() throws {
    let scratch = try twoTrees()
    try scratch.folder.write([], to: "f")
    try scratch.link("l", to: "site")
    try scratch.folder.remove("f")
    try scratch.folder.remove("l")
    #expect(try scratch.folder.names() == ["new", "site"])
    let missing = #expect(throws: FileError.self) { try scratch.folder.remove("f") }
    #expect(missing?.message == "cannot remove: no such file")
    #expect(throws: FileError.self) { try scratch.folder.remove("site") }
  }

  @Test func removesTreesWithoutFollowingLinks() throws {
    let scratch = try twoTrees()
    try scratch.link("new/l", to: "../site")
    try scratch.folder.subfolder("new").subfolder("d", create: true).write([], to: "f")
    try scratch.folder.removeTree("new")
    try scratch.folder.removeTree("new")
    try scratch.link("l", to: "site")
    try scratch.folder.removeTree("l")
    #expect(try scratch.folder.names() == ["site"])
    #expect(try scratch.folder.subfolder("site").names() == ["o"])
  }

  @Test func renames() throws {
    let scratch = try twoTrees()
    let site = try scratch.folder.subfolder("site")
    try scratch.folder.write(bytes("f"), to: "f")
    try scratch.folder.rename("f", to: "g")
    try scratch.folder.rename("g", to: "o", in: site)
    #expect(try scratch.folder.names() == ["new", "site"])
    #expect(try site.read("o", limit: 9) == bytes("f"))
    let error = #expect(throws: FileError.self) { try scratch.folder.rename("f", to: "g") }
    #expect(error?.message == "cannot rename: no such file")
  }

  @Test(arguments: [0, EINVAL, ENOSYS]) func exchanges(failure: Int32) throws {
    let scratch = try twoTrees()
    if failure != 0 { _ = try scratch.folder.subfolder(".site.swap", create: true) }
    let folder = failure == 0 ? scratch.folder : try scratch.failing(FaultPlan(failing: 2, with: failure))
    try folder.exchange("new", with: "site")
    #expect(try scratch.folder.subfolder("site").names() == ["n"])
    #expect(try scratch.folder.subfolder("new").names() == ["o"])
    #expect(try scratch.folder.names() == ["new", "site"])
  }

  @Test func exchangesInOneStep() throws {
    let counting = FaultPlan()
    try twoTrees().failing(counting).exchange("new", with: "site")
    #expect(counting.operations == 2)
  }

  @Test func leavesBothWhereExchangeFails() throws {
    let scratch = try twoTrees()
    let error = #expect(throws: FileError.self) { try scratch.folder.exchange("new", with: "missing") }
    #expect(error?.message == "cannot exchange: no such file")
    let failing = try scratch.failing(FaultPlan(failing: 2, with: EIO))
    #expect(throws: FileError.self) { try failing.exchange("new", with: "site") }
    #expect(try scratch.folder.subfolder("site").names() == ["o"])
  }
}
