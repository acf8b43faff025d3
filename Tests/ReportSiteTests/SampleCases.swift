import ByteText
import CaseModel
import Digests
import ReportSite
import Testing

/// A small organisation's morning: the models that the golden pages are made from.
struct SampleSite {
  static let now = Instant(year: 2026, month: 3, day: 9, hour: 8)
  var cases: [CasePageModel] = []
  var frame = SiteFrame(
    organization: "Larkfield", issuer: "hq1", tlp: "AMBER", at: now ?? Instant(seconds: 0), head: "412 · 3fa9c1d2e4b5",
    version: "0.1.0")

  init() throws {
    cases = [
      try Samples.invoicePhish(), try Samples.forwarding(), try Samples.payrollAttachment(), try Samples.hostile(),
      try Samples.remediated(), try Samples.quietReport(),
    ]
  }

  var rows: [ListRow] {
    cases.flatMap { model in
      zip(model.actions, model.head.actions).map { action, head in
        ListRow(
          of: model.head, action: head, standing: action.standing, deadline: action.deadline, policy: action.policy,
          offer: action.offer.map { RowOffer(approve: $0.approve, reject: $0.reject, digest: $0.digest) })
      }
    }
  }

  var searchKeys: [CaseListKey] {
    cases.indices.map {
      CaseListKey(
        of: cases[$0].head, pending: 0, reference: $0, content: Fingerprint(SHA256Sum.of([UInt8($0)])))
    }
  }

  func searchSource(_ number: Int) -> SearchSource {
    let model = cases[number]
    return SearchSource(
      head: model.head, entities: model.case.investigation.entities, decisions: model.actions.map(\.standing.decision))
  }

  func pending(_ id: CaseID) -> Int { rows.count { $0.investigation == id && $0.isPending } }

  var overview: OverviewModel {
    var states: [DecisionState: Int] = [:]
    for row in rows { states[row.standing.decision, default: 0] += 1 }
    var statuses: [Recognised<InvestigationStatus>: Int] = [:]
    for model in cases { statuses[model.head.status, default: 0] += 1 }
    return OverviewModel(
      records: .init(read: 41, used: 6, duplicate: 9, superseded: 24, rejected: 2), pending: rows, states: states,
      statuses: statuses, since: Instant(year: 2026, month: 3, day: 8, hour: 17, minute: 30),
      changes: [
        .init(.new, page: PagePaths.investigation(cases[0].case.id), label: cases[0].head.name),
        .init(.changed, page: PagePaths.investigation(cases[1].case.id), label: cases[1].head.name),
        .init(.decided, page: PagePaths.action(cases[1].actions[1].action.id), label: "Disable inbox rule: “.”"),
        .init(
          .lapsed, page: PagePaths.action(cases[2].actions[1].action.id), label: "Quarantine attachment: Q1-bonus.xlsm"),
        .init(.gone, page: PagePaths.investigation(cases[4].case.id), label: cases[4].head.name),
      ])
  }

  static let reviewers = [
    Reviewer(
      id: "r7", name: "Ivy Marsh", addresses: ["ivy@larkfield.example"],
      roles: ["security-operator", "search-and-purge"]),
    Reviewer(id: "r8", name: "Tomasz Okafor", addresses: ["tomasz@larkfield.example"], roles: ["security-operator"]),
    Reviewer(id: "r9", name: "Noor <b>Haddad</b>"),
  ]

  static var policy: Policy {
    var strict = KindPolicy.standard
    strict.quorum = 2
    strict.identity = .sshsig
    strict.comment = .all
    strict.roles.allOf = ["search-and-purge"]
    strict.roles.anyOf = ["security-operator"]
    strict.maxBulk = 50
    strict.sharedTokens = false
    return Policy(kinds: [.hardDeleteCluster: strict])
  }

  static let ledger: [LogLine] = [
    LogLine(
      at: time(6, 7, 0), text: "Countersign made the keys of this workspace: mint k1aa23bc, log k9dd01ef",
      by: "countersign"),
    LogLine(at: time(6, 7, 2), text: "Import of defender-2026-03-06.json.gz: 22 records, 20 used", by: "countersign"),
    LogLine(at: time(8, 17, 30), text: "Ivy Marsh approved inbox-4kq2… by SSH signature", by: "r7"),
    LogLine(at: time(9, 7, 58), text: "Refused: stale, an approval of mail-7qh3… for an effect that changed", by: "r8"),
  ]

  static func time(_ day: Int, _ hour: Int, _ minute: Int) -> Instant? {
    Instant(year: 2026, month: 3, day: day, hour: hour, minute: minute)
  }
}

/// One case after the other.
enum Samples {
  static let tenant: ByteString = "7e10109e-b0f4-5ba3-9e4e-a0812d215bd1"

