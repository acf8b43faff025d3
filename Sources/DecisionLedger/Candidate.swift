public import ApprovalTokens
public import ByteText
public import CaseModel

/// A decision that stands, with what policy asks about it.
public struct Candidate: Sendable {
  /// The decision.
  public var decision: VerifiedDecision
  /// What the principal wrote.
  public var comment: ByteString
  /// SHA-256 (hex) of the returned file.
  public var file: ByteString
  /// Its row in that file.
  public var row: Int
  /// The policy of its action's kind, as it stands now.
  public var policy: KindPolicy
  /// Who decided, as things stand now.
  public var voter: Voter
  /// The reviewer in whose stead the principal decided; `nil` where it was their own token.
  public var actsFor: ByteString?
  /// SHA-256 (hex) of the detached signature's file, and the fingerprint of the key; `nil` where nobody signed.
  public var signature: DecisionSignature?
  /// The message of a returned mailbox, or the attachment, that it stood in; from 1.
  public var unit: Int

  /// Makes a candidate.
  public init(
    decision: VerifiedDecision, comment: ByteString, file: ByteString, row: Int, policy: KindPolicy, voter: Voter,
    actsFor: ByteString? = nil, signature: DecisionSignature? = nil, unit: Int = 1
  ) {
    self.decision = decision
    self.comment = comment
    self.file = file
    self.row = row
    self.policy = policy
    self.voter = voter
    self.actsFor = actsFor
    self.signature = signature
    self.unit = unit
  }
}

/// The signature under the file a decision stood in.
public struct DecisionSignature: Hashable, Sendable {
  /// SHA-256 (hex) of the `.sig` file; `nil` where the signature stands in the returned file itself.
  public var file: ByteString?
  /// The key, as OpenSSH prints it: `SHA256:...`.
  public var key: ByteString

  /// Makes a signature.
  public init(file: ByteString?, key: ByteString) {
    self.file = file
    self.key = key
  }
}

extension LedgerBody {
  /// `decision`: a vote.
  ///
  /// Only of a ``VerifiedDecision``, which only verification makes.
  public static func decision(_ candidate: Candidate, record: ByteString) -> JSONTree {
    let claims = candidate.decision.claims
    var members: [JSONTree.Member] = [
      .init("action", .string(claims.sub)), .init("comment", .string(candidate.comment)),
      .init("dig", .string(claims.dig)), .init("file", .string(candidate.file)),
      .init("identity", .string(ByteString(stringLiteral: candidate.decision.identity.word))),
      .init("jti", .string(claims.jti)), .init("kid", .string(candidate.decision.kid)),
      .init("principal", .string(candidate.decision.principal)), .init("record", .string(record)),
      .init("round", .int(candidate.decision.effect.round)), .init("row", .int(candidate.row)),
      .init("token", .string(candidate.decision.signed.token)),
      .init("verdict", .string(ByteString(claims.vd.rawValue))),
    ]
    if let actsFor = candidate.actsFor { members.append(.init("for", .string(actsFor))) }
    if let signature = candidate.signature {
      members.append(.init("key", .string(signature.key)))
      if let file = signature.file { members.append(.init("signature", .string(file))) }
    }
    // An effect that has no tree (a number beyond ±(2^53 - 1), a parameter named twice) stands as the text of its
    // canonical bytes: what was approved is never lost.
    let canonical = candidate.decision.canonicalEffect
    let limits = JSONLimits(bytes: LedgerEntry.lineLimit, stringBytes: LedgerEntry.lineLimit, depth: 16)
    if let document = try? JSONDocument.parse(canonical, limits: limits), let effect = JSONTree(document.root) {
      members.append(.init("effect", effect))
    } else {
      members.append(.init("effect", .string(ByteString(canonical))))
    }
    return .object(members)
  }
}
