import ByteText
import Testing

@testable import WebRendering

@Suite struct PageScanTests {
  private static func scan(_ page: String) -> PageScan { PageScan(Array(page.utf8)) }

  private static func targets(_ page: String) -> [String] {
    scan(page).links.map { "\($0.element) \($0.attribute)=\($0.target)" }
  }

  @Test(
    arguments: [
      ("<a href=\"x.html\">", ["a href=x.html"]), ("<A HREF='x'>", ["a href=x"]), ("<a href=x>", ["a href=x"]),
      ("<a\nhref = \"x\"\tid=y>", ["a href=x"]), ("<img src=\"a\"><form action=b>", ["img src=a", "form action=b"]),
      ("<a href=\"?a=1&amp;b=&quot;2&#39;\">", ["a href=?a=1&b=\"2'"]), ("<a title=\"href=x\">", []),
      ("<!-- <a href=x> --><a href=y>", ["a href=y"]), ("&lt;a href=x&gt;", []), ("<a href>", ["a href="]),
      ("<style>a{background:url(x)} <a href=n></style><a href=y>", ["a href=y"]),
      ("<script><a href=n></SCRIPT><a href=y>", ["a href=y"]), ("<svg><a xlink:href=x>", ["a xlink:href=x"]),
      ("a < b <a href=\"x", ["a href=x"]), ("<", []), ("<a", []), ("<a href=", ["a href="]),
    ] as [(String, [String])])
  func findsWhatAProgramCouldFetch(page: String, links: [String]) {
    #expect(Self.targets(page) == links)
  }

  @Test func findsWhatRunsByItself() {
    let page = Self.scan(
      "<meta http-equiv=\"Refresh\" content=0><script>1</script><form></form><b onclick=x ONLOAD=y once>")
    #expect(page.refreshes == 1 && page.scripts == 1 && page.forms == 1)
    #expect(page.handlers == ["onclick", "onload", "once"])
    #expect(Self.scan("<meta http-equiv=content-security-policy>").refreshes == 0)
  }

  @Test func survivesEveryCutOfAPage() {
    let page = Array("<!DOCTYPE html><title>a<b</title><a href=\"x&amp;y\" on='1'>t</a><!--c--><script>s</script>".utf8)
    for end in page.indices { _ = PageScan(Array(page[..<end])) }
    for index in page.indices {
      var changed = page
      changed[index] ^= 0x1F
      _ = PageScan(changed)
    }
  }
}
