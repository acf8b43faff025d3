public import ByteText
public import CaseModel

/// Claims whose signature, form and issuer were found right.
///
/// Whether they still stand is another question.
public struct SignedClaims: Hashable, Sendable {
  /// What the token says.
  public let claims: DecisionClaims
  /// The id of the key that signed.
  public let kid: ByteString
  /// The token byte for byte.
  ///
  /// For the ledger; never for a message.
  public let token: ByteString

  init(claims: DecisionClaims, kid: ByteString, token: ByteString) {
    self.claims = claims
    self.kid = kid
    self.token = token
  }

  /// Stands for the token.
  public var label: TokenLabel { TokenLabel(kid: kid, jti: claims.jti) }
}

extension SignedClaims: CustomStringConvertible {
  /// The token's label.
  public var description: String { label.description }
}

/// A decision that stands: somebody handed back a token of ours, for the effect as it is now, in time.
///
/// Only ``TokenVerifier`` makes one, and the ledger takes nothing else. Whether it counts (policy, quorum, conflict) is
/// judged afterwards.
public struct VerifiedDecision: Hashable, Sendable {
  /// The principal of decisions that nobody signed, made with a token for everybody.
  public static let anyone: ByteString = "anyone"

  /// What was offered and handed back.
  public let signed: SignedClaims
  /// The effect that was approved or rejected, with the ceiling that the token names.
  public let effect: Effect
  /// That effect's canonical bytes.
  public let canonicalEffect: [UInt8]
  /// Who decided: the signer, the reviewer the token was made for, or ``anyone``.
  public let principal: ByteString
  /// How sure that is.
  public let identity: IdentityLevel

  init(signed: SignedClaims, effect: Effect, principal: ByteString, identity: IdentityLevel) {
    self.signed = signed
    self.effect = effect
    canonicalEffect = effect.canonical
    self.principal = principal
    self.identity = identity
  }

  /// What the token says.
  public var claims: DecisionClaims { signed.claims }
  /// The id of the key that signed.
  public var kid: ByteString { signed.kid }
  /// Stands for the token.
  public var label: TokenLabel { signed.label }
}

extension VerifiedDecision: CustomStringConvertible {
  /// Label, verdict and principal.
  public var description: String { "\(label) \(claims.vd.rawValue) by \(principal)" }
}
