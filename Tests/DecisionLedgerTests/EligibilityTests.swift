import ByteText
import CaseModel
import Testing

@testable import DecisionLedger

/// Rules that `JudgementTests` does not go through: involvement, overrides, lengths.
@Suite struct EligibilityTests {
  private static func code(
    _ verdict: DecisionVerdict = .approve, by voter: Voter = Voter(principal: "r7"), comment: ByteString = "seen",
    _ change: (inout KindPolicy) -> Void = { _ in }
  ) -> RefusalCode? {
    var policy = KindPolicy.standard
    change(&policy)
    return Eligibility.refusal(of: verdict, by: voter, .bearer, comment: comment, under: policy)?.code
  }

  @Test func keepsOutWhoTakesPart() {
    let involved = Voter(principal: "r7", involvedAs: "sender a@b")
    #expect(Self.code(by: involved) == .selfApproval)
    #expect(Self.code(.reject, by: involved) == .selfApproval)
    #expect(Self.code(by: involved) { $0.allowsSelfApproval = true } == nil)
  }

  @Test(
    arguments: [
      ("override: the queue grows by the minute", ["chief"], nil), ("override: short", ["chief"], .commentRequired),
      ("override:" + String(repeating: ".", count: 40), ["chief"], .commentRequired),
      ("  override:   the queue grows by the minute ", ["chief"], nil),
      ("override: the queue grows by the minute", ["other"], .roleMissing),
      ("please override: the queue grows by the minute", ["chief"], .roleMissing),
    ] as [(String, [ByteString], RefusalCode?)])
  func letsAnOverrideTakeThePlaceOfRoles(comment: String, roles: [ByteString], code: RefusalCode?) {
    let found = Self.code(by: Voter(principal: "r7", roles: roles), comment: ByteString(comment)) {
      $0.quorum = 2
      $0.roles.allOf = ["purge"]
      $0.override = .init(roles: .init(anyOf: ["chief"]), minimumReason: 20)
    }
    #expect(found == code)
  }

  @Test func wantsAPersonForAnOverride() {
    let anyone = Voter(principal: "anyone", roles: ["chief"], isReviewer: false)
    let found = Self.code(by: anyone, comment: "override: the queue grows by the minute") {
      $0.override = .init(roles: .init(anyOf: ["chief"]))
    }
    #expect(found == .identityTooWeak)
  }

  @Test func readsTheWordAsAnyOtherWhereNoOverrideIs() {
    #expect(Self.code(comment: "override: x") == nil)
    #expect(!Eligibility.isOverride(.approve, comment: "override: x", .standard))
    let policy = KindPolicy.with { $0.override = .init(roles: .init(anyOf: ["chief"])) }
    #expect(!Eligibility.isOverride(.reject, comment: "override: x", policy))
    #expect(Eligibility.isOverride(.approve, comment: "override: x", policy))
  }

  @Test(
    arguments: [("否定", 2, nil), ("否", 2, .commentRequired), (" a b ", 3, nil), ("...", 1, .commentRequired)]
      as [(ByteString, Int, RefusalCode?)])
  func countsCharactersOfAComment(comment: ByteString, least: Int, code: RefusalCode?) {
    #expect(Self.code(.reject, comment: comment) { $0.minimumComment = least } == code)
  }

  @Test func approvesByOneOverrideUnlessSomebodyRejects() {
    var policy = KindPolicy.standard
    policy.quorum = 3
    policy.override = .init(roles: .init(anyOf: ["chief"]))
    func vote(_ principal: ByteString, _ verdict: DecisionVerdict, _ entry: Int, _ comment: ByteString = "") -> Vote {
      Vote(principal: principal, identity: .bearer, verdict: verdict, comment: comment, at: Samples.now, entry: entry)
    }
    let override = vote("r1", .approve, 9, "override: the queue grows by the minute")
    #expect(Judgement.outcome(of: [override], policy: policy) == .overridden(vote: 9))
    #expect(Judgement.outcome(of: [override, vote("r2", .reject, 10)], policy: policy) == .rejected)
    #expect(
      Judgement.outcome(of: [override, vote("r2", .approve, 10)], policy: policy) { $0.entry != 9 }
        == .awaiting(have: 1, need: 3))
  }
}
