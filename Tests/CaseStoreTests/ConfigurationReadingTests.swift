import ByteText
import Testing

@testable import CaseModel
@testable import CaseStore

@Suite struct ConfigurationReadingTests {
  /// The example of the design, letter for letter.
  private static let example = """
    workspace: 1
    organization: {name: Larkfield, tenants: [7e10109e-b0f4-5ba3-9e4e-a0812d215bd1]}   # no tenants: any one, the first seen
    issuer: hq1
    clock: system            # or: given, then --at is required (demos, tests)
    tlp: AMBER
    reviewers:
      - {id: r7, name: Ivy Marsh, addresses: [ivy@larkfield.example], roles: [security-operator, search-and-purge],
         delegates: [{to: r8, from: 2026-11-01, until: 2026-11-15}]}
    policy:
      default: {quorum: 1, identity: bearer, comment: reject, shared_tokens: true, expiry_margin: 2h}
      kinds: {soft-delete-cluster: {quorum: 2, roles: {all_of: [search-and-purge], any_of: [security-operator]}, identity: sshsig, max_bulk: 50}}
    mail: {from: "", decisions_to: "", sendmail: /usr/sbin/sendmail, site_url: ""}

    """

  /// A configuration that is right, and a place for more.
  private static let base = "issuer: hq1\norganization: {name: L}\n"

  private static func read(_ text: String) throws -> Configuration { try Configuration.read(Array(text.utf8)).get() }

  /// The mistakes as `line:column: key: message`, with the hint behind `|` where there is one.
  private static func mistakes(_ text: String) -> [String] {
    guard case .failure(let mistakes) = Configuration.read(Array(text.utf8)) else { return [] }
    return mistakes.mistakes.map {
      "\($0.line):\($0.column): \($0.key): \($0.message)" + ($0.hint.isEmpty ? "" : " | \($0.hint)")
    }
  }

  @Test func readsTheExample() throws {
    var expected = Configuration(organization: "Larkfield", issuer: "hq1")
    expected.tenants = ["7e10109e-b0f4-5ba3-9e4e-a0812d215bd1"]
    expected.tlp = "AMBER"
    expected.reviewers = [
      Reviewer(
        id: "r7", name: "Ivy Marsh", addresses: ["ivy@larkfield.example"],
        roles: ["security-operator", "search-and-purge"])
    ]
    expected.reviewers[0].delegates = [
      .init(to: "r8", from: Instant(seconds: 1_793_491_200), until: Instant(seconds: 1_794_787_200))
    ]
    var cluster = KindPolicy.standard
    cluster.quorum = 2
    cluster.identity = .sshsig
    cluster.roles = .init(allOf: ["search-and-purge"], anyOf: ["security-operator"])
    cluster.maxBulk = 50
    expected.policy.kinds[.softDeleteCluster] = cluster
    #expect(try Self.read(Self.example) == expected)
    #expect(expected.policy.standard == .standard)
  }

  @Test func needsIssuerAndOrganizationOnly() throws {
    let least = try Self.read(Self.base)
    #expect(least == Configuration(organization: "L", issuer: "hq1"))
    #expect(least.clock == .system && least.tlp == nil && least.mail.sendmail == "/usr/sbin/sendmail")
    #expect(try Self.read("issuer: hq1\norganization: L\n") == least)
    #expect(try Self.read("\u{FEFF}" + Self.base.replacing("\n", with: "\r\n")) == least)
    #expect(try Self.read(Self.base + "reviewers:\ntlp:\n") == least)
  }

  /// A kind starts from the default, wherever that stands.
  @Test func startsKindsFromTheDefault() throws {
    let kinds = "  kinds: {block-url: {comment: off}, unrecognised: {quorum: 3}}\n"
    let standard =
      "  default: {quorum: 2, identity: sshsig-pin, comment: all, shared_tokens: false, expiry_margin: 90m}\n"
    for text in ["policy:\n" + kinds + standard, "policy:\n" + standard + kinds] {
      let policy = try Self.read(Self.base + text).policy
      var expected = KindPolicy.standard
      expected.quorum = 2
      expected.identity = .sshsigPIN
      expected.comment = .all
      expected.sharedTokens = false
      expected.expiryMargin = 5_400
      #expect(policy.standard == expected)
      var ofURL = expected
      ofURL.comment = .off
      #expect(policy.of(.blockURL) == ofURL)
      var unrecognised = expected
      unrecognised.quorum = 3
      #expect(policy.of(.unrecognised) == unrecognised && policy.of(.blockFile) == expected)
    }
  }

