import ByteText
import CaseModel

/// What `apply` answers to one decision.
struct Receipt {
  enum Result {
    /// The vote made the outcome; `overridden`: alone, in an emergency.
    case applied(DecisionState, overridden: Bool)
    case duplicate
    case awaitingQuorum(have: Int, need: Int)
    case refused(RefusalCode, detail: ByteString, hint: ByteString)
  }

  var file: ByteString
  var row: Int
  /// `investigation/action`, where the token was signed.
  var action: ByteString?
  var verdict: DecisionVerdict?
  var principal: ByteString?
  var identity: IdentityLevel?
  /// The reviewer in whose stead the principal decided.
  var actsFor: ByteString?
  var result: Result

  var isRefused: Bool {
    if case .refused = result { true } else { false }
  }

  /// The receipt as a line: result, verdict, action, by whom.
  var line: ByteString {
    var parts: [ByteString] = []
    switch result {
    case .applied(let state, let overridden):
      parts.append("applied: " + ByteString(state.rawValue) + (overridden ? " by emergency override" : ""))
    case .duplicate: parts.append("duplicate: said before, nothing changes")
    case .awaitingQuorum(let have, let need): parts.append(ByteString("awaiting quorum: \(have) of \(need)"))
    case .refused(let code, let detail, _): parts.append("refused: " + ByteString(code.rawValue) + ": " + detail)
    }
    if let action { parts.append((verdict.map { ByteString("\($0.rawValue) ") } ?? "") + action) }
    if let principal, let identity {
      let stead = actsFor.map { " for " + $0 } ?? ""
      parts.append("by " + principal + stead + " (" + ByteString(stringLiteral: identity.word) + ")")
    }
    parts.append(row == 0 ? file : file + ByteString(" row \(row)"))
    return ByteString(Array(parts.map(\.bytes).joined(separator: [0x20, 0x20])))
  }

  /// The receipt as an object with stable keys (docs/formats/receipt.md).
  var json: JSONTree {
    var members: [JSONTree.Member] = [
      .init("file", .string(ByteString(UTF8Text.lossy(file.bytes)))), .init("row", .int(row)),
    ]
    if let action { members.append(.init("action", .string(action))) }
    if let verdict { members.append(.init("verdict", .string(ByteString(verdict.rawValue)))) }
    if let principal { members.append(.init("principal", .string(principal))) }
    if let identity { members.append(.init("identity", .string(ByteString(stringLiteral: identity.word)))) }
    if let actsFor { members.append(.init("for", .string(actsFor))) }
    switch result {
    case .applied(let state, let overridden):
      members += [.init("result", "applied"), .init("state", .string(ByteString(state.rawValue)))]
      if overridden { members.append(.init("override", true)) }
    case .duplicate: members.append(.init("result", "duplicate"))
    case .awaitingQuorum(let have, let need):
      members += [.init("result", "awaiting-quorum"), .init("have", .int(have)), .init("need", .int(need))]
    case .refused(let code, let detail, let hint):
      members += [
        .init("result", "refused"), .init("code", .string(ByteString(code.rawValue))),
        .init("detail", .string(ByteString(UTF8Text.lossy(detail.bytes)))), .init("hint", .string(hint)),
      ]
    }
    return .object(members)
  }
}
