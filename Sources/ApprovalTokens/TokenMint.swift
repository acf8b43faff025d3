public import ByteText

/// Makes decision tokens with one key.
///
/// Deterministic on Linux: the same claims and key give the same bytes.
///
/// A value: each thread mints with its own copy. The parts of the signed text that never change are laid out once, and the
/// buffer is kept from token to token.
public struct TokenMint: Sendable {
  private let key: SigningKey
  /// The count of pieces and the header, as the signature sees them.
  private let before: [UInt8]
  /// The footer and the implicit assertion, as the signature sees them.
  private let after: [UInt8]
  /// `.` and the footer, as the token carries it.
  private let ending: [UInt8]
  private var claimsBytes: [UInt8] = []
  private var signed: [UInt8] = []

  /// Mints with a key of that purpose only.
  public init(key: SigningKey) throws(KeyProblem) {
    guard key.purpose == .mint else { throw .wrongPurpose(expected: .mint, found: key.purpose) }
    self.key = key
    let footer = DecisionToken.footer(kid: key.kid)
    var before: [UInt8] = []
    PreAuthenticationEncoding.appendCount(4, to: &before)
    PreAuthenticationEncoding.append(PasetoPublic.header, to: &before)
    var after: [UInt8] = []
    PreAuthenticationEncoding.append(footer, to: &after)
    PreAuthenticationEncoding.append(DecisionToken.implicitAssertion, to: &after)
    self.before = before
    self.after = after
    ending = [0x2E] + Base64URL.encode(footer)
    claimsBytes.reserveCapacity(512)
    signed.reserveCapacity(768)
  }

  /// The token that says so.
  public mutating func mint(_ claims: DecisionClaims) throws(KeyProblem) -> ByteString {
    token(claims, signature: try signature(for: claims))
  }

  /// The 64 bytes that sign the claims.
  ///
  /// The same claims and key give the same bytes, so a caller may keep them and ask ``token(_:signature:)`` alone.
  public mutating func signature(for claims: DecisionClaims) throws(KeyProblem) -> [UInt8] {
    claimsBytes.removeAll(keepingCapacity: true)
    claims.append(to: &claimsBytes)
    signed.removeAll(keepingCapacity: true)
    signed += before
    PreAuthenticationEncoding.append(claimsBytes, to: &signed)
    signed += after
    return try key.signature(of: signed)
  }

  /// The token of claims that were signed before.
  ///
  /// Nothing is checked: a wrong signature makes a token that is refused.
  public mutating func token(_ claims: DecisionClaims, signature: [UInt8]) -> ByteString {
    claimsBytes.removeAll(keepingCapacity: true)
    claims.append(to: &claimsBytes)
    claimsBytes += signature
    return ByteString(PasetoPublic.header + Base64URL.encode(claimsBytes) + ending)
  }

  /// One token; for more make a mint and keep it.
  public static func mint(_ claims: DecisionClaims, with key: SigningKey) throws(KeyProblem) -> ByteString {
    var mint = try TokenMint(key: key)
    return try mint.mint(claims)
  }
}
