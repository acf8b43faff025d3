import ByteText
import Testing

@testable import WebRendering

@Suite struct PageStitchTests {
  private func stitched(_ page: String, _ resolve: PageStitch.Resolver = { path, fragment in path + "!" + fragment })
    throws -> String
  {
    var stitch = try #require(PageStitch(shell: Array("<body><!--pages--></body>".utf8)))
    let isWhole = stitch.add(Array(page.utf8), key: "k", resolve: resolve)
    #expect(isWhole)
    return String(decoding: stitch.finish(), as: UTF8.self)
  }

  @Test(arguments: [
    ("<p id=\"a\">x</p>", "<p id=\"k.a\">x</p>"),
    ("<p aria-labelledby=\"a b\">", "<p aria-labelledby=\"k.a k.b\">"),
    ("<label for=\"f\"><input id=\"f\" disabled></label>", "<label for=\"k.f\"><input id=\"k.f\" disabled></label>"),
    ("<a class=\"c\" href=\"../p/i.html#x\">t</a>", "<a class=\"c\" href=\"#../p/i.html!x\">t</a>"),
    ("<a href=\"#x\">t</a>", "<a href=\"#!x\">t</a>"),
    ("<a href=\"i.html#a=1&amp;b=2\">t</a>", "<a href=\"#i.html!a=1&amp;b=2\">t</a>"),
    (
      "<a href=\"data:application/json;base64,eA==\" download=\"n\">t</a>",
      "<a href=\"data:application/json;base64,eA==\" download=\"n\">t</a>"
    ),
    ("<svg><rect width=\"1\"/><path d=\"M0 0\"/></svg>", "<svg><rect width=\"1\"/><path d=\"M0 0\"/></svg>"),
    ("a < b &lt;i id=\"x\"> </p>", "a < b &lt;i id=\"x\"> </p>"),
    ("<div data-listing=\"pending\">", "<div data-listing=\"pending\" data-page=\"k\">"),
  ])
  func rewritesIDsAndLinks(_ content: String, _ expected: String) throws {
    let page = "<title>T &amp; t</title><script>x</script><main id=\"main\">\(content)</main><footer id=\"f\">"
    #expect(
      try stitched(page)
        == "<body><section class=\"page\" id=\"k\" data-title=\"T &amp; t\">\n\(content.isEmpty ? "" : expected)</section>\n</body>"
    )
  }

  @Test func keepsTheTextOfALinkThatLeadsNowhere() throws {
    let page = "<main><a href=\"gone.html\"><b>x</b> y</a> <a href=\"here.html\">z</a></main>"
    let whole = try stitched(page) { path, _ in path == "here.html" ? "here" : nil }
    #expect(whole.contains("\n<b>x</b> y <a href=\"#here\">z</a></section>"))
  }

  @Test func takesDialogsAlong() throws {
    let whole = try stitched("<main>m</main><dialog id=\"d\">one</dialog><script>no</script><dialog>two</dialog>")
    #expect(whole.contains("\nm<dialog id=\"k.d\">one</dialog><dialog>two</dialog></section>"))
    #expect(!whole.contains("script"))
  }

  @Test func refusesAShellAndAPageWithoutTheirMarks() throws {
    #expect(PageStitch(shell: Array("<body></body>".utf8)) == nil)
    var stitch = try #require(PageStitch(shell: Array("<!--pages-->".utf8)))
    let isWhole = stitch.add(Array("<p>no main</p>".utf8), key: "k") { _, _ in nil }
    #expect(!isWhole)
    let rest = stitch.finish()
    #expect(rest.isEmpty)
  }
}
