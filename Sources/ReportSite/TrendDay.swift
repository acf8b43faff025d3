public import ByteText
public import CaseModel

/// How many actions waited at the end of a day, and how many were decided on it.
public struct TrendDay: Hashable, Sendable {
  /// The day, `2026-03-09`.
  public var day: ByteString
  /// Pending at its end.
  public var pending: Int
  /// Decided on it, whatever was decided.
  public var decided: Int

  /// Makes a day.
  public init(day: ByteString, pending: Int, decided: Int) {
    self.day = day
    self.pending = pending
    self.decided = decided
  }
}

/// Collects, action by action, what the trend is drawn from.
public struct TrendCount: Sendable {
  private static let daySeconds: Int64 = 86_400
  /// By day since 1970: actions that began to wait, less those that no longer did.
  private var changes: [Int64: Int] = [:]
  private var decided: [Int64: Int] = [:]

  /// Makes a count of nothing.
  public init() {}

  /// Adds an action that people had to decide.
  ///
  /// - Parameters:
  ///   - began: when it began to wait.
  ///   - ended: when it was decided, lapsed or gone; `nil` while it waits.
  ///   - isDecided: whether somebody decided it.
  public mutating func add(from began: Instant, to ended: Instant?, isDecided: Bool) {
    let start = Self.day(began)
    changes[start, default: 0] += 1
    guard let ended else { return }
    // Records may tell times in any order: nothing ends before it began.
    let end = max(start, Self.day(ended))
    changes[end, default: 0] -= 1
    if isDecided { decided[end, default: 0] += 1 }
  }

  /// The days up to a time, oldest first.
  public func days(upTo now: Instant, count: Int = 30) -> [TrendDay] {
    guard !changes.isEmpty else { return [] }
    let last = Self.day(now)
    let first = last - Int64(count) + 1
    var waiting = changes.reduce(0) { $1.key < first ? $0 + $1.value : $0 }
    return (first...last).map { day in
      waiting += changes[day] ?? 0
      return TrendDay(
        day: Instant(seconds: day * Self.daySeconds).dateText, pending: waiting, decided: decided[day] ?? 0)
    }
  }

  private static func day(_ at: Instant) -> Int64 {
    let (quotient, rest) = at.seconds.quotientAndRemainder(dividingBy: daySeconds)
    return rest < 0 ? quotient - 1 : quotient
  }
}
