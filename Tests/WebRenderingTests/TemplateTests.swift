import TestSupport
import Testing
import WebRendering

@Suite struct TemplateTests {
  let item = TemplateSchema("item", [.text("name"), .untrusted("subject"), .optional(.text("note"))])
  let page: TemplateSchema

  init() {
    page = TemplateSchema(
      "page",
      [
        .text("title"), .untrusted("mail"), .html("body"), .link("href"), .flag("isOpen"), .number("count"),
        .code("id"),
        .list("rows", item), .optional(.text("hint")),
      ])
  }

  func row() throws -> TemplateRow {
    var row = TemplateRow(page)
    row.set("title", text: bytes("A & B"))
    row.set("mail", text: bytes("<i>\u{202E}\"`"))
    row.set("body", html: "<hr>")
    row.set("href", link: try #require(SitePath(bytes("../a.html#x&y"))))
    row.set("isOpen", flag: true)
    row.set("count", number: 1_204)
    row.set("id", text: bytes("a<`b"))
    let (name, subject) = (try item.slot("name"), try item.slot("subject"))
    row.set(
      "rows",
      list: ["one", "two"].map { text in
        var row = TemplateRow(item)
        row[name] = .text(bytes(text))
        row[subject] = .text(bytes("<\(text)>"))
        return row
      })
    return row
  }

  func render(_ template: String, _ row: TemplateRow? = nil, partials: [(name: String, bytes: [UInt8])] = []) throws
    -> String
  {
    let set = try TemplateSet(files: [("page.mustache", bytes(template))] + partials)
    var out: [UInt8] = []
    try set.compile("page.mustache", schema: page).render(try row ?? self.row(), into: &out)
    return text(out)
  }

  @Test(arguments: [
    ("<p>{{title}}</p>", "<p>A &amp; B</p>"),
    ("<p>{{mail}}</p>", "<p><bdi>&lt;i&gt;⟨U+202E⟩&quot;&#96;</bdi></p>"),
    ("<p title=\"{{mail}}\">", "<p title=\"&lt;i&gt;⟨U+202E⟩&quot;&#96;\">"),
    ("<p data-x=\"a {{mail}} b\">", "<p data-x=\"a &lt;i&gt;⟨U+202E⟩&quot;&#96; b\">"),
    (
      "<title>{{mail}}</title><p>{{mail}}",
      "<title>&lt;i&gt;⟨U+202E⟩&quot;&#96;</title><p><bdi>&lt;i&gt;⟨U+202E⟩&quot;&#96;</bdi>"
    ),
    ("{{body}}", "<hr>"),
    (
      "<a class=\"c{{count}}\" href=\"{{href}}\">{{href}}</a>",
      "<a class=\"c1204\" href=\"../a.html#x&amp;y\">../a.html#x&amp;y</a>"
    ),
    ("{{id}}<b title=\"{{id}}\">", "<code><bdi>a&lt;&#96;b</bdi></code><b title=\"a&lt;&#96;b\">"),
    ("{{ count }}{{hint}}", "1204"),
    ("{{! a {{ comment }}x", "x"),
    ("a < b & c {{count}}", "a < b & c 1204"),
    ("<!DOCTYPE html><!-- > --><p>{{count}}", "<!DOCTYPE html><!-- > --><p>1204"),
  ])
  func writesEachKindForItsPlace(_ template: String, _ expected: String) throws {
    #expect(try render(template) == expected)
  }

  @Test(arguments: [
    ("{{#rows}}{{name}}:{{subject}};{{/rows}}", "one:<bdi>&lt;one&gt;</bdi>;two:<bdi>&lt;two&gt;</bdi>;"),
    ("{{#rows}}{{title}}{{count}} {{/rows}}", "A &amp; B1204 A &amp; B1204 "),
    ("{{#rows}}{{^note}}-{{/note}}{{#note}}+{{/note}}{{/rows}}", "--"),
    ("{{^rows}}none{{/rows}}{{#isOpen}}open{{/isOpen}}{{^isOpen}}shut{{/isOpen}}", "open"),
    ("{{#hint}}x{{/hint}}{{#title}}y{{/title}}{{#body}}z{{/body}}{{#count}}n{{/count}}{{#href}}h{{/href}}", "yznh"),
    ("<option{{#isOpen}} selected{{/isOpen}}>x", "<option selected>x"),
    ("<p class=\"a{{#isOpen}} b{{/isOpen}}\">", "<p class=\"a b\">"),
    ("{{#rows}}{{#rows}}.{{/rows}}{{/rows}}", "...."),
  ])
  func opensSections(_ template: String, _ expected: String) throws {
    #expect(try render(template) == expected)
  }

  @Test(arguments: [
    ("a\n{{#isOpen}}\nb\n{{/isOpen}}\nc\n", "a\nb\nc\n"),
    ("a\n  {{! note }}  \nb", "a\nb"),
    ("{{#isOpen}}\nx\n{{/isOpen}}", "x\n"),
    ("a\r\n{{#isOpen}}\r\nb\r\n{{/isOpen}}\r\n", "a\r\nb\r\n"),
    ("a {{#isOpen}}\nb{{/isOpen}}\n", "a \nb\n"),
    ("{{count}}\n{{count}}\n", "1204\n1204\n"),
    ("  {{> part}}\nx", "p1204\nx"),
    ("{{#isOpen}}\n{{#isOpen}}\nx\n{{/isOpen}}\n{{/isOpen}}\n", "x\n"),
  ])
  func removesTheLinesOfStandaloneTags(_ template: String, _ expected: String) throws {
    #expect(try render(template, partials: [("part.mustache", bytes("p{{count}}\n"))]) == expected)
  }

  @Test func takesPartialsVerbatimInScriptAndStyle() throws {
    let script = "if (a<b) { x = {{y:1}}; }"
    let template = "<script>{{> page.js}}</script>{{#rows}}{{> item}}{{/rows}}"
    let html = try render(
      template, partials: [("page.js", bytes(script)), ("item.mustache", bytes("<i>{{name}}</i>"))])
    #expect(html == "<script>\(script)</script><i>one</i><i>two</i>")
  }

  @Test func saysWhichValueIsMissing() throws {
    var given = try row()
    given.set("count", .missing)
    #expect(
      throws: TemplateError(
        file: "page.mustache", line: 2, column: 3, message: "no value was set for 'count' of 'page'")
    ) {
      try render("x\n  {{count}}", given)
    }
    let set = try TemplateSet(files: [("p", bytes("abc{{#count}}{{/count}}"))])
    var out = bytes("kept")
    #expect(throws: TemplateError.self) { try set.compile("p", schema: page).render(given, into: &out) }
    #expect(text(out) == "kept")
  }

