/// Ceilings of the 1-2-5 series (DESIGN section 5, *Effect*): an approval holds while the number of messages stays at or
/// below the one it names.
public enum MailCeiling {
  /// The greatest ceiling: five thousand million messages.
  public static let greatest = 5_000_000_000

  /// The smallest ceiling not below `count`; `nil` where the count is beyond the greatest.
  public static func smallest(notBelow count: Int) -> Int? {
    var power = 1
    while power <= greatest {
      for step in [1, 2, 5] where step * power >= count { return step * power }
      power *= 10
    }
    return nil
  }

  /// All ceilings not below `count`, least first.
  public static func all(notBelow count: Int) -> [Int] {
    var values: [Int] = []
    var power = 1
    while power <= greatest {
      for step in [1, 2, 5] where step * power >= count && step * power <= greatest { values.append(step * power) }
      power *= 10
    }
    return values
  }
}
