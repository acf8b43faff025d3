import Testing

@testable import CaseModel

@Suite struct PolicyTests {
  @Test func asksWhatTheKindAsksElseTheStandard() {
    var strict = KindPolicy.standard
    strict.quorum = 2
    var standard = KindPolicy.standard
    standard.identity = .sshsig
    let policy = Policy(standard: standard, kinds: [.softDeleteCluster: strict])
    #expect(policy.of(.softDeleteCluster) == strict)
    for kind in ActionKind.allCases where kind != .softDeleteCluster { #expect(policy.of(kind) == standard) }
  }

  @Test func ordersIdentitiesFromWeakToStrong() {
    #expect(IdentityLevel.allCases.sorted() == [.bearer, .transcribed, .sshsig, .sshsigTouch, .sshsigPIN])
    #expect(
      IdentityLevel.allCases.map { "\($0.word)" } == ["bearer", "transcribed", "sshsig", "sshsig-touch", "sshsig-pin"])
  }
}
