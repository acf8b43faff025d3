import ByteText
import CaseModel
import WebRendering

/// An investigation as a drawing: what alerted, what was looked at, and what is to be done about it.
///
/// One SVG without script, style or id of its data, with the same as text below it. There is one on a page: its ids are
/// fixed words.
struct InvestigationGraph {
  let cast: InvestigationCast
  let layout: InvestigationLayout
  let alerts: [Card]
  private let title: Card

  /// Draws an investigation.
  static func html(_ model: CasePageModel) -> HTML { InvestigationGraph(model).html(model) }

  /// A node of several lines.
  struct Card {
    let whole: [UInt8]
    let lines: [[UInt8]]
    let height: Int

    /// Lines begin below a line of small print, and end above another one where there is one.
    init(_ whole: [UInt8], ems: Int, atMost: Int, foot: Int) {
      self.whole = whole
      lines = DrawnText.lines(whole, ems: ems, atMost: atMost)
      height = 33 + 16 * lines.count + foot
    }
  }

  init(_ model: CasePageModel) {
    let record = model.case.investigation
    cast = InvestigationCast(model)
    alerts = cast.alerts.map { alert in
      Card(
        alert.title.isEmpty ? Words.bytes("Alert without a title") : DrawnText.whole(alert.title), ems: 1_590,
        atMost: 3,
        foot: 0)
    }
    let name: ByteString = record.name.isEmpty ? record.investigationID : record.name
    // Bold letters are wider: less fits than the widths say.
    title = Card(DrawnText.whole(name), ems: 1_330, atMost: 4, foot: 24)
    layout = InvestigationLayout(cast, .init(alerts: alerts.map(\.height), investigation: title.height))
  }

  private func html(_ model: CasePageModel) -> HTML {
    var html: HTML = """
      <div class="graph">
      <div class="scroll" tabindex="0" role="region" aria-label="The investigation as a picture">
      <svg class="drawing" role="document" aria-labelledby="graph-title graph-desc" \
      viewBox="0 0 \(InvestigationLayout.width) \(layout.height)" \
      width="\(InvestigationLayout.width)" height="\(layout.height)">
      <title id="graph-title">The investigation as a picture</title>
      <desc id="graph-desc">\(description(model)) The same stands below as text.</desc>
      <g aria-hidden="true">\
      <text class="head" x="0" y="14">Alerts</text>\
      <text class="head" x="\(InvestigationLayout.investigationX)" y="14">Investigation</text>\
      <text class="head" x="\(InvestigationLayout.panelX)" y="14">Entities</text>\
      <text class="head" x="\(InvestigationLayout.actionX)" y="14">Remediation actions</text>
      """
    for panel in layout.panels { Self.draw(panel.frame, "panel", to: &html) }
    drawEdges(to: &html)
    html += "</g>\n"
    drawAlerts(to: &html)
    drawInvestigation(model, to: &html)
    drawEntities(to: &html)
    drawActions(to: &html)
    html += "</svg>\n</div>\n"
    if cast.groups.contains(where: { $0.members.contains(where: \.isOnlyTarget) }) {
      html += "<p class=\"muted\">Dashed: named by an action, but not among the entities of the investigation.</p>\n"
    }
    html += text(model)
    return html + "</div>\n"
  }

  private func description(_ model: CasePageModel) -> HTML {
    let record = model.case.investigation
    return """
      \(text: Words.count(record.alerts.count, "alert", "alerts")), \
      \(text: Words.count(record.entities.count, "entity", "entities")) and \
      \(text: Words.count(model.actions.count, "remediation action", "remediation actions")).
      """
  }

  // MARK: - Edges

  private func drawEdges(to html: inout HTML) {
    Self.draw(layout.story, "wire", to: &html)
    Self.draw(layout.effects.filter { !$0.isOpen }, "wire", to: &html)
    Self.draw(layout.effects.filter(\.isOpen), "wire open", to: &html)
  }

  /// Curves in one path, and the tips of their arrows in another.
  private static func draw(_ edges: [InvestigationLayout.Edge], _ names: StaticString, to html: inout HTML) {
    if edges.isEmpty { return }
    html += "<path class=\"\(HTML(trusted: names))\" d=\""
    for edge in edges {
      let bend = (edge.toX - edge.fromX) / 2
      html += """
        M\(edge.fromX) \(edge.fromY)C\(edge.fromX + bend) \(edge.fromY) \(edge.toX - bend - 4) \(edge.toY) \
        \(edge.toX - 6) \(edge.toY)
        """
    }
    html += "\"/><path class=\"tip \(HTML(trusted: names))\" d=\""
    var last: InvestigationLayout.Edge?
    for edge in edges where edge.toX != last?.toX || edge.toY != last?.toY {
      html += "M\(edge.toX) \(edge.toY)l-7-4v8z"
      last = edge
    }
    html += "\"/>"
  }

