import ByteText
import CaseModel
import CaseStore
import Digests

/// Policy and reviewers as canonical text: what the ledger logs when they change, and part of every page's key.
enum PolicyText {
  static func of(_ configuration: Configuration) -> ByteString {
    ByteString(
      CanonicalJSON.bytes([
        "default": rules(configuration.policy.standard),
        "kinds": .object(
          configuration.policy.kinds.sorted { $0.key.rawValue.utf8.lexicographicallyPrecedes($1.key.rawValue.utf8) }
            .map { .init(ByteString($0.key.rawValue), rules($0.value)) }),
        "reviewers": .array(
          configuration.reviewers.map { reviewer in
            [
              "addresses": .array(reviewer.addresses.map { .string($0) }),
              "delegates": .array(
                reviewer.delegates.map {
                  ["from": .string($0.from.rfc3339), "to": .string($0.to), "until": .string($0.until.rfc3339)]
                }), "id": .string(reviewer.id), "name": .string(reviewer.name),
              "roles": .array(reviewer.roles.map { .string($0) }),
            ]
          }),
      ]))
  }

  /// The hash that the ledger knows the text by.
  static func hash(of configuration: Configuration) -> ByteString { SHA256Sum.of(of(configuration).bytes).hex }

  static func rules(_ policy: KindPolicy) -> JSONTree {
    var members: [JSONTree.Member] = [
      .init("comment", .string(ByteString(policy.comment.rawValue))),
      .init("comment_min", .int(policy.minimumComment)), .init("expiry_margin", .int(Int(policy.expiryMargin))),
      .init("identity", .string(ByteString(stringLiteral: policy.identity.word))), .init("quorum", .int(policy.quorum)),
      .init("roles", roles(policy.roles)), .init("self_approval", .bool(policy.allowsSelfApproval)),
      .init("shared_tokens", .bool(policy.sharedTokens)),
    ]
    if let limit = policy.expiresAfter { members.append(.init("expires_after", .int(Int(limit)))) }
    if let most = policy.maxBulk { members.append(.init("max_bulk", .int(most))) }
    if let override = policy.override {
      members.append(
        .init("override", ["reason_min": .int(override.minimumReason), "roles": roles(override.roles)]))
    }
    return .object(members)
  }

  private static func roles(_ roles: KindPolicy.Roles) -> JSONTree {
    ["all_of": .array(roles.allOf.map { .string($0) }), "any_of": .array(roles.anyOf.map { .string($0) })]
  }
}
