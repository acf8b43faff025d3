public import ByteText

/// What it takes to decide an action of one kind (DESIGN section 5, *Configuration*).
public struct KindPolicy: Hashable, Sendable {
  /// For which verdicts a comment is needed.
  public enum Comment: String, Hashable, Sendable, CaseIterable {
    case off
    case approve
    case reject
    case all
  }

  /// Which roles a principal must hold.
  public struct Roles: Hashable, Sendable {
    /// Roles of which every principal must have all.
    public var allOf: [ByteString]
    /// Roles of which every principal must have one.
    public var anyOf: [ByteString]

    /// Makes a requirement; empty lists ask for nothing.
    public init(allOf: [ByteString] = [], anyOf: [ByteString] = []) {
      self.allOf = allOf
      self.anyOf = anyOf
    }

    /// Whether nothing is asked for.
    public var isEmpty: Bool { allOf.isEmpty && anyOf.isEmpty }

    /// Whether somebody with these roles may decide.
    public func areHeld(by held: [ByteString]) -> Bool {
      allOf.allSatisfy(held.contains) && (anyOf.isEmpty || anyOf.contains(where: held.contains))
    }
  }

  /// Who may approve alone in an emergency, whatever the quorum and the roles of the kind say.
  public struct Override: Hashable, Sendable {
    /// The roles it takes instead.
    public var roles: Roles
    /// How long the reason must be, in characters (Unicode scalars).
    public var minimumReason: Int

    /// Makes a rule.
    public init(roles: Roles, minimumReason: Int = 20) {
      self.roles = roles
      self.minimumReason = minimumReason
    }
  }

  /// How many different principals must approve.
  ///
  /// One rejection rejects.
  public var quorum: Int
  /// How sure it must be who they are.
  public var identity: IdentityLevel
  /// Where a comment is needed.
  public var comment: Comment
  /// How long a needed comment must be, in characters (Unicode scalars) without blanks around; it must hold a letter or digit.
  public var minimumComment: Int
  /// Whether the site for everybody carries tokens (`aud` `*`).
  public var sharedTokens: Bool
  /// Seconds before the source's own week is over at which tokens end.
  public var expiryMargin: Int64
  /// Seconds after its start at which an action stops being decidable; `nil` for the source's week less the margin, which it
  /// is never longer than.
  public var expiresAfter: Int64?
  /// Roles that every principal must hold.
  public var roles: Roles
  /// How many approvals of the kind one file may carry; `nil` for any number.
  public var maxBulk: Int?
  /// Whether somebody who is a recipient, sender or submitter in the investigation may decide.
  public var allowsSelfApproval: Bool
  /// Who may approve alone in an emergency; `nil` for nobody.
  public var override: Override?

  /// The defaults of DESIGN section 5.
  public static let standard = KindPolicy(
    quorum: 1, identity: .bearer, comment: .reject, minimumComment: 1, sharedTokens: true, expiryMargin: 2 * 3600,
    expiresAfter: nil, roles: Roles(), maxBulk: nil, allowsSelfApproval: false, override: nil)

  /// Seconds after its start at which an action stops being decidable.
  public var decidableSeconds: Int64 {
    min(expiresAfter ?? Deadline.week, Deadline.week - expiryMargin)
  }

  /// Whether a verdict needs a comment.
  public func needsComment(_ verdict: DecisionVerdict) -> Bool {
    switch comment {
    case .off: false
    case .approve: verdict == .approve
    case .reject: verdict == .reject
    case .all: true
    }
  }
}
