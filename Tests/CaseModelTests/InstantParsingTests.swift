import ByteText
import Testing

@testable import CaseModel

@Suite struct InstantParsingTests {
  static func at(_ hour: Int, _ minute: Int, _ second: Int, _ ticks: Int64 = 0) -> Instant.Exported {
    Instant(year: 2026, month: 3, day: 9, hour: hour, minute: minute, second: second, ticks: ticks).map { .time($0) }
      ?? .nonsense
  }

  @Test(
    arguments: [
      ("2026-03-09T07:52:07", at(7, 52, 7)), ("2026-03-09T07:52:07Z", at(7, 52, 7)),
      ("2026-03-09t07:52:07z", at(7, 52, 7)),
      ("2026-03-09 07:52:07", at(7, 52, 7)), (" 2026-03-09T07:52:07Z ", at(7, 52, 7)),
      ("2026-03-09T07:52:07.1Z", at(7, 52, 7, 1_000_000)), ("2026-03-09T07:52:07.1234567Z", at(7, 52, 7, 1_234_567)),
      ("2026-03-09T07:52:07.0000001", at(7, 52, 7, 1)), ("2026-03-09T07:52:07.123456789Z", at(7, 52, 7, 1_234_567)),
      ("2026-03-09T07:52:07+00:00", at(7, 52, 7)), ("2026-03-09T09:22:07.5+01:30", at(7, 52, 7, 5_000_000)),
      ("2026-03-08T20:52:07-11:00", at(7, 52, 7)), ("2026-03-09T07:52:60Z", at(7, 52, 59)),
      ("3/9/2026 7:52:07 AM", at(7, 52, 7)), ("3/9/2026 7:52:07 pm", at(19, 52, 7)),
      ("3/9/2026 12:00:00 AM", at(0, 0, 0)),
      ("3/9/2026 12:00:00 PM", at(12, 0, 0)), ("3/9/2026 7:52:07\u{202F}PM", at(19, 52, 7)),
      ("03/09/2026 19:52:07", at(19, 52, 7)),
      ("3/9/2026 7:52 AM", at(7, 52, 0)),
    ] as [(ByteString, Instant.Exported)])
  func readsTheLayoutsOfExports(text: ByteString, expected: Instant.Exported) {
    #expect(expected != .nonsense)
    #expect(Instant.exported(text) == expected)
  }

  @Test(
    arguments: [
      "", "  ", "0001-01-01T00:00:00", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00.0000000Z", "1/1/0001 12:00:00 AM",
      "0000-01-01T00:00:00Z",
    ] as [ByteString])
  func takesTheFirstYearForNotSet(text: ByteString) {
    #expect(Instant.exported(text) == .notSet)
  }

  @Test(
    arguments: [
      "yesterday", "2026", "2026-03-09", "2026-03-09T07:52", "2026-3-9T07:52:07", "2026-02-29T00:00:00",
      "2026-13-01T00:00:00",
      "2026-03-09T24:00:00Z", "2026-03-09T07:60:00Z", "2026-03-09T07:52:61Z", "2026-03-09T07:52:07.Z",
      "2026-03-09T07:52:07ZZ",
      "2026-03-09T07:52:07+24:00", "2026-03-09T07:52:07+1:00", "2026-03-09T07:52:07+0100", "2026-03-09T07:52:07 UTC",
      "13/9/2026 7:52:07 AM", "3/9/2026 13:52:07 AM", "3/9/2026 0:52:07 PM", "3/9/2026", "3/9/2026 7:52:07 XM",
      "3/9/2026 24:00:00",
      "20261-03-09T07:52:07", "١٢/3/2026 7:52:07 AM", "-2026-03-09T07:52:07", "0001-13-45T00:00:00",
      "0001-01-01T00:00:00 and more",
      "1773042727", "9999-12-31T23:59:59-00:01",
    ] as [ByteString])
  func takesNothingElseForATime(text: ByteString) {
    #expect(Instant.exported(text) == .nonsense)
  }

  @Test(
    arguments: [
      ("2026-03-09T07:52:07Z", true), ("2026-03-09T07:52:07.5Z", true), ("2026-03-09T07:52:07.1234567Z", true),
      ("2026-03-09T07:52:07+01:00", true), ("2026-03-09t07:52:07z", true), ("2026-03-09T07:52:07", false),
      ("2026-03-09 07:52:07Z", false), (" 2026-03-09T07:52:07Z", false), ("2026-03-09T07:52:07Z ", false),
      ("2026-03-09T07:52:07.123456789Z", true), ("2026-03-09T07:52:07.1234567891Z", false),
      ("3/9/2026 7:52:07 AM", false), ("", false),
      ("2026-03-09T07:52:0Z", false),
      ("2026-03-09T07:52:07.500000", false), ("0001-01-01T00:00:00Z", false), ("2026-03-09T07:52:07 Z", false),
    ] as [(ByteString, Bool)])
  func readsRFC3339Exactly(text: ByteString, isTime: Bool) {
    #expect((Instant(rfc3339: text) != nil) == isTime)
  }
}
