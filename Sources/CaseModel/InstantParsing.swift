public import ByteText

extension Instant {
  /// A time as an export writes it.
  public enum Exported: Hashable, Sendable {
    /// A time.
    case time(Instant)
    /// Empty, or the year 0001 that stands for "not set" (AIR section 7.3).
    case notSet
    /// Nothing that is known as a time.
    case nonsense
  }

  /// Reads the layouts of AIR section 7.3: `yyyy-MM-ddTHH:mm:ss` without zone (UTC), with `Z`, with 1 to 7 decimals,
  /// with an offset `+00:00`; `M/d/yyyy h:mm:ss AM`; `MM/dd/yyyy HH:mm:ss`.
  ///
  /// More decimals are cut to seven.
  public static func exported(_ text: ByteString) -> Exported {
    var fields = TimeFields(text.bytes)
    fields.skipSpaces()
    if fields.isAtEnd { return .notSet }
    guard let first = fields.number(upTo: 4) else { return .nonsense }
    let parsed: Instant?
    let year: Int
    if fields.take(0x2D) {
      year = first
      parsed = first > 0 || text.bytes.starts(with: Array("0000".utf8)) ? iso(year: first, &fields) : nil
    } else if fields.take(0x2F) {
      guard let day = fields.number(upTo: 2), fields.take(0x2F), let long = fields.number(upTo: 4), long > 0 else {
        return .nonsense
      }
      year = long
      parsed = american(year: long, month: first, day: day, &fields)
    } else {
      return .nonsense
    }
    fields.skipSpaces()
    guard let parsed, fields.isAtEnd else { return .nonsense }
    return year <= 1 ? .notSet : .time(parsed)
  }

  /// Reads RFC 3339 exactly as section 5.6 has it, a zone required, at most nine decimals, of
  /// which seven are kept.
  public init?(rfc3339 text: ByteString) {
    let bytes = text.bytes
    guard bytes.count >= 20, bytes[4] == 0x2D, bytes[7] == 0x2D, bytes[10] | 0x20 == 0x74 else { return nil }
    guard let last = bytes.last, last | 0x20 == 0x7A || bytes[bytes.count - 6] == 0x2B || bytes[bytes.count - 6] == 0x2D
    else { return nil }
    guard case .time(let instant) = Instant.exported(text) else { return nil }
    if bytes[19] == 0x2E, bytes[20...].prefix(while: { $0 >= 0x30 && $0 <= 0x39 }).count > 9 { return nil }
    self = instant
  }

  private static func iso(year: Int, _ fields: inout TimeFields) -> Instant? {
    guard let month = fields.number(upTo: 2, exactly: true), fields.take(0x2D),
      let day = fields.number(upTo: 2, exactly: true)
    else { return nil }
    guard fields.take(0x54) || fields.take(0x74) || fields.take(0x20) else { return nil }
    guard let hour = fields.number(upTo: 2, exactly: true), fields.take(0x3A),
      let minute = fields.number(upTo: 2, exactly: true), fields.take(0x3A),
      let second = fields.number(upTo: 2, exactly: true)
    else { return nil }
    var ticks: Int64 = 0
    if fields.take(0x2E) {
      guard let fraction = fields.fraction() else { return nil }
      ticks = fraction
    }
    // A leap second is the second before it: BoringSSL, exports and everybody else count that way.
    guard
      var instant = Instant(
        year: max(year, 1), month: month, day: day, hour: hour, minute: minute, second: min(second, 59), ticks: ticks)
    else { return nil }
    guard second <= 60 else { return nil }
    if fields.take(0x5A) || fields.take(0x7A) { return instant }
    let ahead = fields.take(0x2B)
    if ahead || fields.take(0x2D) {
      guard let hours = fields.number(upTo: 2, exactly: true), fields.take(0x3A),
        let minutes = fields.number(upTo: 2, exactly: true), hours < 24, minutes < 60
      else { return nil }
      let ticks = instant.ticks + Int64(hours * 3600 + minutes * 60) * (ahead ? -1 : 1) * perSecond
      guard ticks >= first || year <= 1, ticks <= last else { return nil }
      instant = Instant(ticks: ticks)
    }
    return instant
  }

  private static func american(year: Int, month: Int, day: Int, _ fields: inout TimeFields) -> Instant? {
    guard fields.take(0x20) else { return nil }
    fields.skipSpaces()
    guard var hour = fields.number(upTo: 2), fields.take(0x3A), let minute = fields.number(upTo: 2, exactly: true)
    else { return nil }
    var second = 0
    if fields.take(0x3A) {
      guard let value = fields.number(upTo: 2, exactly: true) else { return nil }
      second = value
    }
    fields.skipSpaces()
    if let isAfternoon = fields.halfOfDay() {
      guard hour >= 1, hour <= 12 else { return nil }
      hour = hour % 12 + (isAfternoon ? 12 : 0)
    }
    return Instant(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
  }
}

/// A cursor over the bytes of a time.
private struct TimeFields {
  private let bytes: [UInt8]
  private var index = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  var isAtEnd: Bool { index == bytes.count }

  mutating func take(_ byte: UInt8) -> Bool {
    guard index < bytes.count, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  mutating func skipSpaces() {
    // U+202F stands before AM and PM in newer locale data.
    while index < bytes.count {
      if bytes[index] == 0x20 {
        index += 1
      } else if bytes[index...].starts(with: [0xE2, 0x80, 0xAF]) {
        index += 3
      } else {
        return
      }
    }
  }

  mutating func number(upTo digits: Int, exactly: Bool = false) -> Int? {
    var value = 0
    var count = 0
    while count < digits, index < bytes.count, bytes[index] >= 0x30, bytes[index] <= 0x39 {
      value = value * 10 + Int(bytes[index] - 0x30)
      index += 1
      count += 1
    }
    return count == 0 || (exactly && count != digits) ? nil : value
  }

  /// Decimals of a second, in ticks of 100 ns.
  mutating func fraction() -> Int64? {
    var value: Int64 = 0
    var count = 0
    while index < bytes.count, bytes[index] >= 0x30, bytes[index] <= 0x39 {
      if count < 7 { value = value * 10 + Int64(bytes[index] - 0x30) }
      count += 1
      index += 1
    }
    guard count > 0 else { return nil }
    for _ in min(count, 7)..<7 { value *= 10 }
    return value
  }

  /// `AM` or `PM` in any case.
  mutating func halfOfDay() -> Bool? {
    guard index + 1 < bytes.count, bytes[index + 1] | 0x20 == 0x6D else { return nil }
    let letter = bytes[index] | 0x20
    guard letter == 0x61 || letter == 0x70 else { return nil }
    index += 2
    return letter == 0x70
  }
}
