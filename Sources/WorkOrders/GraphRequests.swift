import ByteText
import CaseModel

/// Bodies for HTTP requests that carry an order out: Microsoft Graph, Defender for Endpoint, and the cmdlets of Exchange Online (AIR
/// section 4).
///
/// A request whose ids are not in the records says which earlier answer they are taken from.
enum GraphRequests {
  static func tree(_ order: WorkOrder) -> JSONTree {
    var requests: [JSONTree] = []
    var byHand: ByteString = ""
    if let action = MailQuery.action(order.deed) {
      do throws(ScriptSteps.ByHand) {
        requests = mail(order, action, try MailQuery(order.assignment))
      } catch {
        byHand = error.reason
      }
    } else {
      do throws(ScriptSteps.ByHand) {
        if let device = try device(order) {
          requests = device
        } else {
          requests = try cmdlets(order)
        }
      } catch {
        byHand = error.reason
      }
    }
    var members: [JSONTree.Member] = [
      .init("action", .string(order.action)), .init("effect_digest", .string(order.digest)),
      .init("format", "countersign-requests/1"), .init("requests", .array(requests)),
      .init("valid_from", .string(order.made.rfc3339)), .init("valid_until", .string(order.until.rfc3339)),
      .init("work_order", .string(order.id)),
    ]
    if !byHand.isEmpty { members.append(.init("by_hand", .string(byHand))) }
    return .object(members)
  }

  private static func request(
    _ name: StaticString, _ method: StaticString, _ url: ByteString, body: JSONTree?, permission: ByteString,
    note: ByteString = ""
  ) -> JSONTree {
    var members: [JSONTree.Member] = [
      .init("method", .string(ByteString(stringLiteral: method))),
      .init("name", .string(ByteString(stringLiteral: name))), .init("permission", .string(permission)),
      .init("url", .string(url)),
    ]
    if let body { members.append(.init("body", body)) }
    if !note.isEmpty { members.append(.init("note", .string(note))) }
    return .object(members)
  }

  // MARK: Mail

  private static func mail(_ order: WorkOrder, _ action: StaticString, _ query: MailQuery) -> [JSONTree] {
    [
      request(
        "find", "POST", "https://graph.microsoft.com/v1.0/security/runHuntingQuery",
        body: ["Query": .string(query.kusto)], permission: "ThreatHunting.Read.All",
        note: ByteString("stop where it finds more than \(query.atMost): no more was approved")),
      request(
        "remediate", "POST", "https://graph.microsoft.com/beta/security/collaboration/analyzedEmails/remediate",
        body: [
          "action": .string(ByteString(stringLiteral: action)), "analyzedEmails": [],
          "approverUpn": .string(order.approverAddress),
          "description": .string("Countersign work order " + order.id + ", effect digest " + order.digest),
          "displayName": .string(order.id), "remediateSendersCopy": false, "severity": .string(severity(order)),
        ], permission: "SecurityAnalyzedMessage.ReadWrite.All (application)",
        note: "analyzedEmails: one {\"id\": ReportId} for each row that find returned. 202 means taken, not done"),
    ]
  }

  private static func severity(_ order: WorkOrder) -> ByteString {
    switch order.source.severity {
    case 4...: "high"
    case 3: "medium"
    default: "low"
    }
  }

  // MARK: Devices

