import Testing

@testable import CaseModel

@Suite struct MailCeilingTests {
  @Test(
    arguments: [
      (0, 1), (1, 1), (2, 2), (3, 5), (5, 5), (6, 10), (10, 10), (11, 20), (20, 20), (21, 50), (51, 100), (100, 100),
      (999, 1_000), (1_001, 2_000), (2_000_000_001, 5_000_000_000), (5_000_000_000, 5_000_000_000),
      (5_000_000_001, nil), (.max, nil), (-7, 1),
    ] as [(Int, Int?)])
  func offersTheSmallestOfTheSeries(count: Int, ceiling: Int?) {
    #expect(MailCeiling.smallest(notBelow: count) == ceiling)
  }

  @Test func listsAllThatFit() {
    #expect(MailCeiling.all(notBelow: 0).count == 30)
    #expect(MailCeiling.all(notBelow: 300_000_000) == [500_000_000, 1_000_000_000, 2_000_000_000, 5_000_000_000])
    #expect(MailCeiling.all(notBelow: .max).isEmpty)
    for count in [0, 1, 7, 64, 5_000, 4_999_999_999] {
      #expect(MailCeiling.all(notBelow: count).first == MailCeiling.smallest(notBelow: count))
    }
  }
}
