import ByteText
import WebRendering

/// The last thirty days as a chart: bars for what was decided, a line for what was left.
///
/// One SVG without script or style, the same in words, and the numbers in a table. There is one on a page: its ids are
/// fixed words.
enum TrendChart {
  /// The most days that are drawn: the last ones.
  static let dayLimit = 30

  private static let width = 560
  private static let height = 224
  private static let top = 12
  private static let bottom = 188

  /// Draws the days, in the order in which they come.
  static func html(_ days: [TrendDay]) -> HTML {
    let days = Array(days.suffix(dayLimit))
    guard let first = days.first, let last = days.last else {
      return "<p class=\"empty\">There is no day to draw yet.</p>\n"
    }
    var html: HTML = """
      <div class="trend">
      <ul class="legend">\
      <li><svg aria-hidden="true" width="14" height="14"><rect class="decided" x="3" y="2" width="8" height="12" rx="1"/></svg>\
       Bars: decided on the day</li>\
      <li><svg aria-hidden="true" width="26" height="14"><path class="pending" d="M0 7h26"/><circle class="pending" cx="13" cy="7" r="3"/></svg>\
       Line: pending at the end of the day</li></ul>
      <div class="scroll" tabindex="0" role="region" aria-label="Pending and decided actions by day">
      <svg class="drawing" role="img" aria-labelledby="trend-title trend-desc" viewBox="0 0 \(width) \(height)" \
      width="\(width)" height="\(height)">
      <title id="trend-title">Pending and decided actions by day, \(day(first)) to \(day(last))</title>
      <desc id="trend-desc">\(text: sentence(days)).</desc>

      """
    draw(days, to: &html)
    return html + "</svg>\n</div>\n\(table(days))</div>\n"
  }

  /// `Pending fell from 12 to 7; 23 decided`.
  static func sentence(_ days: [TrendDay]) -> [UInt8] {
    guard let first = days.first, let last = days.last else { return [] }
    let decided = days.reduce(0) { sum, day in
      let (more, overflow) = sum.addingReportingOverflow(day.decided)
      return overflow ? .max : more
    }
    let tail = Words.bytes("; ") + Digits.grouped(decided) + Words.bytes(" decided")
    let (from, to) = (Digits.grouped(first.pending), Digits.grouped(last.pending))
    if days.count == 1 { return to + Words.bytes(" pending") + tail }
    if first.pending == last.pending { return Words.bytes("Pending began and ended at ") + to + tail }
    let verb: StaticString = last.pending < first.pending ? "Pending fell from " : "Pending rose from "
    return Words.bytes(verb) + from + Words.bytes(" to ") + to + tail
  }

  /// The step between gridlines, of the series 1, 2, 5, 10, ..., and how many lines stand above zero: one to three.
  static func scale(_ greatest: Int) -> (step: Int, lines: Int) {
    let greatest = min(max(greatest, 1), ceiling)
    var power = 1
    while true {
      for step in [power, 2 * power, 5 * power] where greatest <= 3 * step {
        return (step, (greatest + step - 1) / step)
      }
      power *= 10
    }
  }

  /// No count is drawn higher: so that no product of it and a length overflows.
  private static let ceiling = 1_000_000_000_000

  // MARK: - Drawing

  private static func draw(_ days: [TrendDay], to html: inout HTML) {
    let (step, lines) = scale(days.reduce(0) { max($0, $1.pending, $1.decided) })
    let full = step * lines
    func y(_ value: Int) -> Int {
      let value = min(max(value, 0), full)
      return bottom - (value * (bottom - top) + full / 2) / full
    }
    // The labels of the axis and of the last point need room by their digits; the days below at least 36 pixels.
    let label = days.last.map { Digits.grouped($0.pending) } ?? []
    let left = max(36, 14 + 8 * Digits.grouped(full).count)
    let right = width - max(36, 4 + 8 * label.count)
    let slot = (right - left) / days.count
    let start = left + (right - left - slot * days.count) / 2
    func middle(_ index: Int) -> Int { start + slot * index + slot / 2 }

    html += "<g class=\"grid\">"
    for line in 0...lines {
      let at = y(line * step)
      html += "<path\(line == 0 ? " class=\"base\"" : "") d=\"M\(left) \(at).5H\(right)\"/>"
      html += "<text x=\"\(left - 8)\" y=\"\(at + 4)\">\(text: Digits.grouped(line * step))</text>"
    }
    html += "</g>\n"

    let bar = max(4, min(slot * 6 / 10, 28))
    for (index, one) in days.enumerated() {
      html += """
        <g class="day"><title>\(day(one)): \(text: Digits.grouped(one.pending)) pending, \
        \(text: Digits.grouped(one.decided)) decided</title>\
        <rect class="slot" x="\(start + slot * index)" y="\(top)" width="\(slot)" height="\(bottom - top)"/>
        """
      if one.decided > 0 {
        // Something is never drawn as nothing.
        let above = min(y(one.decided), bottom - 2)
        html += """
          <rect class="decided" x="\(middle(index) - bar / 2)" y="\(above)" width="\(bar)" height="\(bottom - above)" \
          rx="1"/>
          """
      }
      html += "</g>\n"
    }

    if days.count > 1 {
      html += "<path class=\"pending\" d=\""
      for (index, one) in days.enumerated() { html += "\(index == 0 ? "M" : "L")\(middle(index)) \(y(one.pending))" }
      html += "\"/>\n"
    }
    html += "<g class=\"points\">"
    for (index, one) in days.enumerated() {
      html += "<circle class=\"pending\" cx=\"\(middle(index))\" cy=\"\(y(one.pending))\" r=\"3\"/>"
    }
    html += "</g>\n"
    if let last = days.last {
      html += """
        <text class="last" x="\(middle(days.count - 1) + 10)" y="\(y(last.pending) + 4)">\(text: label)</text>

        """
    }
    html += "<g class=\"days\">"
    // First, middle and last; of three days or fewer each once.
    for index in Set([0, (days.count - 1) / 2, days.count - 1]).sorted() {
      html += "<text x=\"\(middle(index))\" y=\"\(bottom + 22)\">\(day(days[index]))</text>"
    }
    html += "</g>\n"
  }

  private static func day(_ one: TrendDay) -> HTML { .text(Sanitizer.sanitized(one.day.bytes, limit: 16)) }

  // MARK: - Numbers

  private static func table(_ days: [TrendDay]) -> HTML {
    var html: HTML = """
      <details>
      <summary>Numbers</summary>
      <table class="plain">
      <caption>Pending and decided actions by day</caption>
      <thead><tr><th scope="col">Day</th><th scope="col" class="num">Pending at its end</th>\
      <th scope="col" class="num">Decided on it</th></tr></thead>
      <tbody>

      """
    for one in days {
      html += """
        <tr><th scope="row">\(day(one))</th><td class="num">\(text: Digits.grouped(one.pending))</td>\
        <td class="num">\(text: Digits.grouped(one.decided))</td></tr>

        """
    }
    return html + "</tbody>\n</table>\n</details>\n"
  }
}
