import ByteText
import CaseModel

/// Reads the entities of a Countersign export line (neutral-export.md section 6).
struct NeutralEntities {
  private(set) var list: [Entity] = []
  /// Where an id stands in the list.
  private(set) var places: [ByteString: Int] = [:]

  mutating func read(_ top: NeutralObject) throws(RecordRefusal) {
    for object in try top.objects("entities") {
      let id = try object.id()
      guard places.updateValue(list.count, forKey: id) == nil else { throw NeutralRecord.twice(object) }
      list.append(try Self.entity(object, id))
    }
  }

  private static let common: Set<ByteString> = ["id", "type", "verdict", "remediation", "roles", "extra"]

  private static func entity(_ object: NeutralObject, _ id: ByteString) throws(RecordRefusal) -> Entity {
    let raw = try object.requiredText("type")
    let type = NeutralWords.entityType(raw)
    let form = NeutralFields.forms[type ?? .other] ?? NeutralFields.none
    let object = try object.narrowed(to: common.union(form.keys))
    var fields = NeutralFields(object)
    try fields.read(form)
    let roles = try object.texts("roles")
    if !roles.isEmpty { fields.add(.roles, .list(roles)) }
    return Entity(
      sourceID: id, type: Recognised(type, raw: raw), verdict: NeutralWords.verdict(try object.text("verdict") ?? ""),
      remediation: try object.text("remediation") ?? "", fields: fields.fields)
  }

  /// The keys of which a target must have one, by type; an entity of another type is known by its id.
  static func isIdentified(_ entity: Entity) -> Bool {
    let names: [EntityField.Name] =
      switch entity.type.known {
      case .mailMessage?: [.networkMessageID, .recipient]
      case .mailCluster?: [.query]
      case .url?: [.url]
      case .file?: [.sha256, .sha1, .md5]
      case .mailbox?, .ip?: [.mailbox, .address]
      case .mailboxConfiguration?: [.mailbox, .configType, .configID, .forwardTo, .delegate, .rule]
      case .account?: [.upn]
      case .host?: [.hostName]
      case .submission?, .teamsMessage?, .other?, nil: []
      }
    if names.isEmpty { return true }
    if names.contains(where: { !(entity.text($0)?.isEmpty ?? true) }) { return true }
    return entity.list(.networkMessageIDs).contains { !$0.isEmpty }
  }
}
