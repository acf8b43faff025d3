/// JSON Canonicalization Scheme (RFC 8785) on strings, integers, booleans, null, arrays and objects.
///
/// No white space; members sorted by the UTF-16 code units of their keys (section 3.2.3); strings escaped as in section
/// 3.2.2.2: only `"`, `\` and control characters, the short forms where they exist.
public enum CanonicalJSON {
  /// Writes a value.
  public static func append(_ tree: JSONTree, to out: inout [UInt8]) {
    switch tree {
    case .null: out += "null".utf8
    case .bool(let value): out += (value ? "true" : "false").utf8
    case .int(let value): out += String(value).utf8
    case .string(let text): append(text.bytes, to: &out)
    case .array(let items):
      out.append(0x5B)
      for (index, item) in items.enumerated() {
        if index > 0 { out.append(0x2C) }
        append(item, to: &out)
      }
      out.append(0x5D)
    case .object(let members):
      out.append(0x7B)
      for (index, member) in members.sorted(by: { precedes($0.key.bytes, $1.key.bytes) }).enumerated() {
        if index > 0 { out.append(0x2C) }
        append(member.key.bytes, to: &out)
        out.append(0x3A)
        append(member.value, to: &out)
      }
      out.append(0x7D)
    }
  }

  /// A value's canonical bytes.
  public static func bytes(_ tree: JSONTree) -> [UInt8] {
    var out: [UInt8] = []
    append(tree, to: &out)
    return out
  }

  /// Writes a string with its quotes.
  ///
  /// The text must be UTF-8; other bytes are written as they are.
  public static func append(_ text: [UInt8], to out: inout [UInt8]) {
    out.append(0x22)
    appendContent(text, to: &out)
    out.append(0x22)
  }

  /// Writes what stands between the quotes of a string.
  public static func appendContent(_ text: [UInt8], to out: inout [UInt8]) {
    var plain = 0
    for index in text.indices {
      let byte = text[index]
      if byte >= 0x20 && byte != 0x22 && byte != 0x5C { continue }
      out += text[plain..<index]
      plain = index + 1
      out.append(0x5C)
      switch byte {
      case 0x22, 0x5C: out.append(byte)
      case 0x08: out.append(0x62)
      case 0x09: out.append(0x74)
      case 0x0A: out.append(0x6E)
      case 0x0C: out.append(0x66)
      case 0x0D: out.append(0x72)
      default:
        let digits = Array("0123456789abcdef".utf8)
        out += "u00".utf8
        out.append(digits[Int(byte >> 4)])
        out.append(digits[Int(byte & 15)])
      }
    }
    out += text[plain...]
  }

  /// Orders keys by UTF-16 code units.
  ///
  /// For ASCII that is the order of bytes; beyond it a supplementary character (two surrogates, U+D800 up) comes
  /// before U+E000 to U+FFFF.
  static func precedes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    for (one, other) in zip(left, right) where one != other {
      // The first differing byte decides as in code point order, but for a four-byte lead (F0..F4) against EE or EF.
      let oneRank = one >= 0xF0 ? UInt16(0xED) << 1 | 1 : UInt16(one) << 1
      let otherRank = other >= 0xF0 ? UInt16(0xED) << 1 | 1 : UInt16(other) << 1
      if oneRank == otherRank { return one < other }
      return oneRank < otherRank
    }
    return left.count < right.count
  }
}
