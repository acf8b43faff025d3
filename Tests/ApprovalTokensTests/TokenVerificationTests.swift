import ByteText
import CaseModel
import Testing

@testable import ApprovalTokens

@Suite struct TokenVerificationTests {
  private let key: SigningKey
  private let verifier: TokenVerifier
  private let anybody = TokenPresenter(reviewers: ["r7", "r8"])

  init() throws {
    key = try Fixture.mintKey()
    verifier = try Fixture.verifier(key)
  }

  private func verify(
    _ claims: DecisionClaims? = nil, beside: DecisionVerdict? = nil, from presenter: TokenPresenter? = nil,
    at now: Instant = Fixture.now, floor: Instant? = nil, isSpent: Bool = false, pending: PendingEffect? = nil
  ) throws -> Result<VerifiedDecision, RefusedToken> {
    let token = try TokenMint.mint(claims ?? Fixture.claims(), with: key)
    let known = try pending ?? Fixture.pending()
    let investigation = try Fixture.id("zapurl-k3ab")
    let action = try Fixture.id("mail-7qk2")
    return verifier.verify(
      token.bytes, verdictBeside: beside, from: presenter ?? anybody, at: now, ledgerFloor: floor,
      isSpent: { _ in isSpent },
      against: { $0 == investigation && $1 == action ? known : nil })
  }

  @Test func takesADecisionThatStands() throws {
    for verdict in DecisionVerdict.allCases {
      let claims = try Fixture.claims(verdict)
      let decision = try verify(claims, beside: verdict).get()
      #expect(decision.claims == claims)
      #expect(decision.effect == (try Fixture.effect()))
      #expect(decision.canonicalEffect == (try Fixture.effect().canonical))
      #expect(EffectDigest.of(canonical: decision.canonicalEffect) == claims.dig)
      #expect(decision.principal == "r7" && decision.identity == .bearer)
      #expect(decision.kid == key.kid)
    }
  }

  @Test func refusesBadTokensAsOpenDoes() throws {
    let other = try TokenMint.mint(Fixture.claims(), with: Fixture.mintKey(9))
    let code = verifier.verify(
      other.bytes, from: anybody, at: Fixture.now, ledgerFloor: nil, against: { _, _ in nil }
    ).code
    #expect(code == .unknownKey)
  }

  @Test func refusesAVerdictThatTheTokenDoesNotSay() throws {
    #expect(try verify(Fixture.claims(.reject), beside: .approve).code == .malformed)
    #expect(try verify(Fixture.claims(.approve), beside: .reject).code == .malformed)
  }

  @Test func refusesUnknownActions() throws {
    let token = try TokenMint.mint(Fixture.claims(), with: key)
    let code = verifier.verify(
      token.bytes, from: anybody, at: Fixture.now, ledgerFloor: nil, against: { _, _ in nil }
    ).code
    #expect(code == .unknownAction)
    // A look-up that answers with another action's effect finds nothing either.
    let other = try Effect(of: Fixture.action(), id: Fixture.id("mail-other"), tenant: "t", round: 1)
    #expect(try verify(pending: Fixture.pending(other)).code == .unknownAction)
  }

  /// State, whether handed over, and what approve and reject come to.
  static let states: [(DecisionState, Bool, RefusalCode?, RefusalCode?)] = [
    (.undecided, false, nil, nil),
    (.approved, false, .alreadyDecided, nil),
    (.approved, true, .alreadyDecided, .alreadyHandedOver),
    (.rejected, false, .alreadyDecided, .alreadyDecided),
    (.lapsed, false, .expired, .expired),
    (.withdrawn, false, .notPending, .notPending),
    (.decidedElsewhere, false, .notPending, .notPending),
    (.gone, false, .notPending, .notPending),
  ]

  @Test(arguments: states)
  func asksWhatWasDecided(
    state: DecisionState, isHandedOver: Bool, approve: RefusalCode?, reject: RefusalCode?
  ) throws {
    let pending = try Fixture.pending(state: state, isHandedOver: isHandedOver)
    #expect(try verify(Fixture.claims(.approve), pending: pending).code == approve)
    #expect(try verify(Fixture.claims(.reject), pending: pending).code == reject)
  }

