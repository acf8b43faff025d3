import ByteText
import CaseModel
import Testing

@testable import ApprovalTokens

@Suite struct TokenMintTests {
  @Test func makesTheTokenThatTheGeneralFunctionMakes() throws {
    let key = try Fixture.mintKey()
    let claims = try Fixture.claims()
    let token = try TokenMint.mint(claims, with: key)
    #expect(try token.bytes == forged(claims.canonical, with: key))
  }

  @Test func makesTheSameTokensInABatch() throws {
    let key = try Fixture.mintKey()
    var mint = try TokenMint(key: key)
    let verifier = try Fixture.verifier(key)
    // Longer and shorter claims in turn: nothing of one may stay in the buffer for the next.
    for audience in ["r7", "a-long-reviewer0", "*", "r7"] as [ByteString] {
      for verdict in DecisionVerdict.allCases {
        let claims = try Fixture.claims(verdict, to: audience)
        let token = try mint.mint(claims)
        #expect(try token == TokenMint.mint(claims, with: key))
        #expect(try verifier.open(token.bytes, at: Fixture.now).get().claims == claims)
      }
    }
  }

  @Test func staysWithinTheLengthOfATokenAtTheLongestClaims() throws {
    let id = try Fixture.id("abcdefghijklmnopqrstuvwxyz012345")
    let claims = try #require(
      DecisionClaims(
        offering: .approve, on: EffectDigest.of(try Fixture.effect()), investigation: id, action: id, round: 99,
        to: "0123456789abcdef", by: "0123456789abcdef", until: Fixture.end))
    let token = try TokenMint.mint(claims, with: try Fixture.mintKey())
    #expect(token.count < 450)
    #expect(token.bytes.allSatisfy { ASCII.isAlphanumeric($0) || $0 == 0x2D || $0 == 0x5F || $0 == 0x2E })
  }

  @Test func refusesKeysOfOtherPurposes() throws {
    for purpose in KeyPurpose.allCases where purpose != .mint {
      let key = try SigningKey(seed: Fixture.seed(1), purpose: purpose)
      #expect(throws: KeyProblem.wrongPurpose(expected: .mint, found: purpose)) { try TokenMint(key: key) }
    }
  }
}
