import ApprovalTokens
import ByteText
import CaseModel
import CaseStore
import DecisionLedger
import Digests
import DurableFiles
import MailDigest

/// Makes the pending actions that a digest shows, with the reviewer's own tokens.
struct DigestActions {
  private let session: Session
  private let state: LedgerState
  private let evidence: EvidenceStore
  private let manifest: InputFile
  private let reviewer: ByteString
  private var mint: TokenMint
  /// The ids of the tokens of each action made so far, in order.
  private var ids: [[ByteString]] = []
  private var latest: (offset: Int, row: ManifestCase, merged: Case)?

  init(
    _ session: Session, _ state: LedgerState, _ evidence: EvidenceStore, _ key: SigningKey, for reviewer: ByteString
  ) throws {
    self.session = session
    self.state = state
    self.evidence = evidence
    self.reviewer = reviewer
    manifest = try session.workspace.root.open(Manifest.fileName)
    mint = try TokenMint(key: key)
  }

  /// How many tokens the first actions have, and the hash over their ids in order.
  func tokens(ofFirst actions: Int) -> (count: Int, sha256: SHA256Digest) {
    let shown = ids.prefix(actions).flatMap(\.self)
    var sum = SHA256Stream()
    for id in shown { sum.update(id.bytes) }
    return (shown.count, sum.finish())
  }

  mutating func action(_ one: DigestReader.Pending) throws -> DigestAction {
    let (row, merged) = try read(one.reference.offset)
    let changed = CommandFailure(.failure, "the manifest changed while it was read", file: Manifest.fileName)
    let head = row.head
    guard head.actions.indices.contains(one.reference.action) else { throw changed }
    let brief = head.actions[one.reference.action]
    guard let source = merged.actions.first(where: { $0.id == brief.id })?.action else { throw changed }
    let facts = state.facts(of: brief.id)
    let standing = session.standing(brief, in: head, facts).state
    let targets = source.targets
    var action = DigestAction(
      target: DigestTarget(
        id: brief.id, kind: brief.kind, rawKind: brief.rawType, label: targets.first?.label ?? ""),
      investigationName: head.name.isEmpty ? head.sourceID : head.name,
      severity: head.severity, deadline: one.deadline, policy: session.configuration.policy.of(brief.kind))
    action.moreTargets = targets.dropFirst().map(\.label)
    action.targetCount = targets.count
    action.parameters = source.parameters.map { ($0.key, Self.text($0.value)) }
    action.threat = brief.threat
    action.mailCount = brief.mailCount
    action.approvals = standing.votes.count { $0.verdict == .approve }
    action.changes = one.changes
    ids.append([])
    let effect: Effect
    do throws(Effect.Problem) {
      effect = try Effect(
        of: source, id: brief.id, tenant: head.tenant, round: standing.round, ceiling: facts?.atMost)
    } catch {
      action.problem = CasePlan.words(error)
      return action
    }
    action.atMost = effect.atMost
    action.digest = EffectDigest.of(effect)
    if let approve = try token(.approve, effect, head.id, one.deadline),
      let reject = try token(.reject, effect, head.id, one.deadline)
    {
      action.tokens = (approve.bytes, reject.bytes)
    }
    return action
  }

  private mutating func read(_ offset: Int) throws -> (ManifestCase, Case) {
    if let latest, latest.offset == offset { return (latest.row, latest.merged) }
    guard let row = try Manifest.case(at: offset, in: manifest), let merged = try evidence.merge(row.places) else {
      throw CommandFailure(.failure, "the manifest changed while it was read", file: Manifest.fileName)
    }
    latest = (offset, row, merged)
    return (row, merged)
  }

  private mutating func token(
    _ verdict: DecisionVerdict, _ effect: Effect, _ investigation: CaseID, _ deadline: Instant
  ) throws -> ByteString? {
    guard
      let claims = DecisionClaims(
        offering: verdict, on: EffectDigest.of(effect), investigation: investigation, action: effect.action,
        round: effect.round, to: reviewer, by: session.configuration.issuer, until: deadline)
    else { return nil }
    let signature = try mint.signature(for: claims)
    ids[ids.count - 1].append(claims.jti)
    return mint.token(claims, signature: signature)
  }

  private static func text(_ value: JSONTree) -> ByteString {
    if case .string(let text) = value { text } else { ByteString(CanonicalJSON.bytes(value)) }
  }
}
