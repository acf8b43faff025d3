import ByteText
import CaseModel

/// Text from an export as it may stand in a mail: nothing in it that any mail program makes a link of, and never longer than
/// its place allows.
///
/// Pages defang hosts. Mail programs make links of far more, wherever it stands: bare hosts and file names, addresses, any
/// scheme, network paths; in the query of a URL too. So every full stop within a word, every `@`, every `//`, and every colon
/// that could end a scheme is put in brackets, `http` before it becomes `hxxp`. The exact text is on the action's page.
enum DeadText {
  /// The most bytes of one value as it is written.
  static let limit = 200

  /// A value.
  static func text(_ text: ByteString) -> [UInt8] {
    // What is cut away is not looked at: an export may bring megabytes.
    let isCut = text.count > 4 * limit
    let clean = Sanitizer.sanitized(dead(Array(text.bytes.prefix(4 * limit))))
    return cut(clean, limit, isCut: isCut)
  }

  /// A name of our own configuration, which people may make as long as they like.
  static func name(_ name: ByteString) -> ByteString {
    ByteString(cut(Sanitizer.sanitized(name.bytes), 120, isCut: false))
  }

  private static func cut(_ text: [UInt8], _ limit: Int, isCut: Bool) -> [UInt8] {
    if text.count <= limit { return isCut ? text + Array("…".utf8) : text }
    var end = limit
    while end > 0, text[end] & 0xC0 == 0x80 { end -= 1 }
    return text[..<end] + Array("…".utf8)
  }

  private static func dead(_ text: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(text.count + 32)
    var index = 0
    func mark(_ count: Int) {
      out.append(0x5B)
      out += text[index..<index + count]
      out.append(0x5D)
      index += count
    }
    while index < text.count {
      let byte = text[index]
      if text[index...].starts(with: "://".utf8) {
        for place in http(out) ?? 0..<0 { out[place] += 4 }  // t to x, T to X
        mark(3)
      } else if isSlash(byte), index + 1 < text.count, isSlash(text[index + 1]) {
        mark(2)
      } else if byte == 0x40 || byte == 0x2E && isWithinWord(text, index) || byte == 0x3A && endsScheme(text, index) {
        mark(1)
      } else if isFullStop(text, index) {
        mark(3)
      } else {
        out.append(byte)
        index += 1
      }
    }
    return out
  }

  private static func isSlash(_ byte: UInt8) -> Bool { byte == 0x2F || byte == 0x5C }

  /// Whether something that is no blank stands on both sides.
  private static func isWithinWord(_ text: [UInt8], _ index: Int) -> Bool {
    index > 0 && index + 1 < text.count && text[index - 1] > 0x20 && text[index + 1] > 0x20
  }

  /// Whether a letter stands somewhere in the run of letters, digits, `+`, `-`, `.` before a colon, and no blank after it.
  private static func endsScheme(_ text: [UInt8], _ index: Int) -> Bool {
    guard index + 1 < text.count, text[index + 1] > 0x20 else { return false }
    for byte in text[..<index].reversed() {
      if ASCII.isLetter(byte) { return true }
      guard ASCII.isDigit(byte) || byte == 0x2B || byte == 0x2D || byte == 0x2E else { return false }
    }
    return false
  }

  /// U+3002, U+FF0E and U+FF61, which browsers read as dots in a host.
  private static func isFullStop(_ text: [UInt8], _ index: Int) -> Bool {
    text[index] >= 0xE3
      && [[0xE3, 0x80, 0x82], [0xEF, 0xBC, 0x8E], [0xEF, 0xBD, 0xA1]].contains { text[index...].starts(with: $0) }
  }

  /// Where the `t`s of `http` or `https` stand at the end of what was written.
  private static func http(_ out: [UInt8]) -> Range<Int>? {
    for word in ["https", "http"] as [StaticString] {
      let count = word.utf8CodeUnitCount
      if out.count >= count, ASCII.equalsIgnoringCase(out.suffix(count), word) {
        return out.count - count + 1..<out.count - count + 3
      }
    }
    return nil
  }
}
