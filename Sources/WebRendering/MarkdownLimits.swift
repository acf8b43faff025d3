/// How much Markdown from outside is parsed; beyond it the text is shown as plain text.
///
/// libcmark 0.30.2 takes quadratic time on nested lists, nested quotes and unmatched brackets (SECURITY section 0.3). One
/// linear look at the bytes keeps all such input away from it.
public struct MarkdownLimits: Sendable, Equatable {
  /// The size, in bytes.
  public var bytes = 65_536
  /// Quotes and lists within one another, as one line shows them: markers, and two columns of indentation before a marker.
  public var nesting = 24
  /// `[` and `]` together.
  public var brackets = 1_000
  /// Bytes that may open or close something within a line: `*`, `_`, `<`, and runs of backticks.
  public var delimiters = 8_000
  /// The part of a plain text that is shown, in bytes.
  public var plainBytes = 262_144

  /// The limits for notes and summaries of an export: two hundred pages of ordinary prose pass.
  public static let standard = MarkdownLimits()

  /// Makes the standard limits, to change some of them.
  public init() {}

  /// Whether a text may be parsed.
  func allow(_ text: [UInt8]) -> Bool {
    guard text.count <= bytes else { return false }
    var bracketCount = 0
    var delimiterCount = 0
    var previous: UInt8 = 0x0A
    var index = 0
    while index < text.count {
      if previous == 0x0A, depth(ofLineAt: index, in: text) > nesting { return false }
      let byte = text[index]
      switch byte {
      case 0x5B, 0x5D: bracketCount += 1
      case 0x2A, 0x5F, 0x3C: delimiterCount += 1
      case 0x60 where previous != 0x60: delimiterCount += 1
      default: break
      }
      previous = byte
      index += 1
    }
    return bracketCount <= brackets && delimiterCount <= delimiters
  }

  /// How deep the line's own markers put it.
  ///
  /// Never too small: what would be code or a rule may count as nesting.
  private func depth(ofLineAt start: Int, in text: [UInt8]) -> Int {
    var index = start
    var columns = 0
    var columnsBeforeMarker = 0
    var markers = 0
    while index < text.count, markers <= nesting {
      let byte = text[index]
      if byte == 0x20 || byte == 0x09 {
        columns += byte == 0x09 ? 4 : 1
        index += 1
        continue
      }
      var next = index + 1
      if byte >= 0x30 && byte <= 0x39 {
        while next < text.count, next - index < 9, text[next] >= 0x30, text[next] <= 0x39 { next += 1 }
        guard next < text.count, text[next] == 0x2E || text[next] == 0x29 else { break }
        next += 1
      } else if byte != 0x3E && byte != 0x2D && byte != 0x2B && byte != 0x2A {
        break
      }
      let isFollowed = byte == 0x3E || next >= text.count || text[next] <= 0x20
      guard isFollowed else { break }
      markers += 1
      columnsBeforeMarker = columns
      index = next
    }
    // An ordinary item's own blank after its marker is not indentation.
    return markers + max(0, columnsBeforeMarker - markers) / 2
  }
}
