import ApprovalTokens
import ByteText
import CaseModel
import CaseStore
import DecisionLedger
import Digests
import ReportSite

/// What pages of a case depend on, apart from the case: configuration, templates, key, audience.
struct PageInputs {
  var templatesHash: [UInt8]
  var configurationHash: [UInt8]
  var kid: ByteString
  var audience: ByteString
  var policy: Policy
  var now: Instant

  /// Changes whenever the same model would be rendered differently.
  static let rendererVersion: ByteString = "1"

  /// The key of all lists together: over the keys of all cases in order, and whatever else they show.
  func lists(
    _ cases: SHA256Stream, _ frame: SiteFrame, _ reviewers: [Reviewer], lastImport: Instant?
  ) -> Fingerprint {
    Fingerprint(
      SHA256Sum.of(
        Self.rendererVersion.bytes, [0], templatesHash, configurationHash, audience.bytes, [0], cases.finish().bytes,
        frame.at.rfc3339.bytes, frame.head.bytes, [0], frame.version.bytes, [0], lastImport?.rfc3339.bytes ?? [], [0],
        Array(reviewers.flatMap(\.addresses).map(\.bytes).joined(separator: [0]))))
  }

  /// The key of one part of a long list.
  ///
  /// - Parameter content: stands for its rows.
  func part(_ content: Fingerprint, _ frame: SiteFrame) -> Fingerprint {
    Fingerprint(
      SHA256Sum.of(
        Self.rendererVersion.bytes, [0], templatesHash, configurationHash, audience.bytes, [0], frame.version.bytes,
        [0],
        content.bytes))
  }

  /// The key of a case's pages (DESIGN section 4, *Flow A*).
  func key(of row: ManifestCase, _ state: LedgerState) -> Fingerprint {
    var sum = SHA256Stream()
    func add(_ bytes: [UInt8]) {
      sum.update(Array(String(bytes.count).utf8) + [0x3A] + bytes)
    }
    add(Self.rendererVersion.bytes)
    add(templatesHash)
    add(configurationHash)
    add(kid.bytes)
    add(audience.bytes)
    add(row.head.id.text.bytes)
    add(row.head.recordsHash.bytes)
    for action in row.head.actions {
      let facts = state.facts(of: action.id)
      let standing = Standing.of(action, in: row.head, facts: facts, policy, now: now).state
      add(Array(standing.decision.rawValue.utf8))
      if let facts {
        add(Array("\(facts.round) \(facts.outcomeEntry ?? 0)".utf8))
        for vote in facts.votes { add(Array("\(vote.entry)".utf8)) }
      }
      for line in state.lines[action.id] ?? [] { add(Array("\(line.number)".utf8)) }
    }
    return Fingerprint(sum.finish())
  }
}

/// Makes the models of a case's pages, and mints the tokens on them.
struct CasePlan {
  private let inputs: PageInputs
  private let issuer: ByteString
  private var mint: TokenMint
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

  /// The model of a case.
  ///
  /// - Returns: the model, and the `jti`s of its tokens.
  mutating func model(
    _ merged: Case, _ row: ManifestCase, _ state: LedgerState
  ) throws -> (model: CasePageModel, offers: ByteString) {
    var actions: [ActionPageModel] = []
    var offers = ByteString()
    for (index, action) in merged.actions.enumerated() {
      let facts = state.facts(of: action.id)
      let (standing, deadline) = Standing.of(
        row.head.actions[index], in: row.head, facts: facts, inputs.policy, now: inputs.now)
      let policy = inputs.policy.of(action.action.kind)
      var page = ActionPageModel(action: action, standing: standing, deadline: deadline, policy: policy)
      do throws(Effect.Problem) {
        let effect = try Effect(
          of: action.action, id: action.id, tenant: row.head.tenant, round: standing.round, ceiling: facts?.atMost)
        page.digest = EffectDigest.of(effect)
        if standing.decision != .undecided {
          page.absence = standing.decision == .lapsed ? .lapsed : .decided
        } else if inputs.audience == DecisionClaims.anyone && !policy.sharedTokens {
          page.absence = .sharedTokensOff
        } else {
          page.offer = try? offer(effect, page.digest ?? "", investigation: merged.id, expires: deadline, &offers)
        }
      } catch {
        page.absence = standing.decision == .undecided ? .noEffect(Self.words(error)) : .decided
      }
      actions.append(page)
    }
    let lines = merged.actions.flatMap { action in
      (state.lines[action.id] ?? []).map { line in (line.number, action.id, line) }
    }.sorted { $0.0 < $1.0 }
    let model = CasePageModel(
      case: merged, head: row.head, actions: actions,
      ledgerLines: lines.map {
        LogLine(at: $0.2.at, text: $0.1.text + ": " + $0.2.text, by: ByteString("entry \($0.0)"))
      })
    return (model, offers)
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
    guard
      let claims = DecisionClaims(
        offering: verdict, on: digest, investigation: investigation, action: effect.action, round: effect.round,
        to: inputs.audience, by: issuer, until: expires)
    else { throw CommandFailure(.failure, "no token can be made for " + effect.action.text) }
    offers += claims.jti
    // Ed25519 is deterministic here: the signature of the same claims by the same key is the one made before.
    guard let jti = Base64URL.decode(claims.jti.bytes) else { return "" }
    if let signature = signatures.signature(of: jti) { return mint.token(claims, signature: signature) }
    let signature = try mint.signature(for: claims)
    made.add(jti: jti, signature: signature)
    signed += 1
    return mint.token(claims, signature: signature)
  }

  private static func words(_ problem: Effect.Problem) -> ByteString {
    switch problem {
    case .notUTF8(let field): "its " + field + " is not well-formed text: two targets could look alike"
    case .noTarget: "nothing in the export says what it acts on"
    case .beyondCeiling: "it would change more messages than any ceiling allows"
    }
  }
}
