import ByteText
import Testing

@testable import CaseModel

@Suite struct ReviewerTests {
  @Test func letsADelegateActOnTheDaysNamed() {
    let delegate = Reviewer.Delegate(to: "r8", from: Instant(seconds: 100), until: Instant(seconds: 200))
    #expect([99, 100, 199, 200].map { delegate.holds(at: Instant(seconds: $0)) } == [false, true, true, false])
  }

  @Test func asksForAllAndForOneOfItsRoles() {
    let roles = KindPolicy.Roles(allOf: ["a"], anyOf: ["b", "c"])
    #expect(roles.areHeld(by: ["c", "a"]) && !roles.areHeld(by: ["a"]) && !roles.areHeld(by: ["b"]))
    #expect(KindPolicy.Roles().areHeld(by: []) && KindPolicy.Roles().isEmpty && !roles.isEmpty)
  }

  @Test func neverWaitsLongerThanTheSourcesWeekLessTheMargin() {
    var policy = KindPolicy.standard
    #expect(policy.decidableSeconds == Deadline.week - 7_200)
    policy.expiresAfter = 3_600
    #expect(policy.decidableSeconds == 3_600)
    policy.expiresAfter = Deadline.week
    #expect(policy.decidableSeconds == Deadline.week - 7_200)
  }

  @Test func putsEveryKindInItsClasses() {
    for kind in ActionKind.allCases where !kind.isOwn && kind != .unrecognised {
      #expect(kind.classes.count == (kind.isReversible ? 1 : 2), "\(kind)")
    }
    #expect(ActionKind.hardDeleteCluster.classes == [.mailClusters, .irreversible])
    #expect(ActionKind.unrecognised.classes == [.irreversible])
  }

  @Test func judgesAnOwnActionByTheOthersRulesUnlessItHasItsOwn() {
    var strict = KindPolicy.standard
    strict.quorum = 2
    var policy = Policy(kinds: [.softDeleteCluster: strict])
    #expect(policy.of(.undo, about: .softDeleteCluster).quorum == 2)
    policy.kinds[.undo] = .standard
    #expect(policy.of(.undo, about: .softDeleteCluster).quorum == 1)
    #expect(policy.of(.withdraw, about: .softDeleteCluster).quorum == 2)
  }
}
