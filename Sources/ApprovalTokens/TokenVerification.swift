import ByteText
public import CaseModel

// The second half of verification: whether what a token of ours says still stands (SECURITY section 1.5, DESIGN section 5).

extension TokenVerifier {
  /// How far a clock may be behind the newest ledger entry, in seconds.
  public static let clockTolerance: Int64 = 300

  /// Opens a token and checks that it still stands.
  ///
  /// - Parameters:
  ///   - token: the text, without blanks around it.
  ///   - verdictBeside: the verdict that stands beside it in the file; `nil` where none does.
  ///   - presenter: who hands it in.
  ///   - now: the time of the run.
  ///   - ledgerFloor: the time of the newest ledger entry; `nil` for an empty ledger.
  ///   - isSpent: whether the ledger says that this very token may not count again; not asked for duplicates, which the
  ///     caller finds after ``open(_:at:acceptedAs:)``.
  ///   - lookup: the action's state now; `nil` where there is no such action in that investigation.
  public func verify(
    _ token: [UInt8], verdictBeside: DecisionVerdict? = nil, from presenter: TokenPresenter, at now: Instant,
    ledgerFloor: Instant?, isSpent: (DecisionClaims) -> Bool = { _ in false },
    against lookup: (_ investigation: CaseID, _ action: CaseID) -> PendingEffect?
  ) -> Result<VerifiedDecision, RefusedToken> {
    switch open(token, at: now) {
    case .failure(let refusal): .failure(refusal)
    case .success(let signed):
      verify(
        signed, verdictBeside: verdictBeside, from: presenter, at: now, ledgerFloor: ledgerFloor, isSpent: isSpent,
        against: lookup)
    }
  }

  /// Checks that an opened token still stands: verdict beside it, action, its state, audience, use, effect, clock, time; in
  /// this order.
  public func verify(
    _ signed: SignedClaims, verdictBeside: DecisionVerdict? = nil, from presenter: TokenPresenter, at now: Instant,
    ledgerFloor: Instant?, isSpent: (DecisionClaims) -> Bool = { _ in false },
    against lookup: (_ investigation: CaseID, _ action: CaseID) -> PendingEffect?
  ) -> Result<VerifiedDecision, RefusedToken> {
    let claims = signed.claims
    func refuse(
      _ code: RefusalCode, _ detail: ByteString, hint: ByteString = ""
    ) -> Result<VerifiedDecision, RefusedToken> {
      .failure(RefusedToken(code, detail, hint: hint, signed))
    }
    if let verdictBeside, verdictBeside != claims.vd {
      return refuse(
        .malformed, ByteString("the row says \(verdictBeside.rawValue), its token \(claims.vd.rawValue)"),
        hint: "hand in the row as the page made it")
    }
    guard let pending = lookup(claims.investigation, claims.action), pending.effect.action == claims.action else {
      return refuse(
        .unknownAction, "no such action in the evidence", hint: "import the export that the page was built from")
    }
    if let (code, detail, hint) = Self.refusal(of: claims.vd, for: pending) { return refuse(code, detail, hint: hint) }
    let standing: (principal: ByteString, identity: IdentityLevel)
    switch Self.principal(of: claims, from: presenter, allowsShared: pending.allowsSharedTokens) {
    case .failure(let problem): return refuse(.wrongReviewer, problem.detail, hint: problem.hint)
    case .success(let found): standing = found
    }
    guard !isSpent(claims) else { return refuse(.replayed, "the token was used before") }
    guard let effect = EffectDigest.standing(claims.dig, for: pending.effect, mailCount: pending.mailCount) else {
      return refuse(
        .stale, "the action is no longer what the page showed", hint: "build again and decide on the new page")
    }
    if let ledgerFloor, now < ledgerFloor.adding(seconds: -Self.clockTolerance) {
      return refuse(
        .clockBehind, ByteString(Array("the ledger already stands at ".utf8) + ledgerFloor.rfc3339.bytes),
        hint: "set the clock right")
    }
    // The second of `exp` is the first that is too late (as in RFC 7519 section 4.1.4).
    guard now < claims.exp else {
      return refuse(
        .expired, ByteString(Array("ended at ".utf8) + claims.exp.rfc3339.bytes),
        hint: "build again; while the action is pending its page has new tokens")
    }
    return .success(
      VerifiedDecision(signed: signed, effect: effect, principal: standing.principal, identity: standing.identity))
  }

  /// Why nothing can be decided any more; `nil` where it can.
  ///
  /// A rejection takes an approval back until hand-over.
  private static func refusal(
    of verdict: DecisionVerdict, for pending: PendingEffect
  ) -> (RefusalCode, ByteString, hint: ByteString)? {
    switch (pending.state, verdict) {
    case (.undecided, _): nil
    case (.approved, .reject) where pending.isHandedOver:
      (.alreadyHandedOver, "approved and handed over", hint: "undo it instead")
    case (.approved, .reject): nil
    case (.approved, .approve), (.rejected, _):
      (.alreadyDecided, ByteString("already \(pending.state.rawValue)"), hint: "")
    case (.lapsed, _): (.expired, "lapsed: nobody decided in time", hint: "")
    case (.withdrawn, _), (.decidedElsewhere, _), (.gone, _):
      (.notPending, ByteString("not pending: \(pending.state.rawValue)"), hint: "")
    }
  }

  private struct WrongReviewer: Error {
    var detail: ByteString
    var hint: ByteString = ""
  }

  /// Who decides with a token.
  ///
  /// An unsigned file proves nobody: its personal tokens count for those they were made for, whomever it names, so that
  /// one token never makes two principals.
  private static func principal(
    of claims: DecisionClaims, from presenter: TokenPresenter, allowsShared: Bool
  ) -> Result<(principal: ByteString, identity: IdentityLevel), WrongReviewer> {
    if let signer = presenter.signer, !presenter.reviewers.contains(signer.id) {
      return .failure(WrongReviewer(detail: "the signer is no reviewer", hint: "see reviewers in countersign.yaml"))
    }
    if claims.isShared {
      guard allowsShared else {
        return .failure(
          WrongReviewer(
            detail: "tokens for everybody do not decide this kind of action",
            hint: "decide in a reviewer's own pack: countersign build --reviewer ID"))
      }
      return .success(presenter.signer.map { ($0.id, $0.identity) } ?? (VerifiedDecision.anyone, .bearer))
    }
    guard presenter.reviewers.contains(claims.aud) else {
      return .failure(
        WrongReviewer(detail: "made for somebody who is no reviewer", hint: "see reviewers in countersign.yaml"))
    }
    for id in [presenter.signer?.id, presenter.named] {
      guard let id, id != claims.aud, !presenter.actsFor.contains(claims.aud) else { continue }
      return .failure(
        WrongReviewer(
          detail: ByteString(Array("made for ".utf8) + claims.aud.bytes + Array(", handed in by another".utf8)),
          hint: "decide in your own pack"))
    }
    return .success(presenter.signer.map { ($0.id, $0.identity) } ?? (claims.aud, .bearer))
  }
}
