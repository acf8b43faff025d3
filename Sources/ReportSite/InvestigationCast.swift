import ByteText
import CaseModel

/// Who appears in the drawing of an investigation: what is drawn, what is only counted, and which action acts on what.
///
/// An action's targets come first, then the worst verdicts; the rest of each type is one node, "and 293 more files".
struct InvestigationCast {
  /// An entity that is drawn.
  struct Member {
    let entity: Entity
    /// Its whole name, for people.
    let name: [UInt8]
    /// Whether only an action names it, and not the list of entities.
    let isOnlyTarget: Bool
  }

  /// The entities of a type.
  struct Group {
    let type: GraphType
    var members: [Member]
    /// How many are not drawn.
    var more: Int
  }

  /// A place in a group; that of the node "and more" is the number of members.
  struct Place: Hashable {
    let group: Int
    let member: Int
  }

  /// An action that is drawn.
  struct Action {
    let model: ActionPageModel
    /// The nodes that it acts on, each once, in order.
    var targets: [Place]
    /// How many of its targets have no node of their own.
    var more: Int
  }

  static let alertLimit = 6
  static let typeLimit = 7
  static let entityLimit = 24
  static let actionLimit = 10
  /// So many targets of an action are looked up.
  static let targetLimit = 64

  private(set) var alerts: ArraySlice<Alert>
  private(set) var moreAlerts: Int
  private(set) var groups: [Group] = []
  private(set) var actions: [Action] = []
  private(set) var moreActions: Int

  init(_ model: CasePageModel) {
    let record = model.case.investigation
    alerts = record.alerts.prefix(Self.alertLimit)
    moreAlerts = record.alerts.count - alerts.count
    let drawn = Self.drawnActions(model.actions)
    moreActions = model.actions.count - drawn.count

    var everyone = record.entities
    var targets: [[Int]] = []
    if drawn.contains(where: { !$0.action.action.targets.isEmpty }) {
      var index = EntityIndex(everyone)
      targets = drawn.map { one in
        one.action.action.targets.prefix(Self.targetLimit).map { index.place(of: $0, in: &everyone) }
      }
    }
    let places = cast(everyone, listed: record.entities.count, targets: targets)
    actions = drawn.enumerated().map { place, one in
      var action = Action(model: one, targets: [], more: one.action.action.targets.count)
      guard place < targets.count else { return action }
      for target in targets[place] {
        let node = places[target]
        if node.member < groups[node.group].members.count { action.more -= 1 }
        if !action.targets.contains(node) { action.targets.append(node) }
      }
      return action
    }
  }

  /// The actions that are drawn, pending ones before others where there are too many.
  private static func drawnActions(_ all: [ActionPageModel]) -> [ActionPageModel] {
    if all.count <= actionLimit { return all }
    let open = all.filter(\.isPending).prefix(actionLimit)
    return Array(open) + all.filter { !$0.isPending }.prefix(actionLimit - open.count)
  }

  /// Groups the entities, chooses those that are drawn, and gives everyone's place.
  private mutating func cast(_ everyone: [Entity], listed: Int, targets: [[Int]]) -> [Place] {
    var isTarget = [Bool](repeating: false, count: everyone.count)
    for target in targets.joined() { isTarget[target] = true }
    var byType = [[Int]](repeating: [], count: GraphType.count)
    for (index, entity) in everyone.enumerated() {
      // One number to sort by: targets first, then the worst verdict, then the order of the record.
      let order = (isTarget[index] ? 0 : 1) << 60 | Self.rank(entity.verdict.known) << 56 | index
      byType[GraphType(entity.type.known).order].append(order)
    }
    let quotas = Self.quotas(byType.map(\.count))
    var places = [Place](repeating: Place(group: 0, member: 0), count: everyone.count)
    for order in byType.indices where !byType[order].isEmpty {
      let quota = quotas[order]
      var ranked = byType[order]
      if ranked.count > quota { ranked.sort() }
      // Of those that are drawn, the worst stand first, target or not.
      let drawn = ranked.prefix(quota).map { $0 & (1 << 60 - 1) }.sorted().map { $0 & (1 << 56 - 1) }
      for key in ranked.dropFirst(quota) {
        places[key & (1 << 56 - 1)] = Place(group: groups.count, member: quota)
      }
      for (member, index) in drawn.enumerated() { places[index] = Place(group: groups.count, member: member) }
      groups.append(
        Group(
          type: GraphType(order: order),
          members: drawn.map { index in
            let entity = everyone[index]
            return Member(
              entity: entity, name: EntityName(entity).text(of: entity), isOnlyTarget: index >= listed)
          },
          more: ranked.count - drawn.count))
    }
    return places
  }

