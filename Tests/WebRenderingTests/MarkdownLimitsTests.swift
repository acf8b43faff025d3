import TestSupport
import Testing
import WebRendering

@Suite struct MarkdownLimitsTests {
  static func repeated(_ part: String, to size: Int) -> [UInt8] {
    Array(String(repeating: part, count: size / part.utf8.count + 1).utf8.prefix(size))
  }

  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      ("![[]()", 300_000), ("- ", 90_000), ("- ", 30_000), ("> ", 50_000), (">", 30), ("1. ", 3_000), ("[", 5_000),
      ("]", 5_000),
      ("`a", 60_000), ("*a_ ", 60_000), ("- - - - - - - - - - - - - - - - - - - - - - - - - a\n", 200), ("a", 70_000),
      ("\u{200B}", 60_000),
    ])
  func showsPathologicalInputAsPlainText(_ part: String, _ size: Int) {
    let (html, notice) = Markdown.render(untrusted: Self.repeated(part, to: size))
    #expect(notice)
    #expect(tags(html.bytes) == ["<pre dir=\"auto\">", "</pre>"])
  }

  /// The patterns of libcmark's own pathological test, each as large as the limits let it through.
  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      "![[]()", "- ", "> ", "[", "]", "*a **a ", "a_ ", "`", "`a``", "[a](<b", "[a](b", "<!--", "<?", "<!A ",
      "<![CDATA[", "&", "&#x41;",
      "a**b", "c* ", "[ a_", "**x [a*b**c*](d)", "[a]: u\n", "[a] ", "\n", "- a\n\n", "\\", "\"", "    a\n", "* * ",
      "1. a\n", "<a ", "=\n",
      "a\n=\n", "```\n", "~~~\n", "&#0;", "\t", "\n- ", " \n> ",
    ])
  func passesOnlyWhatIsQuicklyRead(_ pattern: String) {
    var size = 65_536
    while size > 0, Markdown.render(untrusted: Self.repeated(pattern, to: size)).notice { size -= max(1, size / 4) }
    let clock = ContinuousClock()
    let time = clock.measure { _ = Markdown.render(untrusted: Self.repeated(pattern, to: size)) }
    #expect(time < .seconds(1), "\(size) bytes")
  }

  @Test func boundsListsNestedByIndentation() {
    let nested = (0..<24).map { String(repeating: "  ", count: $0) + "- a\n" }.joined()
    let deeper = (0..<40).map { String(repeating: "  ", count: $0) + "- a\n" }.joined()
    #expect(!Markdown.render(untrusted: bytes(nested)).notice)
    #expect(Markdown.render(untrusted: bytes(deeper)).notice)
  }

  @Test func cutsPlainTextAtACharacter() {
    var limits = MarkdownLimits()
    limits.bytes = 4
    limits.plainBytes = 6
    let (html, notice) = Markdown.render(untrusted: bytes("a<\né\u{202E}b"), limits: limits)
    #expect(notice)
    #expect(text(html.bytes) == "<pre dir=\"auto\">\na&lt;\né\n… 4 more bytes</pre>\n")
  }
}
