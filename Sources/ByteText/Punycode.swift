/// Punycode (RFC 3492): a host as the name system has it, so that look-alike letters cannot hide.
///
/// For showing, never for resolving: labels are put into lower case and full-width letters made plain, but not normalised
/// nor checked as IDNA has it.
public enum Punycode {
  /// The host with every label that is not ASCII as `xn--...`; the three other full stops of IDNA count as dots.
  ///
  /// - Returns: `nil` where the bytes are not UTF-8 or a label would be longer than the 63 bytes of RFC 1035.
  public static func asciiHost(_ host: [UInt8]) -> [UInt8]? {
    guard let scalars = UTF8Text.scalars(host) else { return nil }
    if !scalars.contains(where: { $0 >= 0x80 }) { return host }
    var out: [UInt8] = []
    for (place, label) in mapped(scalars).split(separator: 0x2E, omittingEmptySubsequences: false).enumerated() {
      if place > 0 { out.append(0x2E) }
      // Each scalar takes a byte at the least; the bound also keeps the quadratic encoder short.
      guard label.count <= 63 else { return nil }
      if label.contains(where: { $0 >= 0x80 }) {
        let encoded = encode(Array(label))
        guard encoded.count <= 59 else { return nil }
        out += "xn--".utf8
        out += encoded
      } else {
        out += label.map { UInt8(truncatingIfNeeded: $0) }
      }
    }
    return out
  }

  /// The code points as Punycode, without a prefix (RFC 3492 section 6.3).
  ///
  /// Takes time in the square of their number.
  public static func encode(_ scalars: [UInt32]) -> [UInt8] {
    var out = scalars.filter { $0 < 0x80 }.map { UInt8(truncatingIfNeeded: $0) }
    let basic = out.count
    if basic > 0 { out.append(0x2D) }
    var handled = basic
    var next = 128
    var delta = 0
    var bias = 72
    while handled < scalars.count {
      guard let least = scalars.lazy.map({ Int($0) }).filter({ $0 >= next }).min() else { break }
      delta += (least - next) * (handled + 1)
      next = least
      for scalar in scalars {
        if scalar < next { delta += 1 }
        guard Int(scalar) == next else { continue }
        append(delta, bias: bias, to: &out)
        bias = adapt(delta, points: handled + 1, isFirst: handled == basic)
        delta = 0
        handled += 1
      }
      delta += 1
      next += 1
    }
    return out
  }

  /// Adds a number as digits of falling weight (RFC 3492 section 3.3).
  private static func append(_ number: Int, bias: Int, to out: inout [UInt8]) {
    var rest = number
    var place = 36
    while true {
      let threshold = min(max(place - bias, 1), 26)
      if rest < threshold { break }
      out.append(digit(threshold + (rest - threshold) % (36 - threshold)))
      rest = (rest - threshold) / (36 - threshold)
      place += 36
    }
    out.append(digit(rest))
  }

  /// The next bias (RFC 3492 section 6.1).
  private static func adapt(_ delta: Int, points: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / 700 : delta / 2
    delta += delta / points
    var bias = 0
    while delta > 455 {
      delta /= 35
      bias += 36
    }
    return bias + 36 * delta / (delta + 38)
  }

  private static func digit(_ value: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: value < 26 ? 0x61 + value : 0x16 + value)
  }

  /// The host as IDNA would read it: lower case, full-width letters, digits and hyphens plain, every full stop a dot.
  private static func mapped(_ scalars: [UInt32]) -> [UInt32] {
    var out: [UInt32] = []
    for value in scalars {
      switch value {
      case 0x3002, 0xFF0E, 0xFF61: out.append(0x2E)
      case 0xFF0D, 0xFF10...0xFF19, 0xFF41...0xFF5A: out.append(value - 0xFEE0)
      case 0xFF21...0xFF3A: out.append(value - 0xFEE0 + 0x20)
      default:
        guard let scalar = Unicode.Scalar(value) else { continue }
        out += scalar.properties.lowercaseMapping.unicodeScalars.map(\.value)
      }
    }
    return out
  }
}
