import ApprovalTokens
import ByteText
import CaseModel
import Testing

@Suite struct DecisionClaimsTests {
  private func claims(
    aud: ByteString = "r7", dig: ByteString = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU",
    exp: Instant = Fixture.end, iss: ByteString = "hq1", jti: ByteString = "AAAAAAAAAAAAAAAA"
  ) throws -> DecisionClaims? {
    DecisionClaims(
      aud: aud, dig: dig, exp: exp, iss: iss, jti: jti, investigation: try Fixture.id("c42"),
      action: try Fixture.id("a7"), vd: .approve)
  }

  @Test func takesValuesOfTheGrammarOnly() throws {
    #expect(try claims() != nil)
    for name in ["*", "a", "r-7", "0123456789abcdef"] as [ByteString] {
      #expect(try claims(aud: name) != nil, "\(name)")
      #expect(try (claims(iss: name) != nil) == (name != "*"), "\(name)")
    }
    for name in ["", "**", "R7", "r_7", "r 7", "r.7", "0123456789abcdefg", "r7\n", "r\"7"] as [ByteString] {
      #expect(try claims(aud: name) == nil, "\(name)")
      #expect(try claims(iss: name) == nil, "\(name)")
    }
    for digest in [
      "", "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuF", "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFUA",
      "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU", "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFV",
    ] as [ByteString] {
      #expect(try claims(dig: digest) == nil, "\(digest)")
    }
    for id in ["", "AAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAA+", "AAAAAAAAAAAAAAA="] as [ByteString] {
      #expect(try claims(jti: id) == nil, "\(id)")
    }
    #expect(try claims(exp: Instant(ticks: Fixture.end.ticks + 1)) == nil)
    #expect(try claims(exp: Instant(seconds: 253_402_300_800)) == nil)
    #expect(try claims(exp: Instant(seconds: -62_135_596_801)) == nil)
  }

  @Test func derivesTheSameIdFromTheSameOffer() throws {
    #expect(try Fixture.claims() == Fixture.claims())
    #expect(try Fixture.claims().jti.count == 16)
  }

  @Test func derivesAnotherIdFromAnyOtherOffer() throws {
    let effect = try Fixture.effect()
    let digest = EffectDigest.of(effect)
    let (one, two) = (try Fixture.id("c1"), try Fixture.id("c2"))
    func id(
      _ verdict: DecisionVerdict = .approve, dig: ByteString = digest, investigation: CaseID = one,
      action: CaseID = one,
      round: Int = 1, to aud: ByteString = "r7", by iss: ByteString = "hq1", until exp: Instant = Fixture.end
    ) -> ByteString? {
      DecisionClaims(
        offering: verdict, on: dig, investigation: investigation, action: action, round: round, to: aud, by: iss,
        until: exp)?.jti
    }
    let ids = [
      id(), id(.reject), id(dig: "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"), id(investigation: two),
      id(action: two), id(round: 2), id(to: "r8"), id(to: "*"), id(by: "hq2"),
      id(until: Fixture.end.adding(seconds: 1)),
    ]
    #expect(!ids.contains(nil))
    #expect(Set(ids).count == ids.count)
  }

  @Test func cutsTheEndToWholeSeconds() throws {
    let late = Instant(ticks: Fixture.end.ticks + 9_999_999)
    #expect(try Fixture.claims(until: late) == Fixture.claims())
  }
}
