import ByteText
import TestSupport
import Testing

@testable import WebRendering

@Suite struct StyledMarkdownTests {
  private static let styles = InlineStyles(["p": "margin:0", "a": "color:#00f", "h2": "font-size:17px"])

  @Test(arguments: [
    ("a < b", "<p style=\"margin:0\">a &lt; b</p>\n"), ("## x", "<h2 style=\"font-size:17px\">x</h2>\n"),
    ("[a](https://x.example)", "<p style=\"margin:0\"><a style=\"color:#00f\" href=\"https://x.example\">a</a></p>\n"),
    ("- p", "<ul>\n<li>p</li>\n</ul>\n"), ("`<p>`", "<p style=\"margin:0\"><code>&lt;p&gt;</code></p>\n"), ("", ""),
    ("<p>", "<!-- raw HTML omitted -->\n"), ("a<br>b", "<p style=\"margin:0\">a<!-- raw HTML omitted -->b</p>\n"),
  ])
  func stylesTheTagsOfLibcmark(_ markdown: String, _ expected: String) {
    #expect(text(Markdown.html(trusted: bytes(markdown), styles: Self.styles).bytes) == expected)
  }

  /// Text of ours stays readable where its punctuation means nothing, and shows as it is where it might.
  @Test(arguments: [
    ("a {{v}}", "2026-11-25 08:00 Z (x)", "a 2026-11-25 08:00 Z (x)"),
    ("{{v}}", "Block URL (time)", "Block URL (time)"),
    ("{{v}}", "2026-11-25", #"2026\-11\-25"#), ("- {{v}}", "1. x", #"- 1\. x"#), ("# 1. {{v}}", "- x", #"# 1. \- x"#),
    ("a {{v}}", "*b* [c](d) `e` <f> &g; #", ##"a \*b\* \[c\](d) \`e\` \<f\> \&g; \#"##),
    ("a {{v}}", " b", #"a &#32;b"#),
    ("a {{v}}", "b\nc", "a b␊c"),
  ])
  func escapesTextOfOursWhereItMustBe(_ template: String, _ value: String, _ expected: String) throws {
    let schema = TemplateSchema("t", [.text("v")])
    let set = try TemplateSet(files: [("t.md", bytes(template))])
    var row = TemplateRow(schema)
    row.set("v", text: bytes(value))
    var out: [UInt8] = []
    try set.compileMarkdown("t.md", schema: schema).render(row, into: &out)
    #expect(text(out) == expected)
    let shown = Markdown.html(trusted: out).bytes
    let plain = text(shown).replacing("&quot;", with: "\"").replacing("&lt;", with: "<").replacing("&gt;", with: ">")
      .replacing("&amp;", with: "&")
    #expect(plain.contains(value.replacing("\n", with: "␊")), "\(plain)")
  }

  @Test func putsLinksIntoReferences() throws {
    let schema = TemplateSchema("t", [.link("v"), .text("w")])
    let set = try TemplateSet(files: [("t.md", bytes("[a][1]\n\n[1]: <{{v}}>\n")), ("u.md", bytes("[1]: <{{w}}>"))])
    var row = TemplateRow(schema)
    let mail = try #require(SitePath.mail(to: bytes("a@b"), subject: bytes("x y"), body: bytes("v4.p\n")))
    row.set("v", link: mail)
    row.set("w", text: [])
    let html = try set.compileMarkdown("t.md", schema: schema).html(row)
    #expect(text(html.bytes) == "<p><a href=\"mailto:a@b?subject=x%20y&amp;body=v4%2Ep%0D%0A\">a</a></p>\n")
    #expect(throws: TemplateError.self) { try set.compileMarkdown("u.md", schema: schema) }
  }

  @Test func leadsToPagesOfAPublishedSite() throws {
    let site = try #require(SiteAddress(bytes("https://desk.example/site/")))
    let page = try #require(SitePath(bytes("a/3f/act-x.html")))
    #expect(text(SitePath.page(page, at: site).bytes) == "https://desk.example/site/a/3f/act-x.html")
    #expect(SitePath.mail(to: bytes("a b@c"), subject: [], body: []) == nil)
  }
}
