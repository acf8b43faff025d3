import TestSupport
import Testing
import WebRendering

@Suite struct SitePathTests {
  @Test(arguments: [
    "index.html", "i/ab/zapurl-k3.html", "../../pending/", "./", "..", "a/b.html#mail-7q", "a#x=1&y=2", "a_b-c.9",
  ])
  func takesRelativePaths(_ path: String) {
    #expect(SitePath(bytes(path)).map { text($0.bytes) } == path)
  }

  @Test(arguments: [
    "", "/etc", "//host/x", "a//b", "a/../b", "a/./b", "../a/..", "javascript:x", "http://x", "data:x", "a b", "a?b",
    "a%2e", "a#",
    "#x", "a#b#c", "a\\b", "a\"", "a#b/c", "é", "a\n", "a=b",
  ])
  func refusesEverythingElse(_ path: String) {
    #expect(SitePath(bytes(path)) == nil)
  }

  @Test func makesPlacesOnTheSamePage() {
    #expect(SitePath(fragment: bytes("row-1")).map { text($0.bytes) } == "#row-1")
    #expect(SitePath(fragment: bytes("a b")) == nil)
    #expect(SitePath(fragment: []) == nil)
  }

  /// RFC 4648 section 10.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy"),
  ])
  func carriesDownloads(_ content: String, _ base64: String) {
    let link = SitePath.download(mediaType: "application/json", content: bytes(content))
    #expect(text(link.bytes) == "data:application/json;base64,\(base64)")
  }
}