  private static let ids = "expected 1 to 16 of the characters a-z, 0-9 and -"
  private static let top = "known here: workspace, organization, issuer, clock, tlp, reviewers, policy, mail"
  private static let rules =
    "known here: quorum, identity, comment, comment_min, shared_tokens, expiry_margin, expires_after, roles, max_bulk, "
    + "self_approval, override"

  /// What stands from line 3 on, and its one mistake.
  @Test(
    arguments: [
      ("colour: red\n", "3:1: colour: unknown key | \(top)"),
      ("Tlp: RED\n", "3:1: Tlp: unknown key | \(top)"),
      ("workspace: one\n", "3:12: workspace: expected a version number"),
      ("workspace: [1]\n", "3:12: workspace: expected a version number"),
      ("workspace: 0\n", "3:12: workspace: expected a version number"),
      ("workspace: 2\n", "3:12: workspace: made by a newer countersign | this version reads workspace: 1"),
      (
        "workspace: 2\nnovelty: {a: 1}\nclock: sundial\n",
        "3:12: workspace: made by a newer countersign | this version reads workspace: 1"
      ),
      ("clock: sundial\n", "3:8: clock: expected one of system, given"),
      ("clock: [given]\n", "3:8: clock: expected text"),
      ("tlp: amber\n", "3:6: tlp: expected one of CLEAR, GREEN, AMBER, AMBER+STRICT, RED"),
      ("tlp: TLP:RED\n", "3:6: tlp: expected one of CLEAR, GREEN, AMBER, AMBER+STRICT, RED"),
      ("reviewers: ivy\n", "3:12: reviewers: expected a list"),
      ("reviewers: {id: r7}\n", "3:12: reviewers: expected a list"),
      ("reviewers: [r7]\n", "3:13: reviewers[0]: expected keys and values"),
      ("reviewers:\n  - name: Ivy\n", "4:5: reviewers[0].id: missing"),
      (
        "reviewers:\n  - {id: r7, phone: 1}\n",
        "4:14: reviewers[0].phone: unknown key | known here: id, name, addresses, roles, delegates"
      ),
      ("reviewers:\n  - {id: R7}\n", "4:10: reviewers[0].id: \(ids), other than anyone"),
      ("reviewers:\n  - {id: \"\"}\n", "4:10: reviewers[0].id: \(ids), other than anyone"),
      ("reviewers:\n  - {id: anyone}\n", "4:10: reviewers[0].id: \(ids), other than anyone"),
      ("reviewers:\n  - {id: \"*\"}\n", "4:10: reviewers[0].id: \(ids), other than anyone"),
      ("reviewers:\n  - {id: a2345678901234567}\n", "4:10: reviewers[0].id: \(ids), other than anyone"),
      ("reviewers:\n  - {id: [r7]}\n", "4:10: reviewers[0].id: expected text"),
      ("reviewers: [{id: r7}, {id: r8}, {id: r7}]\n", "3:38: reviewers[2].id: the id stands twice"),
      ("reviewers: [{id: r7, roles: a}]\n", "3:29: reviewers[0].roles: expected a list"),
      ("reviewers: [{id: r7, addresses: [[a]]}]\n", "3:34: reviewers[0].addresses: expected text"),
      ("reviewers: [{id: r7, delegates: r8}]\n", "3:33: reviewers[0].delegates: expected a list"),
      (
        "reviewers: [{id: r7, delegates: [{to: r8, from: 2026-02-30, until: 2026-03-01}]}]\n",
        "3:49: reviewers[0].delegates[0].from: expected a date like 2026-11-01"
      ),
      (
        "reviewers: [{id: r7, delegates: [{for: r8, to: r8, from: 2026-02-01, until: 2026-03-01}]}]\n",
        "3:35: reviewers[0].delegates[0].for: unknown key | known here: to, from, until"
      ),
      ("policy: strict\n", "3:9: policy: expected keys and values"),
      ("policy: {kind: {}}\n", "3:10: policy.kind: unknown key | known here: default, classes, kinds"),
      ("policy: {default: {min: 1}}\n", "3:20: policy.default.min: unknown key | \(rules)"),
      ("policy: {default: {quorum: 0}}\n", "3:28: policy.default.quorum: expected a whole number from 1 to 9"),
      ("policy: {default: {quorum: 10}}\n", "3:28: policy.default.quorum: expected a whole number from 1 to 9"),
      ("policy: {default: {quorum: -1}}\n", "3:28: policy.default.quorum: expected a whole number from 1 to 9"),
      ("policy: {default: {quorum: [2]}}\n", "3:28: policy.default.quorum: expected a whole number from 1 to 9"),
      (
        "policy: {default: {identity: gpg}}\n",
        "3:30: policy.default.identity: expected one of bearer, sshsig, sshsig-touch, sshsig-pin"
      ),
      (
        "policy: {default: {identity: transcribed}}\n",
        "3:30: policy.default.identity: expected one of bearer, sshsig, sshsig-touch, sshsig-pin"
      ),
      (
        "policy: {default: {comment: always}}\n",
        "3:29: policy.default.comment: expected one of off, approve, reject, all"
      ),
      ("policy: {default: {shared_tokens: yes}}\n", "3:35: policy.default.shared_tokens: expected true or false"),
      ("policy: {default: {shared_tokens: \"true\"}}\n", "3:35: policy.default.shared_tokens: expected true or false"),
      (
        "policy: {default: {expiry_margin: 2}}\n",
        "3:35: policy.default.expiry_margin: expected a duration like 90m, 2h or 1d"
      ),
      (
        "policy: {default: {expiry_margin: -2h}}\n",
        "3:35: policy.default.expiry_margin: expected a duration like 90m, 2h or 1d"
      ),
      (
        "policy: {default: {expiry_margin: 7d}}\n",
        "3:35: policy.default.expiry_margin: expected less than the seven days after which a pending action lapses"
      ),
      (
        "policy: {default: {expiry_margin: 168h}}\n",
        "3:35: policy.default.expiry_margin: expected less than the seven days after which a pending action lapses"
      ),
      ("policy: {default: {max_bulk: 0}}\n", "3:30: policy.default.max_bulk: expected a whole number from 1 to 10000"),
      ("policy: {default: {roles: [a]}}\n", "3:27: policy.default.roles: expected keys and values"),
      (
        "policy: {default: {roles: {none_of: [a]}}}\n",
        "3:28: policy.default.roles.none_of: unknown key | known here: all_of, any_of"
      ),
      ("policy: {default: {roles: {all_of: a}}}\n", "3:36: policy.default.roles.all_of: expected a list"),
      (
        "policy: {kinds: {block-url: {quorum: 0}}}\n",
        "3:38: policy.kinds.block-url.quorum: expected a whole number from 1 to 9"
      ),
      ("policy: {kinds: [block-url]}\n", "3:17: policy.kinds: expected keys and values"),
      (
        "mail: {to: x}\n",
        "3:8: mail.to: unknown key | known here: from, decisions_to, sendmail, site_url, digest_every, when_empty"
      ),
      (
        "mail: {from: \"a b\"}\n",
        "3:14: mail.from: expected a mail address like triage@example.org, or Name <triage@example.org>"
      ),
      (
        "mail: {from: \"Desk <a@b.example>, c@d.example\"}\n",
        "3:14: mail.from: expected a mail address like triage@example.org, or Name <triage@example.org>"
      ),
      (
        "mail: {sendmail: sendmail -t}\n",
        "3:18: mail.sendmail: expected the path of a program, from / on, without options"
      ),
      (
        "mail: {site_url: \"https://a.example/x?y=1\"}\n",
        "3:18: mail.site_url: expected an http, https or file URL without query, of the characters A-Z a-z 0-9 - . _ ~ % /, or a path"
      ),
      ("mail: {digest_every: 5m}\n", "3:22: mail.digest_every: expected 1h to 31d"),
      ("mail: {when_empty: never}\n", "3:20: mail.when_empty: expected one of skip, send"),
      ("mail: {from: [x]}\n", "3:14: mail.from: expected text"),
      ("tlp: &a RED\n", "3:6: : anchors are not allowed"),
      ("clock: system\nclock: given\n", "4:1: : key clock stands twice"),
    ] as [(String, String)])
  func namesAMistakeByItsPlace(text: String, expected: String) {
    #expect(Self.mistakes(Self.base + text) == [expected])
  }

