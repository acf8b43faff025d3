public import ByteText
public import CaseModel

/// What a token's action is now, as the caller's stores have it.
public struct PendingEffect: Hashable, Sendable {
  /// The effect as it stands now, with the smallest ceiling that fits.
  public var effect: Effect
  /// What was decided about it.
  public var state: DecisionState
  /// Whether an order for it was handed over: from then on nothing takes an approval back.
  public var isHandedOver: Bool
  /// Whether policy lets tokens for everybody decide actions of this kind.
  public var allowsSharedTokens: Bool
  /// How many messages it would change now; `nil` where it counts none, or nothing says so.
  public var mailCount: Int?

  /// Makes what is known of an action.
  public init(
    effect: Effect, state: DecisionState, isHandedOver: Bool = false, allowsSharedTokens: Bool = true,
    mailCount: Int? = nil
  ) {
    self.effect = effect
    self.state = state
    self.isHandedOver = isHandedOver
    self.allowsSharedTokens = allowsSharedTokens
    self.mailCount = mailCount
  }
}

/// Who hands tokens in, as far as the file tells.
public struct TokenPresenter: Hashable, Sendable {
  /// A reviewer whose identity was proved, and how.
  public struct Signer: Hashable, Sendable {
    /// The reviewer's id.
    public var id: ByteString
    /// How sure it is.
    public var identity: IdentityLevel

    /// Makes a signer.
    public init(_ id: ByteString, identity: IdentityLevel) {
      self.id = id
      self.identity = identity
    }
  }

  /// The ids of all reviewers as they stand now.
  public var reviewers: Set<ByteString>
  /// Whom the file names in `reviewer`; a claim, not a proof.
  public var named: ByteString?
  /// Who signed the file; `nil` where nobody did, or the signature did not hold.
  public var signer: Signer?
  /// The reviewers for whom the signer, or whom the file names, may act now.
  public var actsFor: Set<ByteString>

  /// Makes a presenter.
  public init(
    reviewers: Set<ByteString>, named: ByteString? = nil, signer: Signer? = nil, actsFor: Set<ByteString> = []
  ) {
    self.reviewers = reviewers
    self.named = named
    self.signer = signer
    self.actsFor = actsFor
  }
}
