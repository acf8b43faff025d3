public import ByteText
public import CaseModel

/// Who somebody is to policy, as things stand now.
public struct Voter: Hashable, Sendable {
  /// A reviewer's id, or `anyone`.
  public var principal: ByteString
  /// Roles, those of the reviewer acted for included.
  public var roles: [ByteString]
  /// Whether they are a reviewer.
  public var isReviewer: Bool
  /// The address by which they are a recipient, sender or submitter in the investigation; `nil` where they are none.
  public var involvedAs: ByteString?

  /// Makes a voter.
  public init(principal: ByteString, roles: [ByteString] = [], isReviewer: Bool = true, involvedAs: ByteString? = nil) {
    self.principal = principal
    self.roles = roles
    self.isReviewer = isReviewer
    self.involvedAs = involvedAs
  }
}

/// Whether a verdict may count under a policy: asked of decisions that come in, and again of votes when policy, reviewers or
/// records change.
public enum Eligibility {
  /// Why a verdict does not count.
  public struct Refusal: Error, Hashable, Sendable {
    /// The reason of the closed list.
    public var code: RefusalCode
    /// What is wrong: lower case, no final stop.
    public var detail: ByteString
    /// What to do: lower case, no final stop.
    public var hint: ByteString

    /// Makes a refusal.
    public init(_ code: RefusalCode, _ detail: ByteString, hint: ByteString) {
      self.code = code
      self.detail = detail
      self.hint = hint
    }
  }

  /// The word at the start of a comment that asks for an emergency override; the reason follows.
  public static let overrideWord: ByteString = "override:"

  /// The reason in a comment that asks for an override; `nil` in one that does not.
  public static func overrideReason(_ comment: ByteString) -> ByteString? {
    let text = ASCII.trim(comment.bytes)
    guard text.starts(with: overrideWord.bytes) else { return nil }
    return ByteString(ASCII.trim(text.dropFirst(overrideWord.count)))
  }

  /// Whether the verdict is an emergency override: an approval that asks for one, under a policy that has one.
  public static func isOverride(_ verdict: DecisionVerdict, comment: ByteString, _ policy: KindPolicy) -> Bool {
    verdict == .approve && policy.override != nil && overrideReason(comment) != nil
  }

  /// Why a verdict does not count; `nil` where it does.
  ///
  /// In this order: identity, somebody at all where several must decide, roles, involvement, comment.
  public static func refusal(
    of verdict: DecisionVerdict, by voter: Voter, _ identity: IdentityLevel, comment: ByteString,
    under policy: KindPolicy
  ) -> Refusal? {
    if identity < policy.identity {
      return Refusal(
        .identityTooWeak,
        ByteString("this kind of action asks for \(policy.identity.word), the decision is \(identity.word)"),
        hint: "sign the decisions file with your key and hand in both")
    }
    let override = isOverride(verdict, comment: comment, policy) ? policy.override : nil
    if !voter.isReviewer && (policy.quorum > 1 || override != nil) {
      return Refusal(
        .identityTooWeak,
        override != nil
          ? "an override asks for a person, and nothing says who decided"
          : ByteString("this kind of action asks for \(policy.quorum) people, and nothing says who decided"),
        hint: "decide in your own pack: countersign build --reviewer ID")
    }
    if let refusal = roles(override?.roles ?? policy.roles, voter) { return refusal }
    if let address = voter.involvedAs, !policy.allowsSelfApproval {
      return Refusal(
        .selfApproval, "the reviewer takes part in the investigation as " + address,
        hint: "somebody else must decide, see self_approval in countersign.yaml")
    }
    if let override, let reason = overrideReason(comment), length(reason) < override.minimumReason || !isReason(reason)
    {
      return Refusal(
        .commentRequired, ByteString("an override needs a reason of \(override.minimumReason) characters or more"),
        hint: "write it after the word override:")
    }
    if policy.needsComment(verdict) && (!isReason(comment) || length(comment) < policy.minimumComment) {
      let what: ByteString = verdict == .reject ? "a rejection needs a reason" : "an approval needs a reason"
      return Refusal(
        .commentRequired,
        policy.minimumComment > 1 ? what + ByteString(" of \(policy.minimumComment) characters or more") : what,
        hint: "write it as \"comment\" beside the token, or after the token in a text line")
    }
    return nil
  }

  private static func roles(_ wanted: KindPolicy.Roles, _ voter: Voter) -> Refusal? {
    func text(_ names: [ByteString]) -> ByteString {
      ByteString(Array(names.map(\.bytes).joined(separator: [0x2C, 0x20])))
    }
    let missing = wanted.allOf.filter { !voter.roles.contains($0) }
    if !missing.isEmpty {
      return Refusal(
        .roleMissing, "the role " + text(missing) + " is missing", hint: "see reviewers in countersign.yaml")
    }
    if !wanted.anyOf.isEmpty && !wanted.anyOf.contains(where: voter.roles.contains) {
      return Refusal(
        .roleMissing, "one of the roles " + text(wanted.anyOf) + " is missing",
        hint: "see reviewers in countersign.yaml")
    }
    return nil
  }

  /// Whether a comment says something: at least one letter or digit, or a character beyond ASCII.
  private static func isReason(_ comment: ByteString) -> Bool {
    comment.bytes.contains { ASCII.isAlphanumeric($0) || $0 >= 0x80 }
  }

  /// Characters without the blanks around them: bytes that begin a scalar.
  private static func length(_ comment: ByteString) -> Int {
    ASCII.trim(comment.bytes).count { $0 & 0xC0 != 0x80 }
  }
}
