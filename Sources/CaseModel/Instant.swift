public import ByteText

/// A point in time, UTC, in ticks of 100 nanoseconds since 1970-01-01T00:00:00Z (exports carry up to seven decimals).
public struct Instant: Hashable, Comparable, Sendable {
  /// Ticks of 100 ns since 1970.
  public var ticks: Int64

  /// Makes an instant of ticks.
  public init(ticks: Int64) {
    self.ticks = ticks
  }

  /// Makes an instant of whole seconds since 1970.
  public init(seconds: Int64) {
    self.ticks = seconds * Self.perSecond
  }

  static let perSecond: Int64 = 10_000_000

  /// Whole seconds since 1970, rounded down.
  public var seconds: Int64 {
    ticks >= 0 ? ticks / Self.perSecond : -((Self.perSecond - 1 - ticks) / Self.perSecond)
  }

  /// Orders by time.
  public static func < (left: Instant, right: Instant) -> Bool { left.ticks < right.ticks }

  /// The instant so many seconds later; where that is before the year 0001 or after 9999, the first or last instant there is.
  public func adding(seconds: Int64) -> Instant {
    let (distance, isFar) = seconds.multipliedReportingOverflow(by: Self.perSecond)
    let (sum, isFarther) = ticks.addingReportingOverflow(distance)
    if isFar || isFarther { return Instant(ticks: seconds < 0 ? Self.first : Self.last) }
    return Instant(ticks: min(max(sum, Self.first), Self.last))
  }

  /// 0001-01-01T00:00:00Z and the last tick of 9999-12-31, in ticks: what ``rfc3339`` can write.
  static let first: Int64 = -62_135_596_800 * perSecond
  static let last: Int64 = 253_402_300_800 * perSecond - 1

  /// The instant of a calendar date and time of the proleptic Gregorian calendar, `nil` where there is none.
  public init?(
    year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, ticks: Int64 = 0
  ) {
    let lengths = [31, Self.isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard year >= 1, year <= 9999, month >= 1, month <= 12, day >= 1, day <= lengths[month - 1] else { return nil }
    guard hour >= 0, hour < 24, minute >= 0, minute < 60, second >= 0, second < 60 else { return nil }
    guard ticks >= 0, ticks < Self.perSecond else { return nil }
    let days = Self.days(year, month, day)
    self.ticks = (((days * 24 + Int64(hour)) * 60 + Int64(minute)) * 60 + Int64(second)) * Self.perSecond + ticks
  }

  private static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// Days from 1970-01-01, by counting years from March so that the leap day is the last of its year.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int64(era * 146_097 + dayOfEra - 719_468)
  }

  /// Year, month, day, hour, minute and second, UTC.
  public var components: (year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
    let total = seconds
    var days = total / 86_400
    var rest = total % 86_400
    if rest < 0 {
      rest += 86_400
      days -= 1
    }
    let shifted = Int(days) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1,
      Int(rest / 3600), Int(rest / 60 % 60), Int(rest % 60)
    )
  }

  /// `2026-03-09T07:52:07Z`: RFC 3339, UTC, whole seconds, what is below a second cut off.
  public var rfc3339: ByteString {
    let (year, month, day, hour, minute, second) = components
    var out: [UInt8] = []
    func two(_ value: Int) {
      out.append(0x30 + UInt8(truncatingIfNeeded: value / 10))
      out.append(0x30 + UInt8(truncatingIfNeeded: value % 10))
    }
    two(year / 100)
    two(year % 100)
    out.append(0x2D)
    two(month)
    out.append(0x2D)
    two(day)
    out.append(0x54)
    two(hour)
    out.append(0x3A)
    two(minute)
    out.append(0x3A)
    two(second)
    out.append(0x5A)
    return ByteString(out)
  }

  /// `2026-03-09 07:52 Z`: what lists and pages show.
  public var minuteText: ByteString {
    let text = rfc3339.bytes
    return ByteString(text[0..<10] + [0x20] + text[11..<16] + [0x20, 0x5A])
  }

  /// `2026-03-09`.
  public var dateText: ByteString { ByteString(rfc3339.bytes[0..<10]) }
}
