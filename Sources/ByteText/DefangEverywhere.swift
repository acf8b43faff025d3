extension Defanging {
  /// Text with nothing in it that any mail program makes a link of.
  ///
  /// Mail programs make links of far more than hosts, wherever it stands: bare hosts and file names, addresses, any scheme,
  /// network paths; in the query of a URL too. So every full stop within a word, every `@`, every `//`, and every colon that
  /// could end a scheme is put into a mark; `http` before `://` becomes `hxxp`. Cannot be undone: marks that stood in the text
  /// are not told from ours.
  public static func deadened(_ text: [UInt8]) -> [UInt8] {
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
        // The one `t` of `ftp` stays: no mail program knows `ftp[://]`.
        if let letters = DefangMarks.schemeLetters(atEndOf: out, 0x74), letters.count == 2 {
          for place in letters { out[place] += 4 }  // t to x, T to X
        }
        mark(3)
      } else if DefangMarks.isSlash(byte), index + 1 < text.count, DefangMarks.isSlash(text[index + 1]) {
        mark(2)
      } else if byte == 0x40 || byte == 0x2E && isWithinWord(text, index) || byte == 0x3A && endsScheme(text, index) {
        mark(1)
      } else if DefangMarks.isFullStop(text[index...]) {
        mark(3)
      } else {
        out.append(byte)
        index += 1
      }
    }
    return out
  }

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
}
