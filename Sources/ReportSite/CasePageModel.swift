public import ByteText
public import CaseModel

/// What the pages of one case are made from.
public struct CasePageModel: Sendable {
  /// The case.
  public var `case`: Case
  /// What lists show of it.
  public var head: CaseHead
  /// Its actions, in the order of ``CaseModel/Case/actions``.
  public var actions: [ActionPageModel]
  /// The case's own ledger entries, in words.
  public var ledgerLines: [LogLine]
  /// Actions of our own about the others: withdrawals and undos that can be decided, or were.
  public var ownActions: [ActionPageModel]

  /// Makes a model.
  public init(
    case: Case, head: CaseHead, actions: [ActionPageModel], ledgerLines: [LogLine], ownActions: [ActionPageModel] = []
  ) {
    self.ownActions = ownActions
    self.case = `case`
    self.head = head
    self.actions = actions
    self.ledgerLines = ledgerLines
  }
}

/// What the page of one action is made from.
public struct ActionPageModel: Sendable {
  /// The action.
  public var action: CaseAction
  /// Where it stands.
  public var standing: ActionStanding
  /// Until when it can be decided.
  public var deadline: Instant
  /// What it takes to decide it.
  public var policy: KindPolicy
  /// The tokens; `nil` where there are none.
  public var offer: TokenOffer?
  /// Why there are none.
  public var absence: TokenAbsence?
  /// The effect digest, 43 base64url characters; `nil` where the action has no effect.
  public var digest: ByteString?
  /// The effect as canonical JSON; `nil` where the action has none.
  public var effect: ByteString?
  /// The action that it is about; `nil` where it is none of our own.
  public var about: CaseID?
  /// Whether the effect is shown with something replaced in it, so that its digest is of another text.
  public var isEffectRedacted = false
  /// How it would be taken back; `nil` for an action of our own, and where it has no effect.
  public var reversal: ReversalNote?
  /// How many approvals are still missing; 0 where it does not wait.
  public var missing = 0
  /// The names of the reviewers who could give one.
  public var mayApprove: [ByteString] = []

  /// Makes a model.
  public init(
    action: CaseAction, standing: ActionStanding, deadline: Instant, policy: KindPolicy, offer: TokenOffer? = nil,
    absence: TokenAbsence? = nil, digest: ByteString? = nil, effect: ByteString? = nil, about: CaseID? = nil
  ) {
    self.effect = effect
    self.about = about
    self.action = action
    self.standing = standing
    self.deadline = deadline
    self.policy = policy
    self.offer = offer
    self.absence = absence
    self.digest = digest
  }

  /// Whether it waits for a decision.
  public var isPending: Bool { standing.decision == .undecided }
}

/// The approve and the reject token of one action, and what they stand for.
public struct TokenOffer: Sendable {
  /// The token that approves.
  public var approve: [UInt8]
  /// The token that rejects.
  public var reject: [UInt8]
  /// The effect digest, 43 base64url characters.
  public var digest: ByteString
  /// The effect as canonical JSON: the bytes that the digest is of.
  public var effect: ByteString
  /// The ceiling in the effect.
  public var atMost: Int?
  /// When the tokens end.
  public var expires: Instant

  /// Makes an offer.
  public init(
    approve: [UInt8], reject: [UInt8], digest: ByteString, effect: ByteString, atMost: Int?, expires: Instant
  ) {
    self.approve = approve
    self.reject = reject
    self.digest = digest
    self.effect = effect
    self.atMost = atMost
    self.expires = expires
  }
}

/// Why an action's page carries no token.
public enum TokenAbsence: Sendable {
  /// It is decided, here or elsewhere, or gone.
  case decided
  /// Nobody decided in time.
  case lapsed
  /// Its policy keeps tokens out of the site for everybody.
  case sharedTokensOff
  /// There is nothing that could be approved; with the reason.
  case noEffect(ByteString)
  /// The page is one of an archive.
  case archived
  /// Less time is left than the policy's margin.
  case tooLate
}
