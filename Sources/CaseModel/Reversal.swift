/// The ordinary step that takes an action back (UX section 6.7), and for how long it can be taken.
///
/// The raw value is the word of effects and orders.
public enum Reversal: String, Hashable, Sendable, CaseIterable {
  case restoreMessages = "restore-messages"
  case moveToInbox = "move-to-inbox"
  case releaseFromQuarantine = "release-from-quarantine"
  case removeBlock = "remove-block"
  case restoreForwarding = "restore-forwarding"
  case restoreDelegation = "restore-delegation"
  case enableInboxRule = "enable-inbox-rule"
  case enableAccount = "enable-account"
  case releaseFromIsolation = "release-from-isolation"
  case restoreFile = "restore-file"
  case removeRestriction = "remove-restriction"

  /// What it does, as an imperative phrase.
  public var title: StaticString {
    switch self {
    case .restoreMessages: "Restore from recoverable items"
    case .moveToInbox: "Move back to the inbox"
    case .releaseFromQuarantine: "Release from quarantine"
    case .removeBlock: "Remove the block"
    case .restoreForwarding: "Turn forwarding on again"
    case .restoreDelegation: "Give the delegation back"
    case .enableInboxRule: "Enable the inbox rule again"
    case .enableAccount: "Enable the account again"
    case .releaseFromIsolation: "Release from isolation"
    case .restoreFile: "Restore the file"
    case .removeRestriction: "Remove the restriction"
    }
  }

  /// Days after the action for which an undo is offered: as long as the source keeps what is to be restored by its defaults
  /// (recoverable items 14 days, junk and quarantine 15), and a month where nothing is lost by waiting.
  public var days: Int64 {
    switch self {
    case .restoreMessages: 14
    case .moveToInbox, .releaseFromQuarantine: 15
    default: 30
    }
  }
}

extension ActionKind {
  /// The step that takes it back; `nil` where there is none.
  public var reversal: Reversal? {
    switch self {
    case .softDeleteMessage, .softDeleteCluster: .restoreMessages
    case .moveToJunkMessage, .moveToJunkCluster: .moveToInbox
    case .quarantineMessage, .quarantineCluster, .quarantineAttachment: .releaseFromQuarantine
    case .blockURL, .blockDomain, .blockSender, .blockFile: .removeBlock
    case .turnOffForwarding: .restoreForwarding
    case .removeDelegation: .restoreDelegation
    case .disableInboxRule: .enableInboxRule
    case .disableAccount: .enableAccount
    case .isolateDevice: .releaseFromIsolation
    case .stopAndQuarantineFile: .restoreFile
    case .restrictCodeExecution: .removeRestriction
    case .hardDeleteMessage, .hardDeleteCluster, .revokeSessions, .runAntivirusScan, .collectInvestigationPackage,
      .withdraw, .undo, .unrecognised:
      nil
    }
  }
}
