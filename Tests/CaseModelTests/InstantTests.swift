import ByteText
import Foundation
import Testing

@testable import CaseModel

@Suite struct InstantTests {
  @Test func agreesWithFoundationOverAllYears() throws {
    var calendar = Calendar(identifier: .iso8601)
    calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
    // Foundation is proleptic Gregorian with this calendar; a step that is no multiple of a day meets every time of day.
    let first = try #require(Instant(year: 1600, month: 3, day: 1)).seconds
    let last = try #require(Instant(year: 9999, month: 12, day: 31)).seconds
    for seconds in stride(from: first, to: last, by: 86_400 * 97 + 3_607) {
      let parts = Instant(seconds: seconds).components
      let date = Date(timeIntervalSince1970: Double(seconds))
      let expected = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
      #expect(parts.year == expected.year && parts.month == expected.month && parts.day == expected.day)
      #expect(parts.hour == expected.hour && parts.minute == expected.minute && parts.second == expected.second)
    }
  }

  @Test func isTheSameForthAndBack() throws {
    for day in stride(from: Int64(-718_797), through: 2_932_896, by: 61) {
      let instant = Instant(seconds: day * 86_400 + 45_296)
      let parts = instant.components
      #expect(
        Instant(
          year: parts.year, month: parts.month, day: parts.day, hour: parts.hour, minute: parts.minute,
          second: parts.second) == instant)
      #expect(parts.hour == 12 && parts.minute == 34 && parts.second == 56)
      #expect(Instant(rfc3339: instant.rfc3339) == instant)
    }
  }

  @Test(arguments: [
    (2024, 2, 29, true), (2023, 2, 29, false), (2000, 2, 29, true), (1900, 2, 29, false), (2100, 2, 29, false),
    (2026, 4, 31, false), (2026, 13, 1, false), (2026, 0, 1, false), (2026, 1, 0, false), (0, 1, 1, false),
    (1, 1, 1, true),
    (9999, 12, 31, true), (10_000, 1, 1, false),
  ])
  func knowsWhichDaysThereAre(year: Int, month: Int, day: Int, exists: Bool) {
    #expect((Instant(year: year, month: month, day: day) != nil) == exists)
  }

  @Test(arguments: [(24, 0, 0, 0), (-1, 0, 0, 0), (0, 60, 0, 0), (0, 0, 60, 0), (0, 0, 0, 10_000_000), (0, 0, 0, -1)])
  func knowsWhichTimesThereAre(hour: Int, minute: Int, second: Int, ticks: Int64) {
    #expect(Instant(year: 2026, month: 1, day: 1, hour: hour, minute: minute, second: second, ticks: ticks) == nil)
  }

  @Test(
    arguments: [(0, 0), (9_999_999, 0), (10_000_000, 1), (-1, -1), (-10_000_000, -1), (-10_000_001, -2)]
      as [(Int64, Int64)])
  func roundsSecondsDown(ticks: Int64, seconds: Int64) {
    #expect(Instant(ticks: ticks).seconds == seconds)
  }

  @Test func writesItsThreeForms() throws {
    let instant = try #require(Instant(year: 987, month: 3, day: 9, hour: 7, minute: 52, second: 7, ticks: 9_999_999))
    #expect(instant.rfc3339 == "0987-03-09T07:52:07Z")
    #expect(instant.minuteText == "0987-03-09 07:52 Z")
    #expect(instant.dateText == "0987-03-09")
    #expect(instant.adding(seconds: 54).rfc3339 == "0987-03-09T07:53:01Z")
    #expect(instant < instant.adding(seconds: 1) && instant.adding(seconds: -1) < instant)
  }

  @Test func staysInTheYearsThatCanBeWritten() {
    let instant = Instant(seconds: 0)
    #expect(instant.adding(seconds: .max).rfc3339 == "9999-12-31T23:59:59Z")
    #expect(instant.adding(seconds: 253_402_300_800).rfc3339 == "9999-12-31T23:59:59Z")
    #expect(instant.adding(seconds: .min).rfc3339 == "0001-01-01T00:00:00Z")
    #expect(instant.adding(seconds: -62_135_596_801).rfc3339 == "0001-01-01T00:00:00Z")
    #expect(instant.adding(seconds: 253_402_300_799).ticks == 2_534_023_007_990_000_000)
  }
}
