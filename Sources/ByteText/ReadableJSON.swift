/// JSON for people and for tools that guess at encodings: members sorted, indented, and nothing but printable ASCII.
///
/// Every character beyond ASCII, every control, and `<`, `>`, `&` is written as `\u` and its UTF-16 code units (RFC 8259 section 7): so
/// no reader takes a byte for a character of another code page, no terminal obeys one, and no page that it is pasted into ends early.
public enum ReadableJSON {
  /// A value's bytes, ended by a line feed.
  public static func bytes(_ tree: JSONTree) -> [UInt8] {
    var out: [UInt8] = []
    append(tree, depth: 0, to: &out)
    out.append(0x0A)
    return out
  }

  /// A value on one line, ended by a line feed: for JSON Lines.
  public static func line(_ tree: JSONTree) -> [UInt8] {
    var out: [UInt8] = []
    append(tree, depth: nil, to: &out)
    out.append(0x0A)
    return out
  }

  /// - Parameter depth: how deep the value stands; `nil` where everything is to stand on one line.
  private static func append(_ tree: JSONTree, depth: Int?, to out: inout [UInt8]) {
    func newLine(_ steps: Int) {
      guard let depth else { return }
      out.append(0x0A)
      out += [UInt8](repeating: 0x20, count: (depth + steps) * 2)
    }
    switch tree {
    case .string(let text): append(text.bytes, to: &out)
    case .array(let items) where !items.isEmpty:
      out.append(0x5B)
      for (index, item) in items.enumerated() {
        if index > 0 { out.append(0x2C) }
        newLine(1)
        append(item, depth: depth.map { $0 + 1 }, to: &out)
      }
      newLine(0)
      out.append(0x5D)
    case .object(let members) where !members.isEmpty:
      out.append(0x7B)
      for (index, member) in members.sorted(by: { CanonicalJSON.precedes($0.key.bytes, $1.key.bytes) }).enumerated() {
        if index > 0 { out.append(0x2C) }
        newLine(1)
        append(member.key.bytes, to: &out)
        out.append(0x3A)
        if depth != nil { out.append(0x20) }
        append(member.value, depth: depth.map { $0 + 1 }, to: &out)
      }
      newLine(0)
      out.append(0x7D)
    case .null, .bool, .int, .array, .object: CanonicalJSON.append(tree, to: &out)
    }
  }

  private static func append(_ text: [UInt8], to out: inout [UInt8]) {
    out.append(0x22)
    for scalar in UTF8Text.scalars(UTF8Text.lossy(text)) ?? [] {
      switch scalar {
      case 0x22, 0x5C: out += [0x5C, UInt8(scalar)]
      case 0x26, 0x3C, 0x3E, 0x7F: append(unit: scalar, to: &out)
      case 0x20..<0x7F: out.append(UInt8(scalar))
      case 0x0A: out += [0x5C, 0x6E]
      case 0x0D: out += [0x5C, 0x72]
      case 0x09: out += [0x5C, 0x74]
      case 0x10000...:
        append(unit: 0xD800 + (scalar - 0x10000) >> 10, to: &out)
        append(unit: 0xDC00 + (scalar - 0x10000) & 0x3FF, to: &out)
      default: append(unit: scalar, to: &out)
      }
    }
    out.append(0x22)
  }

  private static func append(unit: UInt32, to out: inout [UInt8]) {
    out += [0x5C, 0x75] + Hex.encode([UInt8(unit >> 8 & 0xFF), UInt8(unit & 0xFF)])
  }
}
