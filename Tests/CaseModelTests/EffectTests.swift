import ByteText
import Testing

@testable import CaseModel

/// The action of the example in docs/formats/effect.md.
enum SampleAction {
  static let tenant: ByteString = "7e10109e-b0f4-5ba3-9e4e-a0812d215bd1"

  static func cluster(
    query: ByteString = "BodyFingerprint:123;SenderIp:10.0.0.1", ids: [ByteString] = ["b-2", "a-1", "b-2"],
    count: Int? = 37
  ) -> Entity {
    var fields = [EntityField(.query, .text(query)), EntityField(.networkMessageIDs, .list(ids))]
    if let count { fields.append(EntityField(.mailCount, .number(count))) }
    return Entity(sourceID: "e1", type: Recognised(.mailCluster, raw: "mailCluster"), fields: fields)
  }

  static func url(_ url: ByteString) -> Entity {
    Entity(type: Recognised(.url, raw: "url"), fields: [EntityField(.url, .text(url))])
  }

  static func action(_ targets: [Entity] = [cluster()]) -> RemediationAction {
    var action = RemediationAction(
      sourceID: "urn:EmailZapper:1", kind: .softDeleteCluster, rawType: "EmailRemediation",
      status: Recognised(.pending, raw: "Pending"))
    action.targets = targets
    action.parameters = [.init("recoverable", true)]
    return action
  }

  static func effect(
    _ action: RemediationAction = action(), id: ByteString = "mail-7qk2", tenant: ByteString = tenant, round: Int = 1,
    ceiling: Int? = nil
  ) throws -> Effect {
    try Effect(of: action, id: #require(CaseID(id)), tenant: tenant, round: round, ceiling: ceiling)
  }

  static func canonical(_ change: (inout RemediationAction) -> Void) throws -> [UInt8] {
    var action = action()
    change(&action)
    return try effect(action).canonical
  }
}

@Suite struct EffectTests {
  @Test func isTheCanonicalFormOfTheFormatPage() throws {
    let expected: ByteString =
      #"{"action":"mail-7qk2","atMost":50,"kind":"soft-delete-cluster","parameters":{"recoverable":true},"rawType":"EmailRemediation","round":1,"targets":[{"networkMessageIds":["a-1","b-2"],"query":"BodyFingerprint:123;SenderIp:10.0.0.1","type":"mail-cluster"}],"tenant":"7e10109e-b0f4-5ba3-9e4e-a0812d215bd1"}"#
    #expect(ByteString(try SampleAction.effect().canonical) == expected)
  }

  @Test func changesWithEachOfItsFields() throws {
    let forms = [
      try SampleAction.effect().canonical, try SampleAction.effect(id: "mail-7qk2.w1").canonical,
      try SampleAction.effect(tenant: "other").canonical, try SampleAction.effect(round: 2).canonical,
      try SampleAction.effect(ceiling: 100).canonical, try SampleAction.effect().with(atMost: nil).canonical,
      try SampleAction.canonical { $0.kind = .hardDeleteCluster }, try SampleAction.canonical { $0.rawType = "Other" },
      try SampleAction.canonical { $0.parameters = [] },
      try SampleAction.canonical { $0.parameters = [.init("recoverable", false)] },
      try SampleAction.canonical { $0.targets = [SampleAction.cluster(query: "BodyFingerprint:124")] },
      try SampleAction.canonical { $0.targets = [SampleAction.cluster(ids: ["a-1"])] },
      try SampleAction.canonical { $0.targets = [SampleAction.cluster(count: 201)] },
      try SampleAction.canonical { $0.targets.append(SampleAction.url("http://a.test/")) },
    ]
    #expect(Set(forms).count == forms.count)
  }

