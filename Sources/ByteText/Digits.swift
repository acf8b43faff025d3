/// Numbers and lengths of time for people, the same in every locale.
public enum Digits {
  /// The number with commas between its thousands.
  public static func grouped(_ number: Int) -> [UInt8] {
    let digits = Array(String(number.magnitude).utf8)
    var out: [UInt8] = number < 0 ? [0x2D] : []
    for (index, digit) in digits.enumerated() {
      if index > 0 && (digits.count - index) % 3 == 0 { out.append(0x2C) }
      out.append(digit)
    }
    return out
  }

  /// The number with zeros before it: names of files sort as their numbers do.
  public static func padded(_ number: Int, to width: Int = 6) -> [UInt8] {
    let digits = Array(String(number).utf8)
    return [UInt8](repeating: 0x30, count: max(0, width - digits.count)) + digits
  }

  /// `4 min`, `3 h 12 min`, `2 d 4 h`: the two greatest units.
  public static func duration(seconds: Int64) -> [UInt8] {
    let minutes = max(0, seconds) / 60
    if seconds < 60 { return Array("\(max(0, seconds)) s".utf8) }
    if minutes < 60 { return Array("\(minutes) min".utf8) }
    if minutes < 1440 {
      return Array((minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes / 60) h \(minutes % 60) min").utf8)
    }
    let hours = minutes / 60
    return Array((hours % 24 == 0 ? "\(hours / 24) d" : "\(hours / 24) d \(hours % 24) h").utf8)
  }
}
