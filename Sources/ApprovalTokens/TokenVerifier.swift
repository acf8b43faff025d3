public import ByteText
public import CaseModel

/// Tells decision tokens of this deployment from everything else, cheap questions first (SECURITY section 1.5).
///
/// Nothing in a token is parsed before its signature holds.
public struct TokenVerifier: Sendable {
  /// The deployment.
  public let issuer: ByteString

  private struct KnownKey: Sendable {
    var entry: RingKey
    var footer: [UInt8]
  }

  /// The mint keys, by the last segment of the tokens they sign.
  private let keys: [ByteString: KnownKey]

  /// Verifies for a deployment with the mint keys of its ring.
  public init(keyRing: KeyRing, issuer: ByteString) {
    self.issuer = issuer
    var keys: [ByteString: KnownKey] = [:]
    for entry in keyRing.keys where entry.purpose == .mint {
      let footer = DecisionToken.footer(kid: entry.kid)
      keys[ByteString(Base64URL.encode(footer))] = KnownKey(entry: entry, footer: footer)
    }
    self.keys = keys
  }

  /// Checks that a text is a token of this deployment: length, header, segments, base64url, footer, key, signature, form of
  /// the claims, issuer; in this order.
  ///
  /// - Parameters:
  ///   - token: the text, without blanks around it.
  ///   - now: for the keys' validity. When a past decision is checked again: the time it was accepted.
  ///   - sequence: the ledger entry that accepted the token, when a past decision is checked again; `nil` for a new one.
  public func open(_ token: [UInt8], at now: Instant, acceptedAs sequence: Int? = nil) -> Result<
    SignedClaims, RefusedToken
  > {
    func refuse(
      _ code: RefusalCode, _ detail: ByteString, hint: ByteString, isSigned: Bool = false
    ) -> Result<SignedClaims, RefusedToken> {
      .failure(
        RefusedToken(code, detail, hint: hint, label: TokenLabel(unverified: token), isSigned: isSigned))
    }
    func malformed(_ detail: ByteString) -> Result<SignedClaims, RefusedToken> {
      refuse(.malformed, detail, hint: Self.copyHint)
    }
    guard token.count <= DecisionToken.greatestLength else {
      return malformed(ByteString("longer than \(DecisionToken.greatestLength) bytes"))
    }
    guard token.starts(with: PasetoPublic.header) else { return malformed("does not start with v4.public.") }
    let segments = token[PasetoPublic.header.count...].split(separator: 0x2E, omittingEmptySubsequences: false)
    guard segments.count == 2 else { return malformed("not two parts after v4.public.") }
    guard let body = Base64URL.decode(segments[0]), Base64URL.decode(segments[1]) != nil else {
      return malformed("a part is not base64url, or not in its one spelling")
    }
    guard body.count > 64 else { return malformed("too short for a signature and claims") }
    guard let known = keys[ByteString(segments[1])] else {
      return refuse(
        .unknownKey, "no mint key of this deployment has that id",
        hint: "see countersign keys list; a token of another deployment is for that deployment")
    }
    if let (code, detail, hint) = Self.refusal(of: known.entry, at: now, acceptedAs: sequence) {
      return refuse(code, detail, hint: hint)
    }
    let parts = PasetoPublic.Parts(
      payload: Array(body.dropLast(64)), signature: Array(body.suffix(64)), footer: known.footer)
    guard PasetoPublic.isValid(parts, implicit: DecisionToken.implicitAssertion, key: known.entry.key) else {
      return refuse(.badSignature, "the signature does not hold", hint: Self.copyHint)
    }
    let claims: DecisionClaims
    do {
      claims = try DecisionClaims.parse(parts.payload)
    } catch {
      return refuse(
        .malformed, error.detail, hint: "the mint key signed something that is no decision token", isSigned: true)
    }
    let signed = SignedClaims(claims: claims, kid: known.entry.kid, token: ByteString(token))
    guard claims.iss == issuer else {
      return .failure(
        RefusedToken(
          .wrongIssuer, ByteString(Array("made by issuer ".utf8) + claims.iss.bytes),
          hint: "hand it back to the deployment that made it", signed))
    }
    return .success(signed)
  }

  /// Why a key's tokens are not taken; `nil` where they are.
  private static func refusal(
    of entry: RingKey, at now: Instant, acceptedAs sequence: Int?
  ) -> (RefusalCode, ByteString, hint: ByteString)? {
    if case .revoked(let revokedAt) = entry.status, sequence.map({ $0 >= revokedAt }) ?? true {
      return (.revokedKey, "the key that signed it is revoked", hint: rebuildHint)
    }
    if now < entry.notBefore {
      let detail = ByteString(Array("the key is not in use before ".utf8) + entry.notBefore.rfc3339.bytes)
      return (.unknownKey, detail, hint: "check the clock")
    }
    if let end = entry.notAfter, now > end {
      return (.unknownKey, ByteString(Array("the key ended at ".utf8) + end.rfc3339.bytes), hint: rebuildHint)
    }
    return nil
  }

  private static let copyHint: ByteString =
    "copy the whole token, from v4.public. to its last character; mail programs may break or cut it"
  private static let rebuildHint: ByteString = "build again and decide on the new pages"
}
