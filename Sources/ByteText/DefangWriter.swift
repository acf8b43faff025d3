/// Text on its way to its defanged form: the bytes, a place in them, and what is written.
struct DefangWriter {
  /// The text.
  let text: [UInt8]
  /// The place of the next byte.
  private(set) var index = 0
  /// What is written.
  private(set) var out: [UInt8] = []

  init(_ text: [UInt8]) {
    self.text = text
    out.reserveCapacity(text.count + 16)
  }

  /// The next byte; `nil` at the end.
  var next: UInt8? { index < text.count ? text[index] : nil }

  /// Whether `://` comes next.
  var isAtSeparator: Bool {
    index + 2 < text.count && text[index] == 0x3A && text[index + 1] == 0x2F && text[index + 2] == 0x2F
  }

  /// Whether two slashes or backslashes come next.
  var isAtSlashPair: Bool {
    index + 1 < text.count && DefangMarks.isSlash(text[index]) && DefangMarks.isSlash(text[index + 1])
  }

  /// Writes the next byte as it is.
  mutating func copy() {
    out.append(text[index])
    index += 1
  }

  /// Writes all slashes and backslashes that come next as they are: browsers pass over any number before a host.
  mutating func copySlashes() {
    while let byte = next, DefangMarks.isSlash(byte) { copy() }
  }

  /// Writes the next `count` bytes inside a mark.
  mutating func mark(_ count: Int) {
    out.append(0x5B)
    out += text[index..<index + count]
    out.append(0x5D)
    index += count
  }

  /// Writes the next byte, or full stop of three bytes, inside a mark if it is one that parts or names a host.
  mutating func markHostByte() -> Bool {
    if text[index] == 0x2E || text[index] == 0x40 {
      mark(1)
    } else if DefangMarks.isFullStop(text[index...]) {
      mark(3)
    } else {
      return false
    }
    return true
  }

  /// If a mark stands in the text here, writes it with one `!` more.
  mutating func escapeMark() -> Bool {
    guard let mark = DefangMarks.mark(in: text, at: index) else { return false }
    out += [0x5B, 0x21]
    out += text[index + 1...mark.content.upperBound]
    index = mark.content.upperBound + 1
    return true
  }

  /// Writes `://` and the scheme before it, already written, in their dead form.
  mutating func markSeparator() {
    if DefangMarks.schemeLetters(atEndOf: out, 0x78) != nil {
      // `hxxp` stood there: this form says that it is not to become `http`.
      mark(1)
    } else {
      if let letters = DefangMarks.schemeLetters(atEndOf: out, 0x74) {
        for place in letters { out[place] += 4 }  // t to x, T to X
      }
      mark(3)
    }
    copySlashes()
  }
}
