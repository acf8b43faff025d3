public import ByteText
public import CaseModel

/// What a work order asks for: a remediation action, or the step that takes one back.
public enum Deed: Hashable, Sendable {
  case action(ActionKind)
  /// The counter-order of an undo.
  case reversal(Reversal, of: ActionKind)

  /// What an effect asks for; `nil` for a withdrawal, which nobody carries out, and for an undo that names no known step.
  public init?(_ effect: Effect) {
    switch effect.kind {
    case .withdraw: return nil
    case .undo:
      guard let reversal = effect.reversal else { return nil }
      var kind = ActionKind.unrecognised
      for parameter in effect.parameters where parameter.key == "kind" {
        if case .string(let word) = parameter.value {
          kind = ActionKind.allCases.first { ByteString($0.rawValue) == word } ?? .unrecognised
        }
      }
      self = .reversal(reversal, of: kind)
    default: self = .action(effect.kind)
    }
  }

  /// The word of orders: the kind, or the reversal.
  public var word: ByteString {
    switch self {
    case .action(let kind): ByteString(kind.rawValue)
    case .reversal(let reversal, _): ByteString(reversal.rawValue)
    }
  }

  /// What it does, as an imperative phrase.
  public var title: StaticString {
    switch self {
    case .action(let kind): kind.title
    case .reversal(let reversal, _): reversal.title
    }
  }

  /// The step that takes it back; `nil` where there is none.
  ///
  /// A counter-order has none: whoever wants the action again orders it again.
  public var reversed: Deed? {
    guard case .action(let kind) = self, let reversal = kind.reversal else { return nil }
    return .reversal(reversal, of: kind)
  }

  /// Whether what it does stays done.
  public var isFinal: Bool {
    if case .action(let kind) = self { !kind.isReversible } else { false }
  }
}
