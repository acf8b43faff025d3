import ByteText
import Foundation
import PageTemplates
import Testing

@testable import ReportSite

@Suite struct SingleFileTests {
  private func whole() throws -> String {
    let site = try SampleSite()
    let templates = try SiteTemplates(files: PageTemplates.all)
    var single = try SingleFile(templates: templates, frame: site.frame)
    for (path, page) in try RenderedSite(site).pages.sorted(by: { $0.key < $1.key }) { single.add(path, page) }
    return String(decoding: single.finish(), as: UTF8.self)
  }

  @Test(
    arguments: [
      ("index.html", "overview"), ("pending/index.html", "pending"), ("a/0f/mail-x.html", "a-mail-x"),
      ("i/0f/zap-y.html", "i-zap-y"), ("pending/2026-03-09.html", nil), ("assets/site.css", nil),
    ] as [(ByteString, ByteString?)])
  func namesSections(_ path: ByteString, _ key: ByteString?) { #expect(SingleFile.key(of: path) == key) }

  /// Every link of the file names an id in it, or hands parameters to a section of it; ids stand once.
  @Test func leadsEverywhereWithinItself() throws {
    let html = try whole()
    let ids = html.matches(of: /\sid="([^"]*)"/).map { String($0.output.1) }
    #expect(ids.count == Set(ids).count)
    let known = Set(ids)
    var checked = 0
    for match in html.matches(of: /<a [^>]*href="([^"]*)"/) {
      let target = String(match.output.1)
      if target.hasPrefix("data:") { continue }
      #expect(target.hasPrefix("#"), "\(target)")
      checked += 1
      if target.hasPrefix("#p=") {
        let isKnown = known.contains(String(target.dropFirst(3).prefix { $0 != "&" }))
        #expect(isKnown, "\(target)")
      } else {
        let isKnown = known.contains(String(target.dropFirst()))
        #expect(isKnown, "\(target)")
      }
    }
    #expect(checked > 60)
    for match in html.matches(of: /aria-labelledby="([^"]*)"/) {
      for id in match.output.1.split(separator: " ") {
        let isKnown = known.contains(String(id))
        #expect(isKnown, "\(id)")
      }
    }
  }

  @Test func namesScriptAndStyleInItsPolicy() throws {
    let html = try whole()
    #expect(html.components(separatedBy: "<script>").count == 3)
    #expect(html.contains("style-src 'sha256-"))
    #expect(!html.contains("'self'") && !html.contains("<link"))
  }
}
