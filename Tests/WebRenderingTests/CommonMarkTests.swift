import TestSupport
import Testing
import WebRendering

@Suite struct CommonMarkTests {
  func untrusted(_ markdown: String) -> String { text(Markdown.render(untrusted: bytes(markdown)).html.bytes) }

  /// Every example of the CommonMark specification, with the numbers of those that safe mode shows as written and otherwise.
  @Test(.enabled(if: Corpora.areHere)) func rendersTheSpecificationsExamples() throws {
    let lines = text(try Corpora.read("commonmark/spec-0.30.2.txt")).split(
      separator: "\n", omittingEmptySubsequences: false)
    let fence = String(repeating: "`", count: 32)
    var (same, safer, wrong) = (0, 0, [String]())
    var part = 0
    var example = ["", ""]
    for line in lines {
      if part == 0 {
        if line == fence + " example" { (part, example) = (1, ["", ""]) }
      } else if line == "." {
        part = 2
      } else if line == fence {
        part = 0
        let given = example[0].replacing("→", with: "\t")
        let expected = example[1].replacing("→", with: "\t")
        let html = text(Markdown.html(trusted: bytes(given)).bytes)
        if html == expected {
          same += 1
        } else if html.contains("<!-- raw HTML omitted -->") {
          safer += 1
        } else {
          wrong.append(given)
        }
      } else {
        example[part - 1] += line + "\n"
      }
    }
    #expect(wrong == [])
    #expect(same == 581)
    #expect(safer == 71)
  }

  @Test(arguments: [
    ("# A\n\n###### B", "<h3>A</h3>\n<h6>B</h6>\n"),
    ("[text](https://evil.example/a \"title\")", "<p>text <code>hxxps[://]evil[.]example/a</code></p>\n"),
    ("<https://evil.example/>", "<p><code>hxxps[://]evil[.]example/</code></p>\n"),
    ("[*a* b][r]\n\n[r]: //h.example", "<p><em>a</em> b <code>[//]h[.]example</code></p>\n"),
    ("![alt *x*](https://evil.example/p.gif)", "<p>alt <em>x</em></p>\n"),
    ("[![a](https://i.example)](https://l.example)", "<p>a <code>hxxps[://]l[.]example</code></p>\n"),
    ("[](https://l.example)", "<p><code>hxxps[://]l[.]example</code></p>\n"),
    ("[x]()", "<p>x</p>\n"),
    ("a <b onclick=x>c</b>", "<p>a &lt;b onclick=x&gt;c&lt;/b&gt;</p>\n"),
    ("<script>alert(1)</script>", "<pre><code>&lt;script&gt;alert(1)&lt;/script&gt;\n</code></pre>\n"),
    ("```js x\na<b\n```", "<pre><code>a&lt;b\n</code></pre>\n"),
    ("a&#x202E;b&#8203;", "<p>a⟨U+202E⟩b⟨U+200B⟩</p>\n"),
    ("a\u{202E}b\u{0}c", "<p>a⟨U+202E⟩b\u{2400}c</p>\n"),
    ("a\r\nb\rc", "<p>a\nb\nc</p>\n"),
    ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
    ("`a` **b**", "<p><code>a</code> <strong>b</strong></p>\n"),
    ("", ""),
  ])
  func disarmsUntrustedMarkdown(_ markdown: String, _ html: String) {
    #expect(untrusted(markdown) == html)
  }

  @Test func keepsLinksOfOurOwn() {
    #expect(text(Markdown.html(trusted: bytes("[a](i/x.html)")).bytes) == "<p><a href=\"i/x.html\">a</a></p>\n")
    var out = bytes("x")
    Markdown.render(trusted: bytes("<b>"), into: &out)
    #expect(text(out) == "x<!-- raw HTML omitted -->\n")
  }

  @Test(.enabled(if: Corpora.areHere)) func leavesOnlyReadingElementsOfHostileMarkdown() throws {
    let harmless: Set<String> = [
      "p", "em", "strong", "code", "pre", "ul", "ol", "li", "blockquote", "hr /", "br /", "h3", "h4", "h5", "h6",
    ]
    for hostile in try Corpora.hostileStrings() {
      let html = Markdown.render(untrusted: hostile).html.bytes
      for tag in tags(html) {
        let name = tag.dropFirst().dropLast().drop { $0 == "/" }
        try #require(
          harmless.contains(String(name)) || name.hasPrefix("ol start=\"") || name == "pre dir=\"auto\"", "\(tag)")
      }
    }
  }
}
