import ApprovalTokens
import ByteText
import CaseModel
import Testing

@Suite struct KeyRingTests {
  private func entry(_ first: UInt8, purpose: KeyPurpose = .mint, status: KeyStatus = .active) throws -> RingKey {
    RingKey(
      try SigningKey(seed: Fixture.seed(first), purpose: purpose).verifyingKey, purpose: purpose,
      notBefore: Fixture.now, status: status)
  }

  @Test func findsKeysByIdAndPurpose() throws {
    let keys = [
      try entry(1), try entry(2, status: .retired(sequence: 3)), try entry(3, purpose: .log),
      try entry(4, status: .revoked(sequence: 9)),
    ]
    let ring = try #require(KeyRing(keys))
    for key in keys { #expect(ring[key.kid] == key) }
    #expect(ring["AAAAAAAA"] == nil)
    #expect(ring.active(.mint) == [keys[0]])
    #expect(ring.active(.log) == [keys[2]])
    #expect(ring.active(.archive).isEmpty)
    #expect(ring.keys.map(\.kid) == keys.map(\.kid).sorted())
  }

  @Test func refusesTheSameKeyTwice() throws {
    #expect(try KeyRing([entry(1), entry(1, purpose: .log)]) == nil)
    #expect(try KeyRing([entry(1)])?.adding(entry(1)) == nil)
    #expect(try KeyRing([entry(1)])?.adding(entry(2))?.keys.count == 2)
    #expect(KeyRing.empty.keys.isEmpty)
  }

  @Test func neverTakesARevocationBack() throws {
    let key = try entry(1)
    let ring = try #require(KeyRing([key]))
    let retired = try #require(ring.setting(.retired(sequence: 4), of: key.kid))
    #expect(retired[key.kid]?.status == .retired(sequence: 4))
    let revoked = try #require(retired.setting(.revoked(sequence: 6), of: key.kid))
    #expect(revoked[key.kid]?.status == .revoked(sequence: 6))
    #expect(revoked.setting(.active, of: key.kid) == nil)
    #expect(revoked.setting(.retired(sequence: 7), of: key.kid) == nil)
    #expect(ring.setting(.active, of: "AAAAAAAA") == nil)
  }
}
