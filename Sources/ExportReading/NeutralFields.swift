import ByteText
import CaseModel

/// The keys of each type of entity in a Countersign export, and the fields that they fill.
struct NeutralFields {
  enum Content {
    case text, time, count, texts, counts, attachments
    /// A hash of so many hex digits.
    case hash(Int)
  }

  /// The keys of one type, in the order in which pages show them.
  struct Form {
    let rows: [(key: ByteString, name: EntityField.Name, content: Content)]
    let keys: Set<ByteString>

    init(_ rows: [(ByteString, EntityField.Name, Content)]) {
      self.rows = rows
      keys = Set(rows.map(\.0))
    }
  }

  static let none = Form([])

  static let forms: [EntityType: Form] = [
    .mailMessage: Form([
      ("subject", .subject, .text), ("sender", .sender, .text), ("senderDisplayName", .senderDisplayName, .text),
      ("senderIP", .senderIP, .text), ("recipient", .recipient, .text), ("received", .received, .time),
      ("networkMessageId", .networkMessageID, .text), ("internetMessageId", .internetMessageID, .text),
      ("direction", .direction, .text), ("deliveryAction", .deliveryAction, .text),
      ("deliveryLocation", .deliveryLocation, .text),
      ("originalDeliveryLocation", .originalDeliveryLocation, .text), ("threats", .threats, .texts),
      ("detectionMethods", .detectionMethods, .texts), ("urls", .urls, .texts),
      ("attachments", .attachments, .attachments),
    ]),
    .mailCluster: Form([
      ("query", .query, .text), ("queryTime", .queryTime, .time), ("mailCount", .mailCount, .count),
      ("networkMessageIds", .networkMessageIDs, .texts), ("countByThreat", .countByThreat, .counts),
      ("countByLocation", .countByLocation, .counts), ("countByProtection", .countByProtection, .counts),
      ("clusterBy", .clusterBy, .text), ("clusterByValue", .clusterByValue, .text),
    ]),
    .url: Form([("url", .url, .text), ("clicks", .clicks, .count), ("emails", .emails, .count)]),
    .file: Form([
      ("name", .fileName, .text), ("sha256", .sha256, .hash(64)), ("sha1", .sha1, .hash(40)),
      ("md5", .md5, .hash(32)), ("malwareFamily", .malwareFamily, .text), ("size", .size, .count),
    ]),
    .mailbox: Form([
      ("address", .mailbox, .text), ("displayName", .displayName, .text), ("upn", .upn, .text),
      ("riskLevel", .riskLevel, .text),
    ]),
    .ip: Form([("address", .address, .text)]),
    .mailboxConfiguration: Form([
      ("mailbox", .mailbox, .text), ("configType", .configType, .text), ("configId", .configID, .text),
      ("forwardTo", .forwardTo, .text), ("delegate", .delegate, .text), ("rule", .rule, .text),
    ]),
    .account: Form([("upn", .upn, .text), ("displayName", .displayName, .text)]),
    .host: Form([("name", .hostName, .text)]),
  ]

  private let object: NeutralObject
  private(set) var fields: [EntityField] = []

  init(_ object: NeutralObject) {
    self.object = object
  }

  mutating func add(_ name: EntityField.Name, _ value: EntityField.Value) {
    fields.append(EntityField(name, value))
  }

  mutating func read(_ form: Form) throws(RecordRefusal) {
    for row in form.rows {
      guard let value = object[row.key] else { continue }
      switch row.content {
      case .text: if let text = try object.text(row.key) { add(row.name, .text(text)) }
      case .time: if let time = try object.time(row.key) { add(row.name, .time(time)) }
      case .count: if let count = try object.count(row.key) { add(row.name, .number(count)) }
      case .texts: add(row.name, .list(try object.texts(row.key)))
      case .counts:
        if let counts = try object.object(row.key, keys: nil) {
          var list: [EntityField.Count] = []
          for (key, _) in value.members {
            if let count = try counts.count(key) { list.append(EntityField.Count(key, count)) }
          }
          add(row.name, .counts(list))
        }
      case .hash(let digits): if let hash = try hash(object, row.key, digits) { add(row.name, .text(hash)) }
      case .attachments:
        var lines: [ByteString] = []
        for file in try object.objects(row.key, keys: ["name", "sha256"]) {
          let line = FileHashes.line(name: try file.requiredText("name"), sha256: try hash(file, "sha256", 64))
          if let line { lines.append(line) }
        }
        add(row.name, .list(lines))
      }
    }
  }

  private func hash(_ object: NeutralObject, _ key: ByteString, _ digits: Int) throws(RecordRefusal) -> ByteString? {
    guard let text = try object.text(key) else { return nil }
    guard text.count == digits, text.bytes.allSatisfy(ASCII.isHexDigit) else {
      throw object.refusal(
        object[key] ?? object.value,
        Wording.joined("expected ", Wording.number(digits), " hex digits, found ", Wording.quoted(text)))
    }
    return text
  }
}
