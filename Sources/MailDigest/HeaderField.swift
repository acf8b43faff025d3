import ByteText

/// A header field of a mail (RFC 5322 section 2.2): a name of ours, and a value that is ASCII without controls however it was made.
struct HeaderField {
  private let name: StaticString
  private let value: [UInt8]

  /// The most characters of a line, as RFC 5322 section 2.1.1 wishes for.
  private static let width = 78

  /// Takes text; whatever is not plain ASCII in it becomes encoded words (RFC 2047).
  init(_ name: StaticString, text: ByteString) {
    self.name = name
    value = Self.isPlain(text.bytes) ? text.bytes : Self.encodedWords(text.bytes)
  }

  /// Takes an address with its name.
  init(_ name: StaticString, _ mailbox: MailAddress) {
    self.name = name
    value =
      mailbox.name.isEmpty
      ? mailbox.address.bytes : Self.phrase(mailbox.name.bytes) + [0x20, 0x3C] + mailbox.address.bytes + [0x3E]
  }

  /// Takes a phrase and an identifier in angle brackets, as `List-Id` has them (RFC 2919 section 3).
  ///
  /// - Parameter identifier: of letters, digits, `-` and `.`.
  init(_ name: StaticString, phrase: ByteString, identifier: ByteString) {
    self.name = name
    value = Self.phrase(phrase.bytes) + [0x20, 0x3C] + identifier.bytes + [0x3E]
  }

  /// The field with its line ends, folded at blanks.
  var bytes: [UInt8] {
    var out = name.withUTF8Buffer { unsafe Array($0) } + [0x3A]
    var column = out.count
    for word in value.split(separator: 0x20) {
      if column > 0 && column + 1 + word.count > Self.width && column > name.utf8CodeUnitCount + 1 {
        out += [0x0D, 0x0A]
        column = 0
      }
      out.append(0x20)
      out += word
      column += 1 + word.count
    }
    return out + [0x0D, 0x0A]
  }

  /// Printable ASCII, in words that fit a line, that no reader could take for an encoded word.
  private static func isPlain(_ text: [UInt8]) -> Bool {
    text.allSatisfy { $0 >= 0x20 && $0 <= 0x7E } && !text.indices.contains { text[$0...].starts(with: "=?".utf8) }
      && text.split(separator: 0x20).allSatisfy { $0.count < width - 2 }
  }

  /// A phrase: atoms, a quoted string, or encoded words.
  private static func phrase(_ text: [UInt8]) -> [UInt8] {
    guard isPlain(text) else { return encodedWords(text) }
    let isAtoms = text.allSatisfy { ASCII.isAlphanumeric($0) || $0 == 0x20 || $0 == 0x2D || $0 == 0x5F }
    if isAtoms && text.first != 0x20 && text.last != 0x20 { return text }
    var quoted: [UInt8] = [0x22]
    for byte in text {
      if byte == 0x22 || byte == 0x5C { quoted.append(0x5C) }
      quoted.append(byte)
    }
    return quoted + [0x22]
  }

  /// Encoded words of at most 64 characters in base64, so that one fits the first line as well, each of whole characters (RFC 2047 sections 2, 4.1 and 5).
  private static func encodedWords(_ text: [UInt8]) -> [UInt8] {
    let clean = Sanitizer.sanitized(text, limit: 400)
    var words: [[UInt8]] = []
    var rest = clean[...]
    while !rest.isEmpty {
      var end = min(rest.endIndex, rest.startIndex + 39)
      while end < rest.endIndex, end > rest.startIndex, rest[end] & 0xC0 == 0x80 { end -= 1 }
      words.append(Array("=?UTF-8?B?".utf8) + Base64.encode(Array(rest[..<end])) + Array("?=".utf8))
      rest = rest[end...]
    }
    return Array(words.joined(separator: [0x20]))
  }
}