  // MARK: - Nodes

  private static func draw(_ box: InvestigationLayout.Box, _ name: StaticString, to html: inout HTML) {
    html += """
      <rect class="\(HTML(trusted: name))" x="\(box.x)" y="\(box.y)" width="\(box.width)" height="\(box.height)" rx="9"/>
      """
  }

  /// Opens a node: everything in it is drawn from its own corner, and clipped by its sides.
  private static func open(_ box: InvestigationLayout.Box, _ name: StaticString, _ title: HTML) -> HTML {
    """
    <svg class="\(HTML(trusted: name))" x="\(box.x)" y="\(box.y)" width="\(box.width)" height="\(box.height)">\
    <title>\(title)</title>\
    <rect x=".5" y=".5" width="\(box.width - 1)" height="\(box.height - 1)" rx="6"/>
    """
  }

  /// A mark of a shape that goes with a tone, and the word that it stands for.
  static func flag(_ word: (words: StaticString, tone: Tone), x: Int, middle: Int) -> HTML {
    """
    <path class="flag \(text: word.tone.bytes)" d="M\(x) \(middle)\(shape(word.tone))"/>\
    <text class="word \(text: word.tone.bytes)" x="\(x + 13)" y="\(middle + 4)">\(HTML(trusted: word.words))</text>
    """
  }

  private static func shape(_ tone: Tone) -> HTML {
    switch tone {
    case .bad: "m0-4h8v8h-8z"
    case .warn: "m4-5 5 9h-10z"
    case .good: "a4 4 0 1 1 8 0 4 4 0 1 1-8 0z"
    case .blue, .plain: "m1 0a3 3 0 1 1 6 0 3 3 0 1 1-6 0z"
    }
  }

  private static func more(_ count: Int, _ words: StaticString, _ box: InvestigationLayout.Box?, to html: inout HTML) {
    guard let box else { return }
    html += """
      <svg class="node rest" x="\(box.x)" y="\(box.y)" width="\(box.width)" height="\(box.height)">\
      <rect width="\(box.width)" height="\(box.height)" rx="6"/><text x="10" y="16">
      """
    if count > 0 { html += "and \(text: Digits.grouped(count)) more " }
    html += "\(HTML(trusted: words))</text></svg>\n"
  }

  private static func lines(_ card: Card, x: Int, from y: Int) -> HTML {
    var html = HTML()
    for (index, line) in card.lines.enumerated() {
      html += "<text x=\"\(x)\" y=\"\(y + 16 * index)\">\(text: line)</text>"
    }
    return html
  }

  private func drawAlerts(to html: inout HTML) {
    for ((alert, card), box) in zip(zip(cast.alerts, alerts), layout.alerts) {
      let word = Words.severity(alert.severity)
      html += Self.open(box, "node", "Alert: \(text: card.whole). Severity: \(HTML(trusted: word.words))")
      html += "<text class=\"kind\" x=\"10\" y=\"18\">Alert</text>\(Self.flag(word, x: 100, middle: 14))"
      html += Self.lines(card, x: 10, from: 38)
      html += "</svg>\n"
    }
    let words: StaticString = alerts.isEmpty ? "No alert named" : cast.moreAlerts == 1 ? "alert" : "alerts"
    Self.more(cast.moreAlerts, words, layout.moreAlerts, to: &html)
  }

  private func drawInvestigation(_ model: CasePageModel, to html: inout HTML) {
    let word = Words.short(model.case.investigation.status)
    html += Self.open(
      layout.investigation, "node core", "Investigation: \(text: title.whole). \(HTML(trusted: word.words))")
    html += """
      <text class="kind" x="12" y="19">Investigation</text>\
      <g class="strong">\(Self.lines(title, x: 12, from: 39))</g>\
      \(Self.flag(word, x: 12, middle: title.height - 17))</svg>

      """
  }

