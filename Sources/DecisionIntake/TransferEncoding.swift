import ByteText

/// The encodings that bodies travel in (RFC 2045 section 6).
enum TransferEncoding {
  /// The bytes a body stands for; `nil` in an encoding that is not known.
  ///
  /// Where the encoding keeps lines as lines (7bit, 8bit, quoted-printable) they end in LF: the CR LF of a mail says only
  /// that a line ended, and the file that was attached had LF. Base64 and binary give the bytes as they were.
  static func decode(_ body: ArraySlice<UInt8>, _ name: [UInt8]) -> [UInt8]? {
    switch ByteString(name) {
    case "", "7bit", "8bit": lines(body)
    case "binary": Array(body)
    case "base64": base64(body)
    case "quoted-printable": quotedPrintable(body)
    default: nil
    }
  }

  private static func lines(_ body: ArraySlice<UInt8>) -> [UInt8] {
    guard body.contains(0x0D) else { return Array(body) }
    var out: [UInt8] = []
    out.reserveCapacity(body.count)
    var cursor = LineCursor(body)
    while let line = cursor.line() {
      out += line
      if cursor.next > line.endIndex { out.append(0x0A) }
    }
    return out
  }

  /// Bytes outside the alphabet are passed over, as RFC 2045 section 6.8 has it; the first `=` ends the text.
  private static func base64(_ body: ArraySlice<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(body.count)
    for byte in body {
      if byte == 0x3D { break }
      if ASCII.isAlphanumeric(byte) || byte == 0x2B || byte == 0x2F { text.append(byte) }
    }
    let whole = text.count / 4 * 4
    // What is left of a last group stands for one byte less than it has characters; bits beyond are of no account.
    let rest = text.count - whole
    let last = rest < 2 ? [] : Base64.decode(text[whole...] + [UInt8](repeating: 0x41, count: 4 - rest)) ?? []
    return (Base64.decode(text[..<whole]) ?? []) + last.prefix(max(0, rest - 1))
  }

  /// A `=` before something else than two digits or the end of its line stays as it is.
  private static func quotedPrintable(_ body: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(body.count)
    var cursor = LineCursor(body)
    while let line = cursor.line() {
      var rest = line
      // Blanks at the end of a line were added on the way.
      while rest.last == 0x20 || rest.last == 0x09 { rest = rest.dropLast() }
      let isSoft = rest.last == 0x3D
      if isSoft { rest = rest.dropLast() }
      var index = rest.startIndex
      while index < rest.endIndex {
        let byte = rest[index]
        index += 1
        if byte == 0x3D, let decoded = HexPair.value(rest[index...].prefix(2)) {
          out.append(decoded)
          index += 2
        } else {
          out.append(byte)
        }
      }
      let hasEnd = cursor.next > line.endIndex
      if !isSoft && hasEnd { out.append(0x0A) }
    }
    return out
  }
}
