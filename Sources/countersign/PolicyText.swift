import ByteText
import CaseModel
import CaseStore

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
              "id": .string(reviewer.id), "name": .string(reviewer.name),
              "roles": .array(reviewer.roles.map { .string($0) }),
            ]
          }),
      ]))
  }

  static func rules(_ policy: KindPolicy) -> JSONTree {
    var members: [JSONTree.Member] = [
      .init("all_of", .array(policy.allOf.map { .string($0) })),
      .init("any_of", .array(policy.anyOf.map { .string($0) })),
      .init("comment", .string(ByteString(policy.comment.rawValue))),
      .init("expiry_margin", .int(Int(policy.expiryMargin))),
      .init("identity", .string(ByteString(stringLiteral: policy.identity.word))), .init("quorum", .int(policy.quorum)),
      .init("shared_tokens", .bool(policy.sharedTokens)),
    ]
    if let most = policy.maxBulk { members.append(.init("max_bulk", .int(most))) }
    return .object(members)
  }
}
