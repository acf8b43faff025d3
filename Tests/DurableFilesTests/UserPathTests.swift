import ByteText
import DurableFiles
import Foundation
import TestSupport
import Testing

@Suite struct UserPathTests {
  @Test func opensFilesThroughLinks() throws {
    let scratch = try Scratch()
    try scratch.folder.write(bytes("abc"), to: "f")
    try scratch.link("l", to: "f")
    #expect(try UserPath.open(ByteString("\(scratch.path)/l")).readAll(limit: 9) == bytes("abc"))
    #expect(try UserPath.open("-").path == "-")
  }

  @Test func refusesWhatIsNoFile() throws {
    let scratch = try Scratch()
    for (path, message) in [
      (scratch.path, "cannot open: is a folder"), ("\(scratch.path)/m", "cannot open: no such file"),
      ("", "cannot open: no such file"), ("a\0b", "cannot open: invalid name or argument"),
    ] {
      let error = #expect(throws: FileError.self) { try UserPath.open(ByteString(path)) }
      #expect(error?.message == ByteString(message))
      #expect(error?.path == ByteString(path))
    }
  }

  @Test func walksSortedWithoutLinksAndDotFiles() throws {
    let scratch = try Scratch()
    let sub = try scratch.folder.subfolder("a", create: true)
    for name in ["z", "b", ".hidden"] as [ByteString] { try sub.write([], to: name) }
    try scratch.folder.subfolder(".git", create: true).write([], to: "x")
    try scratch.folder.write([], to: "a.json")
    try scratch.folder.write([], to: "Z")
    try scratch.link("link", to: "a")
    try scratch.link("a/loop", to: "..")
    scratch.pipe("p")
    let path = scratch.path
    let walked = UserPath.walk(ByteString(path))
    #expect(walked.files == ["Z", "a.json", "a/b", "a/z"].map { ByteString("\(path)/\($0)") })
    #expect(walked.errors.isEmpty)
    #expect(UserPath.walk(ByteString("\(path)/link")).files.count == 2)
    #expect(UserPath.walk(ByteString("\(path)/")).files.first == ByteString("\(path)/Z"))
  }

  @Test func walksSingleFiles() throws {
    let scratch = try Scratch()
    try scratch.folder.write([], to: ".f")
    let path = ByteString("\(scratch.path)/.f")
    #expect(UserPath.walk(path).files == [path])
    #expect(UserPath.walk("-").files == ["-"])
  }

  @Test(arguments: ["", "/missing", "/.f/below", "/loop/a"]) func reportsWhatIsMissing(end: String) throws {
    let scratch = try Scratch()
    try scratch.folder.write([], to: ".f")
    try scratch.link("loop", to: "loop")
    let path = end.isEmpty ? ByteString() : ByteString(scratch.path + end)
    let walked = UserPath.walk(path)
    #expect(walked.files.isEmpty)
    #expect(walked.errors.map(\.path) == [path])
    #expect(walked.errors.map(\.operation) == ["open"])
  }

  @Test(.enabled(if: getuid() != 0, "root may read anything")) func reportsUnreadableFolders() throws {
    let scratch = try Scratch()
    try scratch.folder.write([], to: "f")
    _ = try scratch.folder.subfolder("closed", create: true, mode: 0)
    let walked = UserPath.walk(ByteString(scratch.path))
    #expect(walked.files.count == 1)
    #expect(walked.errors.map(\.kind) == [.permission])
  }

  @Test(
    arguments: [
      ("b", ".", "b"), ("a/b", "a", "b"), ("a/b//", "a", "b"), ("/b", "/", "b"), ("//a//b", "//a", "b"),
      ("./b", ".", "b"),
      ("../b", "..", "b"), ("", nil, nil), ("/", nil, nil), (".", nil, nil), ("a/..", nil, nil), ("a/.", nil, nil),
    ] as [(ByteString, ByteString?, ByteString?)])
  func splitsPaths(path: ByteString, folder: ByteString?, name: ByteString?) {
    #expect(UserPath.split(path)?.folder == folder)
    #expect(UserPath.split(path)?.name == name)
  }
}
