import ApprovalTokens
import ByteText
import CaseModel
import CaseStore

/// What is wrong with a configuration whose every line is well-formed: rules that nobody can meet, names that nobody has.
struct PolicyCheck {
  private(set) var findings: [Diagnostic] = []
  private let configuration: Configuration
  private let signers: AllowedSigners

  init(_ configuration: Configuration, _ signers: AllowedSigners) {
    self.configuration = configuration
    self.signers = signers
    checkReviewers()
    checkSigners()
    checkRules(configuration.policy.standard, "policy.default")
    for kind in ActionKind.allCases {
      guard let rules = configuration.policy.kinds[kind], rules != configuration.policy.standard else { continue }
      checkRules(rules, "policy.kinds." + ByteString(kind.rawValue))
    }
    findings = Self.distinct(findings)
  }

  /// One rule can be wrong for every kind of a class: it is told once.
  private static func distinct(_ findings: [Diagnostic]) -> [Diagnostic] {
    var seen: Set<ByteString> = []
    return findings.filter { seen.insert(ByteString($0.text)).inserted }
  }

  private mutating func add(
    _ severity: Diagnostic.Severity, _ key: ByteString, _ message: ByteString, hint: ByteString = ""
  ) {
    let place = configuration.places[key]
    findings.append(
      Diagnostic(
        severity, file: Configuration.fileName + ByteString(":\(place.line):\(place.column)"), field: key,
        message: message, hint: hint))
  }

  // MARK: People

  private mutating func checkReviewers() {
    let reviewers = configuration.reviewers
    var owners: [ByteString: ByteString] = [:]
    for (index, reviewer) in reviewers.enumerated() {
      let path = ByteString("reviewers[\(index)]")
      for (number, delegate) in reviewer.delegates.enumerated() {
        let key = path + ByteString(".delegates[\(number)].to")
        if delegate.to == reviewer.id {
          add(.error, key, "nobody stands in for themselves")
        } else if !reviewers.contains(where: { $0.id == delegate.to }) {
          add(.error, key, "no reviewer has the id '" + delegate.to + "'")
        }
      }
      for role in reviewer.roles { checkName(of: role, path + ".roles") }
      if reviewer.addresses.isEmpty && forbidsSelfApproval {
        add(
          .warning, path + ".addresses", "without addresses nothing tells whether they take part in an investigation",
          hint: "name their mail addresses, or set self_approval: true")
      }
      for address in reviewer.addresses {
        let key = ByteString(ASCII.lowercased(address.bytes))
        if let other = owners[key], other != reviewer.id {
          add(.warning, path + ".addresses", "the address " + address + " is that of " + other + " too")
        }
        owners[key] = reviewer.id
      }
    }
  }

  private var forbidsSelfApproval: Bool {
    !configuration.policy.standard.allowsSelfApproval
      || configuration.policy.kinds.values.contains { !$0.allowsSelfApproval }
  }

  private mutating func checkName(of role: ByteString, _ key: ByteString) {
    guard !KnownRole.allCases.contains(where: { ByteString($0.rawValue) == role }) else { return }
    let known = KnownRole.allCases.map { ByteString($0.rawValue).bytes }
    add(
      .warning, key, "the role '" + role + "' is none of the source system's",
      hint: "known: " + ByteString(Array(known.joined(separator: [0x2C, 0x20]))))
  }

  private mutating func checkSigners() {
    for entry in signers.entries {
      for principal in entry.principals where !configuration.reviewers.contains(where: { $0.id == principal }) {
        findings.append(
          Diagnostic(
            .warning, file: AllowedSigners.fileName, record: entry.line,
            message: "no reviewer has the id '" + principal + "': the key decides nothing"))
      }
    }
  }

  // MARK: Rules

  private mutating func checkRules(_ rules: KindPolicy, _ path: ByteString) {
    for role in rules.roles.allOf + rules.roles.anyOf { checkName(of: role, path + ".roles") }
    let able = configuration.reviewers.filter { rules.roles.areHeld(by: $0.roles) }
    let asksForPeople = rules.quorum > 1 || !rules.roles.isEmpty || rules.identity > .bearer
    if asksForPeople && able.count < rules.quorum {
      add(
        .error, path + (rules.roles.isEmpty ? ".quorum" : ".roles"),
        ByteString("\(able.count) of the \(rules.quorum) people it takes are there: ")
          + "nobody can ever approve actions of this kind",
        hint: "give the roles to more reviewers, or ask for fewer people")
    } else if rules.identity >= .sshsig {
      let signing = able.filter { reviewer in signers.entries.contains { $0.principals.contains(reviewer.id) } }
      if signing.count < rules.quorum {
        add(
          .error, path + ".identity",
          ByteString("\(signing.count) of the \(rules.quorum) people it takes have an SSH key in keys/allowed_signers"),
          hint: "add a line: ID namespaces=\"decisions.v1@countersign\" ssh-ed25519 AAAA...")
      }
    }
    if rules.sharedTokens && rules.identity == .bearer && (rules.quorum > 1 || !rules.roles.isEmpty) {
      add(
        .warning, path + ".shared_tokens", "tokens for everybody cannot decide this kind unless the file is signed",
        hint: "set shared_tokens: false and build packs, or identity: sshsig")
    }
    if let override = rules.override {
      for role in override.roles.allOf + override.roles.anyOf { checkName(of: role, path + ".override.roles") }
      if !configuration.reviewers.contains(where: { override.roles.areHeld(by: $0.roles) }) {
        add(.error, path + ".override.roles", "nobody holds the roles: no override is possible")
      }
      if rules.quorum == 1 && rules.roles.isEmpty {
        add(.warning, path + ".override", "one person is enough anyway: there is nothing to override")
      }
    }
    if let limit = rules.expiresAfter, limit > Deadline.week - rules.expiryMargin {
      add(
        .warning, path + ".expires_after", "longer than the source's week less the margin, which holds instead")
    }
  }
}
