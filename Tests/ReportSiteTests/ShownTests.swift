import ByteText
import CaseModel
import Testing
import WebRendering

@testable import ReportSite

@Suite struct ShownTests {
  private func text(_ html: HTML) -> String { String(decoding: html.bytes, as: UTF8.self) }

  @Test(arguments: [
    ("https://evil.example/a.b?c", "<code><bdi>hxxps[://]evil[.]example/a.b?c</bdi></code>"),
    ("javascript:alert(1)", "<code><bdi>javascript[:]alert(1)</bdi></code>"),
    ("http://x.example/\"><b>", "<code><bdi>hxxp[://]x[.]example/&quot;&gt;&lt;b&gt;</bdi></code>"),
  ])
  func killsURLs(_ url: String, _ shown: String) {
    #expect(text(Shown.url(ByteString(url))) == shown)
  }

  @Test func showsLookAlikeHostsInPunycode() {
    let shown = text(Shown.url(ByteString("https://\u{0430}pple.example:8443/login")))
    #expect(shown.contains("mixed scripts"))
    #expect(shown.contains("In punycode: <code><bdi>xn--pple-43d[.]example</bdi></code>"))
    #expect(text(Shown.address(ByteString("ceo@\u{0430}pple.example"))).contains("xn--pple-43d[.]example"))
    #expect(!text(Shown.url("https://apple.example/\u{0430}")).contains("punycode"))
  }

  @Test func cutsLongTextVisibly() {
    let shown = text(Shown.text(ByteString([UInt8](repeating: 0x61, count: 300)), limit: 255))
    #expect(shown.contains("… 45 more bytes"))
  }

  @Test func showsTimesInUTC() {
    #expect(
      text(Shown.time(Instant(seconds: 1_773_042_727)))
        == "<time datetime=\"2026-03-09T07:52:07Z\">2026-03-09 07:52 Z</time>")
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567"), (-4_000, "-4,000"),
    (Int.min, "-9,223,372,036,854,775,808"),
  ])
  func groupsDigits(_ number: Int, _ shown: String) {
    #expect(String(decoding: Digits.grouped(number), as: UTF8.self) == shown)
  }

  @Test(
    arguments: [
      (-5, "0 s"), (59, "59 s"), (60, "1 min"), (3_600, "1 h"), (11_520, "3 h 12 min"), (86_400, "1 d"),
      (187_200, "2 d 4 h"),
    ] as [(Int64, String)])
  func writesDurations(_ seconds: Int64, _ shown: String) {
    #expect(String(decoding: Digits.duration(seconds: seconds), as: UTF8.self) == shown)
  }
}