  @Test func namesAnUnknownKindWithThoseItKnows() {
    let found = Self.mistakes(Self.base + "policy: {kinds: {block-uri: {}}}\n")
    #expect(found.count == 1)
    #expect(
      found.first?.hasPrefix("3:18: policy.kinds.block-uri: unknown key | known here: soft-delete-message, ") == true)
  }

  private static let noIssuer = "issuer: missing | add a line like: issuer: hq1"
  private static let noOrganization = "organization: missing | add a line like: organization: {name: Larkfield}"

  @Test(
    arguments: [
      ("", ["1:1: : expected keys and values", "1:1: \(noIssuer)", "1:1: \(noOrganization)"]),
      ("organization: L\n", ["1:1: \(noIssuer)"]),
      ("issuer: hq1\n", ["1:1: \(noOrganization)"]),
      ("issuer: HQ 1\norganization: L\n", ["1:9: issuer: \(ids)"]),
      ("issuer: \norganization: L\n", ["1:8: issuer: \(ids)"]),
      ("issuer: [a]\norganization: L\n", ["1:9: issuer: expected text"]),
      ("issuer: hq1\norganization: ''\n", ["2:15: organization: expected a name"]),
      ("issuer: hq1\norganization: [L]\n", ["2:15: organization: expected keys and values"]),
      ("issuer: hq1\norganization: {tenants: [a]}\n", ["2:15: organization.name: missing"]),
      ("issuer: hq1\norganization: {name: L, tenants: a}\n", ["2:34: organization.tenants: expected a list"]),
      (
        "issuer: hq1\norganization: {name: L, tenant: a}\n",
        ["2:25: organization.tenant: unknown key | known here: name, tenants"]
      ),
      ("issuer: hq1\norganizations: L\n", ["1:1: \(noOrganization)", "2:1: organizations: unknown key | \(top)"]),
    ] as [(String, [String])])
  func asksForWhatEveryWorkspaceNeeds(text: String, expected: [String]) {
    #expect(Self.mistakes(text) == expected)
  }

  @Test func findsAllMistakesInOrder() {
    let text = """
      policy: {kinds: {block-url: {quorum: 0}}, default: {comment: loud}}
      tlp: PINK
      reviewers: [{id: R7}, {name: x}]
      issuer: HQ
      mail: 3

      """
    #expect(
      Self.mistakes(text) == [
        "1:1: \(Self.noOrganization)",
        "1:38: policy.kinds.block-url.quorum: expected a whole number from 1 to 9",
        "1:62: policy.default.comment: expected one of off, approve, reject, all",
        "2:6: tlp: expected one of CLEAR, GREEN, AMBER, AMBER+STRICT, RED",
        "3:18: reviewers[0].id: \(Self.ids), other than anyone", "3:23: reviewers[1].id: missing",
        "4:9: issuer: \(Self.ids)", "5:7: mail: expected keys and values",
      ])
  }

  @Test func printsAMistakeWithItsPlace() {
    let mistake = ConfigurationError(line: 3, column: 6, key: "tlp", message: "wrong")
    #expect(mistake.diagnostic.text == Array("countersign.yaml:3:6: tlp: wrong".utf8))
  }

  @Test(
    arguments: [
      ("500ms", 500), ("0s", 0), ("10s", 10_000), ("90m", 5_400_000), ("2h", 7_200_000), ("1d", 86_400_000),
      ("999999999d", 86_399_999_913_600_000), ("", nil), ("s", nil), ("10", nil), ("10 s", nil), ("1.5h", nil),
      ("1H", nil), ("-1s", nil), ("1000000000s", nil), ("1h30m", nil),
    ] as [(ByteString, Int?)])
  func readsDurations(text: ByteString, expected: Int?) {
    #expect(Duration.milliseconds(text) == expected)
  }
}
