import ByteText
import CaseModel

/// What a person does in the portals, step by step: our own words alone.
enum PortalSteps {
  static func of(_ order: WorkOrder) -> [ByteString] {
    var steps: [ByteString]
    switch order.deed {
    case .action(let kind): steps = of(kind)
    case .reversal(let reversal, let kind): steps = of(reversal, kind)
    }
    if let most = order.effect.atMost, order.deed.movesMail {
      steps.insert(
        ByteString("Stop if it shows more than \(most) messages: no more was approved."), at: max(steps.count - 1, 0))
    }
    return steps
  }

  private static let actionCenter: ByteString =
    "Defender portal, Action center, Pending: open the investigation's action."

  private static func of(_ kind: ActionKind) -> [ByteString] {
    switch kind {
    case .softDeleteMessage, .softDeleteCluster, .moveToJunkMessage, .moveToJunkCluster, .quarantineMessage,
      .quarantineCluster, .quarantineAttachment:
      [actionCenter, "Compare the target with the one here, letter by letter.", "Approve it there."]
    case .hardDeleteMessage, .hardDeleteCluster:
      [
        actionCenter, "Compare the target with the one here, letter by letter. It cannot be undone.",
        "Approve it there.",
      ]
    case .blockURL, .blockDomain, .blockSender, .blockFile:
      [
        "Defender portal, Policies and rules, Threat policies, Tenant Allow/Block Lists: open the list, choose Block.",
        "Add the entry exactly as it is given here, with the end that is given here; write the work-order id into the note.",
        "Look for the entry in the list.",
      ]
    case .turnOffForwarding:
      [
        "Exchange admin center, Mailboxes: open the mailbox, Email forwarding.",
        "Write down the present address; stop if it is not the one here.", "Turn forwarding off.",
        "Exchange Online PowerShell: if a rule is named here, disable the inbox rule of exactly this name.",
      ]
    case .removeDelegation:
      [
        "Exchange admin center, Mailboxes: open the mailbox, Delegation.",
        "Take the right that is given here from the delegate.",
      ]
    case .disableInboxRule:
      ["Exchange Online PowerShell: list the inbox rules of the mailbox.", "Disable the rule of exactly this name."]
    case .disableAccount: ["Entra admin center, Users: open the account.", "Block sign-in."]
    case .revokeSessions: ["Entra admin center, Users: open the account.", "Revoke sessions."]
    case .isolateDevice: ["Defender portal, Devices: open the device.", "Isolate it, in the way that is given here."]
    case .runAntivirusScan: ["Defender portal, Devices: open the device.", "Run an antivirus scan."]
    case .collectInvestigationPackage:
      ["Defender portal, Devices: open the device.", "Collect the investigation package."]
    case .stopAndQuarantineFile:
      [
        "Defender portal, search for the file by its hash.",
        "Stop and quarantine it, on the devices that are named here.",
      ]
    case .restrictCodeExecution: ["Defender portal, Devices: open the device.", "Restrict app execution."]
    case .withdraw, .undo, .unrecognised:
      ["In the system that proposed it: open the action by its id.", "Compare type and target.", "Carry it out there."]
    }
  }

  private static func of(_ reversal: Reversal, _ kind: ActionKind) -> [ByteString] {
    switch reversal {
    case .restoreMessages, .moveToInbox:
      ["Defender portal, Explorer: search by the network message id.", "Take action: move to inbox."]
    case .releaseFromQuarantine:
      [
        "Defender portal, Review, Quarantine: search by the network message id.",
        "Release it to the recipient that is named here.",
      ]
    case .removeBlock:
      [
        "Defender portal, Policies and rules, Threat policies, Tenant Allow/Block Lists: open the list.",
        "Delete the entry; do not add an allow entry.",
      ]
    case .restoreForwarding:
      [
        "Exchange admin center, Mailboxes: open the mailbox, Email forwarding.",
        "Set the address that is given here again.",
      ]
    case .restoreDelegation:
      [
        "Exchange admin center, Mailboxes: open the mailbox, Delegation.",
        "Give the delegate the right that is given here again.",
      ]
    case .enableInboxRule:
      ["Exchange Online PowerShell: list the inbox rules of the mailbox.", "Enable the rule of exactly this name."]
    case .enableAccount: ["Entra admin center, Users: open the account.", "Unblock sign-in."]
    case .releaseFromIsolation: ["Defender portal, Devices: open the device.", "Release it from isolation."]
    case .restoreFile: ["Defender portal, search for the file by its hash.", "Restore it from quarantine."]
    case .removeRestriction: ["Defender portal, Devices: open the device.", "Remove the app restriction."]
    }
  }
}
