import ByteText
import CaseModel

extension ConfigurationReading {
  /// The whole file.
  mutating func configuration(_ document: YAMLNode) -> Configuration? {
    var configuration = Configuration(organization: "", issuer: "")
    members(
      document, "",
      known: ["workspace", "organization", "issuer", "clock", "tlp", "reviewers", "policy", "mail"]
    ) { reading, key, full, value in
      switch key {
      case "workspace": reading.version(value, full)
      case "organization": reading.organization(value, &configuration)
      case "issuer":
        guard let text = reading.text(value, full) else { return true }
        if !Configuration.isID(text) {
          reading.fail(value.position, full, "expected 1 to 16 of the characters a-z, 0-9 and -")
        }
        configuration.issuer = text
      case "clock": configuration.clock = reading.choice(value, full, Configuration.Clock.self) ?? .system
      case "tlp":
        let labels: [ByteString] = ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"]
        guard let text = reading.text(value, full) else { return true }
        if labels.contains(text) {
          configuration.tlp = text
        } else if !text.isEmpty {
          reading.fail(value.position, full, Self.list("expected one of ", labels))
        }
      case "reviewers": reading.reviewers(value, &configuration)
      case "policy": reading.policy(value, &configuration)
      case "mail": reading.mail(value, &configuration)
      default: return false
      }
      return true
    }
    // Versions come first: what a newer file says besides is not ours to judge.
    if let newer = mistakes.first(where: { $0.message == Self.newer }) {
      mistakes = [newer]
      return nil
    }
    if configuration.issuer.isEmpty && !mistakes.contains(where: { $0.key == "issuer" }) {
      fail(document.position, "issuer", "missing", hint: "add a line like: issuer: hq1")
    }
    if configuration.organization.isEmpty && !mistakes.contains(where: { Self.isOfOrganization($0.key) }) {
      fail(document.position, "organization", "missing", hint: "add a line like: organization: {name: Larkfield}")
    }
    return mistakes.isEmpty ? configuration : nil
  }

  private static let newer: ByteString = "made by a newer countersign"

  private static func isOfOrganization(_ key: ByteString) -> Bool {
    key == "organization" || key.bytes.starts(with: "organization.".utf8)
  }

  private mutating func version(_ node: YAMLNode, _ key: ByteString) {
    guard case .scalar(let text, _, let position) = node, let version = ASCII.decimal(text.bytes[...]), version > 0
    else {
      return fail(node.position, key, "expected a version number")
    }
    if version > 1 { fail(position, key, Self.newer, hint: "this version reads workspace: 1") }
  }

  private mutating func organization(_ node: YAMLNode, _ configuration: inout Configuration) {
    // A bare name is what people write first.
    if case .scalar(let text, _, _) = node {
      configuration.organization = text
      if text.isEmpty { fail(node.position, "organization", "expected a name") }
      return
    }
    guard case .mapping = node else { return fail(node.position, "organization", "expected keys and values") }
    members(node, "organization", known: ["name", "tenants"]) { reading, key, full, value in
      switch key {
      case "name": configuration.organization = reading.text(value, full) ?? ""
      case "tenants": configuration.tenants = reading.texts(value, full) ?? []
      default: return false
      }
      return true
    }
    if configuration.organization.isEmpty && !mistakes.contains(where: { $0.key == "organization.name" }) {
      fail(node.position, "organization.name", "missing")
    }
  }

  private mutating func reviewers(_ node: YAMLNode, _ configuration: inout Configuration) {
    if case .scalar(let text, _, _) = node, text.isEmpty { return }
    guard case .sequence(let items, _) = node else { return fail(node.position, "reviewers", "expected a list") }
    var seen: Set<ByteString> = []
    for (index, item) in items.enumerated() {
      let path = ByteString("reviewers[\(index)]")
      guard case .mapping = item else {
        fail(item.position, path, "expected keys and values")
        continue
      }
      var reviewer = Reviewer(id: "", name: "")
      var hasID = false
      members(item, path, known: ["id", "name", "addresses", "roles", "delegates"]) { reading, key, full, value in
        switch key {
        case "id":
          hasID = true
          guard let text = reading.text(value, full) else { return true }
          if !Configuration.isID(text) || text == "anyone" {
            reading.fail(value.position, full, "expected 1 to 16 of the characters a-z, 0-9 and -, other than anyone")
          } else if !seen.insert(text).inserted {
            reading.fail(value.position, full, "the id stands twice")
          }
          reviewer.id = text
        case "name": reviewer.name = reading.text(value, full) ?? ""
        case "addresses": reviewer.addresses = reading.texts(value, full) ?? []
        case "roles": reviewer.roles = reading.texts(value, full) ?? []
        case "delegates": reading.delegates(value, full)
        default: return false
        }
        return true
      }
      if !hasID { fail(item.position, path + ".id", "missing") }
      configuration.reviewers.append(reviewer)
    }
  }

