import ByteText
import CaseModel
import Testing

@testable import ReportSite

@Suite struct TrendCountTests {
  private func at(_ day: Int, _ hour: Int = 12) -> Instant {
    Instant(year: 2026, month: 3, day: day, hour: hour) ?? Instant(seconds: 0)
  }

  @Test func countsWhatWaitsAtTheEndOfEachDay() {
    var count = TrendCount()
    count.add(from: at(1), to: nil, isDecided: false)
    count.add(from: at(1), to: at(3), isDecided: true)
    count.add(from: at(2, 0), to: at(2, 23), isDecided: true)
    count.add(from: at(2), to: at(4), isDecided: false)
    let days = count.days(upTo: at(4), count: 4)
    #expect(days.map(\.day) == ["2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04"])
    #expect(days.map(\.pending) == [2, 3, 2, 1])
    #expect(days.map(\.decided) == [0, 1, 1, 0])
  }

  @Test func keepsWhatBeganBeforeTheFirstDay() {
    var count = TrendCount()
    count.add(from: at(1), to: nil, isDecided: false)
    count.add(from: at(1), to: at(9), isDecided: true)
    #expect(count.days(upTo: at(9), count: 2).map(\.pending) == [2, 1])
  }

  /// Records tell times in any order, and times before 1970 are times.
  @Test func endsNothingBeforeItBegan() {
    var count = TrendCount()
    count.add(from: at(5), to: at(2), isDecided: true)
    count.add(from: Instant(seconds: -1), to: nil, isDecided: false)
    #expect(count.days(upTo: at(5), count: 5).map(\.pending) == [1, 1, 1, 1, 1])
    #expect(count.days(upTo: at(5), count: 5).map(\.decided) == [0, 0, 0, 0, 1])
  }

  @Test func hasNoDaysOfNothing() { #expect(TrendCount().days(upTo: at(5)).isEmpty) }
}
