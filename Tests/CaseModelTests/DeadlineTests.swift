import Testing

@testable import CaseModel

@Suite struct DeadlineTests {
  @Test func isAWeekAfterWhatIsKnownOfTheStartLessTheMargin() {
    let action = Instant(seconds: 3_000)
    let investigation = Instant(seconds: 2_000)
    let record = Instant(seconds: 1_000)
    func deadline(_ action: Instant?, _ investigation: Instant?, margin: Int64 = 7_200) -> Int64 {
      Deadline.of(
        actionStart: action, investigationStart: investigation, firstRecord: record,
        decidableSeconds: Deadline.week - margin
      )
      .seconds
    }
    #expect(deadline(action, investigation) == 3_000 + 604_800 - 7_200)
    #expect(deadline(nil, investigation) == 2_000 + 604_800 - 7_200)
    #expect(deadline(nil, nil) == 1_000 + 604_800 - 7_200)
    #expect(deadline(action, nil, margin: 0) == 3_000 + 604_800)
  }
}