  @Test func reportsValuesOfAWrongKind() throws {
    func fault(_ change: (inout TemplateRow) throws -> Void) throws -> String {
      var given = try row()
      try change(&given)
      do {
        _ = try render("x", given)
        return "none"
      } catch let error as TemplateError {
        return error.description
      }
    }
    #expect(
      try fault { $0.set("count", text: []) } == "page.mustache: 'count' of 'page' is a number field and was given text"
    )
    #expect(
      try fault { $0.set("mail", html: "<b>") }
        == "page.mustache: 'mail' of 'page' is an untrusted field and was given html")
    #expect(try fault { $0.set("no", flag: true) } == "page.mustache: 'page' has no field 'no'")
    #expect(
      try fault { $0.set("rows", list: [try row()]) } == "page.mustache: 'rows' of 'page' takes rows of 'item' only")
    #expect(
      try fault { $0[try item.slot("name")] = .text([]) } == "page.mustache: 'name' is a field of 'item', not of 'page'"
    )
    var inner = TemplateRow(item)
    inner.set("name", flag: true)
    let set = try TemplateSet(files: [("p", bytes("{{#rows}}{{/rows}}"))])
    var outer = try row()
    outer.set("rows", list: [inner])
    #expect(throws: TemplateError(file: "p", message: "'name' of 'item' is a text field and was given a flag")) {
      var out: [UInt8] = []
      try set.compile("p", schema: page).render(outer, into: &out)
    }
    #expect(throws: TemplateError(file: "p", message: "takes rows of 'page', was given one of 'item'")) {
      _ = try set.compile("p", schema: page).html(TemplateRow(item))
    }
    #expect(throws: TemplateError(file: "schema 'item'", message: "unknown name 'x'; known here: name, subject, note"))
    {
      _ = try item.slot("x")
    }
  }

  @Test(.enabled(if: Corpora.areHere)) func showsHostileStringsAsText() throws {
    let set = try TemplateSet(files: [("p", bytes("<p title=\"{{mail}}\">{{mail}}</p>"))])
    let schema = TemplateSchema("hostile", [.untrusted("mail")])
    let template = try set.compile("p", schema: schema)
    let slot = try schema.slot("mail")
    let strings = try Corpora.hostileStrings()
    #expect(strings.count > 6_000)
    for hostile in strings {
      var row = TemplateRow(schema)
      row[slot] = .text(hostile)
      let html = try template.html(row).bytes
      let found = tags(html)
      try #require(found.count == 4 && found[1] == "<bdi>" && found[3] == "</p>", "\(text(hostile))")
      try #require(html.count { $0 == 0x22 } == 2)
    }
  }
}
