import ByteText
import TestSupport
import Testing

struct DefangingTests {
  @Test(arguments: [
    ("https://evil.example/a.b", "hxxps[://]evil[.]example/a.b"),
    ("HTTP://EVIL.example", "HXXP[://]EVIL[.]example"),
    ("ftp://a.b/c.d", "fxp[://]a[.]b/c.d"),
    ("https://a.example\\@b.example/", "hxxps[://]a[.]example\\[@]b[.]example/"),
    ("https://u.v:p.w@h.example:8080?x=a.b", "hxxps[://]u[.]v:p[.]w[@]h[.]example:8080?x=a.b"),
    ("https://r.example/?u=https://evil.example/x.y", "hxxps[://]r[.]example/?u=hxxps[://]evil[.]example/x.y"),
    ("javascript:alert(1)", "javascript[:]alert(1)"),
    ("data:text/html,<script>", "data[:]text/html,<script>"),
    ("mailto:a.b@c.example?subject=x.y", "mailto[:]a[.]b[@]c[.]example?subject=x.y"),
    ("//evil.example/x.y", "[//]evil[.]example/x.y"), ("\\\\srv.example\\s.t", "[\\\\]srv[.]example\\s[.]t"),
    ("/\\evil.example/", "[/\\]evil[.]example/"), (" \t//evil.example", " \t[//]evil[.]example"),
    ("http:\\\\evil.example", "http[:]\\\\evil[.]example"), ("http:/evil.example/x.y", "http[:]/evil[.]example/x.y"),
    ("http:///evil.example/x.y", "hxxp[://]/evil[.]example/x.y"),
    ("view-source:https://e.example/", "view-source[:]hxxps[://]e[.]example/"),
    ("https://evil。example/", "hxxps[://]evil[。]example/"),
    ("/local/path.x", "/local/path.x"), ("evil.example/x.y", "evil[.]example/x.y"),
    ("hxxp://evil.example/", "hxxp[:]//evil[.]example/"), ("hxxps[://]evil[.]example", "hxxps[!://]evil[!.]example"),
    ("a[!.]b", "a[!!.]b"), ("http://[.x", "hxxp[://][[.]x"), ("sftp://h.x", "sfxp[://]h[.]x"), ("", ""),
  ])
  func makesURLsDead(_ row: (String, String)) {
    #expect(text(Defanging.url(bytes(row.0))) == row.1)
    #expect(text(Defanging.refang(bytes(row.1))) == row.0)
  }

  @Test(arguments: [
    ("ivy.marsh@evil.example", "ivy[.]marsh[@]evil[.]example"), ("SMTP:a@b.c", "SMTP[:]a[@]b[.]c"),
    ("a/b@c.example", "a/b[@]c[.]example"),
  ])
  func makesAddressesDead(_ row: (String, String)) {
    #expect(text(Defanging.address(bytes(row.0))) == row.1)
  }

  @Test(arguments: [
    ("evil.example", "evil[.]example"), ("203.0.113.9", "203[.]0[.]113[.]9"), ("2001:db8::1", "2001[:]db8::1"),
  ])
  func makesHostsDead(_ row: (String, String)) {
    #expect(text(Defanging.host(bytes(row.0))) == row.1)
  }

  @Test(arguments: [
    (
      "Pay 3.50 now. See https://evil.example/a.b, or call.", "Pay 3.50 now. See hxxps[://]evil[.]example/a.b, or call."
    ),
    ("mail ivy.m@evil.example today", "mail ivy[.]m[@]evil[.]example today"),
    ("www.evil.example/x.html is at 203.0.113.9:80", "www[.]evil[.]example/x.html is at 203[.]0[.]113[.]9:80"),
    ("v1.2.3, e.g. at 10:30, Re: note:x", "v1.2.3, e.g. at 10:30, Re: note:x"),
    ("click javascript:alert(1) or MAILTO:x@y", "click javascript[:]alert(1) or MAILTO[:]x[@]y"),
    ("(//evil.example/x) \\\\srv\\share // no", "([//]evil[.]example/x) [\\\\]srv\\share // no"),
    ("https://ok.example/,evil.example", "hxxps[://]ok[.]example/,evil[.]example"),
    ("https://ok.example/\u{A0}evil.example", "hxxps[://]ok[.]example/\u{A0}evil[.]example"),
    ("user@localhost and @handle", "user[@]localhost and @handle"),
    ("\u{430}pple.com and evil。example but 你好。世界", "\u{430}pple[.]com and evil[。]example but 你好。世界"),
    ("already evil[.]example, hxxps://x.y", "already evil[!.]example, hxxps[:]//x[.]y"),
    ("<a href=\"http://e.example\">e.example</a>", "<a href=\"hxxp[://]e[.]example\">e[.]example</a>"),
    ("\u{200B}javascript:x", "\u{200B}javascript[:]x"), ("", ""),
  ])
  func makesFreeTextDead(_ row: (String, String)) {
    #expect(text(Defanging.text(bytes(row.0))) == row.1)
    #expect(text(Defanging.refang(bytes(row.1))) == row.0)
  }

