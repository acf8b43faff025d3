import ByteText

/// PASETO v4.public with any payload: `v4.public.` b64url(payload || signature) [`.` b64url(footer)].
///
/// Knows nothing of claims. Decision tokens are one use of it, fixed in ``DecisionToken``.
enum PasetoPublic {
  /// What every token of this version and purpose starts with.
  static let header: [UInt8] = Array("v4.public.".utf8)

  /// The parts of a token, taken apart but not trusted.
  struct Parts {
    /// The signed bytes.
    var payload: [UInt8]
    /// 64 bytes, R and S.
    var signature: [UInt8]
    /// The footer; empty where there is none.
    var footer: [UInt8]
  }

  /// Why a text is no token of this version and purpose.
  enum Problem: Error, Hashable {
    case otherHeader
    case segmentCount
    case notBase64URL
    case tooShort
    case emptyFooter
  }

  /// Makes a token.
  ///
  /// Deterministic on Linux (RFC 8032 section 5.1.6).
  static func sign(
    _ payload: [UInt8], footer: [UInt8] = [], implicit: [UInt8] = [], with key: SigningKey
  ) throws(KeyProblem) -> [UInt8] {
    let signed = PreAuthenticationEncoding.of(header, payload, footer, implicit)
    let signature = try key.signature(of: signed)
    var out = header + Base64URL.encode(payload + signature)
    if !footer.isEmpty { out += [0x2E] + Base64URL.encode(footer) }
    return out
  }

  /// Takes a token apart.
  ///
  /// One text for each token: base64url has one spelling, an empty footer has no dot.
  static func split(_ token: [UInt8]) throws(Problem) -> Parts {
    guard token.starts(with: header) else { throw .otherHeader }
    let segments = token[header.count...].split(separator: 0x2E, omittingEmptySubsequences: false)
    guard segments.count == 1 || segments.count == 2, let first = segments.first else { throw .segmentCount }
    guard let body = Base64URL.decode(first) else { throw .notBase64URL }
    guard body.count >= 64 else { throw .tooShort }
    var footer: [UInt8] = []
    if segments.count == 2 {
      guard !segments[1].isEmpty else { throw .emptyFooter }
      guard let decoded = Base64URL.decode(segments[1]) else { throw .notBase64URL }
      footer = decoded
    }
    return Parts(payload: Array(body.dropLast(64)), signature: Array(body.suffix(64)), footer: footer)
  }

  /// Whether the signature is the key's over these parts and the implicit assertion.
  static func isValid(_ parts: Parts, implicit: [UInt8] = [], key: VerifyingKey) -> Bool {
    let signed = PreAuthenticationEncoding.of(header, parts.payload, parts.footer, implicit)
    return key.isValid(signature: parts.signature, for: signed)
  }
}
