import ByteText
import CaseModel
import WebRendering

/// The drawing of an investigation as text: a line for each relation that is drawn.
extension InvestigationGraph {
  /// The list, folded up.
  func text(_ model: CasePageModel) -> HTML {
    var html: HTML = "<details>\n<summary>The same as text</summary>\n<ul>\n"
    for (alert, card) in zip(cast.alerts, alerts) {
      let word = Words.severity(alert.severity)
      html += """
        <li>Alert: <bdi>\(text: card.whole)</bdi> (\(HTML(trusted: word.words))) started the investigation</li>

        """
    }
    if cast.moreAlerts > 0 {
      html += "<li>and \(text: Words.count(cast.moreAlerts, "more alert", "more alerts"))</li>\n"
    }
    for group in cast.groups {
      for member in group.members {
        let word = Words.short(member.entity.verdict)
        html += """
          <li>\(HTML(trusted: group.type.one)): <bdi>\(text: member.name)</bdi> (\(HTML(trusted: word.words)))
          """
        html += member.isOnlyTarget ? ", named by an action only</li>\n" : "</li>\n"
      }
      if group.more > 0 {
        html += "<li>and \(text: Digits.grouped(group.more)) more \(HTML(trusted: group.type.more(group.more)))</li>\n"
      }
    }
    for action in cast.actions { html += line(action) }
    if cast.moreActions > 0 {
      html += "<li>and \(text: Words.count(cast.moreActions, "more action", "more actions"))</li>\n"
    }
    if cast.alerts.isEmpty && cast.groups.isEmpty && cast.actions.isEmpty {
      html += "<li>The records name no alert, no entity and no action</li>\n"
    }
    return html + "</ul>\n</details>\n"
  }

  private func line(_ action: InvestigationCast.Action) -> HTML {
    let name: HTML = "<bdi>\(Self.name(of: action.model))</bdi>"
    let page = Self.page(of: action.model)
    var html: HTML = "<li>Action: "
    html += page.map { "<a href=\"\(link: $0)\">\(name)</a>" } ?? name
    var before: HTML = " acts on "
    for place in action.targets {
      let group = cast.groups[place.group]
      guard place.member < group.members.count else { continue }
      html += "\(before)<bdi>\(text: group.members[place.member].name)</bdi>"
      before = "; "
    }
    if action.more > 0 {
      html += "\(before)\(text: Words.count(action.more, "target", "targets")) that the picture does not show"
    }
    return html + ", \(HTML(trusted: Words.of(action.model.standing).words))</li>\n"
  }
}
