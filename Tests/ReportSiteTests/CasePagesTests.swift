import ByteText
import CaseModel
import Foundation
import PageTemplates
import ReportSite
import Testing

@Suite struct CasePagesTests {
  private let site: SampleSite
  private let pages: [ByteString: [UInt8]]

  init() throws {
    site = try SampleSite()
    pages = try RenderedSite(site).pages
  }

  private func page(_ path: ByteString) throws -> String {
    String(decoding: try #require(pages[path]), as: UTF8.self)
  }

  private func action(_ id: StaticString) throws -> String { try page(PagePaths.action(Samples.id(id))) }

  @Test(
    arguments: [
      ("investigation-pending.html", "zapurl-k3v7q2m4x6n7b5c6d2f4"),
      ("investigation-hostile.html", "inv-m2n3b4v5c6x7z2l3k4j5"),
      ("investigation-empty.html", "subm-x2c3v4b5n6m7l2k3j4h5"),
      ("investigation-past.html", "subm-j2h3g4f5d6s7a2q3w4e5"),
    ] as [(String, StaticString)])
  func rendersInvestigations(_ name: String, _ id: StaticString) throws {
    try Snapshots.expect(try #require(pages[PagePaths.investigation(Samples.id(id))]), matches: name)
  }

  @Test(
    arguments: [
      ("action-pending.html", "mail-7qh3x5c2vkd7m4pz6t2a"), ("action-pack-only.html", "mail-z2x3c4v5b6n7m2a3s4d5"),
      ("action-approved.html", "inbox-4kq2m7n3b5v6c7x2z3a4"), ("action-no-effect.html", "act-p2o3i4u5y6t7r2e3w4q5"),
      ("action-hostile.html", "act-a2b3c4d5e6f7g2h3i4j5"), ("action-elsewhere.html", "mail-s2d3f4g5h6j7k2l3z4x5"),
    ] as [(String, StaticString)])
  func rendersActions(_ name: String, _ id: StaticString) throws {
    try Snapshots.expect(try #require(pages[PagePaths.action(Samples.id(id))]), matches: name)
  }

  /// The pages that carry a script.
  private let scripted: Set<ByteString> = [
    PagePaths.pending, PagePaths.history, PagePaths.investigations, PagePaths.log, PagePaths.search,
  ]

  @Test func keepsEveryPageWhole() throws {
    for (path, bytes) in pages where path != PagePaths.styleSheet {
      let html = String(decoding: bytes, as: UTF8.self)
      #expect(
        html.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv="),
        "\(path)")
      #expect(html.components(separatedBy: "<h1").count == 2, "\(path)")
      // The ballot's tables carry it too: print repeats their heads on every sheet.
      let marks = path == PagePaths.ballot ? 4 : 3
      #expect(html.components(separatedBy: "TLP:AMBER").count == marks, "\(path)")
      let scripts = html.components(separatedBy: "<script").count - 1
      #expect(scripts == (scripted.contains(path) ? 1 : 0), "\(path)")
      #expect(html.contains("script-src 'none'") == (scripts == 0), "\(path)")
      #expect(!html.contains("<img"), "\(path)")
      #expect(!html.contains("onload=alert(4)>"), "\(path)")
      #expect(!html.contains(" style="), "\(path)")
    }
  }

  @Test func linksOnlyToPagesOfTheSite() throws {
    for (path, bytes) in pages where path != PagePaths.styleSheet {
      let html = String(decoding: bytes, as: UTF8.self)
      let base = URL(filePath: "/site/\(path)")
      for piece in html.components(separatedBy: "href=\"").dropFirst() {
        let href = String(piece.prefix { $0 != "\"" })
        if href.hasPrefix("data:image/svg+xml,") || href.hasPrefix("data:application/json;base64,") { continue }
        let parts = href.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        if let anchor = parts.dropFirst().first, parts.first?.isEmpty ?? true {
          #expect(html.contains("id=\"\(anchor)\""), "\(path): \(href)")
        } else {
          let target = try #require(URL(string: String(parts.first ?? ""), relativeTo: base)).standardizedFileURL.path()
          #expect(pages[ByteString(String(target.dropFirst("/site/".count)))] != nil, "\(path): \(href)")
        }
      }
    }
  }

  @Test func offersTokensOnPendingPagesOnly() throws {
    for model in site.cases {
      for one in model.actions where one.action.wasEverUndecided {
        let html = try page(PagePaths.action(one.action.id))
        #expect(html.contains("v4.public.") == (one.isPending && one.absence == nil), "\(one.action.id.text)")
        #expect(
          html.contains("download=\"decision-\(one.action.id.text)-approve.json\"")
            == (one.offer != nil && one.isPending))
      }
    }
  }

  @Test func hidesATokenThatAModelCarriesForADecidedAction() throws {
    var model = site.cases[0]
    let offered = try #require(model.actions.firstIndex { $0.offer != nil })
    model.actions[offered].standing.decision = .approved
    var out: [UInt8] = []
    var pages = CasePages(templates: try SiteTemplates(files: PageTemplates.all), frame: site.frame)
    try pages.action(model, index: offered, into: &out)
    #expect(!String(decoding: out, as: UTF8.self).contains("v4.public."))
  }

  @Test func saysWhatTheEffectSays() throws {
    let html = try action("mail-7qh3x5c2vkd7m4pz6t2a")
    #expect(html.contains("<strong>at most 50 messages</strong>: those that match the query below."))
    #expect(html.contains("At most 50 messages; 47 messages by the latest record"))
    #expect(html.contains("<code>q3mX k7vP z0aH 5tLw 9cRy</code>"))
    #expect(html.contains("&quot;atMost&quot;:50"))
    #expect(html.contains("1 of 2 approvals, 0 rejections in round 1."))
  }

  @Test func saysWhyThereIsNoToken() throws {
    #expect(try action("mail-z2x3c4v5b6n7m2a3s4d5").contains("countersign build --reviewer ID"))
    #expect(try action("act-p2o3i4u5y6t7r2e3w4q5").contains("nothing says what it would happen to"))
    #expect(try action("file-l2k3j4h5g6f7d2s3a4q5").contains("A lapse is never an approval."))
  }

  @Test func asksForASignatureWherePolicyDoes() throws {
    #expect(try action("mail-7qh3x5c2vkd7m4pz6t2a").contains("ssh-keygen -Y sign -n decisions.v1@countersign"))
    #expect(try !action("url-b6w2n7e4r5t3y2u7i5o4").contains("ssh-keygen"))
  }

  @Test func keepsCasePagesFreeOfTheBuildsTime() throws {
    var later = site
    later.frame.at = later.frame.at.adding(seconds: 60)
    later.frame.head = "413 · 000000000000"
    for (path, bytes) in try RenderedSite(later).pages {
      let isDated =
        !path.bytes.starts(with: "i/".utf8) && !path.bytes.starts(with: "a/".utf8)
        && path != PagePaths.styleSheet && path != PagePaths.reviewers && path != PagePaths.search
      #expect((bytes == pages[path]) == !isDated, "\(path)")
    }
  }

  @Test func showsHostileTextAsText() throws {
    let html = try page(PagePaths.investigation(Samples.id("inv-m2n3b4v5c6x7z2l3k4j5")))
    #expect(html.contains("&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;"))
    #expect(html.contains("⟨U+202E⟩"))
    #expect(html.contains("<span class=\"badge odd\">hidden characters</span>"))
    #expect(html.contains("<span class=\"badge odd\">mixed scripts</span>"))
    #expect(html.contains("<span class=\"badge odd\">not UTF-8</span>"))
    #expect(html.contains("Unrecognised: <bdi>Exploded &amp; &lt;i&gt;burning&lt;/i&gt;</bdi>"))
    #expect(html.contains("javascript[:]alert(9)"))
  }
}
