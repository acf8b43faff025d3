/// Until when a pending action can be decided: a week after it began (AIR section 6), less a margin of our own.
public enum Deadline {
  /// How long the source system waits, in seconds: seven days.
  public static let week: Int64 = 7 * 86_400

  /// The deadline: action start, else investigation start, else the first record's time, plus the seconds for which policy lets
  /// the kind be decided (``KindPolicy/decidableSeconds``: the week less a margin, or less).
  public static func of(
    actionStart: Instant?, investigationStart: Instant?, firstRecord: Instant, decidableSeconds: Int64
  ) -> Instant {
    (actionStart ?? investigationStart ?? firstRecord).adding(seconds: decidableSeconds)
  }
}
