import ByteText
import CaseModel
import Testing

@testable import ApprovalTokens

@Suite struct TokenVerifierTests {
  private func open(
    _ token: [UInt8], status: KeyStatus = .active, at now: Instant = Fixture.now, notAfter: Instant? = nil,
    acceptedAs sequence: Int? = nil
  ) throws -> RefusalCode? {
    let ring = try Fixture.ring(Fixture.mintKey(), status: status, notAfter: notAfter)
    return TokenVerifier(keyRing: ring, issuer: Fixture.issuer).open(token, at: now, acceptedAs: sequence).code
  }

  @Test func opensWhatTheMintMade() throws {
    let key = try Fixture.mintKey()
    let claims = try Fixture.claims(.reject)
    let token = try TokenMint.mint(claims, with: key)
    let signed = try Fixture.verifier(key).open(token.bytes, at: Fixture.now).get()
    #expect(signed.claims == claims)
    #expect(signed.kid == key.kid)
    #expect(signed.token == token)
  }

  /// Tokens of other kinds, and texts that are none.
  static let foreign: [(String, RefusalCode)] = [
    ("", .malformed),
    ("v4.public", .malformed),
    ("v4.public.", .malformed),
    ("v4.public..", .malformed),
    ("v4.public.AAAA.AAAA", .malformed),
    // JWS: EdDSA (RFC 8037 appendix A.4), and alg none (RFC 7519 section 6.1).
    (
      "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki"
        + "4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg", .malformed
    ),
    ("eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UiLCJleHAiOjEzMDA4MTkzODB9.", .malformed),
  ]

  @Test(arguments: foreign)
  func refusesOtherTexts(text: String, code: RefusalCode) throws {
    #expect(try open(bytes(text)) == code)
  }

  @Test func refusesTheSameBytesUnderAnotherHeader() throws {
    let token = try TokenMint.mint(try Fixture.claims(), with: try Fixture.mintKey()).bytes
    for header in ["v3.public.", "v4.local.", "v2.public.", "v1.public.", "V4.public.", "v4.Public.", "v5.public.", ""]
    {
      #expect(try open(bytes(header) + token.dropFirst(10)) == .malformed, "\(header)")
    }
    for text in [
      [0x20] + token, token + [0x20], token + [0x0A], token + [0x2E], token + bytes(".AAAA"), token + [0x3D],
    ] {
      #expect(try open(text) == .malformed)
    }
  }

  @Test func looksIntoNothingLongerThanATokenCanBe() throws {
    let verifier = try Fixture.verifier(Fixture.mintKey())
    func detail(_ count: Int) -> ByteString? {
      let text = PasetoPublic.header + [UInt8](repeating: 0x41, count: count - PasetoPublic.header.count)
      guard case .failure(let refusal) = verifier.open(text, at: Fixture.now) else { return nil }
      return refusal.detail
    }
    #expect(detail(1024) == "not two parts after v4.public.")
    #expect(detail(1025) == "longer than 1024 bytes")
  }

  @Test func refusesUnknownKeysAndFooters() throws {
    let key = try Fixture.mintKey()
    let other = try Fixture.mintKey(99)
    let claims = try Fixture.claims().canonical
    #expect(try open(forged(claims, with: other)) == .unknownKey)
    // The footer names a known key, another one signed.
    #expect(try open(forged(claims, with: other, footer: DecisionToken.footer(kid: key.kid))) == .badSignature)
    // The right key signed, but the footer is another spelling or holds more.
    let kid = "\(key.kid)"
    for footer in [
      "{\"kid\": \"\(kid)\"}", "{\"kid\":\"\(kid)\",\"x\":1}", "{\"KID\":\"\(kid)\"}", "{}", kid,
      "{\"kid\":\"\(kid)\"}\n", "{\"kid\":\"\(kid.lowercased())x\"}",
    ] {
      #expect(try open(forged(claims, with: key, footer: bytes(footer))) == .unknownKey, "\(footer)")
    }
    #expect(try open(forged(claims, with: key, footer: [])) == .malformed)
  }

