public import ByteText

/// An action of our own about another one: to withdraw its decision, or to undo what was carried out.
///
/// Its id is the other's with `.w` or `.u` and the round it speaks of (docs/design/withdraw-and-undo.md).
public struct OwnAction: Hashable, Sendable {
  /// `withdraw` or `undo`.
  public let kind: ActionKind
  /// The other action.
  public let about: CaseID
  /// The round of the other's decision.
  public let round: Int
  /// Its id.
  public let id: CaseID

  /// Names the action of our own; `nil` where the id would not fit, or the kind is no own one.
  public init?(_ kind: ActionKind, of about: CaseID, round: Int) {
    guard kind.isOwn, round >= 1, Self(about) == nil,
      let id = CaseID(about.text + ByteString(kind == .withdraw ? ".w\(round)" : ".u\(round)"))
    else { return nil }
    self.kind = kind
    self.about = about
    self.round = round
    self.id = id
  }

  /// Reads an id; `nil` where it is that of an action of an export.
  public init?(_ id: CaseID) {
    guard let dot = id.text.bytes.lastIndex(of: 0x2E), id.text.count > dot + 2,
      let about = CaseID(ByteString(id.text.bytes[..<dot])), !about.text.bytes.contains(0x2E)
    else { return nil }
    let digits = id.text.bytes[(dot + 2)...]
    guard let round = ASCII.decimal(digits), round >= 1, digits.first != 0x30 else { return nil }
    switch id.text.bytes[dot + 1] {
    case 0x77: kind = .withdraw
    case 0x75: kind = .undo
    default: return nil
    }
    self.about = about
    self.round = round
    self.id = id
  }
}

extension Effect {
  /// Reads back an effect from its canonical bytes, as the ledger keeps it.
  public init?(canonical: ByteString) {
    let limits = JSONLimits(bytes: 20 << 20, stringBytes: 20 << 20, depth: 16)
    guard let root = try? JSONDocument.parse(canonical.bytes, limits: limits).root,
      let tenant = root["tenant"]?.string, let rawType = root["rawType"]?.string, let round = root["round"]?.int,
      let action = root["action"]?.string.flatMap({ CaseID($0) }), let word = root["kind"]?.string,
      let kind = ActionKind.allCases.first(where: { ByteString($0.rawValue) == word }),
      case .array(let targets)? = root["targets"].flatMap({ JSONTree($0) }),
      case .object(let parameters)? = root["parameters"].flatMap({ JSONTree($0) })
    else { return nil }
    self.init(
      tenant: tenant, action: action, kind: kind, rawType: rawType, targets: targets, parameters: parameters,
      atMost: root["atMost"]?.int, round: round)
  }

  /// The same for an action of our own; `nil` where the effect is another's.
  public init?(own: OwnAction, canonical: ByteString) {
    self.init(canonical: canonical)
    guard action == own.id, kind == own.kind else { return nil }
  }

  /// The effect of taking a decision back: which decision of which round, of what effect.
  ///
  /// - Parameter digest: of the effect that was decided, 43 characters of base64url.
  public init(
    withdrawing decision: DecisionVerdict, digest: ByteString, path: ByteString, tenant: ByteString, own: OwnAction
  ) {
    self.init(
      tenant: tenant, action: own.id, kind: .withdraw, rawType: "countersign-withdraw",
      targets: [["action": .string(path), "type": "decision"]],
      parameters: [
        .init("decision", .string(ByteString(decision.rawValue))), .init("digest", .string(digest)),
        .init("ofRound", .int(own.round)),
      ], atMost: nil, round: 1)
  }

  /// The effect of reversing what was carried out: the reversal of the kind, on the same targets, with its parameters: without the
  /// sender that was blocked, or the right that was taken, nobody could set it back.
  ///
  /// - Parameters:
  ///   - done: the effect that was carried out.
  ///   - digest: its digest, 43 characters of base64url.
  public init(undoing done: Effect, by reversal: Reversal, digest: ByteString, own: OwnAction) {
    self.init(
      tenant: done.tenant, action: own.id, kind: .undo, rawType: "countersign-undo", targets: done.targets,
      parameters: [
        .init("digest", .string(digest)), .init("kind", .string(ByteString(done.kind.rawValue))),
        .init("ofRound", .int(own.round)), .init("reversal", .string(ByteString(reversal.rawValue))),
      ] + done.parameters.map { .init(Self.donePrefix + $0.key, $0.value) }, atMost: done.atMost, round: 1)
  }

  /// What stands before the name of a parameter that an undo takes over from what was carried out.
  public static let donePrefix: ByteString = "done."

  /// The step that an undo asks for; `nil` in every other effect.
  public var reversal: Reversal? {
    guard kind == .undo, case .string(let word)? = parameters.first(where: { $0.key == "reversal" })?.value else {
      return nil
    }
    return Reversal.allCases.first { ByteString($0.rawValue) == word }
  }
}
