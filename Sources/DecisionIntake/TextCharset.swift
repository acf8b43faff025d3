import ByteText

/// Text of a mail as UTF-8.
///
/// The block is ASCII, and so is the token in it; only a comment may hold more.
enum TextCharset {
  /// The text in UTF-8, whatever it was in.
  ///
  /// ISO-8859-1 is read as windows-1252, as browsers do. In a character set that is not known each byte above 0x7F becomes
  /// U+FFFD.
  static func utf8(_ text: [UInt8], from charset: [UInt8]?) -> [UInt8] {
    switch ByteString(ASCII.lowercased(charset ?? [])) {
    case "", "utf-8", "utf8", "us-ascii", "ascii": UTF8Text.lossy(text)
    case "iso-8859-1", "iso8859-1", "latin1", "windows-1252", "cp1252": converted(text, scalar: windows1252)
    default: converted(text) { _ in 0xFFFD }
    }
  }

  private static func converted(_ text: [UInt8], scalar: (UInt8) -> UInt32) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(text.count)
    for byte in text {
      if byte < 0x80 { out.append(byte) } else { UTF8Text.append(scalar: scalar(byte), to: &out) }
    }
    return out
  }

  private static func windows1252(_ byte: UInt8) -> UInt32 {
    byte < 0xA0 ? upperControls[Int(byte) - 0x80] : UInt32(byte)
  }

  /// 0x80 to 0x9F of windows-1252 (<https://encoding.spec.whatwg.org/index-windows-1252.txt>); five bytes mean nothing.
  private static let upperControls: [UInt32] = [
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD,
    0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
    0x0153, 0xFFFD, 0x017E, 0x0178,
  ]
}
