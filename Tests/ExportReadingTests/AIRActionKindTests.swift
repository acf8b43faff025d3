import ByteText
import CaseModel
import ExportReading
import Testing

private typealias S = ReadingSamples

/// Which kind of remediation an action of an audit record is.
struct AIRActionKindTests {
  private func kind(_ type: String, _ entity: [String: Any]) -> ActionKind? {
    S.read(S.record(["Actions": [S.action(["ActionType": type, "Entities": [entity]])]])).record?.actions.first?.kind
  }

  @Test func tellsMailRemediationsApartByEntity() {
    for type in ["EmailRemediation", "emailRemediation", "EmailZapperRemediation"] {
      #expect(kind(type, S.message()) == .softDeleteMessage)
      #expect(kind(type, S.message(["DeliveryLocation": "Quarantine"])) == .softDeleteMessage)
      #expect(kind(type, S.cluster()) == .softDeleteCluster)
      #expect(kind(type, ["Type": "url", "Url": "u"]) == .blockURL)
      #expect(kind(type, ["Type": "file", "Name": "n"]) == .quarantineAttachment)
      #expect(kind(type, ["Type": "mailboxConfiguration", "ConfigType": "MailForwardingRule"]) == .turnOffForwarding)
      #expect(kind(type, ["Type": "mailboxConfiguration", "ConfigType": "MailDelegation"]) == .removeDelegation)
      #expect(kind(type, ["Type": "mailboxConfiguration", "ConfigType": "UserInboxRule"]) == .disableInboxRule)
      #expect(kind(type, ["Type": "mailboxConfiguration", "ConfigType": "OwaSettings"]) == .unrecognised)
      #expect(kind(type, ["Type": "hologram"]) == .unrecognised)
    }
  }

  @Test(arguments: [
    ("SoftDelete", ActionKind.softDeleteMessage), ("Soft delete email", .softDeleteMessage),
    ("SoftDeleteEmailMessagesOrClusters", .softDeleteMessage), ("HardDelete", .hardDeleteMessage),
    ("Hard delete emails", .hardDeleteMessage), ("MoveToJunk", .moveToJunkMessage),
    ("Move to junk folder", .moveToJunkMessage), ("Quarantine", .quarantineMessage),
    ("Quarantine email", .quarantineMessage), ("QuarantineAttachment", .quarantineAttachment),
    ("UrlBlock", .blockURL), ("BlockUrl", .blockURL), ("Block URL (time-of-click)", .blockURL),
    ("BlockDomain", .blockDomain), ("BlockSender", .blockSender), ("BlockFile", .blockFile),
    ("TurnOffExternalMailForwarding", .turnOffForwarding), ("Turn off external forwarding", .turnOffForwarding),
    ("DisableForwarding", .turnOffForwarding), ("RemoveDelegation", .removeDelegation),
    ("Remove mailbox delegation", .removeDelegation), ("DisableInboxRule", .disableInboxRule),
    ("DisableAccount", .disableAccount), ("Revoke sessions", .revokeSessions), ("IsolateResponse", .isolateDevice),
    ("Isolate", .isolateDevice), ("AntivirusScanResponse", .runAntivirusScan),
    ("RunAntiVirusScan", .runAntivirusScan),
    ("CollectInvestigationPackageResponse", .collectInvestigationPackage),
    ("StopAndQuarantineFile", .stopAndQuarantineFile), ("RestrictCodeExecution", .restrictCodeExecution),
  ])
  func recognisesTypesOfActions(type: String, expected: ActionKind) {
    #expect(kind(type, S.message()) == expected)
  }

  @Test func tellsMessagesAndClustersApart() {
    #expect(kind("SoftDelete", S.cluster()) == .softDeleteCluster)
    #expect(kind("HardDelete", S.cluster()) == .hardDeleteCluster)
    #expect(kind("MoveToJunk", S.cluster()) == .moveToJunkCluster)
    #expect(kind("Quarantine", S.cluster()) == .quarantineCluster)
    #expect(kind("Quarantine", ["Type": "file"]) == .quarantineAttachment)
    #expect(kind("Block", ["Type": "url"]) == .blockURL)
    #expect(kind("Block", ["Type": "file"]) == .blockFile)
    #expect(kind("SoftDelete", ["Type": "url"]) == .unrecognised)
  }

  @Test(arguments: [
    "UnIsolateResponse", "Unblock URL", "UnblockUrl", "UndoSoftDelete", "UnrestrictCodeExecution", "ReleaseQuarantine",
    "RemoveInboxRule", "MoveToInbox", "", "ExampleFutureRemediation",
  ])
  func neverTakesTheOppositeForTheAction(type: String) {
    #expect(kind(type, S.message()) == .unrecognised)
  }

  @Test func looksAtTheUrnWhereNothingElseIsKnown() {
    func kind(_ urn: String, _ type: String = "EmailZapperRemediation") -> ActionKind? {
      let step: [String: Any] = ["Disposition": "Remediator", "ActionType": type, "id": "1", "EntityUrn": urn]
      return S.read(S.record(["Actions": [step]])).record?.actions.first?.kind
    }
    #expect(kind("urn:MailEntityModel:1") == .softDeleteMessage)
    #expect(kind("urn:MailClusterEntity:1") == .softDeleteCluster)
    #expect(kind("urn:UrlEntityModel:1") == .blockURL)
    #expect(kind("urn:HologramEntity:1") == .unrecognised)
    #expect(kind("x") == .unrecognised)
    #expect(kind("") == .unrecognised)
  }
}