  @Test func coversEveryState() {
    #expect(Set(Self.states.map(\.0)) == Set(DecisionState.allCases))
  }

  /// Audience, whom the file names, who signed, for whom they act, and the principal or a refusal.
  static let audiences: [(ByteString, ByteString?, ByteString?, Set<ByteString>, ByteString?)] = [
    ("r7", nil, nil, [], "r7"),
    ("r7", "r7", nil, [], "r7"),
    ("r7", "r7", "r7", [], "r7"),
    ("r7", "r8", nil, [], nil),
    ("r7", nil, "r8", [], nil),
    ("r7", "r7", "r8", [], nil),
    ("r7", "r8", "r7", [], nil),
    ("r9", nil, nil, [], nil),
    ("r9", "r9", nil, [], nil),
    ("r7", nil, "r9", ["r7"], nil),
    ("*", nil, "r9", [], nil),
    ("*", nil, nil, [], "anyone"),
    ("*", "r7", nil, [], "anyone"),
    ("*", nil, "r8", [], "r8"),
    // A delegate acts for another: signed, as themselves; unsigned, the token is still the other's, or one token would
    // make two principals.
    ("r7", "r8", "r8", ["r7"], "r8"),
    ("r7", "r8", nil, ["r7"], "r7"),
    ("r7", nil, "r8", ["r6"], nil),
  ]

  @Test(arguments: audiences)
  func asksForWhomTheTokenIs(
    audience: ByteString, named: ByteString?, signer: ByteString?, actsFor: Set<ByteString>, principal: ByteString?
  ) throws {
    let presenter = TokenPresenter(
      reviewers: ["r7", "r8"], named: named, signer: signer.map { .init($0, identity: .sshsig) }, actsFor: actsFor)
    let result = try verify(Fixture.claims(to: audience), from: presenter)
    switch (result, principal) {
    case (.success(let decision), let principal?):
      #expect(decision.principal == principal)
      #expect(decision.identity == (signer == nil ? .bearer : .sshsig))
    case (.failure(let refusal), nil): #expect(refusal.code == .wrongReviewer)
    default: Issue.record("\(result)")
    }
  }

  @Test func takesTokensForEverybodyOnlyWherePolicyDoes() throws {
    let pending = try Fixture.pending(allowsSharedTokens: false)
    #expect(try verify(Fixture.claims(to: "*"), pending: pending).code == .wrongReviewer)
    #expect(try verify(Fixture.claims(to: "r7"), pending: pending).code == nil)
  }

  @Test func refusesSpentTokens() throws {
    #expect(try verify(isSpent: true).code == .replayed)
  }

  /// One change to the action for each field of the effect.
  static let changes: [(String, @Sendable (inout RemediationAction) -> Void)] = [
    ("kind", { $0.kind = .hardDeleteCluster }),
    ("raw type", { $0.rawType = "EmailRemediation2" }),
    ("query", { $0.targets = Fixture.action(query: "BodyFingerprint:124;SenderIp:10.0.0.1").targets }),
    ("query by a blank", { $0.targets = Fixture.action(query: "BodyFingerprint:123;SenderIp:10.0.0.1 ").targets }),
    (
      "message ids",
      { $0.targets[0].fields[2] = .init(.networkMessageIDs, .list(["a-1", "b-2", "c-3"])) }
    ),
    (
      "another target",
      {
        var entity = Entity(type: Recognised(.url, raw: "Url"))
        entity.fields = [.init(.url, .text("https://example.com/"))]
        $0.targets.append(entity)
      }
    ),
    ("parameter's value", { $0.parameters = [.init("recoverable", false)] }),
    ("parameter's name", { $0.parameters = [.init("recoverables", true)] }),
    ("no parameter", { $0.parameters = [] }),
    ("count", { $0.targets[0].fields[1] = .init(.mailCount, .number(51)) }),
    ("no count", { $0.targets[0].fields.remove(at: 1) }),
  ]

