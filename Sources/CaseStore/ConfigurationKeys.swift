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
    members(node, "mail", known: ["from", "decisions_to", "sendmail", "site_url"]) { reading, key, full, value in
      let text = reading.text(value, full) ?? ""
      switch key {
      case "from": configuration.mail.from = text
      case "decisions_to":
        if !text.isEmpty && !MailAddress.isPlain(text.bytes) {
          reading.fail(value.position, full, "expected a mail address like decisions@example.org")
        }
        configuration.mail.decisionsTo = text
      case "sendmail": configuration.mail.sendmail = text
      case "site_url": configuration.mail.siteURL = text
      default: return false
      }
      return true
    }
  }
}