  @Test func refusesSignaturesOfOtherUses() throws {
    let key = try Fixture.mintKey()
    let claims = try Fixture.claims().canonical
    #expect(try open(forged(claims, with: key)) == nil)
    for assertion in ["", "countersign/decision-token/v2", "countersign/decision-token/v1\n", "countersign/action/v1"] {
      #expect(try open(forged(claims, with: key, implicit: bytes(assertion))) == .badSignature, "\(assertion)")
    }
  }

  @Test func refusesKeysOfOtherPurposes() throws {
    for purpose in KeyPurpose.allCases {
      let key = try SigningKey(seed: Fixture.seed(1), purpose: purpose)
      let token = try forged(try Fixture.claims().canonical, with: key)
      let code = try Fixture.verifier(key).open(token, at: Fixture.now).code
      #expect(code == (purpose == .mint ? nil : .unknownKey))
    }
  }

  @Test func refusesTokensOfAnotherIssuer() throws {
    let key = try Fixture.mintKey()
    let token = try TokenMint.mint(try Fixture.claims(by: "hq2"), with: key)
    guard case .failure(let refusal) = try Fixture.verifier(key).open(token.bytes, at: Fixture.now) else {
      Issue.record("taken")
      return
    }
    #expect(refusal.code == .wrongIssuer)
    #expect(refusal.isSigned)
    #expect(refusal.claims?.iss == "hq2")
  }

  @Test func takesRetiredKeysAndRefusesRevokedOnes() throws {
    let token = try TokenMint.mint(try Fixture.claims(), with: try Fixture.mintKey()).bytes
    #expect(try open(token, status: .retired(sequence: 5)) == nil)
    #expect(try open(token, status: .revoked(sequence: 5)) == .revokedKey)
    // What the ledger had accepted before the revocation still holds when it is checked again.
    #expect(try open(token, status: .revoked(sequence: 5), acceptedAs: 4) == nil)
    #expect(try open(token, status: .revoked(sequence: 5), acceptedAs: 5) == .revokedKey)
    #expect(try open(token, status: .revoked(sequence: 5), acceptedAs: 6) == .revokedKey)
  }

  @Test func refusesKeysOutsideTheirTime() throws {
    let token = try TokenMint.mint(try Fixture.claims(), with: try Fixture.mintKey()).bytes
    let start = Fixture.now.adding(seconds: -1000)
    #expect(try open(token, at: start) == nil)
    #expect(try open(token, at: start.adding(seconds: -1)) == .unknownKey)
    #expect(try open(token, at: Fixture.now, notAfter: Fixture.now) == nil)
    #expect(try open(token, at: Fixture.now.adding(seconds: 1), notAfter: Fixture.now) == .unknownKey)
  }

  @Test func asksForTheStatusBeforeTheSignature() throws {
    let token = try TokenMint.mint(try Fixture.claims(), with: try Fixture.mintKey()).bytes
    var broken = token
    broken[20] ^= 1
    #expect(try open(broken) == .badSignature)
    #expect(try open(broken, status: .revoked(sequence: 1)) == .revokedKey)
  }

  @Test func neverShowsATokenInFull() throws {
    let key = try Fixture.mintKey()
    let token = try TokenMint.mint(try Fixture.claims(), with: key)
    let verifier = try Fixture.verifier(key)
    let signed = try verifier.open(token.bytes, at: Fixture.now).get()
    #expect("\(signed)" == "\(key.kid)/\(ByteString(signed.claims.jti.bytes.prefix(8)))")
    guard case .failure(let refusal) = verifier.open(Array(token.bytes.dropLast()), at: Fixture.now) else {
      Issue.record("taken")
      return
    }
    #expect(refusal.label.text.bytes.starts(with: bytes("unverified, ")))
    #expect(refusal.label.text.count < 60)
    #expect(!refusal.isSigned)
    #expect(refusal.claims == nil)
  }
}
