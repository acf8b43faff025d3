import ByteText
import CaseModel

/// Reads entities of audit records (AIR section 5): what they are, what was found out, and every field with a name of its
/// own; what has none is kept under *Other*.
enum AIREntity {
  /// Reads a list of entities; a single one is a list of one.
  static func list(_ value: JSONValue?, _ scope: DocumentScope) -> [Entity] {
    guard let value, !value.isNull else { return [] }
    if value.kind != .array { return read(value, scope).map { [$0] } ?? [] }
    var entities: [Entity] = []
    for element in value.elements {
      if let entity = read(element, scope) { entities.append(entity) }
      if scope.isOverexpanded { break }
    }
    return entities
  }

  /// Reads one; anything but an object gives a warning and `nil`.
  static func read(_ value: JSONValue, _ scope: DocumentScope) -> Entity? {
    let value = scope.resolved(value)
    guard value.kind == .object else {
      scope.say(
        .warning, at: value, Wording.joined("expected an entity, found ", ByteString(value.kind.rawValue)))
      return nil
    }
    let type = EntityTypeWords.of(value, scope)
    if type.known == nil && !type.raw.isEmpty {
      scope.say(.note, at: value, Wording.joined("unrecognised type of entity ", Wording.quoted(type.raw)))
    }
    var fields = AIRFields(value, scope)
    switch type.known {
    case .mailMessage?: fields.mailMessage()
    case .mailCluster?: fields.mailCluster()
    case .url?: fields.url()
    case .file?: fields.file()
    case .mailbox?: fields.mailbox()
    case .ip?: fields.ip()
    case .mailboxConfiguration?: fields.mailboxConfiguration()
    case .submission?: fields.submission()
    case .account?: fields.account()
    case .host?: fields.host()
    case .teamsMessage?, .other?, nil: fields.anything()
    }
    fields.common()
    var id = scope.text(value.ignoringCase("Urn")) ?? ""
    if id.isEmpty, type.known == nil || type.known == .other || type.known == .submission || type.known == .teamsMessage
    {
      id =
        scope.text(value["Id"]) ?? scope.text(value.ignoringCase("SubmissionId"))
        ?? scope.text(value.ignoringCase("MessageId")) ?? ""
    }
    return Entity(
      sourceID: id, type: type, verdict: AIRVerdict.of(value, scope), remediation: remediation(value, scope),
      fields: fields.fields)
  }

  /// What the source says about the entity's remediation.
  private static func remediation(_ value: JSONValue, _ scope: DocumentScope) -> ByteString {
    if let state = scope.text(value.ignoringCase("LastRemediationState")) { return state }
    guard let providers = value.ignoringCase("RemediationProviders") else { return "" }
    let states = scope.list(providers) { scope.text($0.ignoringCase("RemediationState")) }
    return states.last ?? ""
  }
}
