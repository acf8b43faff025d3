import ByteText
import CaseModel
import ExportReading
import Foundation
import Testing

private typealias S = ReadingSamples

/// The Countersign export (docs/formats/neutral-export.md).
struct NeutralRecordTests {
  static let example = S.text(record())

  static func record(_ changes: [String: Any?] = [:], investigation: [String: Any?] = [:]) -> [String: Any] {
    var inner: [String: Any] = [
      "id": "case-41", "name": "Forwarding", "type": "mailbox-compromise", "status": "pending-action",
      "created": "2026-03-11T09:14:00Z",
    ]
    for (key, value) in investigation { inner[key] = value }
    var keys: [String: Any] = [
      "format": "countersign-export/1", "id": "rec-1", "tenant": "t", "engine": "acme-soar", "investigation": inner,
      "alerts": [["id": "al-7", "title": "Rule", "severity": "high"]], "entities": [configuration(), account()],
      "actions": [action()],
    ]
    for (key, value) in changes { keys[key] = value }
    return keys
  }

  static func configuration(_ changes: [String: Any?] = [:]) -> [String: Any] {
    var keys: [String: Any] = [
      "id": "e1", "type": "mailbox-configuration", "mailbox": "lena@a.test", "configType": "mail-forwarding-rule",
      "forwardTo": "drop@b.test", "verdict": "malicious",
    ]
    for (key, value) in changes { keys[key] = value }
    return keys
  }

  static func account() -> [String: Any] {
    ["id": "e2", "type": "account", "upn": "lena@a.test", "roles": ["compromised"], "extra": ["any": NSNull()]]
  }

  static func action(_ changes: [String: Any?] = [:]) -> [String: Any] {
    var keys: [String: Any] = [
      "id": "act-1", "kind": "turn-off-forwarding", "status": "pending", "targets": ["e1"], "alerts": ["al-7"],
      "parameters": ["keepCopy": true, "days": 7, "a": "x"], "started": "2026-03-11T09:13:00.123456789Z",
    ]
    for (key, value) in changes { keys[key] = value }
    return keys
  }

  private func read(_ object: [String: Any]) -> Result<ReadRecord, RecordRefusal> {
    RecordReading.read(S.json(object), as: .countersign)
  }

  @Test func readsARecord() throws {
    let result = read(
      Self.record(investigation: [
        "severity": "high", "updated": "2026-03-11T09:13:58Z", "runningSeconds": 708, "link": "https://l",
        "summary": "## S", "notes": [["by": "Noor", "at": "2026-03-11T09:20:00Z", "markdown": "m"]],
        "log": [["at": "2026-03-11T09:02:10Z", "text": "started"]],
      ]))
    let record = try #require(result.record)
    #expect(result.lines == [])
    #expect(record.recordID == "rec-1")
    #expect(record.tenant == "t")
    #expect(record.investigationID == "case-41")
    #expect(record.name == "Forwarding")
    #expect(record.type == "mailbox-compromise")
    #expect(record.status == Recognised(.pendingAction, raw: "pending-action"))
    #expect(record.severity.known == .high)
    #expect(record.created.rfc3339 == "2026-03-11T09:14:00Z")
    #expect(record.updated?.rfc3339 == "2026-03-11T09:13:58Z")
    #expect(record.runningSeconds == 708)
    #expect(record.deepLink == "https://l")
    #expect(record.summary == "## S")
    #expect(record.notes == [Note(by: "Noor", at: Instant(rfc3339: "2026-03-11T09:20:00Z"), markdown: "m")])
    #expect(record.log == [LogLine(at: Instant(rfc3339: "2026-03-11T09:02:10Z"), text: "started")])
    #expect(record.engine == "acme-soar")
    #expect(record.source == "Countersign export")
    #expect(record.alerts.map(\.title) == ["Rule"])
    #expect(record.entities.map(\.type.known) == [.mailboxConfiguration, .account])
    #expect(record.entities[0].verdict == Recognised(.malicious, raw: "malicious"))
    #expect(record.entities[1].list(.roles) == ["compromised"])
    let action = try #require(record.actions.first)
    #expect(action.kind == .turnOffForwarding)
    #expect(action.rawType == "turn-off-forwarding")
    #expect(action.targets == [record.entities[0]])
    #expect(action.parameters == [.init("a", "x"), .init("days", 7), .init("keepCopy", true)])
    #expect(action.alerts == ["al-7"])
    #expect(action.started?.rfc3339 == "2026-03-11T09:13:00Z")
  }

