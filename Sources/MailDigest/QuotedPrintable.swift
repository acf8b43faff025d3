/// The quoted-printable encoding of text (RFC 2045 section 6.7), lines ended by CR LF.
enum QuotedPrintable {
  /// The most characters of an encoded line, its soft break included.
  private static let width = 76

  /// Encodes text whose lines end with a line feed.
  static func encode(_ text: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(text.count + text.count / 8)
    for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if !out.isEmpty || line.startIndex > 0 { out += [0x0D, 0x0A] }
      append(line, to: &out)
    }
    return out
  }

  private static func append(_ line: ArraySlice<UInt8>, to out: inout [UInt8]) {
    var column = 0
    for (index, byte) in line.enumerated() {
      let isLast = index == line.count - 1
      // A dot alone ends a mail on its way, and `From ` begins another in a mailbox: neither may start a line.
      let isRisky = column == 0 && (byte == 0x2E || byte == 0x46)
      let isPlain =
        byte >= 0x21 && byte <= 0x7E && byte != 0x3D && !isRisky || (byte == 0x20 || byte == 0x09) && !isLast
      let length = isPlain ? 1 : 3
      if column + length > (isLast ? width : width - 1) {
        out += [0x3D, 0x0D, 0x0A]
        column = 0
        // What begins the new line is looked at again.
        if byte == 0x2E || byte == 0x46 {
          appendEscaped(byte, to: &out)
          column = 3
          continue
        }
      }
      if isPlain { out.append(byte) } else { appendEscaped(byte, to: &out) }
      column += length
    }
  }

  private static func appendEscaped(_ byte: UInt8, to out: inout [UInt8]) {
    let digits: [UInt8] = Array("0123456789ABCDEF".utf8)
    out += [0x3D, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }
}