  @Test(arguments: changes.indices)
  func refusesAnEffectThatChanged(index: Int) throws {
    let (name, change) = Self.changes[index]
    var action = Fixture.action()
    change(&action)
    let effect = try Fixture.effect(of: action)
    let pending = try Fixture.pending(effect, mailCount: action.mailCount)
    #expect(try verify(pending: pending).code == .stale, "\(name)")
  }

  @Test func refusesAnotherTenantOrRound() throws {
    var effect = try Fixture.effect()
    effect.tenant = "7e10109e-b0f4-5ba3-9e4e-a0812d215bd2"
    #expect(try verify(pending: Fixture.pending(effect)).code == .stale)
    effect = try Fixture.effect(round: 2)
    #expect(try verify(pending: Fixture.pending(effect)).code == .stale)
  }

  @Test func standsWhenSomethingHarmlessChanges() throws {
    var action = Fixture.action()
    action.description = "new text"
    action.alerts = ["alert"]
    action.updated = Fixture.now
    action.targets[0].fields.append(.init(.queryTime, .time(Fixture.now)))
    action.targets[0].fields[2] = .init(.networkMessageIDs, .list(["a-1", "b-2", "a-1"]))
    let effect = try Fixture.effect(of: action)
    #expect(try verify(pending: Fixture.pending(effect)).code == nil)
  }

  /// The count now, and whether an approval of at most 50 stands.
  static let counts: [(Int, Bool)] = [
    (0, true), (1, true), (3, true), (37, true), (50, true), (51, false), (5000, false),
  ]

  @Test(arguments: counts)
  func standsWhileTheClusterShrinks(count: Int, stands: Bool) throws {
    let pending = try Fixture.pending(Fixture.effect(of: Fixture.action(count: count)), mailCount: count)
    let result = try verify(pending: pending)
    #expect(result.code == (stands ? nil : .stale))
    // What goes into the ledger is what was approved, not what a page of today would offer.
    if stands { #expect(try result.get().effect.atMost == 50) }
  }

  @Test func refusesTheSecondOfItsEndAndEverythingAfter() throws {
    #expect(try verify(at: Instant(ticks: Fixture.end.ticks - 1)).code == nil)
    #expect(try verify(at: Fixture.end).code == .expired)
    #expect(try verify(at: Fixture.end.adding(seconds: 1)).code == .expired)
  }

  @Test func refusesAClockThatIsBehindTheLedger() throws {
    #expect(try verify(floor: Fixture.now.adding(seconds: 300)).code == nil)
    #expect(try verify(floor: Instant(ticks: Fixture.now.adding(seconds: 300).ticks + 1)).code == .clockBehind)
    #expect(try verify(at: Fixture.end, floor: Fixture.end.adding(seconds: 9999)).code == .clockBehind)
    #expect(try verify(floor: Fixture.now.adding(seconds: -9999)).code == nil)
  }

  /// Two defects at once: the one that is asked for first names the refusal.
  @Test func asksInTheOrderOfTheDesign() throws {
    let stale = try Fixture.effect(round: 2)
    let late = Fixture.end
    #expect(
      try verify(beside: .reject, at: late, pending: Fixture.pending(stale, state: .gone)).code == .malformed)
    #expect(
      try verify(Fixture.claims(to: "r9"), at: late, pending: Fixture.pending(stale, state: .gone)).code == .notPending)
    #expect(try verify(Fixture.claims(to: "r9"), at: late, pending: Fixture.pending(stale)).code == .wrongReviewer)
    #expect(try verify(at: late, isSpent: true, pending: Fixture.pending(stale)).code == .replayed)
    #expect(try verify(at: late, pending: Fixture.pending(stale)).code == .stale)
    #expect(try verify(at: late, pending: Fixture.pending()).code == .expired)
  }

  @Test func namesTheTokenInEveryRefusalByItsLabel() throws {
    guard case .failure(let refusal) = try verify(at: Fixture.end) else {
      Issue.record("taken")
      return
    }
    let claims = try Fixture.claims()
    #expect(refusal.label.text == ByteString(key.kid.bytes + [0x2F] + claims.jti.bytes.prefix(8)))
    #expect(refusal.isSigned)
    #expect(refusal.claims == claims)
    #expect(!refusal.detail.isEmpty && refusal.detail.bytes.last != 0x2E)
  }
}