  private func drawEntities(to html: inout HTML) {
    for (group, panel) in zip(cast.groups, layout.panels) {
      html += """
        <text class="kind" x="\(panel.frame.x + 9)" y="\(panel.frame.y + 19)">\(HTML(trusted: group.type.heading))</text>

        """
      for (member, box) in zip(group.members, panel.members) {
        let word = Words.short(member.entity.verdict)
        html += Self.open(
          box, member.isOnlyTarget ? "node outside-list" : "node",
          "\(HTML(trusted: group.type.one)): \(text: member.name). \(HTML(trusted: word.words))")
        // The label has a box of its own: whatever it is, it never covers the verdict.
        html += """
          <svg width="194" height="30"><text x="10" y="19">\(text: DrawnText.line(member.name, ems: 1_520))</text></svg>\
          \(Self.flag(word, x: 198, middle: 15))</svg>

          """
      }
      Self.more(group.more, group.type.more(group.more), panel.more, to: &html)
    }
    if cast.groups.isEmpty {
      let box = InvestigationLayout.Box(
        x: InvestigationLayout.panelX, y: layout.investigation.middle - InvestigationLayout.moreHeight / 2,
        width: InvestigationLayout.panelWidth, height: InvestigationLayout.moreHeight)
      Self.more(0, "No entity named", box, to: &html)
    }
  }

  private func drawActions(to html: inout HTML) {
    for (action, box) in zip(cast.actions, layout.actions) {
      let word = Words.of(action.model.standing)
      let page = Self.page(of: action.model)
      if let page { html += "<a href=\"\(link: page)\">" }
      html += Self.open(box, "node act", "\(Self.name(of: action.model)). \(HTML(trusted: word.words))")
      html += """
        <text class="strong" x="12" y="22">\(HTML(trusted: action.model.action.action.kind.title))</text>\
        \(Self.flag(word, x: 12, middle: 37))
        """
      if word.words.utf8CodeUnitCount <= 14, let extent = Self.extent(of: action.model.action.action) {
        html += "<text class=\"word end\" x=\"244\" y=\"41\">\(text: extent)</text>"
      }
      html += page == nil ? "</svg>\n" : "</svg></a>\n"
    }
    let words: StaticString = cast.actions.isEmpty ? "No action named" : cast.moreActions == 1 ? "action" : "actions"
    Self.more(cast.moreActions, words, layout.moreActions, to: &html)
  }

  /// How much an action changes, in words; `nil` where it is about one thing.
  private static func extent(of action: RemediationAction) -> [UInt8]? {
    if let count = action.mailCount { return Words.count(count, "message", "messages") }
    return action.targets.count > 1 ? Words.count(action.targets.count, "target", "targets") : nil
  }

  /// The page of an action, from that of its investigation; `nil` where it has none.
  static func page(of action: ActionPageModel) -> SitePath? {
    guard action.action.wasEverUndecided || action.isPending else { return nil }
    return SitePath([0x2E, 0x2E, 0x2F, 0x2E, 0x2E, 0x2F] + PagePaths.action(action.action.id).bytes)
  }

  /// What an action does; a kind that we do not know with the source's word for it.
  static func name(of action: ActionPageModel) -> HTML {
    let one = action.action.action
    guard one.kind == .unrecognised, !one.rawType.isEmpty else { return HTML(trusted: one.kind.title) }
    return "\(HTML(trusted: one.kind.title)): \(text: DrawnText.whole(one.rawType))"
  }
}

extension Words {
  /// A verdict in one or two words; text of the source that we do not know is for other places.
  static func short(_ verdict: Recognised<Verdict>) -> (words: StaticString, tone: Tone) {
    verdict.known.map { of($0) } ?? (verdict.raw.isEmpty ? "No verdict" : "Unrecognised", .plain)
  }

  /// A status in a few words.
  static func short(_ status: Recognised<InvestigationStatus>) -> (words: StaticString, tone: Tone) {
    status.known.map { of($0) } ?? (status.raw.isEmpty ? "Status not stated" : "Status unrecognised", .plain)
  }

  /// A severity, and the tone that goes with it.
  static func severity(_ severity: Recognised<Severity>) -> (words: StaticString, tone: Tone) {
    switch severity.known {
    case .high?: ("High", .bad)
    case .medium?: ("Medium", .warn)
    case .low?: ("Low", .blue)
    case .informational?: ("Informational", .plain)
    case nil: (severity.raw.isEmpty ? "Not rated" : "Unrecognised", .plain)
    }
  }
}
