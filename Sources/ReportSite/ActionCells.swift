import ByteText
import CaseModel
import WebRendering

/// What every row of an action begins with: what is done to what, in which investigation.
struct ActionCells: Sendable {
  private let page, kind, target, moreTargets, investigation, investigationName, approvalID, isFinal: FieldKey

  init(_ list: inout FieldList) {
    page = list.link("page")
    kind = list.html("kind")
    target = list.html("target")
    moreTargets = list.number("moreTargets", optional: true)
    investigation = list.link("investigation")
    investigationName = list.html("investigationName")
    approvalID = list.text("approvalID")
    isFinal = list.flag("isFinal")
  }

  func fill(_ row: inout Row, _ one: ListRow) {
    row[page] = link(one.page)
    row[kind] = .html(HTML(trusted: one.action.kind.title))
    row[target] = .html(FieldValue.label(one.action))
    if one.action.targetCount > 1 { row[moreTargets] = .number(one.action.targetCount - 1) }
    row[investigation] = link(PagePaths.investigation(one.investigation))
    row[investigationName] = .html(Shown.text(one.investigationName, limit: Sanitizer.nameLimit))
    row[approvalID] = .text(one.action.id.text.bytes)
    row[isFinal] = .flag(one.action.kind.isKnownFinal)
  }
}

/// What a row says of an action that waits: how bad, how many, until when.
struct UrgencyCells: Sendable {
  private let severity, threat, messages, locations, deadline, left: FieldKey

  init(_ list: inout FieldList) {
    severity = list.html("severity")
    threat = list.html("threat", optional: true)
    messages = list.html("messages")
    locations = list.html("locations", optional: true)
    deadline = list.html("deadline")
    left = list.text("left", optional: true)
  }

  /// - Parameter now: where given, the row also says how much time is left.
  func fill(_ row: inout Row, _ one: ListRow, now: Instant?) {
    row[severity] = .html(Shown.severity(one.severity))
    if !one.action.threat.isEmpty { row[threat] = .html(Shown.text(one.action.threat, limit: Sanitizer.nameLimit)) }
    row[messages] = .html(Shown.messages(one.action.mailCount, of: one.action.kind))
    if let html = Self.locationWords(one.action.locations) { row[locations] = .html(html) }
    row[deadline] = .html(Shown.time(one.deadline))
    if let now {
      row[left] = .text(Digits.duration(seconds: one.deadline.seconds - now.seconds) + Array(" left".utf8))
    }
  }

  /// The counts by delivery location: the first three that are not zero.
  private static func locationWords(_ counts: [EntityField.Count]) -> HTML? {
    let present = counts.filter { $0.count > 0 }
    guard !present.isEmpty else { return nil }
    var html = HTML()
    for (index, count) in present.prefix(3).enumerated() {
      if index > 0 { html += ", " }
      html += "\(Shown.text(count.name, limit: 64)) \(text: Digits.grouped(count.count))"
    }
    return present.count > 3 ? html + ", \(present.count - 3) more" : html
  }
}
