import ByteText

/// CommonMark: reading it through libcmark, and writing text that it shows as it is.
public enum Markdown {
  /// Appends text so that CommonMark shows exactly this text: no markup, no line structure (SECURITY section 5.2).
  ///
  /// All 32 ASCII punctuation characters get a backslash, blanks at the start and end become `&#32;`, controls (line breaks
  /// among them) their pictures U+2400 and following. Text from outside is to be sanitised before.
  public static func escape(_ text: [UInt8], to out: inout [UInt8]) {
    out.reserveCapacity(out.count + text.count + text.count / 4)
    let firstInk = text.firstIndex { $0 != 0x20 } ?? text.count
    let lastInk = text.lastIndex { $0 != 0x20 } ?? -1
    for (index, byte) in text.enumerated() {
      switch byte {
      case 0x20 where index < firstInk || index > lastInk:
        out.append(contentsOf: [0x26, 0x23, 0x33, 0x32, 0x3B])
      case 0x00..<0x20:
        out.append(contentsOf: [0xE2, 0x90, 0x80 + byte])
      case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E:
        out.append(0x5C)
        out.append(byte)
      case 0x7F:
        out.append(contentsOf: [0xE2, 0x90, 0xA1])
      default:
        out.append(byte)
      }
    }
  }

  /// Appends text of ours so that CommonMark shows exactly this text, and a person who reads the Markdown itself can.
  ///
  /// Where a block could begin with it, every punctuation character gets its backslash. Else those do that mean something within a
  /// line: the others, as in `2026-11-25 08:00 Z`, stay as they are.
  static func escape(words text: [UInt8], to out: inout [UInt8]) {
    let isFirst = out.last { !opensBlocks.contains($0) } ?? 0x0A == 0x0A
    // No block begins with a letter.
    let isWord = text.first.map { ASCII.isLetter($0) || $0 >= 0x80 } ?? true
    if isFirst && !isWord || text.first == 0x20 || text.last == 0x20 { return escape(text, to: &out) }
    for byte in text {
      if byte < 0x20 || byte == 0x7F {
        escape([byte], to: &out)
      } else {
        if meaningful.contains(byte) { out.append(0x5C) }
        out.append(byte)
      }
    }
  }

  /// What CommonMark and its well-known extensions give a meaning within a line: emphasis, code, links, HTML, references, tables.
  private static let meaningful: Set<UInt8> = Set("!#&*<>@[\\]_`|~".utf8)
  /// Blanks, and the marks of lists, quotes and headings: as long as a line has nothing else, a block can begin.
  private static let opensBlocks: Set<UInt8> = Set(" -*+>#.)0123456789".utf8)

  /// A code span that shows exactly this text; empty for empty text.
  public static func codeSpan(_ text: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    appendCodeSpan(text, to: &out)
    return out
  }

  /// Appends a code span that shows exactly this text: its fence is longer than any run of backticks inside.
  ///
  /// Controls become pictures as in ``escape(_:to:)``. Empty text writes nothing: CommonMark has no empty code span.
  static func appendCodeSpan(_ text: [UInt8], to out: inout [UInt8]) {
    guard let first = text.first, let last = text.last else { return }
    var longest = 0
    var run = 0
    for byte in text {
      run = byte == 0x60 ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = [UInt8](repeating: 0x60, count: longest + 1)
    // One blank on each side is taken away again where the text has blanks on both sides, but is not all blanks.
    let isAllBlank = text.allSatisfy { $0 == 0x20 }
    let isPadded = first == 0x60 || last == 0x60 || (first == 0x20 && last == 0x20 && !isAllBlank)
    out.append(contentsOf: fence)
    if isPadded { out.append(0x20) }
    for byte in text {
      if byte < 0x20 { out.append(contentsOf: [0xE2, 0x90, 0x80 + byte]) } else { out.append(byte) }
    }
    if isPadded { out.append(0x20) }
    out.append(contentsOf: fence)
  }
}
