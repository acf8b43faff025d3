import ByteText
public import CaseModel
import WebRendering

/// What can be found of one investigation.
public struct SearchSource: Sendable {
  /// The investigation as lists show it.
  public var head: CaseHead
  /// What it looked at.
  public var entities: [Entity]
  /// Where each action of the head stands.
  public var decisions: [DecisionState]

  /// Makes a source.
  public init(head: CaseHead, entities: [Entity], decisions: [DecisionState]) {
    self.head = head
    self.entities = entities
    self.decisions = decisions
  }
}

/// An investigation as a row of the search: its names and ids, its actions, and what its entities are called.
struct SearchRowShape: Sendable {
  let shape: Shape
  private let id, investigation, investigationName, sourceID, status, severity, actions, values, moreValues: FieldKey
  private let action, value: Shape
  private let actionPage, actionKind, actionIsFinal, actionTarget, actionID, actionSourceID, actionState: FieldKey
  private let valueName, valueText: FieldKey

  /// The most values of one row; the rest stands on the investigation's page.
  private static let mostValues = 80

  /// What people look for: names, addresses and hashes, not counts and dates.
  private static let searched: Set<EntityField.Name> = [
    .subject, .sender, .senderDisplayName, .envelopeSender, .senderIP, .recipient, .networkMessageID,
    .internetMessageID, .urls, .attachments, .query, .clusterByValue, .url, .fileName, .sha256, .sha1, .md5, .mailbox,
    .displayName, .upn, .address, .forwardTo, .delegate, .rule, .submissionID, .submitter, .hostName, .malwareFamily,
  ]

  init() throws(TemplateError) {
    var actionList = FieldList("action that can be found")
    actionPage = actionList.link("actionPage")
    actionKind = actionList.html("actionKind")
    actionIsFinal = actionList.flag("actionIsFinal")
    actionTarget = actionList.html("actionTarget")
    actionID = actionList.text("actionID")
    actionSourceID = actionList.html("actionSourceID")
    actionState = actionList.html("actionState")
    action = try actionList.shape()
    var valueList = FieldList("value that can be found")
    valueName = valueList.text("valueName")
    valueText = valueList.html("valueText")
    value = try valueList.shape()
    var list = FieldList("search row")
    id = list.text("id")
    investigation = list.link("investigation")
    investigationName = list.html("investigationName")
    sourceID = list.html("sourceID")
    status = list.html("status")
    severity = list.html("severity")
    actions = list.list("actions", action)
    values = list.list("values", value)
    moreValues = list.number("moreValues", optional: true)
    shape = try list.shape()
  }

  func row(_ source: SearchSource) -> TemplateRow {
    let head = source.head
    var row = shape.row
    row[id] = .text(head.id.text.bytes)
    row[investigation] = link(PagePaths.investigation(head.id))
    row[investigationName] = .html(
      Shown.text(head.name.isEmpty ? head.sourceID : head.name, limit: Sanitizer.nameLimit))
    row[sourceID] = .html(Shown.code(head.sourceID, limit: Sanitizer.nameLimit))
    row[status] = .html(Shown.status(head.status))
    row[severity] = .html(Shown.severity(head.severity))
    row[actions] = .list(
      head.actions.enumerated().map { number, one in
        actionRow(one, source.decisions.indices.contains(number) ? source.decisions[number] : .undecided, head)
      })
    let (rows, rest) = valueRows(source.entities)
    row[values] = .list(rows)
    if rest > 0 { row[moreValues] = .number(rest) }
    return row.values
  }

  private func actionRow(_ one: ActionHead, _ decision: DecisionState, _ head: CaseHead) -> TemplateRow {
    var row = action.row
    row[actionPage] = link(
      one.wasEverUndecided || decision == .undecided ? PagePaths.action(one.id) : PagePaths.investigation(head.id))
    row[actionKind] = .html(HTML(trusted: one.kind.title))
    row[actionIsFinal] = .flag(one.kind.isKnownFinal)
    row[actionTarget] = .html(FieldValue.label(one))
    row[actionID] = .text(one.id.text.bytes)
    row[actionSourceID] = .html(Shown.code(one.sourceID, limit: Sanitizer.nameLimit))
    row[actionState] = .html(Shown.badge(Words.of(decision)))
    return row.values
  }

  /// Each value once, however many entities share it.
  private func valueRows(_ entities: [Entity]) -> (rows: [TemplateRow], rest: Int) {
    var seen: Set<ByteString> = []
    var rows: [TemplateRow] = []
    var rest = 0
    func add(_ text: ByteString, _ name: EntityField.Name) {
      guard !text.isEmpty, seen.insert(ByteString(name.rawValue) + text).inserted else { return }
      guard rows.count < Self.mostValues else {
        rest += 1
        return
      }
      var row = value.row
      row[valueName] = .text(Array(name.rawValue.utf8))
      row[valueText] = .html(FieldValue.html(text, as: name))
      rows.append(row.values)
    }
    for entity in entities {
      for field in entity.fields where Self.searched.contains(field.name) {
        switch field.value {
        case .text(let text): add(text, field.name)
        case .list(let items): for item in items { add(item, field.name) }
        default: break
        }
      }
    }
    return (rows, rest)
  }
}
