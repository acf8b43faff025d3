import ByteText
import CaseModel
import Digests
import TestSupport
import Testing

@testable import CaseStore

@Suite struct CaseMergeTests {
  private static func status(_ known: InvestigationStatus?) -> Recognised<InvestigationStatus> {
    Recognised(known, raw: known.map { ByteString($0.rawValue) } ?? "")
  }

  private static func action(_ id: ByteString, _ status: SourceStatus = .pending, by: ByteString = "")
    -> RemediationAction
  {
    var action = RemediationAction(
      sourceID: id, kind: .blockURL, rawType: "x", status: Recognised(status, raw: ByteString(status.rawValue)))
    action.decidedBy = by
    return action
  }

  /// A record of one investigation; `seconds` is when it was made, `mark` goes into its hash.
  private static func record(
    _ seconds: Int64, updated: Int64? = nil, mark: UInt8 = 0, status: InvestigationStatus? = .pendingAction,
    actions: [RemediationAction] = [], _ change: (inout InvestigationRecord) -> Void = { _ in }
  ) -> RankedRecord {
    var record = InvestigationRecord(
      recordID: ByteString("r\(seconds)-\(mark)"), tenant: "t", investigationID: "urn:ManualInvestigation:1",
      created: Instant(seconds: seconds), source: "test")
    record.updated = updated.map { Instant(seconds: $0) }
    record.status = Self.status(status)
    record.actions = actions
    change(&record)
    return RankedRecord(
      sha256: SHA256Sum.of(Array("\(seconds) \(updated ?? -1) \(mark)".utf8)), record: record)
  }

