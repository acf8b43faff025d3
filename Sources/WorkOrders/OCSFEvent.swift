public import ByteText
public import CaseModel

/// Events of the class Remediation Activity (OCSF 1.8.0, class 7001).
///
/// The class has no status for what was approved and not carried out: that is `Unknown` with the words in `status_detail`, and who
/// approved stands in `unmapped`.
public enum OCSFEvent {
  /// The event of an order that is handed over.
  public static func handedOver(_ order: WorkOrder) -> JSONTree {
    event(
      order, at: order.made, status: (0, "Unknown"), detail: "Approved and handed over, not yet executed",
      name: "handed-over")
  }

  /// The event of a result.
  public static func result(_ order: WorkOrder, _ report: ExecutionReport) -> JSONTree {
    let status: (Int, ByteString) =
      switch report.state {
      case .succeeded: (1, "Success")
      case .failed: (2, "Failure")
      case .alreadyGone: (3, "Does Not Exist")
      case .skipped, .notStarted, .handedOver, .running, .unknown: (0, "Unknown")
      }
    let words = ByteString(report.state.rawValue) + " (" + report.source + ")"
    return event(
      order, at: report.at, status: status, detail: words + (report.detail.isEmpty ? "" : ": " + report.detail),
      name: "result/" + report.at.rfc3339 + "/" + ByteString(report.state.rawValue))
  }

  private static func event(
    _ order: WorkOrder, at: Instant, status: (id: Int, name: ByteString), detail: ByteString, name: ByteString
  ) -> JSONTree {
    let activity = DeedTerms.remediation(order.deed)
    var members: [JSONTree.Member] = [
      .init("activity_id", .int(activity.id)), .init("activity_name", .string(activity.name)),
      .init("category_name", "Remediation"), .init("category_uid", 7), .init("class_name", "Remediation Activity"),
      .init("class_uid", 7001), .init("command_uid", .string(order.id)),
      .init("message", .string(ByteString(stringLiteral: order.deed.title) + ": " + detail)),
      .init("metadata", metadata(order, name)),
      .init("severity", .string(severities[order.source.severity] ?? "Unknown")),
      .init("severity_id", .int(order.source.severity)), .init("status", .string(status.name)),
      .init("status_detail", .string(detail)), .init("status_id", .int(status.id)),
      .init("time", .int(Int(at.seconds) * 1_000)), .init("timezone_offset", 0),
      .init("type_name", .string("Remediation Activity: " + activity.name)),
      .init("type_uid", .int(700_100 + activity.id)),
      .init("unmapped", unmapped(order)),
      .init("remediation", ["desc": .string(ByteString(stringLiteral: order.deed.title) + ", work order " + order.id)]),
    ]
    if let found = DeedTerms.countermeasure(order.deed) {
      var one: [JSONTree.Member] = [.init("d3f_tactic", ["name": .string(found.tactic)]), .init("version", "1.2.0")]
      if let technique = found.technique {
        one.append(.init("d3f_technique", ["name": .string(technique.name), "uid": .string(technique.id)]))
      }
      members.append(.init("countermeasures", [.object(one)]))
    }
    let observables = order.targets.prefix(100).enumerated().map { observable($0.offset, $0.element) }
    if !observables.isEmpty { members.append(.init("observables", .array(observables))) }
    return .object(members)
  }

  private static func metadata(_ order: WorkOrder, _ name: ByteString) -> JSONTree {
    var members: [JSONTree.Member] = [
      .init("correlation_uid", .string(order.source.investigation)),
      .init(
        "product", ["name": "Countersign", "vendor_name": "Countersign", "version": .string(order.source.version)]),
      .init("tenant_uid", .string(order.effect.tenant)), .init("uid", .string(order.uuid("event/" + name))),
      .init("version", "1.8.0"),
    ]
    if !order.source.tlp.isEmpty { members.append(.init("labels", [.string("TLP:" + order.source.tlp)])) }
    return .object(members)
  }

  private static func unmapped(_ order: WorkOrder) -> JSONTree {
    [
      "action": .string(order.action), "effect_digest": .string(order.digest),
      "approvals": .array(
        order.approval.votes.map { vote in
          [
            "at": .string(vote.at.rfc3339), "by": .string(vote.principal),
            "identity": .string(ByteString(stringLiteral: vote.identity.word)),
          ]
        }), "approvals_needed": .int(order.approval.needed), "kind": .string(order.deed.word),
      "targets": .array(order.targets.prefix(100).map { .string($0.label) }),
      "valid_until": .string(order.until.rfc3339),
    ]
  }

  private static func observable(_ index: Int, _ target: OrderTarget) -> JSONTree {
    let form: (id: Int, type: ByteString, value: ByteString) =
      switch target {
      case .url(let url): (6, "URL String", url)
      case .host(let name): (1, "Hostname", name)
      case .mailbox(let address): (5, "Email Address", address)
      case .account(let name): (4, "User Name", name)
      case .file(let file) where !file.sha256.isEmpty: (8, "Hash", file.sha256)
      case .file(let file) where !file.sha1.isEmpty: (8, "Hash", file.sha1)
      case .file(let file): (7, "File Name", file.name)
      case .setting(let one): (5, "Email Address", one.mailbox)
      case .message, .cluster, .other: (99, "Other", target.label)
      }
    return [
      "name": .string(ByteString("unmapped.targets[\(index)]")), "type": .string(form.type), "type_id": .int(form.id),
      "value": .string(form.value),
    ]
  }

  private static let severities: [Int: ByteString] = [
    1: "Informational", 2: "Low", 3: "Medium", 4: "High", 5: "Critical",
  ]
}
