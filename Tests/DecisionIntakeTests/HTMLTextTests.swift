import ByteText
import Testing

@testable import DecisionIntake

@Suite struct HTMLTextTests {
  private func text(_ html: String) -> String { String(decoding: HTMLText.text(Array(html.utf8)), as: UTF8.self) }

  @Test(
    arguments: [
      ("a<br>b<BR/>c<br />d", "a\nb\nc\nd\n"),
      ("<p>a</p><p>b</p>", "a\nb\n"),
      ("<div>a<div>b</div></div>c", "a\nb\nc\n"),
      ("<ul><li>a<li>b</ul><h1>c</h1>d", "a\nb\nc\nd\n"),
      ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</table>", "a b\nc\n"),
      (" a \r\n\t b ", "a b\n"),
      ("a<br><br>b", "a\n\nb\n"),
      ("<pre>a\nb  c</pre>d\ne", "a\nb c\nd e\n"),
      ("<b>a</b><i>b</i><span class=x>c</span>", "abc\n"),
      ("a<wbr>b<!-- <br> -->c<!x><?y?>d", "abcd\n"),
      ("<head><title>t<br></title><style>p > a{}</style></head><script>if (a<b) x()</script>y", "y\n"),
      ("<STYLE>a</sTyLe >b", "b\n"),
      ("&lt;&gt;&amp;&quot;&apos;&#39;&#x2D;&#X2d;&#45", "<>&\"''---\n"),
      ("a&nbsp;b&shy;c&#8203;d", "a\u{A0}bc\u{200B}d\n"),
      ("&unknown; &; &#; &#x; &#0; & &amp", "&unknown; &; &#; &#x; &#0; & &\n"),
      ("&#x110000;&#xD800;", "\u{FFFD}\u{FFFD}\n"),
      ("a&#10;b", "a b\n"),
      ("1 < 2 <3 <", "1 < 2 <3 <\n"),
      ("<a href=\"https://x.example/>v4.public.A\" title='>'>link</a>", "link\n"),
      ("<img alt=\"v4.public.A\">x", "x\n"),
      ("a<a href=\"unclosed>b", "a\n"),
      ("a<b", "a\n"),
      ("a<!-- b", "a\n"),
      ("a<script>b", "a\n"),
      ("", ""),
    ])
  func readsTextAsItIsShown(html: String, expected: String) {
    #expect(text(html) == expected)
  }

  @Test(
    arguments: [
      ("a<blockquote>b<br>c</blockquote>d", "a\n> b\n> c\nd\n"),
      ("<blockquote>a<blockquote>b</blockquote>c</blockquote>d", "> a\n> b\n> c\nd\n"),
      ("a<div class=\"gmail_quote\"><div>b</div>c</div>d", "a\n> b\n> c\nd\n"),
      ("a<div class='x GMAIL_QUOTE y'>b</div>c", "a\n> b\nc\n"),
      ("a<div class=x_x_gmail_quote>b</div>c", "a\n> b\nc\n"),
      ("a<div class=\"moz-cite-prefix\">b</div>c", "a\n> b\nc\n"),
      ("a<div class=\"gmail_quotes\">b</div>c", "a\nb\nc\n"),
      ("a<div title=\"class=gmail_quote\">b</div>c", "a\nb\nc\n"),
      // A stray end tag inside a table does not end what is quoted; nor does one of another name.
      ("<div class=gmail_quote><table><tr><td></div>a</table>b</div>c", "> a\n> b\nc\n"),
      ("<div class=gmail_quote></table></span></p>a</div>b", "> a\nb\n"),
      ("<blockquote></div>a", "> a\n"),
      ("a<blockquote>b", "a\n> b\n"),
      ("a<span class=gmail_quote>b</span>c", "a\n> b\nc\n"),
      ("a<div id=\"divRplyFwdMsg\">b</div>c", "a\n-----Original Message-----\nb\nc\n"),
      ("a<div id=x_divRplyFwdMsg>b</div>c", "a\n-----Original Message-----\nb\nc\n"),
      ("<blockquote><div id=divRplyFwdMsg>b</div></blockquote>c", "> b\nc\n"),
      ("a<hr>b", "a\n________________________________\nb\n"),
      (
        "a<div style='border:none;border-top: solid #E1E1E1 1.0pt;padding:3.0pt'>b</div>",
        "a\n________________________________\nb\n"
      ),
      ("a<div style='border-bottom:solid'>b</div>", "a\nb\n"),
    ])
  func marksWhatIsQuoted(html: String, expected: String) {
    #expect(text(html) == expected)
  }

  /// Outlook for Windows: a rule, and the header in the language of its user.
  @Test func endsAtAnOutlookHeader() {
    let block = MailSamples.block("v4.public.A.B").map { "<p class=MsoNormal>\($0)</p>" }.joined()
    let header =
      "<div style='border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal>"
      + "<b><span>Feladó:</span></b><span> Ivy<br><b>Elküldve:</b> x<br><b>Címzett:</b> y</span></p></div>"
    var found = 0
    var isInOriginal = false
    let lines = HTMLText.text(Array((block + header + block).utf8))
    DecisionBlock.scan(lines[...], isInOriginal: &isInOriginal) { _ in
      found += 1
      return true
    }
    #expect(found == 1)
    #expect(isInOriginal)
  }
}