  private static let pieces: [[UInt8]] =
    [
      "[", "]", "!", ".", ":", "@", "/", "//", "\\", "://", "[.]", "[!.]", "[://]", "[:]", "[@]", "[//]", "[\\\\]",
      "http",
      "hxxp", "s", "ftp", "fxp", "HXXP", "hTtP", "a", "evil.example", "1.2.3.4", " ", "。", "．", "[。]", "?", "#", "%",
      "é",
      "javascript", "\n", "\u{A0}", ",", "-", "[!", "x@y",
    ].map { bytes($0) } + [[0xFF], [0xE3], [0x80]]

  @Test func givesBackEveryInput() {
    var random = SplitMix(state: 5)
    for _ in 0..<100_000 { expectRoundTrip(random.text(of: Self.pieces, upTo: 10)) }
    for _ in 0..<20_000 {
      expectRoundTrip((0..<24).map { _ in UInt8.random(in: 0...255, using: &random) })
    }
  }

  @Test(.enabled(if: Corpora.areHere)) func givesBackEveryNaughtyString() throws {
    for string in try Corpora.naughty() { expectRoundTrip(string) }
  }

  @Test func leavesNoSchemeSeparatorAlive() {
    var random = SplitMix(state: 6)
    for _ in 0..<20_000 {
      let input = random.text(of: Self.pieces, upTo: 10)
      for out in [Defanging.url(input), Defanging.address(input), Defanging.host(input), Defanging.text(input)] {
        let isAlive = out.indices.contains { place in
          out[place...].starts(with: bytes("://")) && (place == 0 || ![0x5B, 0x21].contains(out[place - 1]))
        }
        #expect(!isAlive, "\(text(input)) -> \(text(out))")
      }
    }
  }

  @Test func takesLinearTime() {
    for piece in ["[!", "[", "!", "a.", "a", "://", "[!!!!", "http", ".", "@"] {
      let input = bytes("[" + String(repeating: piece, count: 100_000))
      #expect(Defanging.refang(Defanging.text(input)) == input)
      #expect(Defanging.refang(Defanging.url(input)) == input)
    }
  }

  private func expectRoundTrip(_ input: [UInt8]) {
    for out in [Defanging.url(input), Defanging.address(input), Defanging.host(input), Defanging.text(input)] {
      #expect(Defanging.refang(out) == input, "\(text(input)) -> \(text(out))")
    }
  }

  @Test(
    arguments: [
      ("invoice.pdf is ready", "invoice.pdf is ready"),
      ("see https://a.example/b.c?d=e.f", "see hxxps[://]a[.]example/b.c?d=e.f"),
      ("HtTp://u@a.b:8080/", "HxXp[://]u[@]a[.]b:8080/"),
      ("[x](ftp://a.b)y.z", "[x](fxp[://]a[.]b)y.z"),
      ("r('http://a.b/c','d.e');f.g", "r('hxxp[://]a[.]b/c','d.e');f.g"),
      ("a://b.c://d.e", "a[://]b[.]c[://]d[.]e"), ("://", "[://]"), ("x ://\n.y", "x [://]\n.y"),
      ("http:/a.b and : //c.d", "http:/a.b and : //c.d"),
      ("https://ex\u{E4}mple.\u{4E2D}", "hxxps[://]ex\u{E4}mple[.]\u{4E2D}"),
    ] as [(String, String)])
  func defangsURLsInText(_ text: String, _ dead: String) {
    #expect(String(decoding: Defanging.urls(in: Array(text.utf8)), as: UTF8.self) == dead)
  }
}
