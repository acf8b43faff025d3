public import ByteText
public import CaseModel
import Digests

/// What a decision token says: this deployment offered this audience this verdict on this effect until this time.
///
/// Every value of the type is of the grammar in docs/formats/token.md; others cannot be made.
public struct DecisionClaims: Hashable, Sendable {
  /// The audience of tokens that anyone may hand back.
  public static let anyone: ByteString = "*"

  /// For whom: a reviewer's id, or ``anyone``.
  public let aud: ByteString
  /// The effect's digest, 43 characters of base64url.
  public let dig: ByteString
  /// From when on it no longer counts; whole seconds.
  public let exp: Instant
  /// The deployment.
  public let iss: ByteString
  /// The token's own id, 16 characters of base64url.
  public let jti: ByteString
  /// The investigation the action belongs to.
  public let investigation: CaseID
  /// The action that is decided.
  public let action: CaseID
  /// What is decided.
  public let vd: DecisionVerdict

  /// Makes claims with a given id.
  ///
  /// - Returns: `nil` where a value is not of the grammar, or `exp` is no whole second of the years 1 to 9999.
  public init?(
    aud: ByteString, dig: ByteString, exp: Instant, iss: ByteString, jti: ByteString, investigation: CaseID,
    action: CaseID, vd: DecisionVerdict
  ) {
    guard TokenGrammar.isAudience(aud), TokenGrammar.isDigest(dig), TokenGrammar.isName(iss),
      TokenGrammar.isTokenID(jti), TokenGrammar.time(exp.rfc3339) == exp
    else { return nil }
    self.aud = aud
    self.dig = dig
    self.exp = exp
    self.iss = iss
    self.jti = jti
    self.investigation = investigation
    self.action = action
    self.vd = vd
  }

  /// Makes the claims of an offer; the id follows from what is offered and the round, so rendering twice gives the same.
  ///
  /// - Parameter exp: cut to whole seconds.
  /// - Returns: `nil` where a value is not of the grammar.
  public init?(
    offering vd: DecisionVerdict, on dig: ByteString, investigation: CaseID, action: CaseID, round: Int,
    to aud: ByteString, by iss: ByteString, until exp: Instant
  ) {
    let end = Instant(seconds: exp.seconds)
    let jti = Self.tokenID(
      aud: aud, dig: dig, exp: end, iss: iss, round: round, sub: Self.subject(investigation, action), vd: vd)
    self.init(aud: aud, dig: dig, exp: end, iss: iss, jti: jti, investigation: investigation, action: action, vd: vd)
  }

  /// `investigation/action`.
  public var sub: ByteString { Self.subject(investigation, action) }

  /// Whether the token is for everybody.
  public var isShared: Bool { aud == Self.anyone }

  static func subject(_ investigation: CaseID, _ action: CaseID) -> ByteString {
    ByteString(investigation.text.bytes + [0x2F] + action.text.bytes)
  }

  /// First 16 characters of b64url(SHA-256 of the canonical JSON of everything offered, and the round).
  static func tokenID(
    aud: ByteString, dig: ByteString, exp: Instant, iss: ByteString, round: Int, sub: ByteString, vd: DecisionVerdict
  ) -> ByteString {
    let offer: JSONTree = [
      "aud": .string(aud), "dig": .string(dig), "exp": .string(exp.rfc3339), "iss": .string(iss), "round": .int(round),
      "sub": .string(sub), "vd": .string(ByteString(vd.rawValue)),
    ]
    return ByteString(SHA256Sum.of(CanonicalJSON.bytes(offer)).base64url.bytes.prefix(16))
  }
}
