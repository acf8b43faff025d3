import ByteText
import TestSupport
import Testing
import WebRendering

/// Mistakes in templates, with the exact place and words.
@Suite struct TemplateCompilerTests {
  static let item = TemplateSchema("item", [.text("name")])
  static let page = TemplateSchema(
    "page",
    [.text("t"), .untrusted("u"), .html("h"), .link("l"), .flag("f"), .number("n"), .code("c"), .list("rows", item)])

  static func error(_ template: String, markdown: Bool = false) throws -> String {
    let files: [(name: String, bytes: [UInt8])] = [
      ("p.html", bytes(template)), ("self.html", bytes("{{> self}}")), ("a.html", bytes("{{> b}}")),
      ("b.html", bytes("x{{> a}}")),
      ("bad.html", bytes("ok\n {{nope}}")), ("end.js", bytes("'</script>'")),
    ]
    let set = try TemplateSet(files: files)
    do {
      _ = markdown ? try set.compileMarkdown("p.html", schema: page) : try set.compile("p.html", schema: page)
      return "none"
    } catch {
      return error.description
    }
  }

  @Test(arguments: [
    ("\n  {{foo}}", "p.html:2:3: unknown name 'foo'; known here: t, u, h, l, f, n, c, rows"),
    ("{{#rows}}é{{foo}}{{/rows}}", "p.html:1:11: unknown name 'foo'; known here: name, t, u, h, l, f, n, c, rows"),
    ("{{name}}", "p.html:1:1: unknown name 'name'; known here: t, u, h, l, f, n, c, rows"),
    ("{{^rows}}{{name}}{{/rows}}", "p.html:1:10: unknown name 'name'; known here: t, u, h, l, f, n, c, rows"),
    ("{{{t}}}", "p.html:1:1: '{{{' is not allowed: a value is written as its kind asks for"),
    ("{{&t}}", "p.html:1:1: '{{&' is not allowed: a value is written as its kind asks for"),
    ("{{=<% %>=}}", "p.html:1:1: '{{=' is not allowed: the delimiters are fixed"),
    ("{{.}}", "p.html:1:1: dotted names and '{{.}}' are not allowed: give the value a name of its own"),
    ("{{a.b}}", "p.html:1:1: dotted names and '{{.}}' are not allowed: give the value a name of its own"),
    ("{{#a.b}}", "p.html:1:1: dotted names and '{{.}}' are not allowed: give the value a name of its own"),
    ("{{$t}}", "p.html:1:1: unknown kind of tag '{{$t}}'"),
    ("{{}}", "p.html:1:1: '' is not a name: letters, digits, '_' and '-' only"),
    ("{{a b}}", "p.html:1:1: 'a b' is not a name: letters, digits, '_' and '-' only"),
    ("x{{t}", "p.html:1:2: tag is not closed by '}}'"),
    ("{{#f}}\n{{#n}}\n", "p.html:2:1: section 'n' is never closed"),
    ("{{#f}}\n{{/n}}", "p.html:2:1: section 'n' is closed while 'f' of line 1 is open"),
    ("{{/f}}", "p.html:1:1: section 'f' is closed and was never opened"),
    ("{{> nowhere}}", "p.html:1:1: partial 'nowhere' is missing"),
    ("{{> ../x y}}", "p.html:1:1: '../x y' is not the name of a partial"),
    ("{{> self}}", "self.html:1:1: partial includes itself: self.html > self.html"),
    ("{{> a}}", "b.html:1:2: partial includes itself: a.html > b.html > a.html"),
    ("{{> bad}}", "bad.html:2:2: unknown name 'nope'; known here: t, u, h, l, f, n, c, rows"),
    ("{{f}}", "p.html:1:1: 'f' is a flag and has no text; open a section with '{{#f}}'"),
    ("{{rows}}", "p.html:1:1: 'rows' is a list and has no text; open a section with '{{#rows}}'"),
  ])
  func refusesMistakes(_ template: String, _ message: String) throws {
    #expect(try Self.error(template) == message)
  }

