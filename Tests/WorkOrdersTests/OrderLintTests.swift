import ByteText
import CaseModel
import Testing

@testable import WorkOrders

/// What is said of orders before they are written.
@Suite struct OrderLintTests {
  private static func codes(_ order: WorkOrder) -> Set<OrderFinding.Code> {
    Set(OrderLint.findings(order, now: Orders.now).map(\.code))
  }

  @Test(arguments: [
    (9, []), (10_000, []), (10_001, [OrderFinding.Code.aboveTenThousand]), (50_000, [.aboveTenThousand]),
    (50_001, [.split]),
    (1_000_000, [.split]), (1_000_001, [.aboveMillion]),
  ])
  func countsMessages(_ count: Int, _ expected: [OrderFinding.Code]) throws {
    let order = try Orders.order(.softDeleteCluster, [Orders.cluster], mailCount: count)
    #expect(Self.codes(order).subtracting([.incomplete, .noCeiling]) == Set(expected))
  }

  @Test func saysHowItIsSplit() throws {
    let order = try Orders.order(.softDeleteCluster, [Orders.cluster], mailCount: 120_000)
    #expect(
      OrderLint.findings(order, now: Orders.now).map(\.message).contains(
        "120000 messages: to be split into 3 batches of at most 50000"))
  }

  @Test func stopsWhatNothingTakes() throws {
    let long = Orders.entity(.url, [(.url, "https://kiln.test/" + String(repeating: "a", count: 300))])
    let over = try Orders.order(.blockURL, [Orders.url], [.init("until", "2020-01-01T00:00:00Z")])
    let nonsense = try Orders.order(.blockURL, [Orders.url], [.init("until", "soon")])
    let hash = Orders.entity(.file, [(.md5, String(repeating: "a", count: 32))])
    for (order, code) in [
      (try Orders.order(.blockURL, [long]), OrderFinding.Code.notAnEntry), (over, .expired), (nonsense, .badParameter),
      (try Orders.order(.blockFile, [hash]), .notAnEntry),
      (try Orders.order(.blockSender, [Orders.message]), .notAnEntry),
    ] {
      let found = OrderLint.findings(order, now: Orders.now)
      #expect(found.contains { $0.code == code && $0.isError && !$0.hint.isEmpty }, "\(code)")
    }
  }

  @Test func stopsParametersThatAreNoText() throws {
    for (key, value) in [("until", JSONTree.int(1_780_000_000)), ("sender", true), ("domain", 7)]
      as [(ByteString, JSONTree)]
    {
      let order = try Orders.order(.blockDomain, [Orders.url], [.init(key, value)])
      let found = OrderLint.findings(order, now: Orders.now)
      #expect(found.contains { $0.code == .badParameter && $0.isError }, "\(key)")
      #expect(!found.contains { $0.code == .defaultExpiry && key == "until" })
    }
  }

  @Test func marksWhatCannotBeUndone() throws {
    for order in try Orders.ofEveryKind() {
      #expect(Self.codes(order).contains(.irreversible) == !order.effect.kind.isReversible, "\(order.effect.kind)")
    }
  }

  @Test func warnsOfTheSameWithinTheHour() throws {
    let one = try Orders.order(.softDeleteCluster, [Orders.cluster])
    let earlier: ByteString = "wo-earlier"
    let recent = [(id: earlier, effect: one.effect, at: Orders.now.adding(seconds: -600))]
    #expect(OrderLint.findings(together: [one], after: recent)[one.id]?.map(\.code) == [.repeated])
    #expect(OrderLint.findings(together: [one], after: []).isEmpty)
    // What it asked itself is no other order.
    #expect(OrderLint.findings(together: [one], after: [(id: one.id, effect: one.effect, at: Orders.now)]).isEmpty)
    // Something else with the same target is told too, together or beside a block that stands.
    let other = try Orders.order(.hardDeleteCluster, [Orders.cluster])
    #expect(OrderLint.findings(together: [other], after: recent)[other.id]?.map(\.code) == [.overlap])
    let block = try Orders.order(.blockURL, [Orders.url])
    let undo = try #require(try Orders.undo(block))
    let standing = [(id: earlier, effect: block.effect, at: Orders.now)]
    #expect(OrderLint.findings(together: [undo], after: [], beside: standing)[undo.id]?.map(\.code) == [.overlap])
    var foreign = other.effect
    foreign.tenant = "t-2"
    #expect(OrderLint.findings(together: [try Orders.order(foreign)], after: recent).isEmpty)
  }

  @Test func warnsOfMoreThanRunAtOnce() throws {
    let orders = try (0..<51).map { number in
      let id = String(repeating: "0", count: 8) + "-0000-0000-0000-" + String(1_000_000_000_00 + number)
      return try Orders.order(
        .softDeleteMessage, [Orders.entity(.mailMessage, [(.networkMessageID, id), (.recipient, "a@b.test")])])
    }
    let found = OrderLint.findings(together: orders, after: []).values.flatMap { $0 }
    #expect(found.map(\.code).contains(.queue))
    #expect(
      !OrderLint.findings(together: Array(orders.prefix(50)), after: []).values.flatMap { $0 }.map(\.code).contains(
        .queue))
  }
}
