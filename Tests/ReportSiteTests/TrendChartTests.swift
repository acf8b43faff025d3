import ByteText
import Testing
import WebRendering

@testable import ReportSite

@Suite struct TrendChartTests {
  private func text(_ days: [TrendDay]) -> String { String(decoding: TrendChart.html(days).bytes, as: UTF8.self) }

  private func days(_ numbers: [(Int, Int)]) -> [TrendDay] {
    numbers.enumerated().map { TrendDay(day: ByteString("2026-03-\(10 + $0)"), pending: $1.0, decided: $1.1) }
  }

  @Test(
    arguments: [
      (0, 1, 1), (1, 1, 1), (2, 1, 2), (3, 1, 3), (4, 2, 2), (6, 2, 3), (7, 5, 2), (15, 5, 3), (16, 10, 2),
      (31, 20, 2), (61, 50, 2), (151, 100, 2), (1_000, 500, 2), (-5, 1, 1),
    ])
  func choosesRoundGridlines(_ greatest: Int, _ step: Int, _ lines: Int) {
    let scale = TrendChart.scale(greatest)
    #expect(scale.step == step && scale.lines == lines)
  }

  @Test func reachesAboveEveryCount() {
    for greatest in 1...2_000 {
      let scale = TrendChart.scale(greatest)
      #expect(scale.step * scale.lines >= greatest && 1...3 ~= scale.lines)
    }
  }

  @Test(
    arguments: [
      ([(12, 4), (9, 11), (7, 8)], "Pending fell from 12 to 7; 23 decided"),
      ([(0, 0), (1_200, 0)], "Pending rose from 0 to 1,200; 0 decided"),
      ([(5, 1), (9, 0), (5, 0)], "Pending began and ended at 5; 1 decided"), ([(3, 2)], "3 pending; 2 decided"),
    ] as [([(Int, Int)], String)])
  func saysTheTrendInWords(_ numbers: [(Int, Int)], _ sentence: String) {
    #expect(text(days(numbers)).contains("<desc id=\"trend-desc\">\(sentence).</desc>"))
  }

  @Test func saysThatThereIsNothing() {
    #expect(text([]) == "<p class=\"empty\">There is no day to draw yet.</p>\n")
  }

  @Test func drawsThirtyDaysAtMost() {
    let many = (0..<45).map { TrendDay(day: ByteString("2026-01-\($0)"), pending: $0, decided: 1) }
    let html = text(many)
    #expect(html.components(of: "<g class=\"day\">") == 30)
    #expect(html.components(of: "<th scope=\"row\">") == 30)
    #expect(!html.contains("2026-01-14<"))
    #expect(html.contains("<th scope=\"row\">2026-01-15</th>"))
  }

  @Test(arguments: [(1, 1), (2, 2), (3, 3), (4, 3), (30, 3)])
  func namesFirstMiddleAndLastDay(_ count: Int, _ labels: Int) throws {
    let html = text(DrawingSamples.days(count))
    let part = try #require(html.split(separator: "<g class=\"days\">").last?.split(separator: "</g>").first)
    #expect(part.description.components(of: "<text") == labels)
  }

  @Test func drawsSomethingForEverythingThatWasDecided() {
    let html = text(days([(900, 1), (900, 0), (900, 2)]))
    // Two bars, and one in the legend.
    #expect(html.components(of: "<rect class=\"decided\"") == 3)
  }

  @Test func drawsCountsThatNobodyWouldBelieve() {
    let html = text(days([(.max, .max), (.min, -1), (.max, .max)]))
    for y in DrawingSamples.attributes("cy", html).compactMap({ Int($0) }) { #expect(0...224 ~= y) }
    #expect(html.contains("9,223,372,036,854,775,807"))
  }

  @Test func keepsHostileDaysText() {
    let html = text([
      TrendDay(day: "\"><script>", pending: 1, decided: 1), TrendDay(day: "\u{202E}", pending: 2, decided: 0),
    ])
    let known: Set<String> = [
      "caption", "circle", "desc", "details", "div", "g", "li", "path", "rect", "summary", "svg", "table", "tbody",
      "td", "text", "th", "thead", "title", "tr", "ul",
    ]
    #expect(known.isSuperset(of: DrawingSamples.tags(html).keys))
    #expect(html.contains("&quot;&gt;&lt;script&gt;"))
    #expect(!html.unicodeScalars.contains("\u{202E}"))
    let attributes: Set<String> = [
      "aria-hidden", "aria-label", "aria-labelledby", "class", "cx", "cy", "d", "height", "id", "r", "role", "rx",
      "scope", "tabindex", "viewBox", "width", "x", "y",
    ]
    #expect(attributes.isSuperset(of: DrawingSamples.attributeNames(html)))
    #expect(DrawingSamples.attributes("id", html) == ["trend-title", "trend-desc"])
  }

  @Test func drawsTheSameBytesAgain() {
    for (_, days) in DrawingSamples.trends { #expect(TrendChart.html(days) == TrendChart.html(days)) }
  }
}
