import ByteText
import CaseModel
import WebRendering

// What an action is, in words.
extension DigestActionText {
  static func kind(_ action: DigestAction) -> [UInt8] { ByteString(stringLiteral: action.target.kind.title).bytes }

  /// A glyph and the word: never colour alone (UX section 3).
  static func severity(_ severity: Recognised<Severity>) -> [UInt8] {
    let words: StaticString =
      switch severity.known {
      case .high?: "▲ High severity"
      case .medium?: "◆ Medium severity"
      case .low?: "▽ Low severity"
      case .informational?: "○ Informational"
      case nil: severity.raw.isEmpty ? "○ Not rated" : "○ Severity unrecognised"
      }
    return ByteString(stringLiteral: words).bytes
  }

  /// The first 20 characters.
  static func printed(_ digest: ByteString?) -> [UInt8]? { digest.map { Array($0.bytes.prefix(PrintedDigest.length)) } }

  /// How many approvals there are of how many, where it takes more than one.
  static func approvals(_ action: DigestAction) -> [UInt8]? {
    guard action.policy.quorum > 1 else { return nil }
    return Array("approvals so far: \(action.approvals) of \(action.policy.quorum); one rejection rejects".utf8)
  }

  static func hint(_ policy: KindPolicy) -> [UInt8]? {
    switch policy.comment {
    case .off: nil
    case .approve: Array("An approval needs a reason".utf8)
    case .reject: Array("A rejection needs a reason".utf8)
    case .all: Array("Either decision needs a reason".utf8)
    }
  }

  /// The links that decide; none where the action cannot be decided by a mail.
  static func decisions(_ action: DigestAction, _ frame: DigestFrame) -> (approve: SitePath?, reject: SitePath?) {
    guard let tokens = action.tokens, let address = frame.decisionsTo, action.policy.identity <= .bearer,
      let approve = DecisionMail.link(.approve, action, token: tokens.approve, to: address),
      let reject = DecisionMail.link(.reject, action, token: tokens.reject, to: address)
    else { return (nil, nil) }
    return (approve, reject)
  }

  /// Why it cannot be decided by a mail, and how it can.
  static func absence(_ action: DigestAction, _ frame: DigestFrame) -> [UInt8] {
    let words: StaticString =
      if action.tokens == nil {
        "It cannot be approved as it is; its page says more."
      } else if action.policy.identity > .bearer {
        "Not by mail: this kind takes a signed decisions file, made in your pack."
      } else if frame.decisionsTo == nil {
        "Decide in the report."
      } else {
        "Not by mail: the link would be too long. Decide in the report."
      }
    return ByteString(stringLiteral: words).bytes
  }
}
