import ByteText
import CaseModel
import WebRendering

// What was decided about an action, and what became of that.

extension ActionPage {
  /// The rows of the outcome: decision, order and results stay apart.
  func outcome(_ one: ActionPageModel) -> [TemplateRow] {
    let standing = one.standing
    var rows = [fields.row("Decision", Shown.badge(Words.of(standing)))]
    if !standing.decidedBy.isEmpty { rows.append(fields.row("Decided by", Shown.text(standing.decidedBy))) }
    if let at = standing.decidedAt ?? one.action.action.decidedAt {
      rows.append(fields.row(standing.decision == .lapsed ? "Lapsed" : "Decided", Shown.time(at)))
    }
    if standing.overriddenBy != nil {
      rows.append(
        fields.row(
          "Override", "<strong>One person approved alone in an emergency; the reason stands with the vote.</strong>"))
    }
    if let identity = standing.identity {
      rows.append(fields.row("Proof of who", .text(Words.bytes(Words.of(identity)))))
    }
    var carried = Shown.badge(Words.execution(standing))
    if standing.decision == .approved && standing.execution != .succeeded {
      carried += "<span class=\"sub\">Approved does not mean carried out.</span>"
    }
    rows.append(fields.row("Carried out", carried))
    if let order = standing.order {
      rows.append(
        fields.row(
          "Work order", "\(Shown.code(order.id))<span class=\"sub\">valid until \(Shown.time(order.until))</span>"))
    }
    for report in standing.reports.reversed().prefix(10) {
      let words: HTML =
        "\(HTML(trusted: report.state.title)), \(Shown.time(report.at))<span class=\"sub\">\(Shown.text(report.source))"
      rows.append(
        fields.row(
          "Result", words + (report.detail.isEmpty ? "" : ": \(Shown.text(report.detail))") + "</span>"))
    }
    rows.append(fields.row("Deadline was", Shown.time(one.deadline)))
    return rows
  }
}
