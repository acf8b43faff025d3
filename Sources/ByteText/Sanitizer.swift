/// Makes text from outside safe to look at: nothing hidden, nothing that moves or overprints what stands beside it.
///
/// Every untrusted string passes here before any output (SECURITY section 5.3); escaping for the output follows. What was
/// changed is visible in its place, and cleaning twice gives what cleaning once gives:
/// - a control character becomes its picture (`U+0000` `␀` to `U+001F` `␟`, `U+007F` `␡`), line feed included: callers
///   split lines before;
/// - a code point of ``HiddenCharacters`` becomes its number, `⟨U+202E⟩`;
/// - of a run of combining marks the first four stay, then `⟨+12 marks⟩` says how many were cut;
/// - each maximal subpart that is not UTF-8 becomes U+FFFD;
/// - what is over the limit becomes `… 12,034 more bytes`.
///
/// The outcome is valid UTF-8. Text that itself spells `⟨U+202E⟩` looks like what we write; the bytes are in the evidence.
public enum Sanitizer {
  /// The most bytes of a mail subject that are shown.
  public static let subjectLimit = 1_000
  /// The most bytes of a URL that are shown.
  public static let urlLimit = 4_096
  /// The most bytes of a file, person or group name that are shown.
  public static let nameLimit = 255
  /// The most combining marks on one base character.
  static let markLimit = 4

  /// Adds the safe form of a text.
  ///
  /// `limit` is in bytes of `text`; the cut falls on a scalar boundary at or before it.
  public static func append(_ text: [UInt8], to out: inout [UInt8], limit: Int? = nil) {
    append(text[...], to: &out, limit: limit)
  }

  /// Adds the safe form of a text.
  ///
  /// `limit` is in bytes of `text`; the cut falls on a scalar boundary at or before it.
  public static func append(_ text: ArraySlice<UInt8>, to out: inout [UInt8], limit: Int? = nil) {
    let span = text.span
    let base = text.startIndex
    let end = min(span.count, max(0, limit ?? .max))
    var index = 0
    var copied = 0  // what lies before is in `out`, what lies between here and `index` goes there unchanged
    var marks = 0
    scan: while index < end {
      if index + 8 <= end, WordScan.isPrintable(span.word(at: index)) {
        index += 8
        marks = 0
        continue
      }
      let step = UTF8Text.step(span, at: index)
      if index + step.length > end { break }
      if step.isValid {
        if step.value >= 0x20 && step.value < 0x7F {
          index += 1
          marks = 0
          continue
        }
        if !isControl(step.value) && !HiddenCharacters.contains(step.value) {
          marks = HiddenCharacters.isCombiningMark(step.value) ? marks + 1 : 0
          if marks <= markLimit {
            index += step.length
            continue
          }
          out += text[base + copied..<base + index]
          index = skipMarks(span, from: index, end: end, out: &out)
          copied = index
          marks = 0
          continue
        }
      }
      out += text[base + copied..<base + index]
      appendVisible(step, to: &out)
      index += step.length
      copied = index
      marks = 0
    }
    out += text[base + copied..<base + index]
    if index < span.count { appendRest(span.count - index, to: &out) }
  }

  /// The safe form of a text, as ``append(_:to:limit:)`` writes it.
  public static func sanitized(_ text: [UInt8], limit: Int? = nil) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(min(text.count, limit ?? .max) + 16)
    append(text[...], to: &out, limit: limit)
    return out
  }

  /// Whether a code point is shown by its picture.
  private static func isControl(_ value: UInt32) -> Bool { value < 0x20 || value == 0x7F }

  private static func appendVisible(_ step: UTF8Text.Step, to out: inout [UInt8]) {
    if !step.isValid {
      out += [0xEF, 0xBF, 0xBD]
    } else if isControl(step.value) {
      UTF8Text.append(scalar: step.value == 0x7F ? 0x2421 : 0x2400 + step.value, to: &out)
    } else {
      appendNumber(of: step.value, to: &out)
    }
  }

  /// Adds `⟨U+202E⟩`: upper case, at least four digits.
  private static func appendNumber(of value: UInt32, to out: inout [UInt8]) {
    out += "⟨U+".utf8
    let digits = max(4, (35 - value.leadingZeroBitCount) / 4)
    for place in stride(from: (digits - 1) * 4, through: 0, by: -4) {
      out.append(Hex.upperDigit(UInt8(truncatingIfNeeded: value >> UInt32(place) & 0xF)))
    }
    out += "⟩".utf8
  }

  /// Passes over the rest of a run of marks, says how long it was, and gives the place after it.
  private static func skipMarks(_ span: Span<UInt8>, from start: Int, end: Int, out: inout [UInt8]) -> Int {
    var index = start
    var count = 0
    while index < end {
      let step = UTF8Text.step(span, at: index)
      guard step.isValid, index + step.length <= end, !HiddenCharacters.contains(step.value),
        HiddenCharacters.isCombiningMark(step.value)
      else { break }
      index += step.length
      count += 1
    }
    out += "⟨+".utf8
    appendGrouped(count, to: &out)
    out += (count == 1 ? " mark⟩" : " marks⟩").utf8
    return index
  }

  private static func appendRest(_ count: Int, to out: inout [UInt8]) {
    out += "… ".utf8
    appendGrouped(count, to: &out)
    out += (count == 1 ? " more byte" : " more bytes").utf8
  }

  /// Adds a count with commas between the thousands.
  private static func appendGrouped(_ count: Int, to out: inout [UInt8]) {
    let digits = Array("\(count)".utf8)
    for (place, digit) in digits.enumerated() {
      if place > 0 && (digits.count - place) % 3 == 0 { out.append(0x2C) }
      out.append(digit)
    }
  }
}