  private static func merge(_ records: [RankedRecord]) throws -> Case { try #require(CaseMerge.merge(records)) }

  @Test func makesNothingOfNothing() {
    #expect(CaseMerge.merge([])?.id == nil)
  }

  @Test func takesTheGreatestRecord() throws {
    func name(_ records: [RankedRecord]) throws -> ByteString { try Self.merge(records).investigation.recordID }
    #expect(try name([Self.record(1), Self.record(2)]) == "r2-0")
    #expect(try name([Self.record(2), Self.record(1, updated: 9)]) == "r2-0")
    // The time of the update decides between records made at once; none is less than any.
    #expect(try name([Self.record(1, updated: -5, mark: 1), Self.record(1, mark: 2)]) == "r1-1")
    #expect(try name([Self.record(1, updated: 5, mark: 1), Self.record(1, updated: 6, mark: 2)]) == "r1-2")
    // Then the hash.
    let twins = [Self.record(1, updated: 5, mark: 1), Self.record(1, updated: 5, mark: 2)]
    let greater = twins[0].sha256 < twins[1].sha256 ? "r1-2" : "r1-1" as ByteString
    #expect(try name(twins) == greater)
    #expect(try name(twins.reversed()) == greater)
  }

  @Test(
    arguments: [
      ("Mail is zapped - case-1", "Mail is zapped"), ("Mail is zapped - case-2", "Mail is zapped - case-2"),
      (" - case-1", " - case-1"), ("case-1", "case-1"),
    ] as [(ByteString, ByteString)])
  func dropsTheSourceIDFromTheEndOfAName(name: ByteString, expected: ByteString) throws {
    var record = Self.record(1) { $0.name = name }
    record.record.investigationID = "case-1"
    #expect(try #require(CaseMerge.merge([record])).investigation.name == expected)
  }

  @Test func fillsEachFieldFromTheGreatestRecordThatHasIt() throws {
    let alert = Alert(sourceID: "al", title: "A")
    let entity = Entity(sourceID: "e", type: Recognised(.url, raw: "url"))
    let note = Note(by: "n", at: nil, markdown: "m")
    let full = Self.record(1) { record in
      record.name = "old name"
      record.type = "old type"
      record.severity = Recognised(.high, raw: "High")
      record.deepLink = "link"
      record.engine = "engine"
      record.started = Instant(seconds: 1)
      record.ended = Instant(seconds: 2)
      record.updated = Instant(seconds: 3)
      record.runningSeconds = 4
      record.alerts = [alert]
      record.entities = [entity]
      record.summary = "summary"
      record.notes = [note]
      record.log = [LogLine(at: nil, text: "one"), LogLine(at: nil, text: "two")]
    }
    let middle = Self.record(2) {
      $0.name = "name"; $0.log = [LogLine(at: nil, text: "two"), LogLine(at: nil, text: "two")]
    }
    let empty = Self.record(3, status: nil) {
      $0.type = "type"; $0.log = [LogLine(at: nil, text: "three")]
    }
    let merged = try Self.merge([middle, empty, full])
    let fields = merged.investigation
    #expect(fields.recordID == "r3-0" && fields.created == Instant(seconds: 3))
    #expect(fields.name == "name" && fields.type == "type" && fields.status == Self.status(.pendingAction))
    #expect(fields.severity == Recognised(.high, raw: "High") && fields.deepLink == "link" && fields.engine == "engine")
    #expect(fields.started == Instant(seconds: 1) && fields.ended == Instant(seconds: 2))
    #expect(fields.updated == Instant(seconds: 3) && fields.runningSeconds == 4)
    #expect(fields.alerts == [alert] && fields.entities == [entity] && fields.summary == "summary")
    #expect(fields.notes == [note] && fields.log.map(\.text) == ["three", "two", "one"])
    #expect(merged.firstRecord == Instant(seconds: 1))
    #expect(merged.history.map(\.recordID) == ["r1-0", "r2-0", "r3-0"])
    #expect(merged.history.map(\.status.known) == [.pendingAction, .pendingAction, nil])
    #expect(merged.id == CaseIdentity.investigation(empty.record))
  }

  @Test func takesEachActionFromTheGreatestRecordThatNamesIt() throws {
    let merged = try Self.merge([
      Self.record(1, actions: [Self.action("a"), Self.action("b")]),
      Self.record(2, actions: [Self.action("b", .running), Self.action("c")]),
      Self.record(3, actions: [Self.action("c", .failed)]),
    ])
    let byID = Dictionary(uniqueKeysWithValues: merged.actions.map { ($0.action.sourceID, $0) })
    #expect(byID.count == 3 && merged.actions.map(\.id) == merged.actions.map(\.id).sorted())
    #expect(byID["a"]?.isNamedByLatest == false && byID["a"]?.exported.decision == .undecided)
    #expect(byID["b"]?.isNamedByLatest == false && byID["b"]?.action.status.known == .running)
    #expect(byID["c"]?.isNamedByLatest == true && byID["c"]?.exported.execution == .failed)
    #expect(byID.values.allSatisfy { $0.wasEverUndecided })
  }

  /// What becomes of a pending action, by how its investigation ended and whether the last record names it.
  @Test(
    arguments: [
      (.pendingAction, true, .undecided, nil), (.pendingAction, false, .undecided, nil), (nil, false, .undecided, nil),
      (.remediated, false, .decidedElsewhere, .approved), (.remediated, true, .gone, nil),
      (.threatsFound, false, .gone, nil), (.terminatedByUser, false, .gone, nil), (.failed, true, .gone, nil),
    ] as [(InvestigationStatus?, Bool, DecisionState, SourceApproval?)])
  func tellsGoneFromDecidedElsewhere(
    last: InvestigationStatus?, isNamed: Bool, decision: DecisionState, elsewhere: SourceApproval?
  ) throws {
    let later = Self.record(2, status: last, actions: isNamed ? [Self.action("a")] : []) { record in
      if last == nil { record.status = Recognised(nil, raw: "Quietly closed") }
    }
    let merged = try Self.merge([Self.record(1, actions: [Self.action("a")]), later])
    let action = try #require(merged.actions.first)
    #expect(merged.actions.count == 1 && action.isNamedByLatest == isNamed)
    #expect(action.exported.decision == decision && action.exported.elsewhere == elsewhere)
    #expect(action.wasEverUndecided)
  }

  @Test func remembersWhetherPeopleEverHadToDecide() throws {
    let records = [
      Self.record(1, actions: [Self.action("auto", .completed), Self.action("asked")]),
      Self.record(2, actions: [Self.action("auto", .completed), Self.action("asked", .completed, by: "x@y.example")]),
    ]
    for order in [records, records.reversed()] {
      let merged = try Self.merge(order)
      let ever = Dictionary(uniqueKeysWithValues: merged.actions.map { ($0.action.sourceID, $0.wasEverUndecided) })
      #expect(ever == ["auto": false, "asked": true])
      #expect(merged.actions.allSatisfy { $0.exported.decision == .decidedElsewhere })
    }
    // Pending in a record whose investigation was over already asked nobody.
    let late = try Self.merge([Self.record(1, status: .failed, actions: [Self.action("a")])])
    #expect(late.actions.map(\.wasEverUndecided) == [false])
  }

  /// An export of very many actions and log lines is merged in time that grows with their number.
  @Test(.timeLimit(.minutes(1))) func mergesManyActionsAndLines() throws {
    let many = (0..<5_000).map { ByteString("a\($0)") }
    let records = (1...3).map { second in
      Self.record(Int64(second), actions: many.map { Self.action($0, .completed) }) { record in
        record.log = many.map { LogLine(at: nil, text: $0, by: ByteString("\(second)")) }
      }
    }
    let merged = try Self.merge(records)
    #expect(merged.actions.count == 5_000 && merged.investigation.log.count == 15_000)
  }

  private static func dump(_ merged: Case) -> String {
    "\(merged.id.text)|\(merged.investigation)|\(merged.firstRecord)|\(merged.history)|"
      + merged.actions.map { "\($0.id.text) \($0.action) \($0.isNamedByLatest) \($0.exported) \($0.wasEverUndecided)" }
      .joined(separator: "|")
  }

  /// Any order of any records gives the same case.
  @Test func mergesAlikeInAnyOrder() throws {
    var random = SplitMix(state: 3)
    let statuses = InvestigationStatus.allCases + [.pendingAction, .pendingAction]
    let texts: [ByteString] = ["", "", "x", "y"]
    for _ in 0..<60 {
      var records: [RankedRecord] = []
      for mark in 0..<UInt8.random(in: 1...6, using: &random) {
        var actions: [RemediationAction] = []
        for id in ["a", "b", "c"] as [ByteString] where Bool.random(using: &random) {
          actions.append(Self.action(id, SourceStatus.allCases.randomElement(using: &random) ?? .pending))
        }
        records.append(
          Self.record(
            .random(in: 1...3, using: &random),
            updated: Bool.random(using: &random) ? .random(in: 1...2, using: &random) : nil,
            mark: mark, status: statuses.randomElement(using: &random), actions: actions
          ) { record in
            record.name = texts.randomElement(using: &random) ?? ""
            record.summary = texts.randomElement(using: &random) ?? ""
            record.started = Bool.random(using: &random) ? Instant(seconds: Int64(mark)) : nil
            record.log = [LogLine(at: nil, text: texts.randomElement(using: &random) ?? "")]
          })
      }
      let expected = Self.dump(try Self.merge(records))
      for _ in 0..<8 {
        #expect(Self.dump(try Self.merge(records.shuffled(using: &random))) == expected)
      }
    }
  }
}
