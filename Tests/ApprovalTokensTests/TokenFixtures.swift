import ByteText
import CaseModel
import Foundation

@testable import ApprovalTokens

/// A deployment with a fixed key, one action and its tokens.
enum Fixture {
  static let now = Instant(seconds: 1_795_000_000)
  static let end = now.adding(seconds: 86_400)
  static let issuer: ByteString = "hq1"

  static func mintKey(_ first: UInt8 = 1) throws -> SigningKey { try SigningKey(seed: seed(first), purpose: .mint) }

  /// 32 bytes that count up.
  static func seed(_ first: UInt8) -> [UInt8] { (0..<32).map { first &+ $0 } }

  static func id(_ text: ByteString) throws -> CaseID {
    guard let id = CaseID(text) else { throw Missing(what: "id \(text)") }
    return id
  }

  static func ring(
    _ key: SigningKey, status: KeyStatus = .active, notAfter: Instant? = nil, notBefore: Instant? = nil
  ) throws -> KeyRing {
    let entry = RingKey(
      key.verifyingKey, purpose: key.purpose, notBefore: notBefore ?? now.adding(seconds: -1000), notAfter: notAfter,
      status: status)
    guard let ring = KeyRing([entry]) else { throw Missing(what: "ring") }
    return ring
  }

  static func verifier(_ key: SigningKey) throws -> TokenVerifier {
    TokenVerifier(keyRing: try ring(key), issuer: issuer)
  }

  /// Soft delete of a cluster of 37 messages.
  static func action(count: Int = 37, query: ByteString = "BodyFingerprint:123;SenderIp:10.0.0.1") -> RemediationAction
  {
    var cluster = Entity(type: Recognised(.mailCluster, raw: "MailCluster"))
    cluster.fields = [
      .init(.query, .text(query)), .init(.mailCount, .number(count)),
      .init(.networkMessageIDs, .list(["b-2", "a-1"])),
    ]
    var action = RemediationAction(
      sourceID: "urn:EmailZapper:1", kind: .softDeleteCluster, rawType: "EmailRemediation",
      status: Recognised(.pending, raw: "Pending"))
    action.targets = [cluster]
    action.parameters = [.init("recoverable", true)]
    return action
  }

  static func effect(of action: RemediationAction = action(), round: Int = 1, ceiling: Int? = nil) throws -> Effect {
    try Effect(
      of: action, id: id("mail-7qk2"), tenant: "7e10109e-b0f4-5ba3-9e4e-a0812d215bd1", round: round, ceiling: ceiling)
  }

  static func claims(
    _ verdict: DecisionVerdict = .approve, on effect: Effect? = nil, to audience: ByteString = "r7",
    by issuer: ByteString = issuer, until end: Instant = end
  ) throws -> DecisionClaims {
    let effect = try effect ?? Self.effect()
    guard
      let claims = DecisionClaims(
        offering: verdict, on: EffectDigest.of(effect), investigation: try id("zapurl-k3ab"), action: effect.action,
        round: effect.round, to: audience, by: issuer, until: end)
    else { throw Missing(what: "claims") }
    return claims
  }

  static func pending(
    _ effect: Effect? = nil, state: DecisionState = .undecided, isHandedOver: Bool = false,
    allowsSharedTokens: Bool = true, mailCount: Int? = 37
  ) throws -> PendingEffect {
    PendingEffect(
      effect: try effect ?? Self.effect(), state: state, isHandedOver: isHandedOver,
      allowsSharedTokens: allowsSharedTokens, mailCount: mailCount)
  }
}

struct Missing: Error {
  var what: String
}

/// Public test vectors, found through the environment.
enum Corpus {
  static let root: String? = ProcessInfo.processInfo.environment["COUNTERSIGN_SHARED"]
  static let isHere = root != nil
  /// Whether to try every form rather than a sample.
  static let isExhaustive = ProcessInfo.processInfo.environment["COUNTERSIGN_EXHAUSTIVE"] != nil

  static func json(_ path: String) throws -> [String: Any] {
    guard let root else { throw Missing(what: "COUNTERSIGN_SHARED") }
    let data = try Data(contentsOf: URL(fileURLWithPath: root).appendingPathComponent(path))
    guard let object = try JSONSerialization.jsonObject(with: data) as? [String: Any] else { throw Missing(what: path) }
    return object
  }
}

extension Result where Success == SignedClaims, Failure == RefusedToken {
  /// The code of a refusal; `nil` where the token was taken.
  var code: RefusalCode? {
    if case .failure(let refusal) = self { refusal.code } else { nil }
  }
}

extension Result where Success == VerifiedDecision, Failure == RefusedToken {
  /// The code of a refusal; `nil` where the token was taken.
  var code: RefusalCode? {
    if case .failure(let refusal) = self { refusal.code } else { nil }
  }
}

/// Bytes of a string of our own.
func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// A token with any payload, signed the way decision tokens are.
func forged(_ payload: [UInt8], with key: SigningKey, footer: [UInt8]? = nil, implicit: [UInt8]? = nil) throws
  -> [UInt8]
{
  try PasetoPublic.sign(
    payload, footer: footer ?? DecisionToken.footer(kid: key.kid),
    implicit: implicit ?? DecisionToken.implicitAssertion, with: key)
}
