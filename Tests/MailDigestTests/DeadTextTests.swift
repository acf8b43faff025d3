import ByteText
import Testing

@testable import MailDigest

@Suite struct DeadTextTests {
  private func text(_ value: String) -> String { String(decoding: DeadText.text(ByteString(value)), as: UTF8.self) }

  @Test(arguments: [
    ("https://evil.test/pay", "hxxps[://]evil[.]test/pay"), ("HTTP://a.b", "HXXP[://]a[.]b"),
    ("ftp://a.b", "ftp[://]a[.]b"),
    ("https://a.test/ www.evil.com", "hxxps[://]a[.]test/ www[.]evil[.]com"), ("bob@evil.com", "bob[@]evil[.]com"),
    ("x mailto:bob@evil.com", "x mailto[:]bob[@]evil[.]com"), ("(www.evil.com)", "(www[.]evil[.]com)"),
    ("//evil.com/x", "[//]evil[.]com/x"), (#"x \\evil\share"#, #"x [\\]evil\share"#), ("tel:+4912", "tel[:]+4912"),
    ("a?u=www.evil.test&m=mailto:b@c.d", "a?u=www[.]evil[.]test&m=mailto[:]b[@]c[.]d"), ("webcal:x", "webcal[:]x"),
    ("10.1.2.3", "10[.]1[.]2[.]3"), ("invoice.pdf", "invoice[.]pdf"), ("v4.public.AAAA", "v4[.]public[.]AAAA"),
    ("Re: hello. World: yes", "Re: hello. World: yes"), ("at 10:30", "at 10:30"), ("ｗ．evil。test", "ｗ[．]evil[。]test"),
    ("a\r\nb", "a␍␊b"), ("", ""),
  ])
  func breaksWhateverCouldBecomeALink(_ value: String, _ expected: String) { #expect(text(value) == expected) }

  @Test func staysShortWhateverIsInIt() {
    for value in ["\u{202E}", "é", "🎡", ".x", "a", "\u{0}"] {
      let dead = DeadText.text(ByteString(String(repeating: value, count: 5_000)))
      #expect(dead.count <= DeadText.limit + 3 && UTF8Text.isValid(dead))
      #expect(dead.suffix(3).elementsEqual("…".utf8))
    }
  }
}
