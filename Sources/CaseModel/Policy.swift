/// A family of action kinds that policy can speak of in one word.
public enum ActionClass: String, Hashable, Sendable, CaseIterable {
  case mailMessages = "mail-messages"
  case mailClusters = "mail-clusters"
  case blocks
  case mailboxes
  case accounts
  case devices
  /// Kinds that no ordinary step takes back; they are of a family above as well.
  case irreversible
}

extension ActionKind {
  /// The families of the kind, the general one first: what a later one says holds.
  public var classes: [ActionClass] {
    let family: ActionClass? =
      switch self {
      case .softDeleteMessage, .hardDeleteMessage, .moveToJunkMessage, .quarantineMessage, .quarantineAttachment:
        .mailMessages
      case .softDeleteCluster, .hardDeleteCluster, .moveToJunkCluster, .quarantineCluster: .mailClusters
      case .blockURL, .blockDomain, .blockSender, .blockFile: .blocks
      case .turnOffForwarding, .removeDelegation, .disableInboxRule: .mailboxes
      case .disableAccount, .revokeSessions: .accounts
      case .isolateDevice, .runAntivirusScan, .collectInvestigationPackage, .stopAndQuarantineFile,
        .restrictCodeExecution:
        .devices
      case .withdraw, .undo, .unrecognised: nil
      }
    return (family.map { [$0] } ?? []) + (isReversible ? [] : [.irreversible])
  }
}

/// What it takes to decide, for every kind of action.
///
/// A kind's own rules stand before those of its classes, and these before the standard.
public struct Policy: Hashable, Sendable {
  /// What holds where nothing else is said.
  public var standard: KindPolicy
  /// What holds for kinds that configuration speaks of, by themselves or by a class; each complete.
  public var kinds: [ActionKind: KindPolicy]

  /// Makes a policy.
  public init(standard: KindPolicy = .standard, kinds: [ActionKind: KindPolicy] = [:]) {
    self.standard = standard
    self.kinds = kinds
  }

  /// What it takes to decide an action of that kind.
  public func of(_ kind: ActionKind) -> KindPolicy { kinds[kind] ?? standard }

  /// What it takes to decide an action of our own about another: what its kind (`withdraw`, `undo`) says, else what the
  /// other's kind asks.
  public func of(_ kind: ActionKind, about other: ActionKind) -> KindPolicy { kinds[kind] ?? of(other) }
}
