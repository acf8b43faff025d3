import ApprovalTokens
import ByteText
import CaseModel
import CaseStore
import DecisionLedger
import Digests
import ReportSite
import WorkOrders

/// Makes the models of a case's pages, and mints the tokens on them.
struct CasePlan {
  private let inputs: PageInputs
  private let issuer: ByteString
  private var mint: TokenMint?
  /// Signatures made by earlier builds, by `jti`.
  private let signatures: TokenSignatures
  /// Signatures this build made.
  private(set) var made = TokenSignatures()
  /// How many tokens were signed.
  private(set) var signed = 0

  init(_ inputs: PageInputs, issuer: ByteString, key: SigningKey, signatures: TokenSignatures) throws {
    self.inputs = inputs
    self.issuer = issuer
    self.signatures = signatures
    mint = try TokenMint(key: key)
  }

  /// Makes models without tokens, for an archive.
  init(archiving inputs: PageInputs, issuer: ByteString) {
    self.inputs = inputs
    self.issuer = issuer
    signatures = TokenSignatures()
    mint = nil
  }

  /// The model of a case.
  ///
  /// - Parameter redacted: for a redacted archive, what knows how the ledger's words are shown.
  /// - Returns: the model, the `jti`s of its tokens, and the digests of its undecided actions as ``CaseStore/PageState`` has them.
  mutating func model(
    _ merged: Case, _ row: ManifestCase, _ state: LedgerState,
    redacted: RedactedCase? = nil
  ) throws -> (model: CasePageModel, offers: ByteString, digests: ByteString) {
    var actions: [ActionPageModel] = []
    var ownActions: [ActionPageModel] = []
    var offers = ByteString()
    var digests = ByteString()
    let at = PolicyAt(policy: inputs.policy, now: inputs.now)
    var involved: Involvement?
    // What the ledger tells is replaced before anything is made of it, as the records are.
    func known(_ id: CaseID) -> LedgerFacts? {
      state.facts(of: id).map { redacted?.shown($0) ?? $0 }
    }
    for (index, action) in merged.actions.enumerated() {
      let facts = known(action.id)
      let (standing, deadline) = Standing.of(
        row.head.actions[index], in: row.head, facts: facts, inputs.policy, now: inputs.now)
      let policy = inputs.policy.of(action.action.kind)
      var page = ActionPageModel(action: action, standing: standing, deadline: deadline, policy: policy)
      do throws(Effect.Problem) {
        let effect = try Effect(
          of: action.action, id: action.id, tenant: row.head.tenant, round: standing.round, ceiling: facts?.atMost)
        page.digest = EffectDigest.of(effect)
        page.effect = ByteString(effect.canonical)
        page.reversal = ReversalPlan(of: effect).map {
          ReversalNote(step: $0.step, absence: $0.absence, restores: $0.restores, commands: $0.commands)
        }
        if standing.decision != .undecided {
          page.absence = standing.decision == .lapsed ? .lapsed : .decided
        } else if mint == nil {
          page.absence = .archived
        } else if inputs.audience == DecisionClaims.anyone && !policy.sharedTokens {
          page.absence = .sharedTokensOff
        } else {
          page.offer = try? offer(effect, page.digest ?? "", investigation: merged.id, expires: deadline, &offers)
        }
      } catch {
        page.absence = standing.decision == .undecided ? .noEffect(Self.words(error)) : .decided
      }
      if standing.decision == .undecided {
        let parts = involved ?? Involvement(merged)
        involved = parts
        fillMissing(&page, parts)
        digests += page.offer?.digest ?? PageState.noDigest
      }
      actions.append(page)
      for own in OwnOffer.all(of: action, row.head.actions[index], in: row.head, at, known: known) {
        ownActions.append(try ownPage(own, about: action, merged, facts, &offers))
      }
    }
    let ids = merged.actions.map(\.id) + ownActions.map(\.action.id)
    let lines = ids.flatMap { id in
      (state.lines[id] ?? []).map { line in (line.number, id, redacted?.shown(line) ?? line) }
    }.sorted { $0.0 < $1.0 }
    let model = CasePageModel(
      case: merged, head: row.head, actions: actions,
      ledgerLines: lines.map {
        LogLine(at: $0.2.at, text: $0.1.text + ": " + $0.2.words, by: ByteString("entry \($0.0)"))
      }, ownActions: ownActions)
    return (model, offers, digests)
  }

