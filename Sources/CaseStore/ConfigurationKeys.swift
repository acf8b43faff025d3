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

  private mutating func mail(_ node: YAMLNode, _ configuration: inout Configuration) {
    let known: [ByteString] = ["from", "decisions_to", "sendmail", "site_url", "digest_every", "when_empty"]
    members(node, "mail", known: known) { reading, key, full, value in
      switch key {
      case "from":
        let text = reading.text(value, full) ?? ""
        configuration.mail.from = MailAddress(text)
        if !text.isEmpty && configuration.mail.from == nil {
          reading.fail(
            value.position, full, "expected a mail address like triage@example.org, or Name <triage@example.org>")
        }
      case "decisions_to":
        let text = reading.text(value, full) ?? ""
        if !text.isEmpty && !MailAddress.isPlain(text.bytes) {
          reading.fail(value.position, full, "expected a mail address like decisions@example.org")
        }
        configuration.mail.decisionsTo = text
      case "sendmail": reading.sendmail(value, full, &configuration)
      case "site_url": reading.siteURL(value, full, &configuration)
      case "digest_every":
        guard let seconds = reading.duration(value, full) else { return true }
        if seconds < 3_600 || seconds > 31 * 86_400 { reading.fail(value.position, full, "expected 1h to 31d") }
        configuration.mail.digestEvery = seconds
      case "when_empty":
        configuration.mail.whenEmpty = reading.choice(value, full, Configuration.Mail.WhenEmpty.self) ?? .skip
      default: return false
      }
      return true
    }
  }

  private mutating func sendmail(_ node: YAMLNode, _ key: ByteString, _ configuration: inout Configuration) {
    let text = text(node, key) ?? ""
    if text.bytes.first != 0x2F || text.bytes.contains(0) {
      fail(node.position, key, "expected the path of a program, from / on, without options")
    }
    configuration.mail.sendmail = text
  }

  private mutating func siteURL(_ node: YAMLNode, _ key: ByteString, _ configuration: inout Configuration) {
    let text = text(node, key) ?? ""
    // A path is shown as it is; what looks like a URL becomes a link, and has to be one of the plain kind.
    if text.count > 400 { fail(node.position, key, "longer than 400 bytes") }
    let looksLikeURL = text.bytes.indices.contains { text.bytes[$0...].starts(with: "://".utf8) }
    if looksLikeURL && SiteAddress(text.bytes) == nil {
      fail(
        node.position, key,
        "expected an http, https or file URL without query, of the characters A-Z a-z 0-9 - . _ ~ % /, or a path")
    }
    configuration.mail.siteURL = text
  }
}