  @Test(arguments: [
    (
      "<p class={{t}}>",
      "p.html:1:10: 't' stands in an attribute value without double quotes; write attribute=\"{{t}}\""
    ),
    (
      "<p class=a{{t}}>",
      "p.html:1:11: 't' stands in an attribute value without double quotes; write attribute=\"{{t}}\""
    ),
    ("<p class='{{t}}'>", "p.html:1:11: 't' stands in an attribute value in single quotes; write attribute=\"{{t}}\""),
    ("<{{t}}>", "p.html:1:2: 't' cannot stand in a tag name"),
    ("<h{{n}}>", "p.html:1:3: 'n' cannot stand in a tag name"),
    ("</{{t}}>", "p.html:1:3: 't' cannot stand in a tag name"),
    ("<p {{t}}>", "p.html:1:4: 't' cannot stand in a tag"),
    ("<p da{{t}}=\"\">", "p.html:1:6: 't' cannot stand in an attribute name"),
    ("<!-- {{t}} -->", "p.html:1:6: 't' cannot stand in a comment"),
    ("<script>{{t}}</script>", "p.html:1:9: 't' cannot stand in the element 'script'"),
    ("<STYLE>{{t}}</STYLE>", "p.html:1:8: 't' cannot stand in the element 'style'"),
    ("<script>{{> end.js}}</script>", "p.html:1:9: partial 'end.js' would end the element 'script'"),
    ("<textarea>{{h}}</textarea>", "p.html:1:11: 'h' is html and cannot stand in the element 'textarea'"),
    ("<p onclick=\"{{t}}\">", "p.html:1:13: the attribute 'onclick' takes no value"),
    ("<p OnX=\"{{n}}\">", "p.html:1:9: the attribute 'onx' takes no value"),
    ("<p style=\"{{n}}\">", "p.html:1:11: the attribute 'style' takes no value"),
    ("<img srcset=\"{{l}}\">", "p.html:1:14: the attribute 'srcset' takes no value"),
    ("<p title=\"{{h}}\">", "p.html:1:11: 'h' is html and cannot stand in the attribute 'title'"),
    ("<a href=\"{{u}}\">", "p.html:1:10: 'u' is an untrusted field; the attribute 'href' takes only a link"),
    ("<a href=\"{{t}}\">", "p.html:1:10: 't' is a text field; the attribute 'href' takes only a link"),
    ("<img\nsrc=\"{{c}}\">", "p.html:2:6: 'c' is a code field; the attribute 'src' takes only a link"),
    ("<a href=\"http://x/{{l}}\">", "p.html:1:19: a link can only follow a relative path in the attribute 'href'"),
    ("<a href=\"/{{l}}\">", "p.html:1:11: a link can only follow a relative path in the attribute 'href'"),
    ("<p class=\"{{u}}\">", "p.html:1:11: 'u' is an untrusted field and cannot stand in the attribute 'class'"),
    ("<p id=\"{{c}}\">", "p.html:1:8: 'c' is a code field and cannot stand in the attribute 'id'"),
    (
      "<meta http-equiv=\"refresh\" content=\"{{u}}\">",
      "p.html:1:37: 'u' is an untrusted field and cannot stand in a tag with 'http-equiv'"
    ),
    (
      "<meta content=\"{{u}}\" http-equiv=\"refresh\">",
      "p.html:1:33: 'content' holds untrusted text and cannot stand in a tag with 'http-equiv'"
    ),
    ("<p{{#f}} class=\"{{/f}}\">", "p.html:1:17: section 'f' begins in a tag and ends in the attribute 'class'"),
    ("{{#f}}<p {{/f}}>", "p.html:1:10: section 'f' begins in element text and ends in a tag"),
    ("<p {{#f}}>{{/f}}x", "p.html:1:11: section 'f' begins in a tag and ends in element text"),
    ("<{{#f}}p{{/f}}>", "p.html:1:2: a section cannot stand in a tag name"),
    ("<p a=\"1\"b=\"2\">", "p.html:1:9: a blank is missing between two attributes"),
    ("<a hr{{#f}}ef{{/f}}=\"{{u}}\">", "p.html:1:12: a blank is missing between two attributes"),
    ("<iframe src=\"x\">", "p.html:1:8: element 'iframe' is not allowed in a template"),
    ("<p", "p.html: template ends inside a tag name"),
    ("<p title=\"", "p.html: template ends inside the attribute 'title'"),
    ("<script>", "p.html: template ends inside the element 'script'"),
  ])
  func refusesValuesWhereTheyCouldAct(_ template: String, _ message: String) throws {
    #expect(try Self.error(template) == message)
  }

  @Test(arguments: [
    "<p class=\"{{t}} {{n}}\" data-x=\"{{l}}\">", "<img alt=\"{{u}}\" src=\"{{l}}\">", "<a href=\"x/{{l}}\">",
    "<input value=\"{{u}}\"/>",
    "<script>a</script><p>{{h}}</p>", "<style>a{b}</style>{{t}}", "<!-- <script> -->{{t}}", "<p aria-label=\"{{c}}\">",
    "<p {{#f}}class=\"a\"{{/f}}>", "<p{{#f}} class=\"a\"{{/f}}{{^f}} class=\"b\"{{/f}}>{{u}}",
    "{{#rows}}<li>{{name}}</li>{{/rows}}",
    "<meta http-equiv=\"Content-Security-Policy\" content=\"{{t}}\">", "<textarea>{{u}}</textarea>{{h}}",
  ])
  func takesValuesWhereTheyAreRead(_ template: String) throws {
    #expect(try Self.error(template) == "none")
  }

  @Test(arguments: [
    ("# {{h}}", "p.html:1:3: 'h' is html and cannot stand in Markdown"),
    ("`{{u}}`", "p.html:1:2: 'u' stands in a code span; declare it as code and leave out the backticks"),
    ("`{{c}}`", "p.html:1:2: 'c' stands in a code span; declare it as code and leave out the backticks"),
    ("[x]({{u}})", "p.html:1:5: 'u' is an untrusted field; the destination of a link takes only a link"),
    ("\\{{u}}", "p.html:1:2: a backslash before a tag would escape its first byte"),
    ("{{f}}", "p.html:1:1: 'f' is a flag and has no text; open a section with '{{#f}}'"),
    ("`a` {{u}} [x]({{l}}) \\\\{{n}} {{c}}", "none"),
  ])
  func refusesMistakesInMarkdown(_ template: String, _ message: String) throws {
    #expect(try Self.error(template, markdown: true) == message)
  }

  @Test func refusesUnknownAndRepeatedFiles() throws {
    let set = try TemplateSet(files: [("a", [])])
    #expect(throws: TemplateError(file: "b", message: "template is missing")) {
      try set.compile("b", schema: Self.page)
    }
    #expect(throws: TemplateError(file: "a", message: "template is given twice")) {
      try TemplateSet(files: [("a", []), ("a", [])])
    }
    #expect(set.bytes(of: "a") == [] && set.bytes(of: "b") == nil)
  }

  @Test func givesDiagnostics() {
    let error = TemplateError(
      file: "page.mustache", line: 12, column: 5, message: "unknown name 'foo'; known here: a, b")
    #expect(text(error.diagnostic.text) == "page.mustache:12:5: unknown name 'foo'; known here: a, b")
    #expect(error.description == text(error.diagnostic.text))
  }
}
