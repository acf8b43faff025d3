/// UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF.
public enum UTF8Text {
  /// One step of reading: a scalar, or the maximal subpart of something that is not UTF-8.
  struct Step {
    /// The scalar value; U+FFFD where the bytes are not UTF-8.
    var value: UInt32
    /// The number of bytes that were read, at least 1.
    var length: Int
    /// Whether the bytes are UTF-8.
    var isValid: Bool
  }

  /// Whether the bytes of a range are well-formed UTF-8.
  ///
  /// A range outside the bytes is not.
  public static func isValid(_ bytes: [UInt8], in range: Range<Int>) -> Bool {
    guard range.lowerBound >= 0, range.upperBound <= bytes.count else { return false }
    return isValid(bytes[range])
  }

  /// Whether the bytes are well-formed UTF-8.
  public static func isValid(_ bytes: [UInt8]) -> Bool { isValid(bytes[...]) }

  /// Whether the bytes are well-formed UTF-8.
  public static func isValid(_ bytes: ArraySlice<UInt8>) -> Bool {
    let span = bytes.span
    let count = span.count
    var index = 0
    while index < count {
      if index + 8 <= count, WordScan.isASCII(span.word(at: index)) {
        index += 8
        continue
      }
      let step = step(span, at: index)
      if !step.isValid { return false }
      index += step.length
    }
    return true
  }

  /// The bytes, with U+FFFD for every maximal subpart that is not UTF-8 (Unicode 15.0, section 3.9, table 3-8).
  public static func lossy(_ bytes: [UInt8]) -> [UInt8] {
    if isValid(bytes) { return bytes }
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count + 8)
    let span = bytes.span
    var index = 0
    while index < bytes.count {
      let step = step(span, at: index)
      if step.isValid { out += bytes[index..<index + step.length] } else { out += [0xEF, 0xBF, 0xBD] }
      index += step.length
    }
    return out
  }

  /// The scalar values of the bytes; `nil` where they are not UTF-8.
  public static func scalars(_ bytes: [UInt8]) -> [UInt32]? {
    var values: [UInt32] = []
    let span = bytes.span
    var index = 0
    while index < bytes.count {
      let step = step(span, at: index)
      if !step.isValid { return nil }
      values.append(step.value)
      index += step.length
    }
    return values
  }

  /// Adds the UTF-8 of a scalar value; of no scalar (a surrogate, above U+10FFFF) that of U+FFFD.
  public static func append(scalar value: UInt32, to out: inout [UInt8]) {
    let value = Unicode.Scalar(value)?.value ?? 0xFFFD
    func tail(_ shift: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: 0x80 | (value >> shift & 0x3F)) }
    switch value {
    case ..<0x80: out.append(UInt8(truncatingIfNeeded: value))
    case ..<0x800: out += [UInt8(truncatingIfNeeded: 0xC0 | value >> 6), tail(0)]
    case ..<0x10000: out += [UInt8(truncatingIfNeeded: 0xE0 | value >> 12), tail(6), tail(0)]
    default: out += [UInt8(truncatingIfNeeded: 0xF0 | value >> 18), tail(12), tail(6), tail(0)]
    }
  }

  /// Reads one scalar, or the maximal subpart of what is none.
  static func step(_ bytes: Span<UInt8>, at index: Int) -> Step {
    let lead = bytes[index]
    if lead < 0x80 { return Step(value: UInt32(lead), length: 1, isValid: true) }
    // What may follow the lead is narrower than 80...BF where a wider second byte would make an overlong form, a
    // surrogate or a value above U+10FFFF (Unicode 15.0, table 3-7).
    let following: Int
    var lowest: UInt8 = 0x80
    var highest: UInt8 = 0xBF
    var value: UInt32
    switch lead {
    case 0xC2...0xDF:
      following = 1
      value = UInt32(lead & 0x1F)
    case 0xE0...0xEF:
      following = 2
      value = UInt32(lead & 0x0F)
      if lead == 0xE0 { lowest = 0xA0 }
      if lead == 0xED { highest = 0x9F }
    case 0xF0...0xF4:
      following = 3
      value = UInt32(lead & 0x07)
      if lead == 0xF0 { lowest = 0x90 }
      if lead == 0xF4 { highest = 0x8F }
    default:
      return Step(value: 0xFFFD, length: 1, isValid: false)
    }
    for place in 1...following {
      guard index + place < bytes.count, lowest...highest ~= bytes[index + place] else {
        return Step(value: 0xFFFD, length: place, isValid: false)
      }
      value = value << 6 | UInt32(bytes[index + place] & 0x3F)
      lowest = 0x80
      highest = 0xBF
    }
    return Step(value: value, length: following + 1, isValid: true)
  }
}
