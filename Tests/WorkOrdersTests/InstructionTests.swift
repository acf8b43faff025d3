import ByteText
import CaseModel
import TestSupport
import Testing

@testable import WorkOrders

/// What machines are told means one thing, and no more than was approved.
@Suite struct InstructionTests {
  private static func script(_ order: WorkOrder) throws -> String {
    text(try #require(try Orders.files([order], [.powershell]).first).bytes)
  }

  @Test func stopsWhereACommandOnlySpeaksOfAnError() throws {
    for order in try Orders.ofEveryKind() {
      guard let steps = try? ScriptSteps.of(order.assignment) else { continue }
      for step in steps {
        for cmdlet in step.look + step.work where !cmdlet.isOwn {
          #expect(PowerShellText.call(cmdlet).description.hasSuffix(" -ErrorAction Stop"), "\(cmdlet.name)")
        }
      }
    }
    #expect(!(try Self.script(try Orders.order(.disableAccount, [Orders.account]))).contains("-AccountEnabled $"))
    #expect(try Self.script(try Orders.order(.disableAccount, [Orders.account])).contains("-AccountEnabled:$false"))
  }

  @Test func asksWithWhatItWillDo() throws {
    let sender = try Orders.order(.blockSender, [Orders.message], [.init("sender", "drop@kiln.test")])
    #expect(
      try Self.script(sender).contains(
        "Show = 'New-TenantAllowBlockListItems: ListType Sender, Block, Entries drop@kiln.test"))
  }

  @Test func namesTheTenantOfABatch() throws {
    var effect = try Orders.effect(.blockURL, [Orders.url])
    effect.tenant = "7e10109e-b0f4-5ba3-9e4e-a0812d215bd1"
    let script = try Self.script(try Orders.order(effect))
    #expect(
      script.contains(
        "Assert-OrderSession -Tenant '7e10109e-b0f4-5ba3-9e4e-a0812d215bd1' -Exchange:$true -Graph:$false"))
  }

  /// No two kinds ask for the same thing of the same target.
  @Test func tellsKindsApartInOpenC2() throws {
    var seen: [ByteString: ActionKind] = [:]
    for kind in [ActionKind.isolateDevice, .runAntivirusScan, .collectInvestigationPackage, .restrictCodeExecution] {
      let order = try Orders.order(kind, [Orders.host])
      for one in [order, try Orders.undo(order)].compactMap({ $0 }) {
        for command in OpenC2Command.all(of: one) {
          guard case .object(let members) = command.tree else { continue }
          let core = ByteString(
            CanonicalJSON.bytes(.object(members.filter { $0.key == "action" || $0.key == "target" })))
          #expect(seen.updateValue(kind, forKey: core) == nil, "\(core)")
        }
      }
    }
    for (kind, target) in [(ActionKind.turnOffForwarding, Orders.setting), (.disableInboxRule, Orders.rule)] {
      let order = try Orders.order(kind, [target])
      let undo = try #require(try Orders.undo(order))
      let verbs = [order, undo].flatMap { OpenC2Command.all(of: $0) }.map {
        text(CanonicalJSON.bytes($0.tree)).prefix(18)
      }
      #expect(Set(verbs).count == 2, "\(kind)")
    }
  }

  @Test(arguments: [
    ("isolation", "selective", "Selective"), ("isolation", "Selective", "Selective"), ("isolation", "FULL", "Full"),
  ])
  func readsParametersOfDevices(_ key: String, _ value: String, _ word: String) throws {
    let order = try Orders.order(.isolateDevice, [Orders.host], [.init(ByteString(key), .string(ByteString(value)))])
    #expect(text(CanonicalJSON.bytes(GraphRequests.tree(order))).contains("\"IsolationType\":\"\(word)\""))
  }

  @Test func leavesToAPersonWhatARequestCannotSay() throws {
    let odd = try Orders.order(.isolateDevice, [Orders.host], [.init("isolation", "partly")])
    let nameless = try Orders.order(.isolateDevice, [Orders.entity(.host, [(.hostName, "a b")]), Orders.host])
    for order in [odd, nameless] {
      let tree = text(CanonicalJSON.bytes(GraphRequests.tree(order)))
      #expect(tree.contains("\"by_hand\":") && tree.contains("\"requests\":[]"))
    }
  }

  @Test func asksForEveryFileOnEveryDevice() throws {
    let other = Orders.entity(.file, [(.sha1, String(repeating: "ef", count: 20))])
    let order = try Orders.order(.stopAndQuarantineFile, [Orders.host, Orders.file, other])
    let tree = text(CanonicalJSON.bytes(GraphRequests.tree(order)))
    #expect(tree.split(separator: "\"Sha1\":").count == 3)
  }

  @Test func movesBackOnlyWhatWasMoved() throws {
    let order = try Orders.order(.softDeleteMessage, [Orders.message])
    let undo = try #require(try Orders.undo(order))
    #expect(try MailQuery(undo.assignment).kusto.description.contains("LatestDeliveryAction =~ \"Soft delete\""))
    let junk = try Orders.order(.moveToJunkMessage, [Orders.message])
    #expect(try MailQuery(junk.assignment).kusto.description.contains("LatestDeliveryLocation !~ \"Quarantine\""))
  }

  @Test func setsBackWhatWasApproved() throws {
    let order = try Orders.order(
      .removeDelegation, [Orders.setting], [.init("accessRights", "SendAs")])
    let undo = try #require(try Orders.undo(order))
    #expect(try Self.script(undo).contains("Add-RecipientPermission"))
    let kept = try Orders.order(.turnOffForwarding, [Orders.setting], [.init("keepCopy", false)])
    let back = try #require(try Orders.undo(kept))
    #expect(try Self.script(back).contains("-DeliverToMailboxAndForward:$false"))
    let checklist = text(try #require(try Orders.files([undo], [.checklist]).first).bytes)
    #expect(checklist.contains("- parameter `accessRights = SendAs`"))
  }
}
