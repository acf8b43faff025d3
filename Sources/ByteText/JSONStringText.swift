/// What stands between the quotes of a JSON string (RFC 8259 section 7): escapes read and undone.
enum JSONStringText {
  /// The length of the escape at `offset`: negative where it is a lone surrogate, 0 where the text ends inside it, `nil`
  /// where it is none.
  static func escapeLength(_ text: borrowing RawSpan, at offset: Int) -> Int? {
    let count = text.byteCount
    guard offset + 1 < count else { return 0 }
    switch unsafe text.unsafeLoad(fromByteOffset: offset + 1, as: UInt8.self) {
    case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: return 2
    case 0x75: break
    default: return nil
    }
    switch unit(text, at: offset) {
    case .incomplete: return 0
    case .none: return nil
    case .some(let unit):
      if unit & 0xF800 != 0xD800 { return 6 }
      if unit & 0xFC00 == 0xDC00 { return -6 }
      guard offset + 6 < count else { return 0 }
      guard unsafe text.unsafeLoad(fromByteOffset: offset + 6, as: UInt8.self) == 0x5C else { return -6 }
      guard offset + 7 < count else { return 0 }
      guard unsafe text.unsafeLoad(fromByteOffset: offset + 7, as: UInt8.self) == 0x75 else { return -6 }
      switch self.unit(text, at: offset + 6) {
      case .incomplete: return 0
      case .none: return nil
      case .some(let low): return low & 0xFC00 == 0xDC00 ? 12 : -6
      }
    }
  }

  private enum Unit {
    case none, incomplete
    case some(UInt32)
  }

  /// The code unit of the `\uXXXX` at `offset`.
  private static func unit(_ text: borrowing RawSpan, at offset: Int) -> Unit {
    var value: UInt32 = 0
    for index in offset + 2..<offset + 6 {
      guard index < text.byteCount else { return .incomplete }
      let byte = unsafe text.unsafeLoad(fromByteOffset: index, as: UInt8.self)
      switch byte {
      case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
      case 0x41...0x46: value = value << 4 | UInt32(byte - 0x37)
      case 0x61...0x66: value = value << 4 | UInt32(byte - 0x57)
      default: return .none
      }
    }
    return .some(value)
  }

  /// The text of a string node.
  ///
  /// A lone surrogate becomes its three generalised UTF-8 bytes, so that no two different strings become one; such text
  /// is not UTF-8 and is told apart by ``JSONValue/isWellFormedText``.
  static func decoded(_ text: borrowing RawSpan, _ node: JSONNode) -> [UInt8] {
    let start = Int(node.start)
    let end = Int(node.end)
    var out: [UInt8] = []
    out.reserveCapacity(end - start)
    unsafe text.withUnsafeBytes { bytes in
      guard node.flags.contains(.escaped) else {
        unsafe out.append(contentsOf: bytes[start..<end])
        return
      }
      var position = start
      var plain = start
      while position < end {
        guard unsafe bytes[position] == 0x5C else {
          position += 1
          continue
        }
        unsafe out.append(contentsOf: bytes[plain..<position])
        switch unsafe bytes[position + 1] {
        case 0x62: out.append(0x08)
        case 0x66: out.append(0x0C)
        case 0x6E: out.append(0x0A)
        case 0x72: out.append(0x0D)
        case 0x74: out.append(0x09)
        case 0x75:
          var scalar = unsafe hex(bytes, position + 2)
          if scalar & 0xFC00 == 0xD800, position + 11 < end, unsafe bytes[position + 6] == 0x5C,
            unsafe bytes[position + 7] == 0x75
          {
            let low = unsafe hex(bytes, position + 8)
            if low & 0xFC00 == 0xDC00 {
              scalar = 0x10000 + (scalar & 0x3FF) << 10 + low & 0x3FF
              position += 6
            }
          }
          append(scalar, to: &out)
          position += 4
        case let other: out.append(other)
        }
        position += 2
        plain = position
      }
      unsafe out.append(contentsOf: bytes[plain..<end])
    }
    return out
  }

  private static func hex(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt32 {
    var value: UInt32 = 0
    for index in offset..<offset + 4 {
      let byte = unsafe bytes[index]
      value = value << 4 | UInt32(byte <= 0x39 ? byte - 0x30 : (byte | 0x20) - 0x57)
    }
    return value
  }

  private static func append(_ scalar: UInt32, to out: inout [UInt8]) {
    switch scalar {
    case 0..<0x80: out.append(UInt8(scalar))
    case 0x80..<0x800:
      out.append(UInt8(0xC0 | scalar >> 6))
      out.append(UInt8(0x80 | scalar & 0x3F))
    case 0x800..<0x10000:
      out.append(UInt8(0xE0 | scalar >> 12))
      out.append(UInt8(0x80 | scalar >> 6 & 0x3F))
      out.append(UInt8(0x80 | scalar & 0x3F))
    default:
      out.append(UInt8(0xF0 | scalar >> 18))
      out.append(UInt8(0x80 | scalar >> 12 & 0x3F))
      out.append(UInt8(0x80 | scalar >> 6 & 0x3F))
      out.append(UInt8(0x80 | scalar & 0x3F))
    }
  }

  /// Whether two string nodes hold the same text.
  static func equal(_ text: borrowing RawSpan, _ left: JSONNode, _ right: JSONNode) -> Bool {
    if left.flags.contains(.escaped) || right.flags.contains(.escaped) {
      return decoded(text, left) == decoded(text, right)
    }
    let count = Int(left.end - left.start)
    guard count == Int(right.end - right.start) else { return false }
    var index = 0
    while index + 8 <= count {
      if text.word(at: Int(left.start) + index) != text.word(at: Int(right.start) + index) { return false }
      index += 8
    }
    while index < count {
      if text.byte(at: Int(left.start) + index) != text.byte(at: Int(right.start) + index) { return false }
      index += 1
    }
    return true
  }

  /// Whether the bytes are UTF-8 (RFC 3629: shortest forms only, no surrogates, at most U+10FFFF).
  static func isUTF8(_ text: borrowing RawSpan, from start: Int, to end: Int) -> Bool {
    var position = start
    while position < end {
      if position + 16 <= end {
        let block = text.block(at: position)
        if (block[0] | block[1]) & WordScan.highs == 0 {
          position += 16
          continue
        }
      }
      let first = unsafe text.unsafeLoad(fromByteOffset: position, as: UInt8.self)
      if first < 0x80 {
        position += 1
        continue
      }
      let length: Int
      var low: UInt8 = 0x80
      var high: UInt8 = 0xBF
      switch first {
      case 0xC2...0xDF: length = 2
      case 0xE0: (length, low) = (3, 0xA0)
      case 0xED: (length, high) = (3, 0x9F)
      case 0xE1...0xEF: length = 3
      case 0xF0: (length, low) = (4, 0x90)
      case 0xF1...0xF3: length = 4
      case 0xF4: (length, high) = (4, 0x8F)
      default: return false
      }
      guard position + length <= end else { return false }
      for index in 1..<length {
        let byte = unsafe text.unsafeLoad(fromByteOffset: position + index, as: UInt8.self)
        guard byte >= low && byte <= high else { return false }
        low = 0x80
        high = 0xBF
      }
      position += length
    }
    return true
  }
}
