import ByteText

/// The commented configuration that `init` writes.
enum ConfigurationTemplate {
  static func text(organization: ByteString, issuer: ByteString, clock: ByteString) -> [UInt8] {
    Array("workspace: 1\norganization:\n  name: ".utf8) + quoted(organization)
      + Array(
        """

          # tenants: [00000000-0000-0000-0000-000000000000]   # whose records are taken; none named: the first one seen
        issuer: 
        """.utf8) + issuer.bytes
      + Array("   # this deployment's id, in every token\nclock: ".utf8) + clock.bytes
      + Array(
        """
           # system, or given (demos and tests: every command needs --at)
        # tlp: AMBER      # CLEAR, GREEN, AMBER, AMBER+STRICT or RED, on every page

        reviewers:
          - id: r1
            name: Example Reviewer
            addresses: [reviewer@example.com]
            roles: [security-operator, search-and-purge]

        policy:
          default:
            quorum: 1             # how many different people must approve; one rejection rejects
            identity: bearer      # bearer, sshsig, sshsig-touch or sshsig-pin
            comment: reject       # off, approve, reject or all: where a reason is required
            shared_tokens: true   # whether site/ carries approval links for everybody
            expiry_margin: 2h     # links end this long before the week of a pending action is over
          # kinds:
          #   soft-delete-cluster: {quorum: 2, identity: sshsig, max_bulk: 50,
          #                         roles: {all_of: [search-and-purge], any_of: [security-operator]}}

        # mail: {from: "", decisions_to: "", sendmail: /usr/sbin/sendmail, site_url: ""}

        """.utf8)
  }

  /// A YAML double-quoted scalar: JSON's string form is one.
  private static func quoted(_ text: ByteString) -> [UInt8] {
    CanonicalJSON.bytes(.string(text))
  }
}
