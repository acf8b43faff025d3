import ByteText
import CaseModel
import DurableFiles
import Foundation
import PageTemplates
import Testing
import WebRendering

@testable import ReportSite

/// Writes pages with every drawing to a folder, to look at them in a browser: SAMPLE_DRAWINGS names the folder.
@Suite struct DrawingPagesTests {
  @Test(.enabled(if: ProcessInfo.processInfo.environment["SAMPLE_DRAWINGS"] != nil))
  func writesEveryDrawing() throws {
    let path = try #require(ProcessInfo.processInfo.environment["SAMPLE_DRAWINGS"])
    var tree = SiteTree(root: try Folder.open(ByteString(path), create: true), isFresh: false)
    for (name, model) in try DrawingSamples.all() {
      try tree.write(try page(InvestigationGraph.html(model)), to: ByteString("graph-\(name).html"))
    }
    for (name, days) in DrawingSamples.trends {
      try tree.write(try page(TrendChart.html(days)), to: ByteString("trend-\(name).html"))
    }
  }

  private func page(_ drawing: HTML) throws -> [UInt8] {
    let css = try #require(PageTemplates.all.first { $0.name == "site.css" }).bytes
    let assets = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../templates/assets")
    let own = try Data(contentsOf: assets.appending(path: "drawings.css"))
    var html = Array("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Drawing</title><style>".utf8)
    html += css + own
    html += Array("</style><body><main class=\"wrap\"><section class=\"card\"><h2>Picture</h2>".utf8)
    html += drawing.bytes
    return html + Array("</section></main></body></html>".utf8)
  }
}
