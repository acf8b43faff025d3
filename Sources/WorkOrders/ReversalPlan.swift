public import ByteText
public import CaseModel

/// How an action would be taken back: made from the effect alone, so that it stands when the action is approved and never moves after.
public struct ReversalPlan: Sendable {
  /// The step; `nil` where there is none.
  public let step: Reversal?
  /// Days after the action within which it can be taken.
  public let days: Int64?
  /// Why there is no step; empty where there is one.
  public let absence: ByteString
  /// What is set back, by name: the values that the approval binds.
  public let restores: [(name: ByteString, value: ByteString)]
  /// The commands, ready to be run; empty where it is done by hand.
  public let commands: [ByteString]
  /// Why there are no commands; empty where there are.
  public let byHand: ByteString

  /// Plans the reversal of an effect.
  ///
  /// - Returns: `nil` for a withdrawal and an undo: what they do is taken back by deciding again.
  public init?(of effect: Effect) {
    guard !effect.kind.isOwn else { return nil }
    step = effect.kind.reversal
    days = step?.days
    absence = step == nil ? Self.absence(effect.kind) : ""
    guard let step else {
      restores = []
      commands = []
      byHand = ""
      return
    }
    let undo = Assignment(id: "", effect: effect, deed: .reversal(step, of: effect.kind))
    restores = Self.restores(undo.targets)
    do throws(ScriptSteps.ByHand) {
      let steps = try ScriptSteps.of(undo)
      commands = steps.map { PowerShellText.pipeline($0.work) }
      byHand = ""
    } catch {
      commands = []
      byHand = error.reason
    }
  }

  private static func absence(_ kind: ActionKind) -> ByteString {
    switch kind {
    case .hardDeleteMessage, .hardDeleteCluster:
      "what is deleted for good comes back only by single item recovery, where the mailbox has it"
    case .revokeSessions: "nothing is lost: people sign in again"
    case .runAntivirusScan, .collectInvestigationPackage: "nothing is changed that could be set back"
    default: "nobody here knows what this kind of action does"
    }
  }

  private static func restores(_ targets: [OrderTarget]) -> [(ByteString, ByteString)] {
    var values: [(ByteString, ByteString)] = []
    for target in targets {
      guard case .setting(let one) = target else { continue }
      values.append(("mailbox", one.mailbox))
      for (name, value) in [("forwardTo", one.forwardTo), ("delegate", one.delegate), ("rule", one.rule)]
      where !value.isEmpty {
        values.append((ByteString(name), value))
      }
    }
    return values
  }
}
