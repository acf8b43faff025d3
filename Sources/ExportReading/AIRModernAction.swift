import ByteText
import CaseModel

/// Reads an action of the dialect of 2026, in which analysis steps and remediations share a list (AIR section 1.4).
enum AIRModernAction {
  /// Whether the element is a remediation; everything else is a line of the log.
  static func isRemediation(_ root: JSONValue, _ scope: DocumentScope) -> Bool {
    guard let disposition = scope.text(root.ignoringCase("Disposition")) else {
      return Wording.word(scope.text(root.ignoringCase("ActionType")) ?? "").bytes.hasSuffix("remediation")
    }
    return Wording.word(disposition).bytes.hasSuffix("remediator")
  }

  /// The step in words: `MailClusterAnalyzer: Complete (urn:MailEntityModel:...)`.
  static func line(_ root: JSONValue, _ scope: DocumentScope) -> LogLine {
    let type = scope.text(root.ignoringCase("ActionType")) ?? "step"
    var text = type
    if let status = scope.text(root.ignoringCase("ActionStatus")) { text = Wording.joined(text, ": ", status) }
    if let urn = scope.text(root.ignoringCase("EntityUrn")) { text = Wording.joined(text, " (", urn, ")") }
    let at =
      scope.time(root.ignoringCase("ProcessingEndTime")) ?? scope.time(root.ignoringCase("ProcessingStartTime"))
      ?? scope.time(root.ignoringCase("ObjectChangedTime")) ?? scope.time(root.ignoringCase("ObjectCreationTime"))
    return LogLine(at: at, text: text, by: scope.text(root.ignoringCase("Disposition")) ?? "")
  }

  /// Reads a remediation.
  ///
  /// It names what it acts on only by a urn, which real records cannot resolve: then the urn itself is the target.
  ///
  /// - Returns: `nil` where the action has no id.
  static func read(
    _ root: JSONValue, urn: ByteString, target: Entity?, _ scope: DocumentScope
  ) -> RemediationAction? {
    guard let id = scope.text(root.ignoringCase("id")) ?? scope.text(root.ignoringCase("ActionId")) else { return nil }
    let type = scope.text(root.ignoringCase("ActionType")) ?? ""
    var targets = AIREntity.list(root.ignoringCase("Entities"), scope)
    if targets.isEmpty, let target { targets = [target] }
    let kind =
      targets.isEmpty ? AIRActionKind.of(type, urn: urn) : AIRActionKind.of(type, targets)
    if targets.isEmpty && !urn.isEmpty {
      targets = [Entity(sourceID: urn, type: Recognised(.other, raw: ""), verdict: Recognised(.unknown, raw: ""))]
    }
    var action = RemediationAction(
      sourceID: id, kind: kind, rawType: type,
      status: StatusWords.action(scope.text(root.ignoringCase("ActionStatus")) ?? ""))
    action.targets = targets
    AIRClassicAction.decision(root, scope, &action)
    // The query is what would be acted on; it belongs to what is approved.
    if let query = scope.text(root.ignoringCase("KqlString")) {
      action.parameters = [.init("query", .string(query))]
    }
    action.description =
      scope.text(root.ignoringCase("Description")) ?? scope.text(root.ignoringCase("DisplayName")) ?? ""
    action.started = scope.time(root.ignoringCase("ObjectCreationTime"))
    action.updated = scope.time(root.ignoringCase("ObjectChangedTime"))
    action.ended = scope.time(root.ignoringCase("ProcessingEndTime"))
    AIRClassicAction.noteUnrecognised(root, scope, action)
    return action
  }
}

extension [UInt8] {
  /// Whether the bytes end with those of a literal.
  fileprivate func hasSuffix(_ literal: StaticString) -> Bool {
    ASCII.equalsIgnoringCase(suffix(literal.utf8CodeUnitCount), literal)
  }
}
