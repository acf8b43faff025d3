public import ByteText
public import CaseModel

/// What is to be done to what: all that an instruction is made of, and all of it bound by the approval.
public struct Assignment: Hashable, Sendable {
  /// The work-order id; empty in a plan.
  public let id: ByteString
  /// The effect.
  public let effect: Effect
  /// What is to be done.
  public let deed: Deed
  /// What it is to be done to.
  public let targets: [OrderTarget]

  init(id: ByteString, effect: Effect, deed: Deed) {
    self.id = id
    self.effect = effect
    self.deed = deed
    targets = effect.targets.map { OrderTarget($0) }
  }

  /// A parameter of the effect that is text; `nil` where there is none.
  func text(_ key: ByteString) -> ByteString? {
    if case .string(let text)? = value(key) { text } else { nil }
  }

  /// A parameter of the effect that is a truth value; `nil` where there is none.
  func flag(_ key: ByteString) -> Bool? {
    if case .bool(let value)? = value(key) { value } else { nil }
  }

  /// A parameter of the effect; an undo has those of what was done.
  func value(_ key: ByteString) -> JSONTree? {
    let name = effect.kind == .undo ? Effect.donePrefix + key : key
    return effect.parameters.first { $0.key == name }?.value
  }

  /// The end that a block was approved with; `nil` where it has none that is a time.
  var blockEnd: Instant? {
    guard deed.isBlock, let text = text("until"), case .time(let time) = Instant.exported(text) else { return nil }
    return time
  }
}

extension Deed {
  /// Whether it adds to a block list.
  var isBlock: Bool {
    switch self {
    case .action(.blockURL), .action(.blockDomain), .action(.blockSender), .action(.blockFile): true
    default: false
    }
  }

  /// The action that it is, or takes back.
  var kind: ActionKind {
    switch self {
    case .action(let kind): kind
    case .reversal(_, of: let kind): kind
    }
  }

  /// Whether it moves or deletes mail.
  var movesMail: Bool {
    switch kind {
    case .softDeleteMessage, .softDeleteCluster, .hardDeleteMessage, .hardDeleteCluster, .moveToJunkMessage,
      .moveToJunkCluster, .quarantineMessage, .quarantineCluster:
      true
    default: false
    }
  }
}
