import ByteText
import CaseModel

extension ConfigurationReading {
  mutating func policy(_ node: YAMLNode, _ configuration: inout Configuration) {
    var kinds: [(ActionKind, YAMLNode)] = []
    var classes: [ActionClass: YAMLNode] = [:]
    let own: [ActionKind] = ActionKind.allCases
    members(node, "policy", known: ["default", "classes", "kinds"]) { reading, key, _, value in
      switch key {
      case "default": reading.rules(value, "policy.default", &configuration.policy.standard)
      case "classes":
        reading.members(value, "policy.classes", known: ActionClass.allCases.map { ByteString($0.rawValue) }) {
          _, name, _, rules in
          guard let one = ActionClass.allCases.first(where: { ByteString($0.rawValue) == name }) else { return false }
          classes[one] = rules
          return true
        }
      case "kinds":
        reading.members(value, "policy.kinds", known: own.map { ByteString($0.rawValue) }) { _, name, _, rules in
          guard let kind = own.first(where: { ByteString($0.rawValue) == name }) else { return false }
          kinds.append((kind, rules))
          return true
        }
      default: return false
      }
      return true
    }
    // A kind starts from the default, then from its classes, wherever in the file those stand. A class is read for each of its
    // kinds; its mistakes are told once.
    var told: Set<ActionClass> = []
    for kind in ActionKind.allCases {
      let general = kind.classes.filter { classes[$0] != nil }
      let own = kinds.first { $0.0 == kind }
      guard !general.isEmpty || own != nil else { continue }
      var rules = configuration.policy.standard
      for one in general {
        guard let node = classes[one] else { continue }
        let before = mistakes.count
        self.rules(node, "policy.classes." + ByteString(one.rawValue), &rules)
        if !told.insert(one).inserted { mistakes.removeSubrange(before...) }
      }
      if let node = own?.1 { self.rules(node, "policy.kinds." + ByteString(kind.rawValue), &rules) }
      configuration.policy.kinds[kind] = rules
    }
  }

  private mutating func rules(_ node: YAMLNode, _ path: ByteString, _ rules: inout KindPolicy) {
    members(
      node, path,
      known: [
        "quorum", "identity", "comment", "comment_min", "shared_tokens", "expiry_margin", "expires_after", "roles",
        "max_bulk", "self_approval", "override",
      ]
    ) { reading, key, full, value in
      switch key {
      case "quorum": rules.quorum = reading.number(value, full, in: 1...9) ?? rules.quorum
      case "identity": rules.identity = reading.identity(value, full) ?? rules.identity
      case "comment":
        // YAML 1.1 readers take `off` for false; here it is text either way.
        rules.comment = reading.choice(value, full, KindPolicy.Comment.self) ?? rules.comment
      case "comment_min": rules.minimumComment = reading.number(value, full, in: 1...500) ?? rules.minimumComment
      case "shared_tokens": rules.sharedTokens = reading.flag(value, full) ?? rules.sharedTokens
      case "self_approval": rules.allowsSelfApproval = reading.flag(value, full) ?? rules.allowsSelfApproval
      case "expiry_margin":
        guard let margin = reading.duration(value, full) else { return true }
        if margin >= Deadline.week {
          reading.fail(value.position, full, "expected less than the seven days after which a pending action lapses")
        }
        rules.expiryMargin = margin
      case "expires_after":
        guard let limit = reading.duration(value, full) else { return true }
        if limit < 60 || limit > Deadline.week {
          reading.fail(value.position, full, "expected a minute to the seven days after which a pending action lapses")
        }
        rules.expiresAfter = limit
      case "roles": rules.roles = reading.roles(value, full)
      case "max_bulk": rules.maxBulk = reading.number(value, full, in: 1...10_000)
      case "override": rules.override = reading.override(value, full)
      default: return false
      }
      return true
    }
  }

  private mutating func identity(_ node: YAMLNode, _ key: ByteString) -> IdentityLevel? {
    let levels: [IdentityLevel] = [.bearer, .sshsig, .sshsigTouch, .sshsigPIN]
    guard let text = text(node, key) else { return nil }
    if let level = levels.first(where: { ByteString(stringLiteral: $0.word) == text }) { return level }
    fail(node.position, key, Self.list("expected one of ", levels.map { ByteString(stringLiteral: $0.word) }))
    return nil
  }

  private mutating func roles(_ node: YAMLNode, _ path: ByteString) -> KindPolicy.Roles {
    var roles = KindPolicy.Roles()
    members(node, path, known: ["all_of", "any_of"]) { reading, key, full, value in
      switch key {
      case "all_of": roles.allOf = reading.texts(value, full) ?? []
      case "any_of": roles.anyOf = reading.texts(value, full) ?? []
      default: return false
      }
      return true
    }
    return roles
  }

  /// `off`, or who may approve alone in an emergency and how long the reason must be.
  private mutating func override(_ node: YAMLNode, _ path: ByteString) -> KindPolicy.Override? {
    if case .scalar(let text, _, _) = node, text == "off" { return nil }
    var override = KindPolicy.Override(roles: KindPolicy.Roles())
    members(node, path, known: ["roles", "reason_min"]) { reading, key, full, value in
      switch key {
      case "roles": override.roles = reading.roles(value, full)
      case "reason_min": override.minimumReason = reading.number(value, full, in: 1...500) ?? 20
      default: return false
      }
      return true
    }
    if override.roles.isEmpty && !mistakes.contains(where: { $0.key.bytes.starts(with: path.bytes) }) {
      fail(
        node.position, path + ".roles", "an override needs roles: not everybody may approve alone",
        hint: "like: override: {roles: {any_of: [security-administrator]}}")
    }
    return override
  }
}
