import ByteText
import CaseModel

/// The Exchange Online and Microsoft Graph commands of an order (AIR section 4, C to E).
///
/// Only what the approval binds becomes an argument, and only where its form rules out a second reading: an address that is an
/// address, an entry without wildcards, a message id that is a GUID. Everything else is left to a person.
enum ScriptSteps {
  /// Why an order has no commands.
  struct ByHand: Error, Hashable {
    var reason: ByteString
  }

  /// The steps of an order.
  static func of(_ order: Assignment) throws(ByHand) -> [ScriptStep] {
    var steps: [ScriptStep] = []
    if let action = MailQuery.action(order.deed) {
      let query = try MailQuery(order)
      return [
        ScriptStep(
          look: [], done: .never,
          work: [
            Cmdlet(
              "Invoke-OrderRemediation",
              [
                "Action": .word(action), "AtMost": .number(query.atMost), "Query": .text(query.kusto),
              ])
          ], service: .graph, isLater: true)
      ]
    }
    for target in order.targets {
      // Two targets may come to the same entry of a list.
      for step in try Self.of(order, target) where !steps.contains(step) { steps.append(step) }
    }
    return steps
  }

  private static func of(_ order: Assignment, _ target: OrderTarget) throws(ByHand) -> [ScriptStep] {
    if let entry = BlockEntry.of(order, target) {
      switch entry {
      case .success(let entry): return [block(order, entry)]
      case .failure(let refusal): throw ByHand(reason: refusal.message)
      }
    }
    switch (order.deed, target) {
    case (.action(.turnOffForwarding), .setting(let one)): return try forwarding(order, one, isOn: false)
    case (.reversal(.restoreForwarding, _), .setting(let one)): return try forwarding(order, one, isOn: true)
    case (.action(.removeDelegation), .setting(let one)): return try delegation(order, one, isGiven: false)
    case (.reversal(.restoreDelegation, _), .setting(let one)): return try delegation(order, one, isGiven: true)
    case (.action(.disableInboxRule), .setting(let one)): return [try rule(one, isEnabled: false)]
    case (.reversal(.enableInboxRule, _), .setting(let one)): return [try rule(one, isEnabled: true)]
    case (.action(.disableAccount), .account(let name)): return [try account(name, isEnabled: false)]
    case (.reversal(.enableAccount, _), .account(let name)): return [try account(name, isEnabled: true)]
    case (.action(.revokeSessions), .account(let name)):
      let user = try address(name, "account")
      return [
        ScriptStep(
          look: [], done: .never, work: [Cmdlet("Revoke-MgUserSignInSession", ["UserId": .text(user)])],
          service: .graph)
      ]
    default: throw ByHand(reason: byHandReason(order.deed))
    }
  }

  private static func byHandReason(_ deed: Deed) -> ByteString {
    switch deed {
    case .action(.unrecognised): "nobody here knows what this kind of action does"
    case .action(.quarantineMessage), .action(.quarantineCluster), .action(.quarantineAttachment):
      "no command moves delivered mail into quarantine"
    case .reversal(.releaseFromQuarantine, _): "the quarantine is not searched by what was approved"
    case .action(.isolateDevice), .action(.runAntivirusScan), .action(.collectInvestigationPackage),
      .action(.stopAndQuarantineFile), .action(.restrictCodeExecution), .reversal(.releaseFromIsolation, _),
      .reversal(.restoreFile, _), .reversal(.removeRestriction, _):
      "devices are no part of Exchange Online: see the requests of the graph format"
    default: "what it acts on is not what its kind acts on"
    }
  }

  // MARK: Blocks

  private static func block(_ order: Assignment, _ entry: BlockEntry) -> ScriptStep {
    let list = Cmdlet.Value.word(entry.list.word)
    var look = Cmdlet("Get-OrderBlock", ["ListType": list, "Entry": .text(entry.text)])
    if case .reversal = order.deed {
      return ScriptStep(
        look: [look], done: .absent,
        work: [Cmdlet("Remove-TenantAllowBlockListItems", ["ListType": list, "Entries": .texts([entry.text])])],
        service: .exchange)
    }
    var work = Cmdlet(
      "New-TenantAllowBlockListItems", ["ListType": list, "Block": .on, "Entries": .texts([entry.text])])
    if let until = order.blockEnd {
      work.parameters.append(Cmdlet.Parameter("ExpirationDate", .time(until)))
      look.parameters.append(Cmdlet.Parameter("Until", .time(until)))
    }
    work.parameters.append(Cmdlet.Parameter("Notes", .text(order.id)))
    return ScriptStep(look: [look], done: .present, work: [work], service: .exchange)
  }

  // MARK: Mailboxes

  private static func address(_ text: ByteString, _ what: ByteString) throws(ByHand) -> ByteString {
    guard MailAddress.isPlain(text.bytes) else {
      throw ByHand(reason: "the " + what + " is not named by a plain address")
    }
    return text
  }