  @Test func staysTheSameWhereOnlyWordsAndTimesChange() throws {
    let expected = try SampleAction.effect().canonical
    let forms = [
      try SampleAction.canonical { $0.sourceID = "x" }, try SampleAction.canonical { $0.description = "urgent" },
      try SampleAction.canonical { $0.status = Recognised(.running, raw: "Running") },
      try SampleAction.canonical { $0.approval = Recognised(.approved, raw: "Approved") },
      try SampleAction.canonical { $0.decidedBy = "ivy" }, try SampleAction.canonical { $0.decisionComment = "c" },
      try SampleAction.canonical { $0.alerts = ["a"] },
      try SampleAction.canonical {
        $0.started = Instant(seconds: 1)
        $0.updated = Instant(seconds: 2)
        $0.ended = Instant(seconds: 3)
        $0.decidedAt = Instant(seconds: 4)
      },
      try SampleAction.canonical {
        $0.targets[0].sourceID = "e2"
        $0.targets[0].verdict = Recognised(.malicious, raw: "Malicious")
        $0.targets[0].remediation = "r"
        $0.targets[0].fields += [
          EntityField(.queryTime, .time(Instant(seconds: 5))), EntityField(.threats, .list(["Phish"])),
          EntityField(.clusterBy, .text("Subject")), EntityField(.countByThreat, .counts([.init("Phish", 3)])),
        ]
      },
      try SampleAction.canonical { $0.targets = [SampleAction.cluster(count: 21)] },
      try SampleAction.canonical { $0.targets = [SampleAction.cluster(ids: ["a-1", "b-2"], count: 50)] },
    ]
    for (index, form) in forms.enumerated() { #expect(form == expected, "change \(index)") }
  }

  @Test func sortsTargetsAndDropsRepeats() throws {
    let urls = ["http://b.test/", "http://a.test/", "http://b.test/", "http://A.test/"].map {
      SampleAction.url(ByteString($0))
    }
    let effect = try SampleAction.effect(SampleAction.action(urls))
    #expect(
      effect.targets.map { ByteString(CanonicalJSON.bytes($0)) } == [
        #"{"type":"url","url":"http://A.test/"}"#, #"{"type":"url","url":"http://a.test/"}"#,
        #"{"type":"url","url":"http://b.test/"}"#,
      ])
    #expect(try SampleAction.effect(SampleAction.action(urls.reversed())).canonical == effect.canonical)
    // Canonically equivalent to a person, two targets to a machine.
    let accents = [SampleAction.url("http://\u{E9}.test/"), SampleAction.url("http://e\u{301}.test/")]
    #expect(try SampleAction.effect(SampleAction.action(accents)).targets.count == 2)
  }

  @Test(arguments: [0xFF, 0xC0, 0xED, 0x80] as [UInt8])
  func refusesWhatIsNotUTF8(byte: UInt8) throws {
    let bad = ByteString([0x61, byte, 0xA0, 0x80])
    #expect(throws: Effect.Problem.notUTF8(field: "tenant")) { try SampleAction.effect(tenant: bad) }
    #expect(throws: Effect.Problem.notUTF8(field: "rawType")) { try SampleAction.canonical { $0.rawType = bad } }
    #expect(throws: Effect.Problem.notUTF8(field: "parameters")) {
      try SampleAction.canonical { $0.parameters = [.init("a", .string(bad))] }
    }
    #expect(throws: Effect.Problem.notUTF8(field: "parameters")) {
      try SampleAction.canonical { $0.parameters = [.init(bad, true)] }
    }
    #expect(throws: Effect.Problem.notUTF8(field: "query")) {
      try SampleAction.canonical { $0.targets = [SampleAction.cluster(query: bad)] }
    }
    #expect(throws: Effect.Problem.notUTF8(field: "networkMessageIds")) {
      try SampleAction.canonical { $0.targets = [SampleAction.cluster(ids: ["a", bad])] }
    }
    #expect(throws: Effect.Problem.notUTF8(field: "url")) {
      try SampleAction.effect(SampleAction.action([SampleAction.url(bad)]))
    }
    // Names that only pages show may hold anything.
    #expect(throws: Never.self) { try SampleAction.canonical { $0.description = bad } }
  }

  @Test func refusesWhatItCannotName() {
    #expect(throws: Effect.Problem.noTarget) { try SampleAction.effect(SampleAction.action([])) }
    #expect(throws: Effect.Problem.noTarget) { try SampleAction.effect(SampleAction.action([SampleAction.url("")])) }
    #expect(throws: Effect.Problem.beyondCeiling) {
      try SampleAction.canonical { $0.targets = [SampleAction.cluster(count: 5_000_000_001)] }
    }
  }

  @Test(
    arguments: [(37, nil, 50), (37, 100, 100), (37, 20, 50), (0, nil, 1), (nil, nil, nil), (nil, 100, nil)]
      as [(Int?, Int?, Int?)])
  func neverOffersLessThanThereIs(count: Int?, ceiling: Int?, atMost: Int?) throws {
    let action = SampleAction.action([SampleAction.cluster(count: count)])
    #expect(try SampleAction.effect(action, ceiling: ceiling).atMost == atMost)
  }

  @Test func hasNoCeilingWhereMailIsNotCounted() throws {
    var action = SampleAction.action()
    action.kind = .blockURL
    #expect(try SampleAction.effect(action, ceiling: 100).atMost == nil)
  }
}
