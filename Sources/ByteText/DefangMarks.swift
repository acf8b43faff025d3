/// The marks that defanging puts into text, `[.]` and its like, and how they are found again.
///
/// A mark is `[`, any number of `!`, one of the contents below, `]`. No content holds a bracket, a `!` or a letter: so a
/// mark never overlaps another one, and a bracket that stood in the text cannot grow into a mark with a mark that was put
/// beside it.
struct DefangMarks {
  /// One mark in a text.
  struct Mark {
    /// How many `!` stand before the content.
    var depth: Int
    /// Where the content stands.
    var content: Range<Int>
  }

  /// The mark that starts at `index`; `nil` where none does.
  static func mark(in text: [UInt8], at index: Int) -> Mark? {
    guard text[index] == 0x5B else { return nil }
    var start = index + 1
    while start < text.count, text[start] == 0x21 { start += 1 }
    for length in [3, 2, 1] where start + length < text.count && text[start + length] == 0x5D {
      if isContent(text[start..<start + length]) {
        return Mark(depth: start - index - 1, content: start..<start + length)
      }
    }
    return nil
  }

  /// Whether bytes are what a mark may hold: `.`, `:`, `@`, `://`, two slashes or backslashes, or an IDNA full stop.
  static func isContent(_ bytes: ArraySlice<UInt8>) -> Bool {
    let start = bytes.startIndex
    switch bytes.count {
    case 1: return [0x2E, 0x3A, 0x40].contains(bytes[start])
    case 2: return isSlash(bytes[start]) && isSlash(bytes[start + 1])
    default: return bytes.elementsEqual([0x3A, 0x2F, 0x2F]) || isFullStop(bytes)
    }
  }

  /// Whether bytes start with U+3002, U+FF0E or U+FF61, which browsers read as dots in a host.
  static func isFullStop(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let first = bytes.first, first >= 0xE3 else { return false }
    return bytes.starts(with: [0xE3, 0x80, 0x82]) || bytes.starts(with: [0xEF, 0xBC, 0x8E])
      || bytes.starts(with: [0xEF, 0xBD, 0xA1])
  }

  /// Whether a byte is `/` or `\`, which are one to a browser.
  static func isSlash(_ byte: UInt8) -> Bool { byte == 0x2F || byte == 0x5C }

  /// Where the `t` of `http`, `https` or `ftp` stand at the end of the bytes, in any case; `letter` stands for the `t`.
  static func schemeLetters(atEndOf bytes: [UInt8], _ letter: UInt8) -> Range<Int>? {
    var end = bytes.count
    func has(_ word: [UInt8]) -> Bool {
      ASCII.equalsIgnoringCase(bytes[max(0, end - word.count)..<end], word[...])
    }
    if has([0x66, letter, 0x70]) { return end - 2..<end - 1 }
    if let last = bytes.last, ASCII.lowercased(last) == 0x73 { end -= 1 }
    return has([0x68, letter, letter, 0x70]) ? end - 3..<end - 1 : nil
  }
}
