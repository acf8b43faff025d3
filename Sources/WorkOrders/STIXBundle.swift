import ByteText
import CaseModel

/// A bundle of STIX 2.1: the course of action with its playbook, and what it acts on where STIX has an object for that.
struct STIXBundle {
  private let order: WorkOrder
  private let creator: ByteString
  private let marking: ByteString?

  init(_ order: WorkOrder) {
    self.order = order
    creator = OrderIDs.identity(order.source)
    marking = Self.markings[order.source.tlp].map { "marking-definition--" + $0.id }
  }

  /// The bundle.
  ///
  /// - Parameter playbook: the same order as a CACAO playbook, carried by the playbook extension of courses of action.
  func tree(playbook: JSONTree) -> JSONTree {
    var objects: [JSONTree] = []
    if let object = markingObject { objects.append(object) }
    objects.append(
      object(
        "identity", id: creator,
        [.init("identity_class", "organization"), .init("name", .string(name(order.source.organization)))],
        isCreator: true))
    let course = "course-of-action--" + order.uuid("course-of-action")
    objects.append(courseOfAction(course, playbook))
    for (index, found) in STIXObservable.all(of: order).enumerated() {
      objects.append(found.object(marking: marking))
      guard let pattern = found.pattern else { continue }
      let indicator = "indicator--" + order.uuid("indicator/" + ByteString("\(index)"))
      objects.append(
        object(
          "indicator", id: indicator,
          [
            .init("indicator_types", ["malicious-activity"]),
            .init("name", .string(ByteString(stringLiteral: order.deed.title) + ": " + found.type)),
            .init("pattern", .string(pattern)), .init("pattern_type", "stix"),
            .init("valid_from", .string(order.made.milliseconds)),
          ]))
      objects.append(
        object(
          "relationship", id: "relationship--" + order.uuid("mitigates/" + ByteString("\(index)")),
          [
            .init("relationship_type", "mitigates"), .init("source_ref", .string(course)),
            .init("target_ref", .string(indicator)),
          ]))
    }
    return [
      "id": .string("bundle--" + order.uuid("bundle")), "objects": .array(Self.unique(objects)), "type": "bundle",
    ]
  }

  private func courseOfAction(_ id: ByteString, _ playbook: JSONTree) -> JSONTree {
    let from = order.made.milliseconds
    let until = order.until.milliseconds
    var references: [JSONTree] = [["external_id": .string(order.id), "source_name": "countersign"]]
    if let technique = DeedTerms.countermeasure(order.deed)?.technique {
      references.append(["external_id": .string(technique.id), "source_name": "d3fend"])
    }
    let playbookID = CACAOPlaybook.id(order)
    let carried: [JSONTree.Member] = [
      .init("created", .string(from)), .init("description", "CACAO 2.0 work order"),
      .init("extension_type", "property-extension"), .init("labels", ["countersign"]), .init("modified", .string(from)),
      .init("playbook_abstraction", "executable"),
      .init("playbook_bin", .string(ByteString(Base64.encode(CanonicalJSON.bytes(playbook))))),
      .init("playbook_creation_time", .string(from)), .init("playbook_creator", .string(creator)),
      .init("playbook_id", .string(ByteString(playbookID.bytes.dropFirst(10)))),
      .init("playbook_impact", .int(DeedTerms.impact(order.deed))),
      .init("playbook_priority", .int(order.deed.isFinal ? 10 : 20)),
      .init("playbook_severity", .int(order.source.severity * 25)), .init("playbook_standard", "cacao"),
      .init("playbook_type", ["remediation"]), .init("playbook_valid_from", .string(from)),
      .init("playbook_valid_until", .string(until)), .init("revoked", false),
    ]
    let words =
      order.approval.words + "; effect digest " + order.digest + "; valid until " + order.until.rfc3339
      + (order.deed.isFinal ? "; cannot be undone" : "")
    return object(
      "course-of-action", id: id,
      [
        .init("description", .string(words)), .init("external_references", .array(references)),
        .init(
          "extensions",
          .object([.init("extension-definition--1e1c1bd7-c527-4215-8e18-e199e74da57c", .object(carried))])),
        .init("labels", ["approved", "countersign"]),
        .init("name", .string(ByteString(stringLiteral: order.deed.title))),
      ])
  }

  private func object(
    _ type: ByteString, id: ByteString, _ members: [JSONTree.Member], isCreator: Bool = false
  ) -> JSONTree {
    var all: [JSONTree.Member] = [
      .init("created", .string(order.made.milliseconds)), .init("id", .string(id)),
      .init("modified", .string(order.made.milliseconds)), .init("spec_version", "2.1"), .init("type", .string(type)),
    ]
    if !isCreator { all.append(.init("created_by_ref", .string(creator))) }
    if let marking { all.append(.init("object_marking_refs", [.string(marking)])) }
    return .object(all + members)
  }

  private func name(_ organization: ByteString) -> ByteString {
    organization.isEmpty ? order.source.issuer : organization
  }

  /// The same observable may stand for several targets: a bundle holds an object once.
  private static func unique(_ objects: [JSONTree]) -> [JSONTree] {
    var seen: Set<JSONTree> = []
    return objects.filter { seen.insert($0).inserted }
  }

  // MARK: TLP

  private var markingObject: JSONTree? {
    guard let marking, let known = Self.markings[order.source.tlp] else { return nil }
    return [
      "created": "2022-10-01T00:00:00.000Z",
      "extensions": .object([
        .init(
          "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d",
          ["extension_type": "property-extension", "tlp_2_0": .string(known.word)])
      ]),
      "id": .string(marking), "name": .string("TLP:" + order.source.tlp), "spec_version": "2.1",
      "type": "marking-definition",
    ]
  }

  /// The objects for TLP 2.0 that everybody shares (UX section 6.5): with another id readers drop what is marked.
  private static let markings: [ByteString: (id: ByteString, word: ByteString)] = [
    "CLEAR": ("94868c89-83c2-464b-929b-a1a8aa3c8487", "clear"),
    "GREEN": ("bab4a63c-aed9-4cf5-a766-dfca5abac2bb", "green"),
    "AMBER": ("55d920b0-5e8b-4f79-9ee9-91f868d9b421", "amber"),
    "AMBER+STRICT": ("939a9414-2ddd-4d32-a0cd-375ea402b003", "amber+strict"),
    "RED": ("e828b379-4e03-4974-9ac4-e53a884c97c1", "red"),
  ]
}
