public import ByteText

/// How sure it is who decided, least first (SECURITY sections 1.1 and 2).
public enum IdentityLevel: Int, Hashable, Comparable, Sendable, CaseIterable {
  /// Whoever had the token.
  case bearer
  /// A paper ballot typed in by somebody else.
  case transcribed
  /// An SSH signature over the returned file.
  case sshsig
  /// The same by a hardware key that was touched.
  case sshsigTouch
  /// The same by a hardware key that asked for a PIN.
  case sshsigPIN

  /// Orders from weak to strong.
  public static func < (left: IdentityLevel, right: IdentityLevel) -> Bool { left.rawValue < right.rawValue }

  /// The word of configuration and ledger.
  public var word: StaticString {
    switch self {
    case .bearer: "bearer"
    case .transcribed: "transcribed"
    case .sshsig: "sshsig"
    case .sshsigTouch: "sshsig-touch"
    case .sshsigPIN: "sshsig-pin"
    }
  }
}

/// What it takes to decide an action of one kind (DESIGN section 5, *Configuration*).
public struct KindPolicy: Hashable, Sendable {
  /// For which verdicts a comment is needed.
  public enum Comment: String, Hashable, Sendable, CaseIterable {
    case off
    case approve
    case reject
    case all
  }

  /// How many different principals must approve.
  ///
  /// One rejection rejects.
  public var quorum: Int
  /// How sure it must be who they are.
  public var identity: IdentityLevel
  /// Where a comment is needed.
  public var comment: Comment
  /// Whether the site for everybody carries tokens (`aud` `*`).
  public var sharedTokens: Bool
  /// Seconds before the source's own week is over at which tokens end.
  public var expiryMargin: Int64
  /// Roles of which every approver must have all.
  public var allOf: [ByteString]
  /// Roles of which every approver must have one.
  public var anyOf: [ByteString]
  /// How many approvals of the kind one file may carry; `nil` for any number.
  public var maxBulk: Int?

  /// The defaults of DESIGN section 5.
  public static let standard = KindPolicy(
    quorum: 1, identity: .bearer, comment: .reject, sharedTokens: true, expiryMargin: 2 * 3600, allOf: [], anyOf: [],
    maxBulk: nil)
}

/// What it takes to decide, for every kind of action.
public struct Policy: Hashable, Sendable {
  /// What holds where a kind says nothing of its own.
  public var standard: KindPolicy
  /// What holds for kinds that do.
  public var kinds: [ActionKind: KindPolicy]

  /// Makes a policy.
  public init(standard: KindPolicy = .standard, kinds: [ActionKind: KindPolicy] = [:]) {
    self.standard = standard
    self.kinds = kinds
  }

  /// What it takes to decide an action of that kind.
  public func of(_ kind: ActionKind) -> KindPolicy { kinds[kind] ?? standard }
}

/// A person who may decide.
public struct Reviewer: Hashable, Sendable {
  /// Id in tokens, ledger and file names: `[a-z0-9-]{1,16}`.
  public var id: ByteString
  /// The name that pages show.
  public var name: ByteString
  /// Mail addresses.
  public var addresses: [ByteString]
  /// Roles held now.
  public var roles: [ByteString]

  /// Makes a reviewer.
  public init(id: ByteString, name: ByteString, addresses: [ByteString] = [], roles: [ByteString] = []) {
    self.id = id
    self.name = name
    self.addresses = addresses
    self.roles = roles
  }
}

/// The two things a reviewer can say.
public enum DecisionVerdict: String, Hashable, Sendable, CaseIterable {
  case approve
  case reject
}

/// Why a decision was not applied.
///
/// A closed list (DESIGN section 5).
public enum RefusalCode: String, Hashable, Sendable, CaseIterable {
  case malformed
  case unknownKey = "unknown-key"
  case revokedKey = "revoked-key"
  case badSignature = "bad-signature"
  case wrongIssuer = "wrong-issuer"
  case unknownAction = "unknown-action"
  case wrongReviewer = "wrong-reviewer"
  case replayed
  case stale
  case expired
  case conflict
  case identityTooWeak = "identity-too-weak"
  case notPending = "not-pending"
  case alreadyDecided = "already-decided"
  case alreadyHandedOver = "already-handed-over"
  case roleMissing = "role-missing"
  case commentRequired = "comment-required"
  case selfApproval = "self-approval"
  case overBulk = "over-bulk"
  case clockBehind = "clock-behind"
  case badFileSignature = "bad-file-signature"
}
