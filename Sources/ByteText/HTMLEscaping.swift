/// Text as HTML text or as the value of a double-quoted attribute.
///
/// Works on bytes: a metacharacter that shares a grapheme cluster with its neighbour is a metacharacter all the same to
/// a browser (SECURITY section 0). Sanitising comes before, and is the caller's.
public enum HTMLEscaping {
  /// Adds the text with `&`, `<`, `>`, `"`, `'` and the backtick escaped; every other byte stays.
  public static func append(_ text: [UInt8], to out: inout [UInt8]) { append(text[...], to: &out) }

  /// Adds the text with `&`, `<`, `>`, `"`, `'` and the backtick escaped; every other byte stays.
  public static func append(_ text: ArraySlice<UInt8>, to out: inout [UInt8]) {
    let span = text.span
    let base = text.startIndex
    let count = span.count
    var index = 0
    var copied = 0
    while index < count {
      if index + 8 <= count, !hasMetacharacter(span.word(at: index)) {
        index += 8
        continue
      }
      // Byte by byte to the end of the word, so that one metacharacter does not bring on eight word tests.
      let stop = min(index + 8, count)
      while index < stop {
        if let escape = escape(span[index]) {
          out += text[base + copied..<base + index]
          escape.withUTF8Buffer { unsafe out.append(contentsOf: $0) }
          copied = index + 1
        }
        index += 1
      }
    }
    out += text[base + copied..<base + count]
  }

  /// The text with its metacharacters escaped, as ``append(_:to:)`` writes it.
  public static func escaped(_ text: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(text.count + text.count / 8)
    append(text[...], to: &out)
    return out
  }

  /// Whether every byte is printable ASCII and none is a metacharacter: text that is written as it is, anywhere in HTML.
  public static func isInert(_ text: [UInt8]) -> Bool {
    let span = text.span
    let count = span.count
    var index = 0
    while index + 8 <= count {
      let word = span.word(at: index)
      if !WordScan.isASCII(word) || !WordScan.isPrintable(word) || hasMetacharacter(word) { return false }
      index += 8
    }
    while index < count {
      let byte = span[index]
      if byte &- 0x20 > 0x5E || escape(byte) != nil { return false }
      index += 1
    }
    return true
  }

  /// Whether one of eight bytes is to be escaped.
  ///
  /// `&` and `'`, `<` and `>` differ in one bit each: four tests do for six.
  @inline(__always)
  private static func hasMetacharacter(_ word: UInt64) -> Bool {
    let ones = WordScan.ones
    return WordScan.hasZero((word | ones) ^ (ones &* 0x27)) || WordScan.hasZero((word | (ones &* 2)) ^ (ones &* 0x3E))
      || WordScan.has(0x22, in: word) || WordScan.has(0x60, in: word)
  }

  @inline(__always)
  private static func escape(_ byte: UInt8) -> StaticString? {
    switch byte {
    case 0x26: "&amp;"
    case 0x3C: "&lt;"
    case 0x3E: "&gt;"
    case 0x22: "&quot;"
    case 0x27: "&#39;"
    case 0x60: "&#96;"
    default: nil
    }
  }
}