  @Test func readsThroughTheReader() {
    let items = S.items(Array((Self.example + "\r\n\n" + Self.example + "\n").utf8))
    #expect(S.lines(items) == [])
    #expect(S.records(items).map(\.number) == [1, 2])
    #expect(S.records(items).map(\.dialect) == [.countersign, .countersign])
    #expect(S.records(items).first?.raw == Array(Self.example.utf8))
    #expect(
      S.lines(S.items(Array(Self.example.utf8), tenants: ["other"])) == [
        "error: in: record 1: tenant: the record belongs to tenant \"t\", which is not accepted"
          + " | add it to organization.tenants in countersign.yaml, if its records belong here"
      ])
  }

  @Test func readsDecisionsTakenElsewhere() throws {
    func action(_ decision: [String: Any]) -> RemediationAction? {
      read(Self.record(["actions": [Self.action(["decision": decision])]])).record?.actions.first
    }
    let declined = try #require(
      action(["verdict": "declined", "by": "noor", "at": "2026-03-12T08:00:29Z", "comment": "reset"]))
    #expect(declined.approval == Recognised(.declined, raw: "declined"))
    #expect(declined.decidedBy == "noor")
    #expect(declined.decidedAt?.rfc3339 == "2026-03-12T08:00:29Z")
    #expect(declined.decisionComment == "reset")
    #expect(action(["verdict": "approved"])?.decidedBy == "Automation")
    #expect(action(["verdict": "maybe"])?.approval == Recognised(nil, raw: "maybe"))
  }

  /// What is decided about decisions is ours alone: an export cannot ask for it.
  @Test(arguments: ["withdraw", "undo"]) func knowsNoActionsOfOurOwn(_ word: String) {
    #expect(read(Self.record(["actions": [Self.action(["kind": word])]])).record?.actions.first?.kind == .unrecognised)
  }

  @Test func recognisesEveryKind() {
    for kind in ActionKind.allCases where kind != .unrecognised && !kind.isOwn {
      #expect(
        read(Self.record(["actions": [Self.action(["kind": kind.rawValue])]])).record?.actions.first?.kind == kind)
    }
  }

  @Test func keepsUnrecognisedCodes() throws {
    let result = read(
      Self.record(
        [
          "entities": [["id": "e1", "type": "hologram", "verdict": "odd"]],
          "actions": [Self.action(["kind": "Block-URL", "status": "deferred"])],
        ], investigation: ["status": "Running"]))
    let record = try #require(result.record)
    #expect(record.status == Recognised(nil, raw: "Running"))
    #expect(record.actions.first?.kind == .unrecognised)
    #expect(record.actions.first?.rawType == "Block-URL")
    #expect(record.entities.first?.type == Recognised(nil, raw: "hologram"))
    #expect(record.entities.first?.verdict == Recognised(nil, raw: "odd"))
    #expect(
      result.lines == [
        "note: investigation.status: unrecognised status \"Running\"",
        "note: actions[0].kind: unrecognised kind of action \"Block-URL\"",
        "note: actions[0].status: unrecognised status \"deferred\"",
        "note: entities[0].type: unrecognised type of entity \"hologram\"",
      ])
  }

  @Test func readsEveryFieldOfEveryType() throws {
    let entities: [[String: Any]] = [
      [
        "id": "1", "type": "mail-message", "subject": "s", "sender": "f", "senderDisplayName": "d", "senderIP": "i",
        "recipient": "r", "networkMessageId": "n", "internetMessageId": "m", "received": "2026-03-11T09:14:00Z",
        "direction": "in", "deliveryAction": "a", "deliveryLocation": "l", "originalDeliveryLocation": "o",
        "threats": ["t"], "detectionMethods": ["u"], "urls": ["v"],
        "attachments": [["name": "a.html", "sha256": String(repeating: "a", count: 64)], ["name": "b"]],
      ],
      [
        "id": "2", "type": "mail-cluster", "query": "q", "queryTime": "2026-03-11T09:14:00Z", "mailCount": 8,
        "networkMessageIds": ["n"], "countByThreat": ["Phish": 2], "countByLocation": ["Inbox": 1],
        "countByProtection": ["Delivered": 1], "clusterBy": "c", "clusterByValue": "v",
      ], ["id": "3", "type": "url", "url": "u", "clicks": 1, "emails": 2],
      [
        "id": "4", "type": "file", "name": "n", "sha256": String(repeating: "A", count: 64),
        "sha1": String(repeating: "b", count: 40), "md5": String(repeating: "c", count: 32), "malwareFamily": "f",
        "size": 3,
      ], ["id": "5", "type": "mailbox", "address": "a", "displayName": "d", "upn": "u", "riskLevel": "low"],
      ["id": "6", "type": "ip", "address": "192.0.2.1"],
      [
        "id": "7", "type": "mailbox-configuration", "mailbox": "m", "configType": "t", "configId": "c",
        "forwardTo": "f", "delegate": "d", "rule": "r",
      ], ["id": "8", "type": "account", "upn": "u", "displayName": "d"], ["id": "9", "type": "host", "name": "n"],
      ["id": "10", "type": "submission"], ["id": "11", "type": "teams-message"], ["id": "12", "type": "other"],
    ]
    let record = try #require(read(Self.record(["entities": entities, "actions": nil])).record)
    #expect(record.entities.map(\.fields.count) == [16, 9, 3, 6, 4, 1, 6, 2, 1, 0, 0, 0])
    #expect(record.entities[0].list(.attachments).last == "b")
    #expect(record.entities[1].counts(.countByThreat) == [.init("Phish", 2)])
    #expect(record.entities[4].text(.mailbox) == "a")
    #expect(record.entities[8].text(.hostName) == "n")
    #expect(record.actions == [])
  }

  @Test(arguments: [
    ("id", "error: id: the key is missing"), ("tenant", "error: tenant: the key is missing"),
    ("investigation", "error: investigation: the key is missing"),
  ])
  func refusesARecordWithoutAKey(key: String, message: String) {
    #expect(read(Self.record([key: nil])).refusal == message)
  }

  @Test(arguments: ["id", "name", "type", "status", "created"])
  func refusesAnInvestigationWithoutAKey(key: String) {
    #expect(
      read(Self.record(investigation: [key: nil])).refusal == "error: investigation.\(key): the key is missing")
  }

  @Test func refusesWhatTheFormatDoesNotAllow() {
    func expect(_ object: [String: Any], _ message: String, line: Int = #line) {
      #expect(read(object).refusal == "error: " + message, "line \(line)")
    }
    let extra = " | what the format has no key for goes into `extra`"
    expect(Self.record(["colour": 1]), "colour: unknown key" + extra)
    expect(Self.record(investigation: ["colour": 1]), "investigation.colour: unknown key" + extra)
    expect(Self.record(["entities": [Self.configuration(["url": "u"])]]), "entities[0].url: unknown key" + extra)
    expect(Self.record(["actions": [Self.action(["x": 1])]]), "actions[0].x: unknown key" + extra)
    expect(Self.record(["engine": NSNull()]), "engine: null is no value here | leave the key out")
    expect(Self.record(["engine": 5]), "engine: expected text, found a number")
    expect(Self.record(["extra": 5]), "extra: expected an object, found a number")
    expect(Self.record(["id": ""]), "id: an id is never empty")
    expect(Self.record(["alerts": 5]), "alerts: expected an array, found a number")
    expect(Self.record(["alerts": ["x"]]), "alerts[0]: expected an object, found text")
    let hint = " | write times as 2026-03-09T07:44:30Z"
    for time in [
      "2026-03-11T09:14:00", "2026-03-11T09:14:00+00:00", "2026-03-11t09:14:00z", "soon",
      "2026-03-11T09:14:00.1234567890Z", "3/11/2026 9:14:00 AM",
    ] {
      expect(Self.record(investigation: ["created": time]), "investigation.created: not a time: \"\(time)\"" + hint)
    }
    expect(Self.record(investigation: ["runningSeconds": -1]), "investigation.runningSeconds: not a count: \"-1\"")
    expect(Self.record(investigation: ["runningSeconds": "1"]), "investigation.runningSeconds: not a count: \"1\"")
    expect(
      Self.record(["alerts": [["id": "al-7", "title": "a"], ["id": "al-7", "title": "b"]]]),
      "alerts[1].id: the id stands twice in the record: \"al-7\"")
    expect(
      Self.record(["entities": [Self.configuration(), Self.configuration()]]),
      "entities[1].id: the id stands twice in the record: \"e1\"")
    expect(
      Self.record(["actions": [Self.action(), Self.action()]]),
      "actions[1].id: the id stands twice in the record: \"act-1\"")
    expect(Self.record(["actions": [Self.action(["targets": nil])]]), "actions[0].targets: the key is missing")
    expect(
      Self.record(["actions": [Self.action(["targets": [] as [Any]])]]),
      "actions[0].targets: an action has at least one target")
    expect(
      Self.record(["actions": [Self.action(["targets": ["e1", "e1"]])]]),
      "actions[0].targets[1]: the target stands twice: \"e1\"")
    expect(
      Self.record(["actions": [Self.action(["targets": ["e9"]])]]),
      "actions[0].targets[0]: no entity of the record has this id: \"e9\"")
    expect(
      Self.record(["actions": [Self.action(["alerts": ["al-9"]])]]),
      "actions[0].alerts[0]: no alert of the record has this id: \"al-9\"")
    expect(
      Self.record(["entities": [["id": "e1", "type": "url", "url": ""]]]),
      "actions[0].targets[0]: the target has none of the keys that identify it: \"e1\"")
    expect(
      Self.record(["actions": [Self.action(["parameters": ["a": 1.5]])]]),
      "actions[0].parameters.a: not a whole number: \"1.5\"")
    expect(
      Self.record(["actions": [Self.action(["parameters": ["a": [1]]])]]),
      "actions[0].parameters.a: expected text, a number, true or false, found an array")
    expect(
      Self.record(["actions": [Self.action(["parameters": ["ä": 1]])]]),
      "actions[0].parameters.ä: the name of a parameter is ASCII")
    expect(
      Self.record(["entities": [["id": "e1", "type": "file", "md5": "xyz"]]]),
      "entities[0].md5: expected 32 hex digits, found \"xyz\"")
  }

  @Test func refusesAKeyThatStandsTwice() {
    let text = Self.example.replacingOccurrences(of: "\"engine\"", with: "\"engine\":\"acme-soar\",\"engine\"")
    #expect(
      RecordReading.read(Array(text.utf8), as: .countersign).refusal
        == "error: engine: the key stands twice in its object")
  }

  @Test func warnsOfTextThatIsNotWellFormed() {
    let text = Self.example.replacingOccurrences(of: "drop@", with: "drop\\ud800@")
    #expect(
      RecordReading.read(Array(text.utf8), as: .countersign).lines == [
        "warning: entities[0].forwardTo: the text is not well-formed UTF-8"
          + " | an action that it identifies cannot be decided"
      ])
  }

  @Test func readsTheExampleOfTheFormatPage() throws {
    let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("docs/formats/neutral-export.md")
    let text = String(decoding: try Data(contentsOf: page), as: UTF8.self)
    let blocks = text.components(separatedBy: "```jsonl\n").dropFirst()
    let example = try #require(blocks.first?.components(separatedBy: "```").first)
    let items = S.items(Array(example.utf8))
    #expect(S.lines(items) == [])
    #expect(S.records(items).count == 2)
    #expect(S.records(items).last?.record.actions.first?.approval.known == .declined)
  }
}