  /// How many of each type are drawn: none more than ``typeLimit``, and all together ``entityLimit``.
  static func quotas(_ counts: [Int]) -> [Int] {
    var quotas = counts.map { min($0, typeLimit) }
    var all = quotas.reduce(0, +)
    while all > entityLimit, let most = quotas.max(), let last = quotas.lastIndex(of: most) {
      quotas[last] -= 1
      all -= 1
    }
    return quotas
  }

  private static func rank(_ verdict: Verdict?) -> Int {
    switch verdict {
    case .malicious?, .compromised?: 0
    case .suspicious?: 1
    case .unknown?, nil: 2
    case .notFound?: 3
    case .noThreatsFound?, .verified?: 4
    }
  }
}

/// Finds the entity of a record that an action's target is.
///
/// Systems write a target out again, with other fields or without its id. It is the same as one of the record where type and
/// name are, and nothing that identifies them differs; where there is none such, it is one of its own, so that no edge ever
/// leads from something that the action does not name.
struct EntityIndex {
  private var first: [ByteString: Int] = [:]
  private var next: [Int] = []
  /// So many entities of one name are compared.
  private static let chainLimit = 16

  init(_ entities: [Entity]) {
    first.reserveCapacity(entities.count)
    // From the back, so that a chain leads from the first one on.
    next = [Int](repeating: -1, count: entities.count)
    for index in entities.indices.reversed() { enter(EntityName(entities[index]).raw, index) }
  }

  private mutating func enter(_ name: ByteString, _ index: Int) {
    if let other = first.updateValue(index, forKey: name) { next[index] = other }
  }

  /// The place of a target; where it is none of the entities, it becomes one.
  mutating func place(of target: Entity, in entities: inout [Entity]) -> Int {
    let name = EntityName(target)
    if name.field == nil, !name.raw.isEmpty {
      // It is named by its id alone: so the id decides.
      let same = entities.firstIndex { $0.sourceID == target.sourceID && Self.isOneType($0, target) }
      if let same { return same }
    }
    var likely: Int?
    var candidate = first[name.raw] ?? -1
    var steps = 0
    while candidate >= 0, steps < Self.chainLimit {
      let entity = entities[candidate]
      if entity == target { return candidate }
      if likely == nil, !name.raw.isEmpty, Self.isSame(entity, target) { likely = candidate }
      candidate = next[candidate]
      steps += 1
    }
    if let likely { return likely }
    entities.append(target)
    next.append(-1)
    enter(name.raw, entities.count - 1)
    return entities.count - 1
  }

  private static func isOneType(_ one: Entity, _ other: Entity) -> Bool {
    GraphType(one.type.known) == GraphType(other.type.known)
  }

  private static func isSame(_ one: Entity, _ other: Entity) -> Bool {
    guard isOneType(one, other) else { return false }
    if !one.sourceID.isEmpty, !other.sourceID.isEmpty { return one.sourceID == other.sourceID }
    let identifiers: [EntityField.Name] = [
      .networkMessageID, .query, .sha256, .recipient, .clusterByValue, .configType, .configID, .rule, .forwardTo,
    ]
    for name in identifiers {
      if let mine = one.text(name), let yours = other.text(name), mine != yours { return false }
    }
    return true
  }
}
