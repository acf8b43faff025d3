import ByteText

/// Text from outside on its way into HTML: first the sanitiser, then the escaper, both by byte or scalar.
enum UntrustedText {
  /// Appends text sanitised (SECURITY section 5.3) and escaped for element content and double-quoted attributes.
  static func append(_ text: [UInt8], to out: inout [UInt8]) {
    if HTMLEscaping.isInert(text) {
      text.appendAll(to: &out)
    } else {
      HTMLEscaping.append(sanitised(text), to: &out)
    }
  }

  /// Text without controls, direction marks and invisible characters; line breaks become pictures.
  static func sanitised(_ text: [UInt8]) -> [UInt8] {
    if isPlain(text) { return text }
    var clean: [UInt8] = []
    clean.reserveCapacity(text.count)
    Sanitizer.append(text, to: &clean)
    return clean
  }

  /// Text sanitised run by run, with line feeds and tabs kept; `CR` and `CR LF` become a line feed.
  static func sanitisedLines(_ text: [UInt8]) -> [UInt8] {
    var clean: [UInt8] = []
    clean.reserveCapacity(text.count)
    var start = 0
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte == 0x0A || byte == 0x0D || byte == 0x09 {
        clean.append(contentsOf: sanitised(Array(text[start..<index])))
        if byte == 0x0D, index + 1 < text.count, text[index + 1] == 0x0A { index += 1 }
        clean.append(byte == 0x09 ? 0x09 : 0x0A)
        start = index + 1
      }
      index += 1
    }
    clean.append(contentsOf: sanitised(Array(text[start...])))
    return clean
  }

  /// Whether every byte is printable ASCII: nothing for the sanitiser to do.
  ///
  /// Most text is, so this is the fast way.
  static func isPlain(_ text: [UInt8]) -> Bool {
    var special: UInt8 = 0
    for byte in text { special |= byte &- 0x20 > 0x5E ? 1 : 0 }  // No early exit: many bytes at a time are looked at.
    return special == 0
  }
}

/// Whole numbers in decimal digits, without locale.
enum Decimal {
  /// Appends the digits of a number.
  static func append(_ number: Int, to out: inout [UInt8]) {
    if number >= 0 && number < 10 {
      out.append(0x30 + UInt8(truncatingIfNeeded: number))
    } else {
      out.append(contentsOf: String(number).utf8)
    }
  }
}
