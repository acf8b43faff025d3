import ByteText
import CaseModel

/// What a person has to know to carry an order out by hand: names of ours, and values that the approval binds.
enum OrderFacts {
  /// The most targets that are told.
  static let most = 50

  /// What there is to know, in order; values are as the effect has them.
  static func of(_ order: WorkOrder) -> [(name: ByteString, value: ByteString)] {
    var facts: [(name: ByteString, value: ByteString)] = []
    if order.effect.kind == .unrecognised { facts.append(("type in the source", order.effect.rawType)) }
    for target in order.targets.prefix(most) {
      for (name, value) in fields(target) { facts.append((name, value)) }
      if case .success(let entry)? = BlockEntry.of(order.assignment, target) {
        facts.append(("entry of the list", entry.text))
      }
    }
    if let end = order.assignment.blockEnd { facts.append(("end of the block", end.rfc3339)) }
    for (name, value) in parameters(order) { facts.append((name, value)) }
    return facts
  }

  private static func fields(_ target: OrderTarget) -> [(ByteString, ByteString)] {
    let all: [(ByteString, ByteString)] =
      switch target {
      case .message(let one):
        [
          ("network message id", one.networkMessageID), ("message id", one.internetMessageID),
          ("recipient", one.recipient),
        ]
      case .cluster(let one):
        cluster(one)
      case .url(let url): [("URL", url)]
      case .file(let file):
        [("file", file.name), ("SHA-256", file.sha256), ("SHA-1", file.sha1), ("MD5", file.md5)]
      case .mailbox(let address): [("mailbox", address)]
      case .setting(let one):
        [
          ("mailbox", one.mailbox), ("forwards to", one.forwardTo), ("delegate", one.delegate), ("rule", one.rule),
          ("setting", one.configType),
        ]
      case .account(let name): [("account", name)]
      case .host(let name): [("device", name)]
      case .other: [("target", target.label)]
      }
    return all.filter { !$0.1.isEmpty }
  }

  /// The parameters; an undo has those of what was done.
  ///
  /// What a script takes for granted is said too.
  private static func parameters(_ order: WorkOrder) -> [(ByteString, ByteString)] {
    let prefix = Effect.donePrefix.bytes
    var found: [(ByteString, ByteString)] = []
    for parameter in order.effect.parameters {
      let isDone = parameter.key.bytes.starts(with: prefix)
      if order.effect.kind == .undo && !isDone { continue }
      let name = isDone ? ByteString(parameter.key.bytes.dropFirst(prefix.count)) : parameter.key
      found.append(("parameter", name + " = " + text(parameter.value)))
    }
    if order.deed.kind == .removeDelegation, order.assignment.value("accessRights") == nil {
      found.append(("right, none was named:", "FullAccess"))
    }
    return found
  }

  private static func cluster(_ cluster: OrderTarget.Cluster) -> [(ByteString, ByteString)] {
    var fields: [(ByteString, ByteString)] = [("query", cluster.query)]
    let ids = cluster.networkMessageIDs
    for id in ids.prefix(20) { fields.append(("network message id", id)) }
    if ids.count > 20 { fields.append(("more message ids, in its .json file:", ByteString("\(ids.count - 20)"))) }
    return fields
  }

  private static func text(_ value: JSONTree) -> ByteString {
    if case .string(let text) = value { text } else { ByteString(CanonicalJSON.bytes(value)) }
  }
}
