import ByteText

/// Text from an export as it may stand in a mail: nothing in it that any mail program makes a link of, and never longer than
/// its place allows.
///
/// Pages defang hosts; mails everything (`Defanging.deadened`). The exact text is on the action's page.
enum DeadText {
  /// The most bytes of one value as it is written.
  static let limit = 200

  /// A value.
  static func text(_ text: ByteString) -> [UInt8] {
    // What is cut away is not looked at: an export may bring megabytes.
    let isCut = text.count > 4 * limit
    let clean = Sanitizer.sanitized(Defanging.deadened(Array(text.bytes.prefix(4 * limit))))
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
}
