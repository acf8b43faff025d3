import ByteText
import DurableFiles
import Foundation
import ReportSite
import Testing

@Suite struct SiteTreeTests {
  private let path: ByteString
  private let folder: Folder

  init() throws {
    path = ByteString(FileManager.default.temporaryDirectory.appending(path: "site-\(UUID())").path())
    folder = try Folder.open(path, create: true)
  }

  private func read(_ name: String) -> String? {
    FileManager.default.contents(atPath: "\(path)/\(name)").map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func writesOnlyWhatChanged() throws {
    defer { try? FileManager.default.removeItem(atPath: "\(path)") }
    var tree = SiteTree(root: folder, isFresh: false)
    try tree.write(Array("one".utf8), to: "i/0f/a.html")
    try tree.write(Array("two".utf8), to: "index.html")
    #expect(tree.counts.written == 2)
    var again = SiteTree(root: folder, isFresh: false)
    try again.write(Array("one".utf8), to: "i/0f/a.html")
    try again.write(Array("TWO".utf8), to: "index.html")
    #expect(again.counts.written == 1 && again.counts.unchanged == 1)
    #expect(read("index.html") == "TWO")
    #expect(read("i/0f/a.html") == "one")
  }

  @Test func removesWhatNoLongerBelongs() throws {
    defer { try? FileManager.default.removeItem(atPath: "\(path)") }
    var tree = SiteTree(root: folder, isFresh: false)
    for name in ["pending/index.html", "pending/a.html", "pending/b.html", "a/00/x.html"] as [ByteString] {
      try tree.write([], to: name)
    }
    try tree.keepOnly(["index.html", "b.html"], in: "pending")
    try tree.remove("a/00/x.html")
    try tree.remove("a/00/never.html")
    #expect(tree.counts.removed == 2)
    #expect(read("pending/a.html") == nil && read("pending/b.html") == "")
  }

  @Test func refusesPathsOutOfTheTree() throws {
    defer { try? FileManager.default.removeItem(atPath: "\(path)") }
    var tree = SiteTree(root: folder, isFresh: false)
    #expect(throws: FileError.self) { try tree.write([], to: "../evil.html") }
    #expect(throws: FileError.self) { try tree.write([], to: "i/../../evil.html") }
  }

  @Test func swapsAWholeTree() throws {
    defer { try? FileManager.default.removeItem(atPath: "\(path)") }
    for text in ["first", "second"] {
      let swap = try SiteSwap(in: folder, name: "site")
      var tree = SiteTree(root: try swap.makeFresh(), isFresh: true)
      try tree.write(Array(text.utf8), to: "i/0f/\(text).html".asName)
      #expect(read("site/i/0f/\(text).html") == nil)
      try swap.finish()
      #expect(read("site/i/0f/\(text).html") == text)
    }
    #expect(read("site/i/0f/first.html") == nil)
    #expect(try folder.names() == ["site"])
  }

  @Test func keepsTheOldTreeWhenABuildFails() throws {
    defer { try? FileManager.default.removeItem(atPath: "\(path)") }
    let swap = try SiteSwap(in: folder, name: "site")
    var tree = SiteTree(root: try swap.makeFresh(), isFresh: true)
    try tree.write([0x61], to: "index.html")
    try swap.finish()
    let failed = try SiteSwap(in: folder, name: "site")
    _ = try failed.makeFresh()
    try failed.abandon()
    #expect(read("site/index.html") == "a")
    #expect(try folder.names() == ["site"])
  }
}

extension String {
  fileprivate var asName: ByteString { ByteString(self) }
}
