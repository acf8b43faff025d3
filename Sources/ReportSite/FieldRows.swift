import ByteText
import CaseModel
import WebRendering

/// Names with their values: the rows of every `<dl>`.
struct FieldRows: Sendable {
  let shape: Shape
  private let label, value: FieldKey

  init() throws(TemplateError) {
    var fields = FieldList("field")
    label = fields.text("label")
    value = fields.html("value")
    shape = try fields.shape()
  }

  func row(_ name: StaticString, _ html: HTML) -> TemplateRow { row(Words.bytes(name), html) }

  func row(_ name: [UInt8], _ html: HTML) -> TemplateRow {
    var row = shape.row
    row[label] = .text(name)
    row[value] = .html(html)
    return row.values
  }

  /// Everything that is known about an entity, in the order in which it came.
  func rows(of entity: Entity) -> [TemplateRow] {
    var rows: [TemplateRow] = []
    rows.reserveCapacity(entity.fields.count + 1)
    for field in entity.fields {
      rows.append(row(Array(field.name.rawValue.utf8), FieldValue.html(field)))
    }
    if !entity.sourceID.isEmpty { rows.append(row("Id in the source", Shown.code(entity.sourceID))) }
    return rows
  }
}

/// What an entity's field looks like on a page.
enum FieldValue {
  /// The most items of a list that a page shows; the rest is in the evidence.
  static let listLimit = 50

  static func html(_ field: EntityField) -> HTML {
    switch field.value {
    case .text(let text): return text.isEmpty ? Shown.notStated : html(text, as: field.name)
    case .number(let number): return .text(Digits.grouped(number))
    case .time(let at): return Shown.time(at)
    case .flag(let flag): return flag ? "Yes" : "No"
    case .list(let items):
      if items.isEmpty { return "<span class=\"none\">None</span>" }
      if items.count == 1, let only = items.first { return html(only, as: field.name) }
      var list: HTML = "<ul class=\"values\">"
      for item in items.prefix(listLimit) { list += "<li>\(html(item, as: field.name))</li>" }
      if items.count > listLimit {
        list += "<li class=\"none\">and \(text: Digits.grouped(items.count - listLimit)) more in the evidence</li>"
      }
      return list + "</ul>"
    case .counts(let counts):
      if counts.isEmpty { return "<span class=\"none\">None</span>" }
      var list: HTML = "<ul class=\"values counts\">"
      for count in counts.prefix(listLimit) {
        list += "<li>\(Shown.text(count.name)) <strong>\(text: Digits.grouped(count.count))</strong></li>"
      }
      if counts.count > listLimit {
        list += "<li class=\"none\">and \(text: Digits.grouped(counts.count - listLimit)) more in the evidence</li>"
      }
      return list + "</ul>"
    }
  }

  /// Text of a field: dead where it is an address, exact where it is an identifier.
  static func html(_ text: ByteString, as name: EntityField.Name) -> HTML {
    switch name {
    case .url, .urls: return Shown.url(text)
    case .sender, .envelopeSender, .senderIP, .recipient, .mailbox, .upn, .address, .forwardTo, .delegate, .submitter,
      .hostName:
      return Shown.address(text)
    case .networkMessageID, .internetMessageID, .networkMessageIDs, .query, .sha256, .sha1, .md5, .otherHash, .aadID,
      .configID, .submissionID, .clusterByValue:
      return Shown.code(text)
    case .fileName, .attachments: return Shown.text(text, limit: Sanitizer.nameLimit)
    default: return Shown.text(text)
    }
  }

  /// The one line by which people know an entity.
  static func label(_ entity: Entity) -> HTML {
    if entity.type.known == .mailCluster, let value = entity.text(.clusterByValue), !value.isEmpty {
      return Shown.text(entity.label)
    }
    let names: [EntityField.Name] = [
      .subject, .url, .fileName, .clusterBy, .query, .mailbox, .address, .upn, .hostName, .displayName,
      .networkMessageID, .sha256,
    ]
    for name in names {
      if let text = entity.text(name), !text.isEmpty { return html(text, as: name) }
    }
    return entity.sourceID.isEmpty ? "<span class=\"none\">Not named</span>" : Shown.code(entity.sourceID)
  }

  /// The target of an action in a list.
  static func label(_ action: ActionHead) -> HTML {
    if action.target.isEmpty { return "<span class=\"none\">No target named</span>" }
    switch EntityType(rawValue: action.targetType.description) {
    case .url?: return Shown.url(action.target)
    case .mailbox?, .ip?, .account?, .mailboxConfiguration?, .host?: return Shown.address(action.target)
    default: return Shown.text(action.target)
    }
  }
}
