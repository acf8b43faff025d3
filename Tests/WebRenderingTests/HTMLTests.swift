import TestSupport
import Testing
import WebRendering

@Suite struct HTMLTests {
  @Test(arguments: [
    ("plain", "plain"),
    ("a<b>&\"'`", "a&lt;b&gt;&amp;&quot;&#39;&#96;"),
  ])
  func escapesOwnText(_ given: String, _ expected: String) {
    #expect(text(HTML.text(bytes(given)).bytes) == expected)
  }

  @Test func isolatesAndSanitisesUntrustedText() {
    #expect(text(HTML.text(untrusted: bytes("<b>\u{202E}x\n")).bytes) == "<bdi>&lt;b&gt;⟨U+202E⟩x\u{240A}</bdi>")
    #expect(text(HTML.attribute(untrusted: bytes("\"\n")).bytes) == "&quot;\u{240A}")
  }

  @Test(arguments: [
    "\u{0600}<img src=x onerror=alert(1)>", "\"\u{0301} onmouseover=alert(1)", "<\u{200D}script>", "'\u{FE0F}",
  ])
  func escapesBytesThatAreGluedToTheirNeighbours(_ hostile: String) {
    let html = HTML.text(untrusted: bytes(hostile)).bytes
    #expect(tags(html) == ["<bdi>", "</bdi>"])
    #expect(!html.dropFirst(5).dropLast(6).contains { [0x22, 0x27, 0x3C, 0x3E, 0x60].contains($0) })
  }

  @Test func interpolatesEachValueByItsLabel() throws {
    let link = try #require(SitePath(bytes("i/ab/x.html#a&b")))
    let inner = HTML(trusted: "<br>")
    let html: HTML =
      "<td title=\"x\">\(text: bytes("a&b"))\(untrusted: bytes("<"))\(inner)<a href=\"\(link: link)\">\(-12)</a></td>"
    #expect(
      text(html.bytes)
        == "<td title=\"x\">a&amp;b<bdi>&lt;</bdi><br><a href=\"i/ab/x.html#a&amp;b\">-12</a></td>")
  }

  @Test func joins() {
    var html = HTML(trusted: "<p>") + .text(bytes("x"))
    html += "</p>"
    #expect(text(html.bytes) == "<p>x</p>")
    #expect(HTML().isEmpty && !html.isEmpty)
  }
}
