/// What JSON writes without quotes or brackets: numbers (RFC 8259 section 6), `true`, `false` and `null` (section 3).
enum JSONWordScan {
  /// What was read.
  enum Outcome {
    case word(JSONNode.Kind, JSONNode.Flags, end: Int)
    case incomplete
    case problem(JSONProblem)
  }

  /// Reads the number or word at `start`.
  static func read(_ text: borrowing RawSpan, at start: Int) -> Outcome {
    switch text.byte(at: start) {
    case 0x74: literal("true", .yes, text, start)
    case 0x66: literal("false", .no, text, start)
    case 0x6E: literal("null", .null, text, start)
    default: number(text, start)
    }
  }

  private static func number(_ text: borrowing RawSpan, _ start: Int) -> Outcome {
    var position = start
    // No number holds a zero byte, so that one can stand for the end of the text.
    var next = byte(text, position)
    if next == 0x2D {
      position += 1
      next = byte(text, position)
    }
    guard isDigit(next) else { return wrong(text, position) }
    if next == 0x30 {
      position += 1
      next = byte(text, position)
      if isDigit(next) {
        return .problem(JSONProblem(offset: position, reason: .unexpected(byte: next, expected: .endOfText)))
      }
    } else {
      position = afterDigits(text, position)
      next = byte(text, position)
    }
    var flags = JSONNode.Flags.integer
    if next == 0x2E {
      flags = []
      position += 1
      guard isDigit(byte(text, position)) else { return wrong(text, position) }
      position = afterDigits(text, position)
      next = byte(text, position)
    }
    if next | 0x20 == 0x65 {
      flags = []
      position += 1
      next = byte(text, position)
      if next == 0x2B || next == 0x2D { position += 1 }
      guard isDigit(byte(text, position)) else { return wrong(text, position) }
      position = afterDigits(text, position)
    }
    return .word(.number, flags, end: position)
  }

  private static func byte(_ text: borrowing RawSpan, _ offset: Int) -> UInt8 {
    offset < text.byteCount ? text.byte(at: offset) : 0
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  private static func afterDigits(_ text: borrowing RawSpan, _ offset: Int) -> Int {
    var position = offset
    while position < text.byteCount, isDigit(text.byte(at: position)) { position &+= 1 }
    return position
  }

  private static func wrong(_ text: borrowing RawSpan, _ offset: Int) -> Outcome {
    guard offset < text.byteCount else { return .incomplete }
    return .problem(
      JSONProblem(offset: offset, reason: .unexpected(byte: text.byte(at: offset), expected: .digit)))
  }

  private static func literal(
    _ letters: StaticString, _ kind: JSONNode.Kind, _ text: borrowing RawSpan, _ start: Int
  ) -> Outcome {
    for index in 0..<letters.utf8CodeUnitCount {
      guard start + index < text.byteCount else { return .incomplete }
      let byte = text.byte(at: start + index)
      guard unsafe byte == letters.utf8Start[index] else {
        return .problem(JSONProblem(offset: start + index, reason: .unexpected(byte: byte, expected: .value)))
      }
    }
    return .word(kind, [], end: start + letters.utf8CodeUnitCount)
  }
}
