import ByteText
import PageTemplates
import ReportSite
import Testing
import WebRendering

@Suite struct SiteTemplatesTests {
  private func replacing(_ name: String, _ text: String) -> [(name: String, bytes: [UInt8])] {
    PageTemplates.all.map { $0.name == name ? (name, Array(text.utf8)) : $0 }
  }

  @Test func changesItsHashWithAnyFile() throws {
    let hash = try SiteTemplates(files: PageTemplates.all).hash
    #expect(hash.count == 32)
    #expect(try SiteTemplates(files: PageTemplates.all.reversed()).hash == hash)
    #expect(try SiteTemplates(files: replacing("site.css", "body{}")).hash != hash)
    #expect(try SiteTemplates(files: PageTemplates.all + [("extra.mustache", [])]).hash != hash)
  }

  @Test(arguments: [
    ("log.mustache", "<p>{{nothing}}</p>", "log.mustache:1:4"),
    ("log.mustache", "\n{{> no-such}}", "log.mustache:2:1"),
    ("action.mustache", "<a href=\"{{sourceID}}\">x</a>", "action.mustache:1:10"),
  ])
  func refusesBadOverrides(_ name: String, _ text: String, _ place: String) throws {
    let error = try #require(throws: TemplateError.self) { try SiteTemplates(files: replacing(name, text)) }
    #expect(error.place == place)
  }

  @Test func asksForTheStyleSheet() {
    #expect(throws: TemplateError.self) { try SiteTemplates(files: PageTemplates.all.filter { $0.name != "site.css" }) }
  }
}
