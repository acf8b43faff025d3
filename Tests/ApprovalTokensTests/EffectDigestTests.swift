import ApprovalTokens
import ByteText
import CaseModel
import Digests
import Testing

@Suite struct EffectDigestTests {
  @Test func hashesThePrefixAndTheCanonicalBytes() throws {
    let effect = try Fixture.effect()
    let expected = SHA256Sum.of(bytes("countersign/action/v1\n"), effect.canonical).base64url
    #expect(EffectDigest.of(effect) == expected)
    #expect(EffectDigest.of(effect) != SHA256Sum.of(effect.canonical).base64url)
  }

  @Test func standsForSeriesCeilingsNotBelowTheCount() throws {
    let effect = try Fixture.effect()
    #expect(effect.atMost == 50)
    for (ceiling, stands) in [
      (20, false), (37, false), (49, false), (50, true), (60, false), (100, true), (5_000, true),
    ] {
      let digest = EffectDigest.of(effect.with(atMost: ceiling))
      let found = EffectDigest.standing(digest, for: effect, mailCount: 37)
      #expect((found?.atMost == ceiling) == stands, "\(ceiling)")
      #expect((found == nil) != stands, "\(ceiling)")
    }
  }

  @Test func neverMixesKnownAndUnknownCounts() throws {
    let effect = try Fixture.effect()
    let open = effect.with(atMost: nil)
    #expect(EffectDigest.standing(EffectDigest.of(open), for: effect, mailCount: 37) == nil)
    #expect(EffectDigest.standing(EffectDigest.of(effect), for: open, mailCount: nil) == nil)
    #expect(EffectDigest.standing(EffectDigest.of(open), for: open, mailCount: nil) == open)
  }

  @Test func takesTheEffectsOwnCeilingWhereNoCountIsGiven() throws {
    let effect = try Fixture.effect()
    #expect(EffectDigest.standing(EffectDigest.of(effect), for: effect, mailCount: nil) == effect)
    #expect(EffectDigest.standing(EffectDigest.of(effect.with(atMost: 20)), for: effect, mailCount: nil) == nil)
  }
}
