import ByteText
import CaseModel

/// A playbook of CACAO Security Playbooks 2.0: the commands for machines first; where they fail, or there are none, a person.
enum CACAOPlaybook {
  /// The playbook of an order.
  static func tree(_ order: WorkOrder) -> JSONTree {
    let creator = OrderIDs.identity(order.source)
    let marking = order.source.tlp.isEmpty ? nil : "marking-tlp--" + order.uuid("marking")
    var members: [JSONTree.Member] = [
      .init("type", "playbook"), .init("spec_version", "cacao-2.0"), .init("id", .string(id(order))),
      .init("name", .string(name(order))),
      .init("description", .string(description(order))), .init("playbook_types", ["remediation"]),
      .init("playbook_activities", [.string(DeedTerms.activity(order.deed))]),
      .init("created_by", .string(creator)), .init("created", .string(order.made.milliseconds)),
      .init("modified", .string(order.made.milliseconds)), .init("valid_from", .string(order.made.milliseconds)),
      .init("valid_until", .string(order.until.milliseconds)), .init("priority", .int(order.deed.isFinal ? 10 : 20)),
      .init("severity", .int(order.source.severity * 25)), .init("impact", .int(DeedTerms.impact(order.deed))),
      .init("labels", ["countersign"]),
      .init(
        "external_references",
        [
          [
            "name": "investigation", "description": .string("investigation " + order.source.investigation),
            "external_id": .string(
              order.source.investigationID.isEmpty ? order.source.investigation : order.source.investigationID),
          ]
        ]),
      .init(
        "playbook_variables",
        [
          "__work_order__": variable(order.id), "__effect_digest__": variable(order.digest),
          "__at_most__": variable(order.effect.atMost.map { ByteString("\($0)") } ?? "not limited"),
        ]),
      .init("workflow_start", .string(step("start", order))), .init("workflow", workflow(order)),
      .init("agent_definitions", agents(order)),
      .init(
        "playbook_processing_summary",
        ["manual_playbook": .bool(OpenC2Command.all(of: order).isEmpty), "data_markings": .bool(marking != nil)]),
    ]
    if let marking {
      members.append(.init("markings", [.string(marking)]))
      members.append(
        .init(
          "data_marking_definitions",
          .object([
            .init(
              marking,
              [
                "type": "marking-tlp", "id": .string(marking), "created_by": .string(creator),
                "created": .string(order.made.milliseconds), "tlpv2_level": .string("TLP:" + order.source.tlp),
              ])
          ])))
    }
    return .object(members)
  }

  private static func name(_ order: WorkOrder) -> ByteString {
    ByteString(stringLiteral: order.deed.title) + ", work order " + order.id
  }

  /// The playbook's id: version 5, in the namespace of CACAO over its name and types (section 10.10).
  static func id(_ order: WorkOrder) -> ByteString {
    "playbook--" + OrderIDs.cacao(["name": .string(name(order)), "playbook_types": ["remediation"]])
  }

  private static func description(_ order: WorkOrder) -> ByteString {
    "Effect digest " + PrintedDigest.groups(order.digest) + "; " + order.approval.words
      + (order.deed.isFinal ? "; cannot be undone" : "")
  }

  /// What a person has to do and with what; what comes from exports is cleaned for whoever shows it.
  private static func manualText(_ order: WorkOrder) -> ByteString {
    let facts = OrderFacts.of(order).map { fact in
      fact.name + " " + ByteString(Sanitizer.sanitized(fact.value.bytes, limit: Sanitizer.urlLimit))
    }
    let left = order.targets.count - OrderFacts.most
    return joined(PortalSteps.of(order), by: " ") + " What is given: " + joined(facts, by: " ; ")
      + (left > 0 ? ByteString(" ; and \(left) more targets, in the order") : "")
  }

  private static func variable(_ text: ByteString) -> JSONTree {
    ["type": "string", "value": .string(text), "constant": true]
  }

  private static func step(_ name: ByteString, _ order: WorkOrder) -> ByteString {
    let type: ByteString = name == "start" ? "start" : name.bytes.starts(with: Array("end".utf8)) ? "end" : "action"
    // Steps are named by the form of version 4 (section 10.10); made from the order, so that the same order is the same bytes.
    return type + "--" + OrderIDs.fourth(order.uuid("step/" + name))
  }

  private static func agents(_ order: WorkOrder) -> JSONTree {
    var agents: [JSONTree.Member] = [
      .init(person(order), ["type": "individual", "name": "Whoever carries approved actions out"])
    ]
    if !OpenC2Command.all(of: order).isEmpty {
      agents.append(
        .init(
          machine(order),
          [
            "type": "http-api", "name": "OpenC2 consumer of this organisation",
            "address": ["url": ["https://openc2.example.org"]],
          ]))
    }
    return .object(agents)
  }

  private static func person(_ order: WorkOrder) -> ByteString { "individual--" + order.uuid("agent/person") }
  private static func machine(_ order: WorkOrder) -> ByteString { "http-api--" + order.uuid("agent/machine") }

  private static func workflow(_ order: WorkOrder) -> JSONTree {
    let commands = OpenC2Command.all(of: order)
    let manual = step("manual", order)
    let first = commands.isEmpty ? manual : step("automated", order)
    var steps: [JSONTree.Member] = [
      .init(step("start", order), ["type": "start", "on_completion": .string(first)])
    ]
    if !commands.isEmpty {
      steps.append(
        .init(
          first,
          [
            "type": "action", "name": .string(ByteString(stringLiteral: order.deed.title)),
            "description": "For machines: one OpenC2 command for each target",
            "on_success": .string(step("end", order)), "on_failure": .string(manual),
            "agent": .string(machine(order)),
            "commands": .array(
              commands.map { command in
                [
                  "type": "openc2-http", "command": "POST /openc2 HTTP/1.1",
                  "content_b64": .string(ByteString(Base64.encode(CanonicalJSON.bytes(command.tree)))),
                  "headers": ["Content-Type": ["application/openc2-cmd+json;version=1.0"]],
                  "playbook_activity": .string(DeedTerms.activity(order.deed)),
                ]
              }),
          ]))
    }
    steps.append(
      .init(
        manual,
        [
          "type": "action", "name": .string(ByteString(stringLiteral: order.deed.title) + ", by hand"),
          "on_completion": .string(step("end by hand", order)), "agent": .string(person(order)),
          "commands": [
            [
              "type": "manual", "command": .string(manualText(order)),
              "playbook_activity": .string(DeedTerms.activity(order.deed)),
            ]
          ],
        ]))
    if !commands.isEmpty { steps.append(.init(step("end", order), ["type": "end"])) }
    steps.append(.init(step("end by hand", order), ["type": "end"]))
    return .object(steps)
  }
}

extension OrderIDs {
  /// The identity that orders are created by: the deployment.
  static func identity(_ source: OrderSource) -> ByteString { "identity--" + uuid("issuer/" + source.issuer) }
}

extension Instant {
  /// `2026-11-23T09:12:00.000Z`, as CACAO and STIX want it.
  var milliseconds: ByteString { ByteString(rfc3339.bytes.prefix(19)) + ".000Z" }
}
