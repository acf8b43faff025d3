public import ByteText

/// The part of an action that will really happen (DESIGN sections 2 and 5).
///
/// Its canonical JSON is what approvals are bound to.
public struct Effect: Hashable, Sendable {
  /// The tenant.
  public var tenant: ByteString
  /// Our id of the action, with the suffix of a withdrawal or undo.
  public var action: CaseID
  /// What happens.
  public var kind: ActionKind
  /// The type as the source names it.
  public var rawType: ByteString
  /// Exact identifiers of what it happens to, each a canonical object; sorted, without repeats.
  public var targets: [JSONTree]
  /// Settings.
  public var parameters: [JSONTree.Member]
  /// The most messages it may change; `nil` where it does not count messages, or the count is unknown.
  public var atMost: Int?
  /// 1 + withdrawals, undos and replacements of the action so far.
  public var round: Int

  /// Why an action has no effect that could be approved.
  public enum Problem: Error, Hashable, Sendable {
    /// A field of the effect is not well-formed UTF-8: two targets could look alike.
    case notUTF8(field: ByteString)
    /// Nothing says what it would happen to.
    case noTarget
    /// More messages than the greatest ceiling.
    case beyondCeiling
  }

  /// The effect of an action as it stands now.
  ///
  /// - Parameter ceiling: the ceiling to write in; `nil` for the smallest that fits.
  public init(
    of action: RemediationAction, id: CaseID, tenant: ByteString, round: Int, ceiling: Int? = nil
  ) throws(Problem) {
    guard !action.targets.isEmpty else { throw .noTarget }
    self.tenant = try Self.utf8(tenant, "tenant")
    self.action = id
    kind = action.kind
    rawType = try Self.utf8(action.rawType, "rawType")
    var byBytes: [ByteString: JSONTree] = [:]
    for target in action.targets {
      let tree = try EffectTarget.tree(target)
      byBytes[ByteString(CanonicalJSON.bytes(tree))] = tree
    }
    targets = byBytes.sorted { $0.key < $1.key }.map(\.value)
    parameters = action.parameters
    for parameter in parameters {
      _ = try Self.utf8(parameter.key, "parameters")
      if case .string(let text) = parameter.value { _ = try Self.utf8(text, "parameters") }
    }
    if let count = action.mailCount, action.kind.countsMail {
      guard let smallest = MailCeiling.smallest(notBelow: count) else { throw .beyondCeiling }
      atMost = max(ceiling ?? smallest, smallest)
    }
    self.round = round
  }

  /// Takes everything as it is: for effects of our own.
  init(
    tenant: ByteString, action: CaseID, kind: ActionKind, rawType: ByteString, targets: [JSONTree],
    parameters: [JSONTree.Member], atMost: Int?, round: Int
  ) {
    self.tenant = tenant
    self.action = action
    self.kind = kind
    self.rawType = rawType
    self.targets = targets
    self.parameters = parameters
    self.atMost = atMost
    self.round = round
  }

  static func utf8(_ text: ByteString, _ field: ByteString) throws(Problem) -> ByteString {
    guard UTF8Text.isValid(text.bytes, in: 0..<text.count) else { throw .notUTF8(field: field) }
    return text
  }

  /// The canonical bytes (RFC 8785).
  ///
  /// `atMost` is absent where there is none.
  public var canonical: [UInt8] { CanonicalJSON.bytes(tree) }

  /// What the canonical bytes say.
  public var tree: JSONTree {
    var members: [JSONTree.Member] = [
      .init("action", .string(action.text)), .init("kind", .string(ByteString(kind.rawValue))),
      .init("parameters", .object(parameters)), .init("rawType", .string(rawType)), .init("round", .int(round)),
      .init("targets", .array(targets)), .init("tenant", .string(tenant)),
    ]
    if let atMost { members.append(.init("atMost", .int(atMost))) }
    return .object(members)
  }

  /// The same effect with another ceiling.
  public func with(atMost: Int?) -> Effect {
    var copy = self
    copy.atMost = atMost
    return copy
  }
}
