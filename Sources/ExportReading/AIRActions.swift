import ByteText
import CaseModel

/// Reads `Actions` in all its encodings (AIR section 7.1) and both dialects (1.4).
struct AIRActions {
  private let limits: JSONLimits
  private(set) var actions: [RemediationAction] = []
  private(set) var log: [LogLine] = []
  /// The entities of the record, and those that only actions name.
  private(set) var entities: [Entity] = []
  private(set) var diagnostics: [Diagnostic] = []
  private var byID: [ByteString: RemediationAction] = [:]
  private var byUrn: [ByteString: Int]?
  private var withoutUrn: Set<Entity> = []

  init(limits: JSONLimits) {
    self.limits = limits
  }

  mutating func read(_ value: JSONValue?, entities: [Entity]) throws(RecordRefusal) {
    self.entities = entities
    guard let value else { return }
    var list = value
    if value.kind == .string {
      // A collector that decodes nothing writes one string: of a list, or of a single action.
      guard let decoded = try AIRRecord.inner(value, "Actions", limits) else { return }
      list = decoded
    }
    switch list.kind {
    case .null: return
    case .object: try element(list, 0)
    case .array:
      for (index, element) in list.elements.enumerated() { try self.element(element, index) }
    default:
      throw RecordRefusal(
        "Actions", Wording.joined("expected actions, found ", ByteString(list.kind.rawValue)))
    }
  }

  private mutating func element(_ value: JSONValue, _ index: Int) throws(RecordRefusal) {
    func place() -> ByteString { Wording.joined("Actions[", Wording.number(index), "]") }
    guard let root = try AIRRecord.inner(value, place(), limits) else { return }
    guard root.kind == .object else {
      diagnostics.append(
        Diagnostic(
          .error, field: place(),
          message: Wording.joined("expected an action, found ", ByteString(root.kind.rawValue))))
      return
    }
    let scope = DocumentScope(root, prefix: place())
    defer { diagnostics += scope.diagnostics }
    let isModern =
      root.ignoringCase("Disposition") != nil
      || (root.ignoringCase("EntityUrn") != nil && root.ignoringCase("ActionId") == nil)
    if isModern, !AIRModernAction.isRemediation(root, scope) {
      log.append(AIRModernAction.line(root, scope))
      return
    }
    let read = isModern ? modern(root, scope) : AIRClassicAction.read(root, scope)
    if scope.isOverexpanded { throw AIRRecord.overexpanded(place()) }
    guard let action = read else {
      diagnostics.append(
        Diagnostic(
          .error, field: Wording.joined(place(), isModern ? ".id" : ".ActionId"), message: "the action has no id",
          hint: "it is not used; the rest of the record is"))
      return
    }
    add(action, place)
  }

  private mutating func modern(_ root: JSONValue, _ scope: DocumentScope) -> RemediationAction? {
    let urn = scope.text(root.ignoringCase("EntityUrn")) ?? ""
    let target = place(ofUrn: urn).map { entities[$0] }
    return AIRModernAction.read(root, urn: urn, target: target, scope)
  }

  private mutating func add(_ action: RemediationAction, _ place: () -> ByteString) {
    if let other = byID.updateValue(action, forKey: action.sourceID) {
      byID[action.sourceID] = other
      let isSame = other == action
      diagnostics.append(
        Diagnostic(
          isSame ? .note : .error, field: place(),
          message: Wording.joined(
            isSame ? "the same action stands twice: " : "another action of the record has the same id: ",
            Wording.quoted(action.sourceID)),
          hint: isSame ? "" : "it is not used; the rest of the record is"))
      return
    }
    actions.append(action)
    for target in action.targets { addEntity(target) }
  }

  /// Lists what an action acts on among the record's entities, unless it is there.
  private mutating func addEntity(_ entity: Entity) {
    if entity.sourceID.isEmpty {
      if withoutUrn.isEmpty { withoutUrn = Set(entities.filter { $0.sourceID.isEmpty }) }
      if withoutUrn.insert(entity).inserted { entities.append(entity) }
    } else if place(ofUrn: entity.sourceID) == nil {
      byUrn?[entity.sourceID] = entities.count
      entities.append(entity)
    }
  }

  private mutating func place(ofUrn urn: ByteString) -> Int? {
    if byUrn == nil {
      byUrn = [:]
      for (index, entity) in entities.enumerated() where !entity.sourceID.isEmpty {
        if byUrn?[entity.sourceID] == nil { byUrn?[entity.sourceID] = index }
      }
    }
    return byUrn?[urn]
  }
}
