import ByteText
import CaseModel

/// Reads the actions of a Countersign export line (neutral-export.md sections 7 and 8).
enum NeutralActions {
  private static let keys: Set<ByteString> = [
    "id", "kind", "status", "targets", "parameters", "description", "started", "updated", "ended", "pendingSince",
    "decision", "alerts", "extra",
  ]

  static func read(
    _ top: NeutralObject, _ entities: NeutralEntities, alerts: Set<ByteString>
  ) throws(RecordRefusal) -> [RemediationAction] {
    var actions: [RemediationAction] = []
    var ids: Set<ByteString> = []
    for object in try top.objects("actions", keys: keys) {
      let kind = try object.requiredText("kind")
      var action = RemediationAction(
        sourceID: try object.id(), kind: NeutralWords.kind(kind), rawType: kind,
        status: NeutralWords.action(try object.requiredText("status")))
      guard ids.insert(action.sourceID).inserted else { throw NeutralRecord.twice(object) }
      action.targets = try targets(object, entities)
      action.parameters = try parameters(object)
      action.description = try object.text("description") ?? ""
      action.started = try object.time("started")
      action.updated = try object.time("updated")
      action.ended = try object.time("ended")
      _ = try object.time("pendingSince")
      try decision(object, &action)
      action.alerts = try object.texts("alerts")
      for (id, element) in zip(action.alerts, try object.elements("alerts")) where !alerts.contains(id) {
        throw object.refusal(element, Wording.joined("no alert of the record has this id: ", Wording.quoted(id)))
      }
      actions.append(action)
    }
    return actions
  }

  private static func targets(
    _ object: NeutralObject, _ entities: NeutralEntities
  ) throws(RecordRefusal) -> [Entity] {
    guard let list = object["targets"] else { throw object.missing("targets") }
    let ids = try object.texts("targets")
    if ids.isEmpty { throw object.refusal(list, "an action has at least one target") }
    var seen: Set<ByteString> = []
    var targets: [Entity] = []
    for (id, element) in zip(ids, list.elements) {
      guard seen.insert(id).inserted else {
        throw object.refusal(element, Wording.joined("the target stands twice: ", Wording.quoted(id)))
      }
      guard let place = entities.places[id] else {
        throw object.refusal(element, Wording.joined("no entity of the record has this id: ", Wording.quoted(id)))
      }
      let entity = entities.list[place]
      guard NeutralEntities.isIdentified(entity) else {
        throw object.refusal(
          element, Wording.joined("the target has none of the keys that identify it: ", Wording.quoted(id)))
      }
      targets.append(entity)
    }
    return targets
  }

  private static func parameters(_ object: NeutralObject) throws(RecordRefusal) -> [JSONTree.Member] {
    guard let parameters = try object.object("parameters", keys: nil) else { return [] }
    var members: [JSONTree.Member] = []
    for (key, value) in parameters.all.sorted(by: { $0.key < $1.key }) {
      guard key.bytes.allSatisfy({ $0 < 0x80 }) else {
        throw object.refusal(value, "the name of a parameter is ASCII")
      }
      switch value.kind {
      case .string: members.append(.init(key, .string(value.string ?? "")))
      case .bool: members.append(.init(key, .bool(value.bool ?? false)))
      case .number:
        guard let number = value.int, number.magnitude < 1 << 53 else {
          throw object.refusal(value, Wording.joined("not a whole number: ", Wording.quoted(value.raw)))
        }
        members.append(.init(key, .int(number)))
      case .object, .array, .null:
        throw object.refusal(
          value, Wording.joined("expected text, a number, true or false, found ", ByteString(value.kind.rawValue)))
      }
    }
    return members
  }

  /// A decision taken elsewhere; where it names nobody, the system took it.
  private static func decision(_ object: NeutralObject, _ action: inout RemediationAction) throws(RecordRefusal) {
    guard let decision = try object.object("decision", keys: ["verdict", "by", "at", "comment"]) else { return }
    action.approval = NeutralWords.approval(try decision.requiredText("verdict"))
    action.decidedBy = try decision.text("by") ?? "Automation"
    action.decidedAt = try decision.time("at")
    action.decisionComment = try decision.text("comment") ?? ""
  }
}
