import ByteText

/// A header value with parameters: `text/plain; charset=utf-8; format=flowed` (RFC 2045 section 5.1).
struct HeaderValue {
  /// What stands before the first semicolon, in lower case, without blanks or a comment behind it.
  let value: [UInt8]
  private var parameters: [(name: [UInt8], value: [UInt8])] = []

  /// More than any field of ours needs, and a bound on the time of looking one up.
  private static let parameterLimit = 64

  init(_ text: ArraySlice<UInt8>) {
    let head = ASCII.trim(text.prefix { $0 != 0x3B })
    value = ASCII.lowercased(Array(head.prefix { !ASCII.isBlank($0) && $0 != 0x28 }))
    var rest = text.drop { $0 != 0x3B }
    while !rest.isEmpty && parameters.count < Self.parameterLimit {
      rest = rest.dropFirst().drop(while: ASCII.isBlank)
      let name = rest.prefix { $0 != 0x3D && $0 != 0x3B }
      rest = rest[name.endIndex...]
      guard rest.first == 0x3D else { continue }
      rest = rest.dropFirst().drop(while: ASCII.isBlank)
      let value: [UInt8]
      if rest.first == 0x22 {
        value = Self.quoted(&rest)
      } else {
        // Some clients leave out the quotes around a name with blanks.
        let plain = rest.prefix { $0 != 0x3B }
        value = Array(ASCII.trim(plain))
        rest = rest[plain.endIndex...]
      }
      parameters.append((ASCII.lowercased(Array(ASCII.trim(name))), value))
      rest = rest.drop { $0 != 0x3B }
    }
  }

  /// The value of a parameter, whose name is given in lower case; `nil` where it does not stand there.
  subscript(name: StaticString) -> [UInt8]? {
    let name = ByteString(stringLiteral: name).bytes
    return parameters.first { $0.name == name }?.value
  }

  /// The value of a parameter that may be split or percent-encoded (RFC 2231); its character set is passed over.
  func extended(_ name: StaticString) -> [UInt8]? {
    let name = ByteString(stringLiteral: name).bytes
    func value(_ suffix: String) -> [UInt8]? { parameters.first { $0.name == name + Array(suffix.utf8) }?.value }
    if let whole = value("*") { return Self.percentDecoded(Self.withoutCharset(whole)) }
    var out: [UInt8]?
    for piece in 0..<Self.parameterLimit {
      if let encoded = value("*\(piece)*") {
        out = (out ?? []) + Self.percentDecoded(piece == 0 ? Self.withoutCharset(encoded) : encoded[...])
      } else if let plain = value("*\(piece)") {
        out = (out ?? []) + plain
      } else {
        break
      }
    }
    return out ?? value("")
  }

  private static func quoted(_ rest: inout ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    rest = rest.dropFirst()
    while let byte = rest.first, byte != 0x22 {
      rest = rest.dropFirst()
      if byte == 0x5C, let escaped = rest.first {
        out.append(escaped)
        rest = rest.dropFirst()
      } else {
        out.append(byte)
      }
    }
    return out
  }

  private static func withoutCharset(_ value: [UInt8]) -> ArraySlice<UInt8> {
    let marks = value.indices.filter { value[$0] == 0x27 }
    return marks.count < 2 ? value[...] : value[(marks[1] + 1)...]
  }

  private static func percentDecoded(_ value: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    var rest = value
    while let byte = rest.first {
      rest = rest.dropFirst()
      if byte == 0x25, let decoded = HexPair.value(rest.prefix(2)) {
        out.append(decoded)
        rest = rest.dropFirst(2)
      } else {
        out.append(byte)
      }
    }
    return out
  }
}

/// Two hexadecimal digits, as percent-encoding and quoted-printable have them.
enum HexPair {
  /// Their value; `nil` where they are not two digits.
  static func value(_ digits: ArraySlice<UInt8>) -> UInt8? {
    guard digits.count == 2 else { return nil }
    var value: UInt8 = 0
    for digit in digits {
      guard ASCII.isHexDigit(digit) else { return nil }
      value = value << 4 | (ASCII.isDigit(digit) ? digit & 0x0F : (digit & 0x0F) + 9)
    }
    return value
  }
}
