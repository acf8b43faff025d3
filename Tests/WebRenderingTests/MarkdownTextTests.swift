import TestSupport
import Testing
import WebRendering

@Suite struct MarkdownTextTests {
  @Test(arguments: [
    ("a1 b", "a1 b"), ("1. x", "1\\. x"), ("  a b ", "&#32;&#32;a b&#32;"), ("   ", "&#32;&#32;&#32;"), ("", ""),
    ("a\r\nb\t\u{7F}", "a\u{240D}\u{240A}b\u{2409}\u{2421}"), ("é", "é"),
    (
      "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
      "\\!\\\"\\#\\$\\%\\&\\'\\(\\)\\*\\+\\,\\-\\.\\/\\:\\;\\<\\=\\>\\?\\@\\[\\\\\\]\\^\\_\\`\\{\\|\\}\\~"
    ),
  ])
  func escapesEveryPunctuationCharacter(_ given: String, _ expected: String) {
    var out: [UInt8] = []
    Markdown.escape(bytes(given), to: &out)
    #expect(text(out) == expected)
  }

  @Test(arguments: [
    ("a", "`a`", "<p><code>a</code></p>\n"), ("a`b", "``a`b``", "<p><code>a`b</code></p>\n"),
    ("`", "`` ` ``", "<p><code>`</code></p>\n"), ("a``", "``` a`` ```", "<p><code>a``</code></p>\n"),
    (" a ", "`  a  `", "<p><code> a </code></p>\n"), ("  ", "`  `", "<p><code>  </code></p>\n"), ("", "", ""),
    ("*<b>\\", "`*<b>\\`", "<p><code>*&lt;b&gt;\\</code></p>\n"),
    ("a\nb", "`a\u{240A}b`", "<p><code>a\u{240A}b</code></p>\n"),
  ])
  func writesCodeSpansThatHoldAnyText(_ given: String, _ markdown: String, _ html: String) throws {
    let schema = TemplateSchema("s", [.code("id")])
    let template = try TemplateSet(files: [("m.md", bytes("{{id}}"))]).compileMarkdown("m.md", schema: schema)
    var row = TemplateRow(schema)
    row.set("id", text: bytes(given))
    var out: [UInt8] = []
    try template.render(row, into: &out)
    #expect(text(out) == markdown)
    #expect(text(try template.html(row).bytes) == html)
  }

  @Test func keepsCodeSpansApartFromBackticks() throws {
    let schema = TemplateSchema("s", [.code("a"), .flag("f"), .number("n"), .link("l"), .untrusted("u")])
    let source = "{{a}}{{a}}{{#f}}`x`{{/f}} {{n}} [p]({{l}}) {{l}} **{{u}}**"
    let template = try TemplateSet(files: [("m.md", bytes(source))]).compileMarkdown("m.md", schema: schema)
    var row = TemplateRow(schema)
    row.set("a", text: bytes("q"))
    row.set("f", flag: true)
    row.set("n", number: -3)
    row.set("l", link: try #require(SitePath(bytes("a_b.html"))))
    row.set("u", text: bytes("*\u{202E}\n"))
    var out: [UInt8] = []
    try template.render(row, into: &out)
    #expect(
      text(out)
        == "`q` `q` `x` \\-3 [p](a_b.html) a\\_b\\.html **\\*⟨U\\+202E⟩\u{240A}**".replacing("⟨U\\+", with: "⟨U\\+"))
    #expect(
      text(try template.html(row).bytes)
        == "<p><code>q</code> <code>q</code> <code>x</code> -3 <a href=\"a_b.html\">p</a> a_b.html "
        + "<strong>*⟨U+202E⟩\u{240A}</strong></p>\n")
  }

  /// SECURITY section 5.2: whatever the text, the page shows one paragraph with exactly this text.
  @Test(.enabled(if: Corpora.areHere), arguments: ["untrusted", "code"])
  func showsHostileStringsAsOneParagraph(_ kind: String) throws {
    let schema = TemplateSchema("s", [kind == "code" ? .code("v") : .untrusted("v")])
    let template = try TemplateSet(files: [("m.md", bytes("{{v}}"))]).compileMarkdown("m.md", schema: schema)
    let slot = try schema.slot("v")
    let plain = try TemplateSet(files: [("p", bytes("<p title=\"{{v}}\">"))]).compile("p", schema: schema)
    for hostile in try Corpora.hostileStrings() where !hostile.isEmpty {
      var row = TemplateRow(schema)
      row[slot] = .text(hostile)
      let html = try template.html(row).bytes
      try #require(
        tags(html) == (kind == "code" ? ["<p>", "<code>", "</code>", "</p>"] : ["<p>", "</p>"]), "\(text(hostile))")
      // The attribute holds the sanitised text, escaped by our own escaper: the same text must come out of libcmark.
      let expected = try plain.html(row).bytes.dropFirst(10).dropLast(2)
      try #require(shown(html) == shown(Array(expected)) + "\n")
    }
  }
}