  private static func forwarding(
    _ order: Assignment, _ setting: OrderTarget.Setting, isOn: Bool
  ) throws(ByHand) -> [ScriptStep] {
    let mailbox = try address(setting.mailbox, "mailbox")
    // What one export calls a forwarding rule is a rule in the inbox, another means the setting of the mailbox: with a rule's name
    // it is the rule, and the mailbox itself may forward as well. What is set back is the rule: only that is known to have been on.
    var steps: [ScriptStep] = []
    if !setting.rule.isEmpty {
      steps.append(try rule(setting, isEnabled: isOn))
      if isOn || !MailAddress.isPlain(setting.forwardTo.bytes) { return steps }
    }
    let forward = try address(setting.forwardTo, "forwarding address")
    let look = Cmdlet(
      "Get-OrderForwarding", ["Mailbox": .text(mailbox), "Approved": .text(forward)])
    let off: KeyValuePairs<StaticString, Cmdlet.Value> = [
      "Identity": .text(mailbox), "ForwardingAddress": .null, "ForwardingSmtpAddress": .null,
      "DeliverToMailboxAndForward": .bool(false),
    ]
    let on: KeyValuePairs<StaticString, Cmdlet.Value> = [
      "Identity": .text(mailbox), "ForwardingSmtpAddress": .text(forward),
      "DeliverToMailboxAndForward": .bool(order.flag("keepCopy") ?? true),
    ]
    steps.append(
      ScriptStep(
        look: [look], done: isOn ? .present : .absent, work: [Cmdlet("Set-Mailbox", isOn ? on : off)],
        service: .exchange))
    return steps
  }

  private static func rule(_ setting: OrderTarget.Setting, isEnabled: Bool) throws(ByHand) -> ScriptStep {
    let mailbox = try address(setting.mailbox, "mailbox")
    guard !setting.rule.isEmpty else { throw ByHand(reason: "the approved effect names no inbox rule") }
    // Found by comparing names whole: -Identity also takes MAILBOX\RULE, and who names the rule would choose the mailbox.
    func select(_ state: Bool) -> Cmdlet {
      Cmdlet(
        "Get-OrderInboxRule",
        ["Mailbox": .text(mailbox), "Name": .text(setting.rule), "Enabled": .bool(state)])
    }
    // A rule that is not there is one that is off; but nothing that is not there is on again.
    return ScriptStep(
      look: [select(true)], done: isEnabled ? .present : .absent,
      work: [
        select(!isEnabled),
        isEnabled
          ? Cmdlet("Enable-InboxRule", ["Confirm": .bool(false)])
          : Cmdlet("Disable-InboxRule", ["Confirm": .bool(false)]),
      ], service: .exchange)
  }

  private static func delegation(
    _ order: Assignment, _ setting: OrderTarget.Setting, isGiven: Bool
  ) throws(ByHand) -> [ScriptStep] {
    let mailbox = try address(setting.mailbox, "mailbox")
    let delegate = try address(setting.delegate, "delegate")
    let done: ScriptStep.Done = isGiven ? .present : .absent
    let rights = order.text("accessRights").map { ByteString(ASCII.lowercased($0.bytes.filter { $0 != 0x20 })) }
    switch rights ?? "fullaccess" {
    case "fullaccess":
      let look = Cmdlet("Get-OrderFullAccess", ["Mailbox": .text(mailbox), "Delegate": .text(delegate)])
      let common: KeyValuePairs<StaticString, Cmdlet.Value> = [
        "Identity": .text(mailbox), "User": .text(delegate), "AccessRights": .word("FullAccess"),
        "InheritanceType": .word("All"), "Confirm": .bool(false),
      ]
      return [
        ScriptStep(
          look: [look], done: done,
          work: [isGiven ? Cmdlet("Add-MailboxPermission", common) : Cmdlet("Remove-MailboxPermission", common)],
          service: .exchange)
      ]
    case "sendas":
      let look = Cmdlet("Get-RecipientPermission", ["Identity": .text(mailbox), "Trustee": .text(delegate)])
      let common: KeyValuePairs<StaticString, Cmdlet.Value> = [
        "Identity": .text(mailbox), "Trustee": .text(delegate), "AccessRights": .word("SendAs"),
        "Confirm": .bool(false),
      ]
      return [
        ScriptStep(
          look: [look], done: done,
          work: [isGiven ? Cmdlet("Add-RecipientPermission", common) : Cmdlet("Remove-RecipientPermission", common)],
          service: .exchange)
      ]
    case "sendonbehalf":
      let look = Cmdlet("Get-OrderSendOnBehalf", ["Mailbox": .text(mailbox), "Delegate": .text(delegate)])
      return [
        ScriptStep(
          look: [look], done: done,
          work: [
            Cmdlet(
              "Set-Mailbox",
              ["Identity": .text(mailbox), "GrantSendOnBehalfTo": .change(isGiven ? "Add" : "Remove", delegate)])
          ], service: .exchange)
      ]
    default: throw ByHand(reason: "its access rights are none that a command here knows")
    }
  }

  private static func account(_ name: ByteString, isEnabled: Bool) throws(ByHand) -> ScriptStep {
    let user = try address(name, "account")
    return ScriptStep(
      look: [Cmdlet("Get-OrderAccount", ["UserId": .text(user), "Enabled": .bool(!isEnabled)])], done: .absent,
      work: [Cmdlet("Update-MgUser", ["UserId": .text(user), "AccountEnabled": .bool(isEnabled)])], service: .graph)
  }
}