  static func id(_ text: StaticString) throws -> CaseID { try #require(CaseID(ByteString(stringLiteral: text))) }

  static func at(_ day: Int, _ hour: Int, _ minute: Int) throws -> Instant {
    try #require(Instant(year: 2026, month: 3, day: day, hour: hour, minute: minute))
  }

  static func record(
    _ source: ByteString, _ name: ByteString, _ status: Recognised<InvestigationStatus>,
    _ severity: Recognised<Severity>, day: Int
  ) throws -> InvestigationRecord {
    var record = InvestigationRecord(
      recordID: "b6f1a0d2-6a51-4c0e-8e04-2f4f1c8b0a11", tenant: tenant, investigationID: source,
      created: try at(day, 7, 52), source: "AIR audit record")
    record.name = name
    record.status = status
    record.severity = severity
    record.started = try at(day, 7, 11)
    record.engine = "Automated investigation and response"
    record.type = "ZappedUrlInvestigation"
    return record
  }

  /// Makes the model, with standings, offers and heads as the command would.
  static func model(
    _ id: CaseID, _ record: InvestigationRecord, _ actions: [Sample], ledger: [LogLine] = []
  ) throws -> CasePageModel {
    let now = try #require(SampleSite.now)
    var models: [ActionPageModel] = []
    var heads: [ActionHead] = []
    for sample in actions {
      let action = sample.action
      let exported = ExportedState(of: action, status: record.status, isNamedByLatest: sample.isNamed)
      let deadline = sample.deadline
      let one = CaseAction(
        id: sample.id, action: action, isNamedByLatest: sample.isNamed, exported: exported,
        wasEverUndecided: sample.wasOpen)
      let standing = ActionStanding(exported: exported, facts: sample.facts, deadline: deadline, now: now)
      var page = ActionPageModel(action: one, standing: standing, deadline: deadline, policy: sample.policy)
      if let effect = try? Effect(of: action, id: sample.id, tenant: record.tenant, round: standing.round) {
        page.digest = "q3mXk7vPz0aH5tLw9cRyBd2uJfE8sNgi4oTjMxKbVhQ"
        page.effect = ByteString(effect.canonical)
        if standing.decision == .undecided && sample.absence == nil {
          page.offer = TokenOffer(
            approve: Array(("v4.public." + token).utf8), reject: Array(("v4.public." + String(token.reversed())).utf8),
            digest: "q3mXk7vPz0aH5tLw9cRyBd2uJfE8sNgi4oTjMxKbVhQ", effect: ByteString(effect.canonical),
            atMost: effect.atMost, expires: deadline)
        }
      }
      let isApprovable = page.digest != nil || standing.decision != .undecided
      page.absence =
        sample.absence
        ?? (!isApprovable ? .noEffect("the recipient is not UTF-8") : standing.decision == .undecided ? nil : .decided)
      models.append(page)
      heads.append(
        ActionHead(
          id: sample.id, sourceID: action.sourceID, kind: action.kind, rawType: action.rawType,
          status: action.status.raw, target: action.targets.first?.label ?? "",
          targetType: ByteString(action.targets.first?.type.known?.rawValue ?? ""), targetCount: action.targets.count,
          threat: sample.threat, locations: action.targets.first?.counts(.countByLocation) ?? [],
          mailCount: action.mailCount, started: action.started, exported: exported, decidedAt: action.decidedAt,
          comment: action.decisionComment, wasEverUndecided: sample.wasOpen))
    }
    let first = record.created.adding(seconds: -2400)
    let history: [Case.StatusChange] = [
      .init(at: first, status: Recognised(.running, raw: "Running"), recordID: "0d6a7c11-5a1f-4e0e-93c5-9f0f8c2d7701"),
      .init(at: record.created, status: record.status, recordID: record.recordID),
    ]
    let head = CaseHead(
      id: id, sourceID: record.investigationID, tenant: record.tenant, name: record.name, type: record.type,
      engine: record.engine,
      status: record.status, severity: record.severity, started: record.started, ended: record.ended,
      firstRecord: first, latestRecord: record.created,
      recordsHash: "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef", alertCount: record.alerts.count,
      entityCount: record.entities.count, actions: heads)
    return CasePageModel(
      case: Case(
        id: id, investigation: record, firstRecord: first, history: history, actions: models.map(\.action)),
      head: head, actions: models, ledgerLines: ledger)
  }

  private static let token =
    "eyJhdWQiOiIqIiwiZGlnIjoicTNtWGs3dlB6MGFINXRMdzljUnlCZDJ1SmZFOHNOZ2k0b1RqTXhLYlZoUSIsImV4cCI6IjIwMjYtMDMtMTNUMDc6"
    + "MTE6MDBaIiwiaXNzIjoiaHExIiwianRpIjoiN2Rwd1h1OGsyTm12QTRxZSIsInN1YiI6InphcHVybC1rM3Y3cTJtNHg2bjdiNWM2ZDJmNC9tYWls"
    + "LTdxaDMifQ.eyJraWQiOiJrMWFhMjNiYyJ9"
}

/// An action of a sample case.
struct Sample {
  var id: CaseID
  var action: RemediationAction
  var deadline: Instant
  var threat: ByteString = ""
  var facts: LedgerFacts?
  var policy = KindPolicy.standard
  var absence: TokenAbsence?
  var isNamed = true
  var wasOpen = true

  init(
    _ id: StaticString, _ kind: ActionKind, _ rawType: ByteString, _ targets: [Entity], deadline: Instant,
    status: Recognised<SourceStatus> = Recognised(.pending, raw: "Pending"), threat: ByteString = ""
  ) throws {
    self.id = try Samples.id(id)
    action = RemediationAction(
      sourceID: ByteString("urn:EmailZapper:\(self.id.text)"), kind: kind, rawType: rawType, status: status)
    action.targets = targets
    action.started = deadline.adding(seconds: -Deadline.week + 7200)
    self.deadline = deadline
    self.threat = threat
  }
}
