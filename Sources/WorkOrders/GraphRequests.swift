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
    } else if let device = device(order) {
      requests = device
    } else {
      do throws(ScriptSteps.ByHand) {
        requests = try cmdlets(order)
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

  private static func device(_ order: WorkOrder) -> [JSONTree]? {
    let verb: ByteString
    var body: [JSONTree.Member] = [.init("Comment", .string("Countersign work order " + order.id))]
    let parameter: (ByteString, ByteString, [ByteString: ByteString]) -> ByteString = { key, fallback, words in
      order.assignment.text(key).flatMap { words[$0] } ?? fallback
    }
    switch order.deed {
    case .action(.isolateDevice):
      verb = "isolate"
      let words: [ByteString: ByteString] = ["full": "Full", "selective": "Selective"]
      body.append(.init("IsolationType", .string(parameter("isolation", "Full", words))))
    case .reversal(.releaseFromIsolation, _): verb = "unisolate"
    case .action(.runAntivirusScan):
      verb = "runAntiVirusScan"
      body.append(
        .init("ScanType", .string(parameter("scan", "Quick", ["quick": "Quick", "full": "Full"]))))
    case .action(.collectInvestigationPackage): verb = "collectInvestigationPackage"
    case .action(.restrictCodeExecution): verb = "restrictCodeExecution"
    case .reversal(.removeRestriction, _): verb = "unrestrictCodeExecution"
    case .action(.stopAndQuarantineFile):
      verb = "StopAndQuarantineFile"
      let hash = order.targets.lazy.compactMap { if case .file(let file) = $0 { file.sha1 } else { nil } }
        .first { $0.count == 40 && $0.bytes.allSatisfy { ASCII.isHexDigit($0) } }
      guard let hash else { return nil }
      body.append(.init("Sha1", .string(hash)))
    default: return nil
    }
    var requests: [JSONTree] = []
    for target in order.targets {
      guard case .host(let name) = target, OpenC2Command.isHostname(name) else { continue }
      requests.append(
        request(
          "find", "GET",
          "https://api.security.microsoft.com/api/machines?$filter=computerDnsName%20eq%20'" + name + "'", body: nil,
          permission: "Machine.Read.All", note: "stop where it finds none, or more than one"))
      requests.append(
        request(
          "act", "POST", "https://api.security.microsoft.com/api/machines/{id}/" + verb, body: .object(body),
          permission: "Machine.Isolate, Machine.Scan, Machine.CollectForensics, Machine.RestrictExecution, "
            + "Machine.StopAndQuarantine", note: "{id}: the id that find returned"))
    }
    return requests.isEmpty ? nil : requests
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
      for cmdlet in step.work where !cmdlet.name.bytes.starts(with: Array("Get-Order".utf8)) {
        var body = cmdlet.json
        var note: ByteString = ""
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
