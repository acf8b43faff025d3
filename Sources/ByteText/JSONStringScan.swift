/// The search for the end of a JSON string (RFC 8259 section 7), sixteen bytes at a time.
struct JSONStringScan {
  /// Where the search ended.
  enum Ending: Equatable {
    case quote
    case endOfText
    case badEscape
    case malformedText
    case tooLong
    case controlCharacter(UInt8)
  }

  /// What was met.
  var ending: Ending
  /// Where: of a closed string its quote, at the end of the text the last byte that counts.
  var position: Int
  /// What is known about the text.
  var flags: JSONNode.Flags

  /// Reads the string whose opening quote is at `quote`.
  @inline(__always)
  static func read(_ text: borrowing RawSpan, after quote: Int, limits: JSONLimits) -> JSONStringScan {
    let count = text.byteCount
    let start = quote &+ 1
    var scan = JSONStringScan(ending: .endOfText, position: start, flags: [])
    var highs = SIMD2<UInt64>()
    blocks: while scan.position &+ 16 <= count {
      let block = text.block(at: scan.position)
      let marks = marks(block)
      highs |= block
      if marks[0] | marks[1] == 0 {
        scan.position &+= 16
        continue
      }
      var word = block[0]
      var found = marks[0]
      var isLast = false
      while true {
        while found != 0 {
          let shift = UInt64(truncatingIfNeeded: found.trailingZeroBitCount & 0x38)
          let byte = UInt8(truncatingIfNeeded: word &>> shift)
          if byte == 0x22 {
            scan.position &+= Int(truncatingIfNeeded: shift &>> 3)
            scan.ending = .quote
            break blocks
          }
          if byte == 0x5C {
            scan.flags.insert(.escaped)
            // Most escapes are of two bytes: where both are in the word, the search goes on in it.
            if shift < 48, isShortEscape(UInt8(truncatingIfNeeded: word &>> (shift &+ 8))) {
              found &= ~0 &<< (shift &+ 16)
              continue
            }
            scan.position &+= Int(truncatingIfNeeded: shift &>> 3)
            if !scan.escape(text) { return scan }
            continue blocks
          }
          if byte < 0x20 {
            scan.position &+= Int(truncatingIfNeeded: shift &>> 3)
            scan.ending = .controlCharacter(byte)
            return scan
          }
          found &= found &- 1
        }
        scan.position &+= 8
        if isLast { break }
        isLast = true
        word = block[1]
        found = marks[1]
      }
    }
    var high = highs[0] | highs[1]
    if scan.ending != .quote && !scan.readTail(text, &high) { return scan }

    if scan.position &- start > limits.stringBytes {
      scan.ending = .tooLong
    } else if high & WordScan.highs != 0 && !JSONStringText.isUTF8(text, from: start, to: scan.position) {
      scan.flags.insert(.malformedText)
    }
    if scan.flags.contains(.malformedText) && limits.refusesMalformedText && scan.ending == .quote {
      scan.ending = .malformedText
    }
    return scan
  }

  /// The high bit of every byte that is a quote, a backslash or a control character.
  ///
  /// Bytes after the first of them may be marked without being one.
  @inline(__always)
  private static func marks(_ block: SIMD2<UInt64>) -> SIMD2<UInt64> {
    // A byte of `x` is zero where its high bit survives `(x - 1) & ~x`; one below 0x20 where `(x - 0x20) & ~x` has it.
    let ones = SIMD2<UInt64>(repeating: WordScan.ones)
    let quotes = block ^ SIMD2(repeating: WordScan.ones &* 0x22)
    let slashes = block ^ SIMD2(repeating: WordScan.ones &* 0x5C)
    let controls = (block &- SIMD2(repeating: WordScan.ones &* 0x20)) & ~block
    return ((quotes &- ones) & ~quotes | (slashes &- ones) & ~slashes | controls) & SIMD2(repeating: WordScan.highs)
  }

  @inline(__always)
  private static func isShortEscape(_ letter: UInt8) -> Bool {
    letter == 0x22 || letter == 0x5C || letter == 0x6E || letter == 0x2F
  }

  /// Reads the escape at the position.
  ///
  /// - Returns: `false` where the string ends with it.
  @inline(never)
  private mutating func escape(_ text: borrowing RawSpan) -> Bool {
    switch JSONStringText.escapeLength(text, at: position) {
    case .some(0):
      ending = .endOfText
      return false
    case .some(let length):
      if length < 0 { flags.insert(.malformedText) }
      position += abs(length)
      return true
    case .none:
      ending = .badEscape
      return false
    }
  }

  /// The last bytes of the text, too few for a block.
  ///
  /// - Returns: Whether the closing quote is among them.
  @inline(never)
  private mutating func readTail(_ text: borrowing RawSpan, _ high: inout UInt64) -> Bool {
    while position < text.byteCount {
      let byte = text.byte(at: position)
      if byte == 0x22 {
        ending = .quote
        return true
      }
      if byte == 0x5C {
        flags.insert(.escaped)
        if !escape(text) { return false }
        continue
      }
      if byte < 0x20 {
        ending = .controlCharacter(byte)
        return false
      }
      high |= UInt64(byte)
      position += 1
    }
    return false
  }
}