  /// How many approvals are missing, and which reviewers could give one.
  private func fillMissing(_ page: inout ActionPageModel, _ involved: Involvement) {
    let approving = page.standing.votes.filter { $0.verdict == .approve }
    page.missing = max(0, page.policy.quorum - approving.count)
    page.mayApprove = inputs.reviewers.filter { reviewer in
      !approving.contains { $0.principal == reviewer.id } && page.policy.roles.areHeld(by: reviewer.roles)
        && (page.policy.allowsSelfApproval || involved.of(reviewer) == nil)
    }.map { $0.name.isEmpty ? $0.id : $0.name }
  }

  /// The page of an action of our own.
  private mutating func ownPage(
    _ offer: OwnOffer, about action: CaseAction, _ merged: Case, _ facts: LedgerFacts?, _ offers: inout ByteString
  ) throws -> ActionPageModel {
    var source = RemediationAction(
      sourceID: offer.own.id.text, kind: offer.own.kind, rawType: offer.effect.rawType,
      status: Recognised(nil, raw: ""))
    source.targets = action.action.targets
    source.alerts = action.action.alerts
    source.started = facts?.outcomeEntry == nil ? nil : offer.standing.votes.first?.at
    let policy = inputs.policy.of(offer.own.kind, about: offer.aboutKind)
    var page = ActionPageModel(
      action: CaseAction(
        id: offer.own.id, action: source, isNamedByLatest: true,
        exported: ExportedState(decision: .undecided, execution: .notStarted), wasEverUndecided: true),
      standing: offer.standing, deadline: offer.deadline, policy: policy, digest: EffectDigest.of(offer.effect),
      effect: ByteString(offer.effect.canonical), about: action.id)
    if offer.standing.decision != .undecided {
      page.absence = offer.standing.decision == .lapsed ? .lapsed : .decided
    } else if mint == nil {
      page.absence = .archived
    } else if inputs.audience == DecisionClaims.anyone && !policy.sharedTokens {
      page.absence = .sharedTokensOff
    } else {
      page.offer = try? self.offer(
        offer.effect, page.digest ?? "", investigation: merged.id, expires: offer.deadline, &offers)
    }
    return page
  }

  private mutating func offer(
    _ effect: Effect, _ digest: ByteString, investigation: CaseID, expires: Instant, _ offers: inout ByteString
  ) throws -> TokenOffer {
    let approve = try token(.approve, effect, digest, investigation, expires, &offers)
    let reject = try token(.reject, effect, digest, investigation, expires, &offers)
    return TokenOffer(
      approve: approve.bytes, reject: reject.bytes, digest: digest, effect: ByteString(effect.canonical),
      atMost: effect.atMost, expires: Instant(seconds: expires.seconds))
  }

  private mutating func token(
    _ verdict: DecisionVerdict, _ effect: Effect, _ digest: ByteString, _ investigation: CaseID, _ expires: Instant,
    _ offers: inout ByteString
  ) throws -> ByteString {
    guard var mint,
      let claims = DecisionClaims(
        offering: verdict, on: digest, investigation: investigation, action: effect.action, round: effect.round,
        to: inputs.audience, by: issuer, until: expires)
    else { throw CommandFailure(.failure, "no token can be made for " + effect.action.text) }
    defer { self.mint = mint }
    offers += claims.jti
    // Ed25519 is deterministic here: the signature of the same claims by the same key is the one made before.
    guard let jti = Base64URL.decode(claims.jti.bytes) else { return "" }
    if let signature = signatures.signature(of: jti) { return mint.token(claims, signature: signature) }
    let signature = try mint.signature(for: claims)
    made.add(jti: jti, signature: signature)
    signed += 1
    return mint.token(claims, signature: signature)
  }

  static func words(_ problem: Effect.Problem) -> ByteString {
    switch problem {
    case .notUTF8(let field): "its " + field + " is not well-formed text: two targets could look alike"
    case .noTarget: "nothing in the export says what it acts on"
    case .beyondCeiling: "it would change more messages than any ceiling allows"
    }
  }
}
