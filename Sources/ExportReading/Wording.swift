import ByteText

/// How messages are put together: text of exports in quotes and shortened.
enum Wording {
  /// The greatest number of bytes of a quoted value.
  static let quoteLimit = 60

  /// The parts, one after the other.
  static func joined(_ parts: ByteString...) -> ByteString {
    var out: [UInt8] = []
    for part in parts { out += part.bytes }
    return ByteString(out)
  }

  /// The text in double quotes, cut where it is longer than ``quoteLimit``.
  static func quoted(_ text: some Collection<UInt8>) -> ByteString {
    var out: [UInt8] = [0x22]
    if text.count <= quoteLimit {
      out += text
    } else {
      var head = Array(text.prefix(quoteLimit - 2))
      // The byte after the cut tells whether the cut is inside a character.
      while let last = head.last, last & 0xC0 == 0x80 { head.removeLast() }
      if !head.isEmpty { head.removeLast() }
      out += head + [0x2E, 0x2E, 0x2E]
    }
    out.append(0x22)
    return ByteString(out)
  }

  /// The text in double quotes, cut where it is long.
  static func quoted(_ text: ByteString) -> ByteString { quoted(text.bytes) }

  /// A number.
  static func number(_ value: Int) -> ByteString { ByteString(String(value)) }

  /// What is wrong with a JSON text, and where: the byte is counted from 1.
  static func problem(_ problem: JSONProblem, in text: ByteString, from base: Int = 0) -> ByteString {
    joined(problem.message, " (byte ", number(base + problem.offset + 1), " of ", text, ")")
  }

  /// A text reduced to lower-case letters, digits, and bytes that are not ASCII: `Pending Action`, `pending-action` and
  /// `PendingAction` are one word.
  static func word(_ text: ByteString) -> ByteString {
    var out: [UInt8] = []
    out.reserveCapacity(text.count)
    for byte in text.bytes where byte >= 0x80 || ASCII.isAlphanumeric(byte) { out.append(ASCII.lowercased(byte)) }
    return ByteString(out)
  }
}
