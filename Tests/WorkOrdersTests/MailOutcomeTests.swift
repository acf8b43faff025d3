import ByteText
import CaseModel
import Testing

@testable import WorkOrders

/// What events of single messages come to: removed and already gone are told apart, and nothing is assumed.
@Suite struct MailOutcomeTests {
  private struct Event {
    var id = "a"
    var recipient = "x@desk.example"
    var action = "Soft delete"
    var by = "Manual remediation"
    var result = ResultRow.MessageResult.done
    var after: Int64 = 60
  }

  private static func effect(_ kind: ActionKind, _ ids: [String]) throws -> Effect {
    kind.countsMail
      ? try Orders.effect(kind, [Orders.entity(.mailCluster, [(.query, "q")], ids: ids)])
      : try Orders.effect(
        kind, ids.map { Orders.entity(.mailMessage, [(.networkMessageID, $0), (.recipient, "x@desk.example")]) })
  }

  private static func state(
    _ effect: Effect, count: Int? = nil, _ events: [Event]
  ) throws -> (ExecutionState, String)? {
    let order = try #require(
      ExpectedOrder(
        id: "wo-a", action: "inv-1/act-1", actionID: "urn:a", made: Orders.made, effect: effect, mailCount: count))
    var matching = ResultMatching([order], now: Orders.now)
    for (number, event) in events.enumerated() {
      _ = matching.take(
        ResultRow(
          number: number + 1, source: .postDelivery,
          subject: .message(id: ByteString(event.id), recipient: ByteString(event.recipient)),
          outcome: .event(action: ByteString(event.action), by: ByteString(event.by), result: event.result),
          at: Orders.made.adding(seconds: event.after), detail: ""), file: "f")
    }
    return matching.findings.last.map { ($0.report.state, $0.report.detail.description) }
  }

  @Test func takesAnEventForEveryCopy() throws {
    let effect = try Self.effect(.softDeleteCluster, ["a", "b"])
    #expect(try Self.state(effect, [Event()])?.0 == .running)
    let all = [Event(), Event(id: "b")]
    #expect(try #require(try Self.state(effect, all)) == (.succeeded, "2 removed"))
    // A message has a copy for each recipient: the record counts three.
    #expect(try #require(try Self.state(effect, count: 3, all)) == (.running, "2 removed, nothing said of 1"))
    let more = all + [Event(recipient: "y@desk.example")]
    #expect(try #require(try Self.state(effect, count: 3, more)) == (.succeeded, "3 removed"))
  }

  @Test func tellsGoneFromRemoved() throws {
    let effect = try Self.effect(.softDeleteMessage, ["a", "b"])
    for gone in [
      Event(id: "b", result: .alreadyThere), Event(id: "b", by: "Phish ZAP"), Event(id: "b", after: -60),
      Event(id: "b", action: "Hard delete"),
    ] {
      #expect(try #require(try Self.state(effect, [Event(), gone])) == (.succeeded, "1 removed, 1 already gone"))
      var other = gone
      other.id = "a"
      #expect(try #require(try Self.state(effect, [other, gone])) == (.alreadyGone, "2 already gone"))
    }
  }

  @Test func neverTakesLessForDone() throws {
    let effect = try Self.effect(.softDeleteMessage, ["a"])
    for less in ["Moved to junk folder", "Moved to inbox", "Moved to deleted items", "", "Looked at"] {
      #expect(try Self.state(effect, [Event(action: less)]) == nil, "\(less)")
    }
    #expect(try Self.state(effect, [Event(recipient: "other@desk.example")]) == nil)
    #expect(try Self.state(effect, [Event(id: "z")]) == nil)
  }

  @Test func tellsFailures() throws {
    let effect = try Self.effect(.softDeleteMessage, ["a", "b"])
    #expect(
      try #require(try Self.state(effect, [Event(), Event(id: "b", result: .failed)])) == (
        .failed, "1 removed, 1 failed"
      ))
    // A later try succeeded; and what is away stays away.
    let tried = [Event(result: .failed), Event(after: 120), Event(result: .failed, after: 180), Event(id: "b")]
    #expect(try #require(try Self.state(effect, tried)) == (.succeeded, "2 removed"))
  }

  @Test func knowsWhatEachKindAsksFor() throws {
    for (kind, action) in [
      (ActionKind.hardDeleteMessage, "Hard delete"), (.moveToJunkMessage, "Moved to junk folder"),
      (.quarantineMessage, "Moved to quarantine"), (.softDeleteMessage, "Soft delete"),
    ] {
      #expect(try Self.state(try Self.effect(kind, ["a"]), [Event(action: action)])?.0 == .succeeded, "\(kind)")
    }
    // Soft deleted is less than deleted for good.
    #expect(try Self.state(try Self.effect(.hardDeleteMessage, ["a"]), [Event()]) == nil)
  }

  @Test func waitsForEveryPartOfAnOrder() throws {
    let effect = try Orders.effect(.blockURL, [Orders.url, Orders.entity(.url, [(.url, "https://kiln.test/b")])])
    let order = try #require(
      ExpectedOrder(id: "wo-a", action: "i/a", actionID: "", made: Orders.made, effect: effect, mailCount: nil))
    func state(_ parts: [(Int, ExecutionState)]) -> (ExecutionState, String)? {
      var matching = ResultMatching([order], now: Orders.now)
      for (part, state) in parts {
        let row = ResultRow(
          number: 1, source: .ocsf, subject: .order("wo-a", part: part), outcome: .state(state), at: Orders.made,
          detail: "")
        _ = matching.take(row, file: "f")
      }
      return matching.findings.last.map { ($0.report.state, $0.report.detail.description) }
    }
    #expect(try #require(state([(1, .succeeded)])) == (.running, "1 succeeded of 2 parts"))
    #expect(try #require(state([(1, .succeeded), (2, .alreadyGone)])).0 == .succeeded)
    #expect(try #require(state([(1, .succeeded), (2, .failed)])).0 == .failed)
    #expect(try #require(state([(1, .alreadyGone), (2, .alreadyGone)])).0 == .alreadyGone)
    #expect(state([(3, .succeeded)]) == nil)
  }

  @Test func believesNoTimeThatCannotBe() throws {
    let effect = try Orders.effect(.blockURL, [Orders.url])
    let order = try #require(
      ExpectedOrder(id: "wo-a", action: "i/a", actionID: "urn:a", made: Orders.made, effect: effect, mailCount: nil))
    func take(_ state: ExecutionState, after seconds: Int64) -> (ResultMatching.Place, ExecutionState?) {
      var matching = ResultMatching([order], now: Orders.now.adding(seconds: 3_600))
      let row = ResultRow(
        number: 1, source: .own, subject: .order("wo-a", part: nil), outcome: .state(state),
        at: Orders.made.adding(seconds: seconds), detail: "")
      let place = matching.take(row, file: "f")
      return (place, matching.findings.first?.report.state)
    }
    #expect(take(.succeeded, after: 60) == (.used, .succeeded))
    #expect(take(.failed, after: 7_200) == (.future, nil))
    #expect(take(.succeeded, after: -7_200) == (.used, .alreadyGone))
    #expect(take(.failed, after: -7_200) == (.noOutcome, nil))
    // Clocks differ by minutes.
    #expect(take(.succeeded, after: -200) == (.used, .succeeded))
    #expect(take(.succeeded, after: 3_700) == (.used, .succeeded))
  }

  @Test func takesNoActionForAnother() throws {
    func order(_ id: ByteString, _ action: ByteString) throws -> ExpectedOrder {
      try #require(
        ExpectedOrder(
          id: id, action: "i/a", actionID: action, made: Orders.made,
          effect: try Orders.effect(.blockURL, [Orders.url]),
          mailCount: nil))
    }
    let orders = [
      try order("wo-a", "Act-2"), try order("wo-b", "act-2"), try order("wo-c", "x"), try order("wo-d", "x"),
    ]
    func found(_ id: ByteString) -> [ByteString] {
      var matching = ResultMatching(orders, now: Orders.now)
      let row = ResultRow(
        number: 1, source: .actionCenter, subject: .action(id), outcome: .state(.succeeded), at: Orders.made, detail: ""
      )
      _ = matching.take(row, file: "f")
      return matching.findings.map(\.order)
    }
    #expect(found("Act-2") == ["wo-a"])
    #expect(found("act-2") == ["wo-b"])
    #expect(found("ACT-2").isEmpty)
    #expect(found("x").isEmpty)
  }

  @Test func leavesCounterOrdersToTheirOwnResults() throws {
    let order = try Orders.order(.softDeleteMessage, [Orders.message])
    let undo = try #require(try Orders.undo(order))
    let expected = try #require(
      ExpectedOrder(
        id: undo.id, action: undo.action, actionID: "urn:a", made: undo.made, effect: undo.effect, mailCount: nil))
    var matching = ResultMatching([expected], now: Orders.now)
    let row = ResultRow(
      number: 1, source: .actionCenter, subject: .action("urn:a"), outcome: .state(.succeeded), at: Orders.made,
      detail: "")
    #expect(matching.take(row, file: "f") == .foreign)
    #expect(matching.findings.isEmpty)
  }
}
