import ByteText
import CaseModel
import Testing

@testable import WorkOrders

/// Every action has a plan for taking it back, or says why there is none; and every undo becomes a counter-order.
@Suite struct ReversalPlanTests {
  @Test func hasAPlanForEveryKind() throws {
    for order in try Orders.ofEveryKind() {
      let kind = order.effect.kind
      let plan = try #require(ReversalPlan(of: order.effect), "\(kind)")
      #expect((plan.step == nil) == (kind.reversal == nil), "\(kind)")
      #expect(plan.absence.isEmpty == (plan.step != nil), "\(kind)")
      if plan.step != nil { #expect(plan.commands.isEmpty != plan.byHand.isEmpty, "\(kind)") }
    }
  }

  @Test func saysWhatIsSetBack() throws {
    let plan = try #require(ReversalPlan(of: try Orders.effect(.turnOffForwarding, [Orders.setting])))
    #expect(
      plan.commands == [
        "Set-Mailbox -Identity 'lena@larkfield.example' -ForwardingSmtpAddress 'drop@kiln.test' -DeliverToMailboxAndForward:$true -ErrorAction Stop"
      ])
    #expect(plan.restores.map(\.name) == ["mailbox", "forwardTo", "delegate"])
    #expect(plan.days == 30)
  }

  @Test func takesABlockAwayWithoutAllowing() throws {
    let plan = try #require(ReversalPlan(of: try Orders.effect(.blockURL, [Orders.url])))
    #expect(
      plan.commands == [
        "Remove-TenantAllowBlockListItems -ListType Url -Entries 'kiln.test/pay?id=88' -ErrorAction Stop"
      ])
  }

  @Test func makesCounterOrders() throws {
    for order in try Orders.ofEveryKind() {
      guard let undo = try Orders.undo(order) else { continue }
      #expect(undo.deed == order.deed.reversed)
      #expect(undo.id != order.id)
      #expect(ReversalPlan(of: undo.effect).map { _ in true } == nil)
      #expect(!OpenC2Command.all(of: undo).isEmpty, "\(order.effect.kind)")
      #expect(!PortalSteps.of(undo).isEmpty)
    }
  }
}