  /// `nil` where it is no deed on devices; what has no form in a request is left to a person whole.
  private static func device(_ order: WorkOrder) throws(ScriptSteps.ByHand) -> [JSONTree]? {
    func word(_ key: ByteString, _ words: [ByteString: ByteString], _ fallback: ByteString) throws(ScriptSteps.ByHand)
      -> ByteString
    {
      guard let value = order.assignment.value(key) else { return fallback }
      if case .string(let text) = value, let word = words[ByteString(ASCII.lowercased(text.bytes))] { return word }
      throw ScriptSteps.ByHand(reason: "its parameter " + key + " has a value that no request knows")
    }
    let verb: ByteString
    var body: [JSONTree.Member] = [.init("Comment", .string("Countersign work order " + order.id))]
    switch order.deed {
    case .action(.isolateDevice):
      verb = "isolate"
      let type = try word("isolation", ["full": "Full", "selective": "Selective"], "Full")
      body.append(.init("IsolationType", .string(type)))
    case .reversal(.releaseFromIsolation, _): verb = "unisolate"
    case .action(.runAntivirusScan):
      verb = "runAntiVirusScan"
      body.append(.init("ScanType", .string(try word("scan", ["quick": "Quick", "full": "Full"], "Quick"))))
    case .action(.collectInvestigationPackage): verb = "collectInvestigationPackage"
    case .action(.restrictCodeExecution): verb = "restrictCodeExecution"
    case .reversal(.removeRestriction, _): verb = "unrestrictCodeExecution"
    case .action(.stopAndQuarantineFile): verb = "StopAndQuarantineFile"
    default: return nil
    }
    var hosts: [ByteString] = []
    var hashes: [ByteString?] = []
    for target in order.targets {
      switch target {
      case .host(let name) where OpenC2Command.isHostname(name): hosts.append(name)
      case .file(let file) where file.hash(.sha1) != nil: hashes.append(file.hash(.sha1))
      default: throw ScriptSteps.ByHand(reason: "a target is named by nothing that a request takes")
      }
    }
    let needsFile = verb == "StopAndQuarantineFile"
    guard !hosts.isEmpty, hashes.isEmpty != needsFile else {
      throw ScriptSteps.ByHand(reason: "it does not name devices and files as its kind does")
    }
    if !needsFile { hashes = [nil] }
    var requests: [JSONTree] = []
    for host in hosts {
      requests.append(
        request(
          "find", "GET",
          "https://api.security.microsoft.com/api/machines?$filter=computerDnsName%20eq%20'" + host + "'", body: nil,
          permission: "Machine.Read.All", note: "stop where it finds none, or more than one"))
      for hash in hashes {
        requests.append(
          request(
            "act", "POST", "https://api.security.microsoft.com/api/machines/{id}/" + verb,
            body: .object(body + (hash.map { [.init("Sha1", .string($0))] } ?? [])),
            permission: "Machine.Isolate, Machine.Scan, Machine.CollectForensics, Machine.RestrictExecution, "
              + "Machine.StopAndQuarantine", note: "{id}: the id that find returned for " + host))
      }
    }
    return requests
  }

  // MARK: Lists, mailboxes, accounts

  private static func cmdlets(_ order: WorkOrder) throws(ScriptSteps.ByHand) -> [JSONTree] {
    var requests: [JSONTree] = []
    for step in try ScriptSteps.of(order.assignment) {
      if step.service == .graph {
        requests += step.work.compactMap(directory)
        continue
      }
      // A command of the script's own stands for a search: whoever sends requests has to make it as the note says.
      for cmdlet in step.work where !cmdlet.isOwn {
        var body = cmdlet.json
        var note = step.look.first.flatMap(Self.note) ?? ""
        if step.work.count > 1, let search = step.work.first {
          body = [
            "CmdletInput": [
              "CmdletName": .string(cmdlet.name),
              "Parameters": ["Identity": "{RuleIdentity}", "Mailbox": search.parameters.first?.value.json ?? .null],
            ], "find": ["Name": search.parameters.dropFirst().first?.value.json ?? .null],
          ]
          note = "{RuleIdentity}: of the rule that Get-InboxRule lists with exactly this name"
        }
        requests.append(
          request(
            "cmdlet", "POST", "https://outlook.office365.com/adminapi/beta/" + tenant(order) + "/InvokeCommand",
            body: body, permission: "Exchange.ManageAsApp, with a role that may run the cmdlet", note: note))
      }
    }
    return requests
  }

  /// What whoever sends requests has to look at first, as the script does.
  private static func note(_ look: Cmdlet) -> ByteString? {
    guard look.name == "Get-OrderForwarding", case .text(let approved)? = look.parameters.last?.value else {
      return nil
    }
    return "stop where Get-Mailbox shows that it forwards to another address than " + approved
  }

  private static func directory(_ cmdlet: Cmdlet) -> JSONTree? {
    guard case .text(let user)? = cmdlet.parameters.first?.value, MailAddress.isPlain(user.bytes) else { return nil }
    let url = "https://graph.microsoft.com/v1.0/users/" + user
    if cmdlet.name == "Revoke-MgUserSignInSession" {
      return request(
        "revoke", "POST", url + "/revokeSignInSessions", body: nil, permission: "User.RevokeSessions.All")
    }
    return request(
      "account", "PATCH", url, body: ["accountEnabled": cmdlet.parameters.last?.value.json ?? .null],
      permission: "User.EnableDisableAccount.All")
  }

  private static func tenant(_ order: WorkOrder) -> ByteString {
    MailQuery.isGUID(order.effect.tenant) ? order.effect.tenant : "{tenant}"
  }
}