  /// Delegates are checked for their form here; policy takes them up where it judges who may stand in for whom.
  private mutating func delegates(_ node: YAMLNode, _ path: ByteString) {
    guard case .sequence(let items, _) = node else { return fail(node.position, path, "expected a list") }
    for item in items {
      members(item, path, known: ["to", "from", "until"]) { reading, key, full, value in
        guard key == "to" || key == "from" || key == "until" else { return false }
        if let text = reading.text(value, full), key != "to" {
          if case .time = Instant.exported(text + "T00:00:00Z") { return true }
          reading.fail(value.position, full, "expected a date like 2026-11-01")
        }
        return true
      }
    }
  }

  private mutating func mail(_ node: YAMLNode, _ configuration: inout Configuration) {
    members(node, "mail", known: ["from", "decisions_to", "sendmail", "site_url"]) { reading, key, full, value in
      let text = reading.text(value, full) ?? ""
      switch key {
      case "from": configuration.mail.from = text
      case "decisions_to": configuration.mail.decisionsTo = text
      case "sendmail": configuration.mail.sendmail = text
      case "site_url": configuration.mail.siteURL = text
      default: return false
      }
      return true
    }
  }

  private mutating func policy(_ node: YAMLNode, _ configuration: inout Configuration) {
    var kinds: [(ActionKind, YAMLNode)] = []
    members(node, "policy", known: ["default", "kinds"]) { reading, key, _, value in
      switch key {
      case "default": reading.rules(value, "policy.default", &configuration.policy.standard)
      case "kinds":
        reading.members(value, "policy.kinds", known: ActionKind.allCases.map { ByteString($0.rawValue) }) {
          _, name, _, rules in
          guard let kind = ActionKind.allCases.first(where: { ByteString($0.rawValue) == name }) else { return false }
          kinds.append((kind, rules))
          return true
        }
      default: return false
      }
      return true
    }
    // A kind starts from the default, wherever in the file that stands.
    for (kind, node) in kinds {
      var rules = configuration.policy.standard
      self.rules(node, "policy.kinds." + ByteString(kind.rawValue), &rules)
      configuration.policy.kinds[kind] = rules
    }
  }

  private mutating func rules(_ node: YAMLNode, _ path: ByteString, _ rules: inout KindPolicy) {
    members(
      node, path,
      known: ["quorum", "identity", "comment", "shared_tokens", "expiry_margin", "roles", "max_bulk"]
    ) { reading, key, full, value in
      switch key {
      case "quorum": rules.quorum = reading.number(value, full, in: 1...9) ?? rules.quorum
      case "identity":
        let levels: [IdentityLevel] = [.bearer, .sshsig, .sshsigTouch, .sshsigPIN]
        guard let text = reading.text(value, full) else { return true }
        if let level = levels.first(where: { ByteString(stringLiteral: $0.word) == text }) {
          rules.identity = level
        } else {
          reading.fail(
            value.position, full, Self.list("expected one of ", levels.map { ByteString(stringLiteral: $0.word) }))
        }
      case "comment":
        // YAML 1.1 readers take `off` for false; here it is text either way.
        rules.comment = reading.choice(value, full, KindPolicy.Comment.self) ?? rules.comment
      case "shared_tokens": rules.sharedTokens = reading.flag(value, full) ?? rules.sharedTokens
      case "expiry_margin":
        guard let margin = reading.duration(value, full) else { return true }
        if margin >= Deadline.week {
          reading.fail(value.position, full, "expected less than the seven days after which a pending action lapses")
        }
        rules.expiryMargin = margin
      case "roles":
        reading.members(value, full, known: ["all_of", "any_of"]) { reading, key, full, value in
          switch key {
          case "all_of": rules.allOf = reading.texts(value, full) ?? []
          case "any_of": rules.anyOf = reading.texts(value, full) ?? []
          default: return false
          }
          return true
        }
      case "max_bulk": rules.maxBulk = reading.number(value, full, in: 1...10_000)
      default: return false
      }
      return true
    }
  }
}
