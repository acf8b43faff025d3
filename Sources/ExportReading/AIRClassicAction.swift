import ByteText
import CaseModel

/// Reads an action of the dialect of 2023 to 2025 (AIR section 1.4).
enum AIRClassicAction {
  /// - Returns: `nil` where the action has no id.
  static func read(_ root: JSONValue, _ scope: DocumentScope) -> RemediationAction? {
    guard let id = scope.text(root.ignoringCase("ActionId")) ?? scope.text(root.ignoringCase("ID")) else { return nil }
    let type = scope.text(root.ignoringCase("ActionType")) ?? ""
    let targets = AIREntity.list(root.ignoringCase("Entities"), scope)
    var action = RemediationAction(
      sourceID: id, kind: AIRActionKind.of(type, targets), rawType: type,
      status: StatusWords.action(scope.text(root.ignoringCase("ActionStatus")) ?? ""))
    action.targets = targets
    decision(root, scope, &action)
    action.description = scope.text(root.ignoringCase("Description")) ?? ""
    action.started = scope.time(root.ignoringCase("StartTimeUtc"))
    action.updated = scope.time(root.ignoringCase("LastUpdateTimeUtc"))
    action.ended = scope.time(root.ignoringCase("EndTimeUtc"))
    action.alerts = scope.list(
      root.ignoringCase("RelatedAlertIds") ?? root.ignoringCase("Related Alert IDs"))
    noteUnrecognised(root, scope, action)
    return action
  }

  /// What was decided in the portal, and by whom.
  static func decision(_ root: JSONValue, _ scope: DocumentScope, _ action: inout RemediationAction) {
    action.approval = StatusWords.approval(scope.text(root.ignoringCase("ActionApproval")) ?? "")
    action.decidedBy = scope.text(root.ignoringCase("ApprovedBy")) ?? scope.text(root.ignoringCase("DecidedBy")) ?? ""
    action.decisionComment =
      scope.text(root.ignoringCase("ApproverComment")) ?? scope.text(root.ignoringCase("Comment")) ?? ""
  }

  /// Says which words of an action are not known.
  static func noteUnrecognised(_ root: JSONValue, _ scope: DocumentScope, _ action: RemediationAction) {
    func note(_ name: StaticString, _ isKnown: Bool, _ what: ByteString, _ raw: ByteString) {
      if isKnown || raw.isEmpty { return }
      if let value = root.ignoringCase(name) {
        scope.say(.note, at: value, Wording.joined("unrecognised ", what, " ", Wording.quoted(raw)))
      }
    }
    note("ActionType", action.kind != .unrecognised, "type of action", action.rawType)
    note("ActionStatus", action.status.known != nil, "status", action.status.raw)
    note("ActionApproval", action.approval.known != nil, "approval", action.approval.raw)
  }
}
