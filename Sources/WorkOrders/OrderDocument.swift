public import ByteText
import CaseModel

/// Our own form of an order (docs/formats/work-order.md): everything that whoever carries it out, or audits it, may ask.
enum OrderDocument {
  static func tree(_ order: WorkOrder, _ batch: OrderBatch) -> JSONTree {
    let source = order.source
    var members: [JSONTree.Member] = [
      .init("action", .string(order.action)), .init("approval", approval(order)), .init("batch", .string(batch.name)),
      .init("effect", order.effect.tree), .init("effectDigest", .string(order.digest)),
      .init("effectDigestPrinted", .string(PrintedDigest.groups(order.digest))), .init("format", "countersign-order/1"),
      .init("id", .string(order.id)), .init("isFinal", .bool(order.deed.isFinal)),
      .init("issuer", .string(source.issuer)),
      .init("made", .string(order.made.rfc3339)), .init("organization", .string(source.organization)),
      .init("parts", .int(OpenC2Command.parts(order.assignment))),
      .init(
        "source",
        [
          "action": .string(source.actionID), "investigation": .string(source.investigationID),
          "tenant": .string(order.effect.tenant),
        ]), .init("title", .string(ByteString(stringLiteral: order.deed.title))), .init("tlp", .string(source.tlp)),
      .init("validUntil", .string(order.until.rfc3339)), .init("what", .string(order.deed.word)),
      .init(
        "findings",
        .array(
          batch.findings(of: order).map(\.tree))),
    ]
    if let most = order.effect.atMost { members.append(.init("atMost", .int(most))) }
    if let before = order.handedBefore { members.append(.init("handedOverBefore", .string(before.rfc3339))) }
    if let plan = ReversalPlan(of: order.effect) { members.append(.init("reversal", plan.tree)) }
    return .object(members)
  }

  private static func approval(_ order: WorkOrder) -> JSONTree {
    let approval = order.approval
    return [
      "at": .string(approval.at.rfc3339), "entry": .int(approval.entry), "needed": .int(approval.needed),
      "override": .bool(approval.isOverride), "rules": .array(approval.rules.map { .string($0) }),
      "votes": .array(
        approval.votes.map { vote in
          var members: [JSONTree.Member] = [
            .init("at", .string(vote.at.rfc3339)), .init("comment", .string(vote.comment)),
            .init("entry", .int(vote.entry)), .init("identity", .string(ByteString(stringLiteral: vote.identity.word))),
            .init("principal", .string(vote.principal)),
          ]
          if let other = vote.actsFor { members.append(.init("for", .string(other))) }
          return .object(members)
        }),
    ]
  }
}

extension ReversalPlan {
  /// The plan as orders carry it.
  public var tree: JSONTree {
    var members: [JSONTree.Member] = [.init("isPossible", .bool(step != nil))]
    if let step, let days {
      members += [
        .init("step", .string(ByteString(step.rawValue))),
        .init("title", .string(ByteString(stringLiteral: step.title))),
        .init("withinDays", .int(Int(days))), .init("commands", .array(commands.map { .string($0) })),
        .init(
          "restores",
          .array(restores.map { ["name": .string($0.name), "value": .string($0.value)] })),
      ]
      if !byHand.isEmpty { members.append(.init("byHand", .string(byHand))) }
    } else {
      members.append(.init("why", .string(absence)))
    }
    return .object(members)
  }
}
