/// What a remediation action does (DESIGN section 2, UX section 6.7).
///
/// The raw value is the word of configuration, effects and the neutral export.
public enum ActionKind: String, Hashable, Sendable, CaseIterable {
  case softDeleteMessage = "soft-delete-message"
  case softDeleteCluster = "soft-delete-cluster"
  case hardDeleteMessage = "hard-delete-message"
  case hardDeleteCluster = "hard-delete-cluster"
  case moveToJunkMessage = "move-to-junk-message"
  case moveToJunkCluster = "move-to-junk-cluster"
  case quarantineMessage = "quarantine-message"
  case quarantineCluster = "quarantine-cluster"
  case quarantineAttachment = "quarantine-attachment"
  case blockURL = "block-url"
  case blockDomain = "block-domain"
  case blockSender = "block-sender"
  case blockFile = "block-file"
  case turnOffForwarding = "turn-off-forwarding"
  case removeDelegation = "remove-delegation"
  case disableInboxRule = "disable-inbox-rule"
  case disableAccount = "disable-account"
  case revokeSessions = "revoke-sessions"
  case isolateDevice = "isolate-device"
  case runAntivirusScan = "run-antivirus-scan"
  case collectInvestigationPackage = "collect-investigation-package"
  case stopAndQuarantineFile = "stop-and-quarantine-file"
  case restrictCodeExecution = "restrict-code-execution"
  /// An action of ours: to take a decision back before it is handed over (docs/design/withdraw-and-undo.md).
  case withdraw
  /// An action of ours: to reverse what was carried out.
  case undo
  /// A kind we do not know; its raw name is shown, and it can still be decided.
  case unrecognised = "unrecognised"

  /// What the action does, as an imperative phrase.
  public var title: StaticString {
    switch self {
    case .softDeleteMessage: "Soft delete message"
    case .softDeleteCluster: "Soft delete mail cluster"
    case .hardDeleteMessage: "Hard delete message"
    case .hardDeleteCluster: "Hard delete mail cluster"
    case .moveToJunkMessage: "Move message to junk"
    case .moveToJunkCluster: "Move mail cluster to junk"
    case .quarantineMessage: "Quarantine message"
    case .quarantineCluster: "Quarantine mail cluster"
    case .quarantineAttachment: "Quarantine attachment"
    case .blockURL: "Block URL (time of click)"
    case .blockDomain: "Block domain"
    case .blockSender: "Block sender"
    case .blockFile: "Block file"
    case .turnOffForwarding: "Turn off external forwarding"
    case .removeDelegation: "Remove mailbox delegation"
    case .disableInboxRule: "Disable inbox rule"
    case .disableAccount: "Disable account"
    case .revokeSessions: "Revoke sessions"
    case .isolateDevice: "Isolate device"
    case .runAntivirusScan: "Run antivirus scan"
    case .collectInvestigationPackage: "Collect investigation package"
    case .stopAndQuarantineFile: "Stop and quarantine file"
    case .restrictCodeExecution: "Restrict code execution"
    case .withdraw: "Withdraw decision"
    case .undo: "Undo action"
    case .unrecognised: "Unrecognised action"
    }
  }

  /// Whether it is an action of our own about another one; no export can bring such a kind.
  public var isOwn: Bool { self == .withdraw || self == .undo }

  /// Whether what was done can be undone by an ordinary step (UX section 6.7).
  public var isReversible: Bool {
    switch self {
    case .hardDeleteMessage, .hardDeleteCluster, .unrecognised: false
    default: true
    }
  }

  /// Whether it is known that nothing takes it back.
  ///
  /// Pages mark it; of a kind that nobody knows they say just that.
  public var isKnownFinal: Bool { !isReversible && self != .unrecognised }

  /// Whether the action changes a number of messages that may grow or shrink, so that an approval needs a ceiling.
  public var countsMail: Bool {
    switch self {
    case .softDeleteCluster, .hardDeleteCluster, .moveToJunkCluster, .quarantineCluster: true
    default: false
    }
  }
}
