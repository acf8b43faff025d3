import ByteText
import CaseModel
import Digests
import DurableFiles
import Foundation
import TestSupport

@testable import ApprovalTokens
@testable import DecisionLedger

extension Scratch {
  /// The ledger's bytes; empty where there is none.
  func ledger() throws -> [UInt8] {
    try folder.exists(Ledger.fileName) ? try folder.read(Ledger.fileName, limit: 1 << 26) : []
  }

  /// Puts bytes in the ledger's place.
  func put(_ bytes: [UInt8]) throws {
    try folder.replace(Ledger.fileName, with: bytes, mode: 0o600, durable: false)
  }
}

struct Missing: Error {
  var what: String
}

/// Entries, ledgers and verified decisions.
enum Samples {
  static let now = Instant(seconds: 1_795_420_800)
  static let origin: ByteString = "countersign/hq1"
  static let reviewers: Set<ByteString> = ["r1", "r2", "r3", "r7"]

  static func id(_ text: ByteString) throws -> CaseID {
    guard let id = CaseID(text) else { throw Missing(what: "id \(text)") }
    return id
  }

  /// Lines of a ledger, chained.
  static func lines(_ entries: [(LedgerEntry.Kind, JSONTree)], from start: Instant = now) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var previous = LedgerReading.genesis
    for (index, (kind, body)) in entries.enumerated() {
      let entry = LedgerEntry(
        number: index + 1, kind: kind, at: start.adding(seconds: Int64(index)), previous: previous, body: body)
      lines.append(entry.line)
      previous = SHA256Sum.of(entry.line)
    }
    return lines
  }

  /// A small ledger: an import, an issue, a vote, its judgement, an issue.
  static func smallLedger() -> [[UInt8]] {
    lines([
      (
        .import,
        LedgerBody.import(evidence: .init(name: "e1", sha256: "aa"), totals: totals(3, 2, 1, 0, 0), sources: ["x"])
      ),
      (.issue, LedgerBody.issue(audience: "*", count: 2, kid: "kkkkkkkk", tokens: SHA256Sum.of([1]))),
      (.decision, vote("inv-1/mail-a", "r7", "approve")),
      (.judge, LedgerBody.judge(action: "inv-1/mail-a", round: 1, outcome: "approved", votes: [3], needed: 1)),
      (.issue, LedgerBody.issue(audience: "*", count: 0, kid: "kkkkkkkk", tokens: SHA256Sum.of([2]))),
    ])
  }

  static func totals(_ read: Int, _ used: Int, _ duplicate: Int, _ superseded: Int, _ rejected: Int) -> ImportTotals {
    var totals = ImportTotals()
    totals.read = read
    totals.used = used
    totals.duplicate = duplicate
    totals.superseded = superseded
    totals.rejected = rejected
    return totals
  }

  /// The members of a `decision` that replay looks at.
  static func vote(
    _ action: ByteString, _ principal: ByteString, _ verdict: ByteString, round: Int = 1, atMost: Int = 50,
    identity: ByteString = "bearer", file: ByteString = "f1"
  ) -> JSONTree {
    [
      "action": .string(action), "comment": "seen", "file": .string(file), "identity": .string(identity),
      "jti": .string(principal + verdict), "principal": .string(principal), "round": .int(round),
      "verdict": .string(verdict), "effect": ["atMost": .int(atMost)],
    ]
  }

  /// Reads a ledger's bytes as a verifier does.
  static func read(_ bytes: [UInt8], checkpoint: Checkpoint? = nil) throws -> (LedgerReading, LedgerState) {
    let scratch = try Scratch()
    try scratch.put(bytes)
    return try Ledger.read(scratch.folder, checkpoint: checkpoint)
  }

  static func checkpoint(_ lines: [[UInt8]]) -> Checkpoint {
    var tree = MerkleTree()
    for line in lines { tree.append(line) }
    return Checkpoint(origin: origin, size: lines.count, root: tree.root)
  }

  static func fault(_ body: () throws -> Void) throws -> LedgerFault? {
    do {
      try body()
      return nil
    } catch Ledger.OpenError.fault(let fault) {
      return fault
    }
  }
}

/// Verified decisions of a deployment with a fixed key, through its mint and its verifier.
struct Decisions {
  private var mint: TokenMint
  private let verifier: TokenVerifier

  init() throws {
    let key = try SigningKey(seed: (0..<32).map { UInt8($0) }, purpose: .mint)
    mint = try TokenMint(key: key)
    let entry = RingKey(key.verifyingKey, purpose: .mint, notBefore: Samples.now.adding(seconds: -1))
    guard let ring = KeyRing([entry]) else { throw Missing(what: "ring") }
    verifier = TokenVerifier(keyRing: ring, issuer: "hq1")
  }

  static func effect(
    _ action: ByteString, kind: ActionKind = .blockURL, parameters: [JSONTree.Member] = [], round: Int = 1
  ) throws -> Effect {
    var target = Entity(type: Recognised(.url, raw: "url"))
    target.fields = [.init(.url, .text("https://ü.example/?q=\"\u{1}"))]
    var source = RemediationAction(
      sourceID: action, kind: kind, rawType: "BlockURL", status: Recognised(.pending, raw: "pending"))
    source.targets = [target]
    source.parameters = parameters
    return try Effect(of: source, id: Samples.id(action), tenant: "t1", round: round)
  }

  /// - Parameter signer: who signed the file; `nil` for nobody: the decision is that of the audience then.
  mutating func decision(
    _ verdict: DecisionVerdict, on effect: Effect, for audience: ByteString = DecisionClaims.anyone,
    signer: ByteString? = nil, identity: IdentityLevel = .sshsig
  ) throws -> VerifiedDecision {
    guard
      let claims = DecisionClaims(
        offering: verdict, on: EffectDigest.of(effect), investigation: try Samples.id("inv-1"), action: effect.action,
        round: effect.round, to: audience, by: "hq1", until: Samples.now.adding(seconds: 3_600))
    else { throw Missing(what: "claims") }
    let presenter = TokenPresenter(
      reviewers: Samples.reviewers, signer: signer.map { TokenPresenter.Signer($0, identity: identity) })
    let result = verifier.verify(
      try mint.mint(claims).bytes, from: presenter, at: Samples.now, ledgerFloor: nil
    ) { _, _ in PendingEffect(effect: effect, state: .undecided) }
    return try result.get()
  }

  mutating func candidate(
    _ verdict: DecisionVerdict, on action: ByteString, for audience: ByteString = DecisionClaims.anyone,
    signer: ByteString? = nil, identity: IdentityLevel = .sshsig, kind: ActionKind = .blockURL,
    comment: ByteString = "seen", file: ByteString = "f1", row: Int = 1, policy: KindPolicy = .standard,
    roles: [ByteString] = [], involved: ByteString? = nil, unit: Int = 1
  ) throws -> Candidate {
    let decision = try decision(
      verdict, on: Self.effect(action, kind: kind), for: audience, signer: signer, identity: identity)
    return Candidate(
      decision: decision, comment: comment, file: file, row: row, policy: policy,
      voter: Voter(
        principal: decision.principal, roles: roles, isReviewer: decision.principal != VerifiedDecision.anyone,
        involvedAs: involved), unit: unit)
  }
}

extension KindPolicy {
  /// The standard with changes.
  static func with(_ change: (inout KindPolicy) -> Void) -> KindPolicy {
    var policy = KindPolicy.standard
    change(&policy)
    return policy
  }
}
