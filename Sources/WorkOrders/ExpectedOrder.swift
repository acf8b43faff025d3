public import ByteText
public import CaseModel

/// An order that results are awaited of.
public struct ExpectedOrder: Sendable {
  /// The work-order id.
  public let id: ByteString
  /// `investigation/action`.
  public let action: ByteString
  /// The source system's id of the action; empty where the exports do not have it any more.
  public let actionID: ByteString
  /// Since when it holds.
  public let made: Instant
  /// How many targets it has.
  let parts: Int
  /// Its messages, by network message id in lower case.
  let messages: Set<ByteString>
  /// Recipients of single messages, in lower case, by network message id.
  private let recipients: [ByteString: Set<ByteString>]
  /// How many copies it is about at least.
  let copies: Int
  /// What is to become of its messages.
  let wanted: MailOutcome.Deed

  /// Makes one; `nil` where the effect asks for nothing.
  ///
  /// - Parameter mailCount: how many messages the latest record counts; `nil` where it does not say.
  public init?(
    id: ByteString, action: ByteString, actionID: ByteString, made: Instant, effect: Effect, mailCount: Int?
  ) {
    guard let deed = Deed(effect) else { return nil }
    self.id = id
    self.action = action
    // A counter-order is no action of the portal's.
    if case .reversal = deed { self.actionID = "" } else { self.actionID = actionID }
    self.made = made
    var messages: Set<ByteString> = []
    var recipients: [ByteString: Set<ByteString>] = [:]
    var copies = 0
    var isCluster = false
    parts = OpenC2Command.parts(Assignment(id: id, effect: effect, deed: deed))
    if deed.movesMail {
      for target in effect.targets.map({ OrderTarget($0) }) {
        let own = target.networkMessageIDs.map { ByteString(ASCII.lowercased($0.bytes)) }
        messages.formUnion(own)
        switch target {
        case .message(let one):
          copies += 1
          guard let id = own.first, !one.recipient.isEmpty else { continue }
          recipients[id, default: []].insert(ByteString(ASCII.lowercased(one.recipient.bytes)))
        case .cluster:
          isCluster = true
          copies += own.count
          for id in own { recipients[id] = nil }
        default: continue
        }
      }
    }
    self.messages = messages
    self.recipients = recipients
    self.copies = isCluster ? max(copies, mailCount ?? 0) : copies
    wanted =
      switch deed {
      case .reversal: .inbox
      case .action(.moveToJunkMessage), .action(.moveToJunkCluster): .junk
      case .action(.quarantineMessage), .action(.quarantineCluster): .quarantine
      case .action(.hardDeleteMessage), .action(.hardDeleteCluster): .hardDelete
      default: .softDelete
      }
  }

  /// Whether it is about a copy.
  func isAbout(id: ByteString, recipient: ByteString) -> Bool {
    guard messages.contains(id) else { return false }
    guard let named = recipients[id] else { return true }
    return recipient.isEmpty || named.contains(recipient)
  }

  /// What was done to a message, in words.
  var participle: ByteString {
    switch wanted {
    case .inbox: "restored"
    case .junk: "moved to junk"
    case .quarantine: "quarantined"
    case .softDelete, .hardDelete: "removed"
    }
  }
}
