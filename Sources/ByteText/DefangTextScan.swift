/// Finds what looks like an address in free text, in one pass.
struct DefangTextScan {
  private enum Place {
    case prose
    case host
    case path
  }

  private var writer: DefangWriter
  private var place = Place.prose
  /// Whether a marked `@` was the last thing written: a host follows, whatever it looks like.
  private var isAfterAt = false

  init(_ text: [UInt8]) { writer = DefangWriter(text) }

  mutating func run() -> [UInt8] {
    while let byte = writer.next {
      if writer.escapeMark() { continue }
      if writer.isAtSeparator {
        writer.markSeparator()
        place = .host
        continue
      }
      if place != .prose && endsAddress(byte) { place = .prose }
      switch place {
      case .prose: prose(byte)
      case .host:
        if writer.markHostByte() { continue }
        if byte == 0x2F || byte == 0x3F || byte == 0x23 { place = .path }
        writer.copy()
      case .path: writer.copy()
      }
    }
    return writer.out
  }

  private mutating func prose(_ byte: UInt8) {
    if isHostByte(at: writer.index) {
      hostRun()
    } else if byte == 0x40 && startsDomain(at: writer.index + 1) && writer.index > 0 && !isBlank(at: writer.index - 1) {
      writer.mark(1)
      isAfterAt = true
    } else if writer.isAtSlashPair && startsWord(at: writer.index) && startsDomain(at: writer.index + 2) {
      writer.mark(2)
      place = .host
    } else {
      isAfterAt = false
      writer.copy()
    }
  }

  /// Writes a run of labels and dots, the dots marked where it looks like a domain or an address.
  private mutating func hostRun() {
    let text = writer.text
    let start = writer.index
    var end = start
    var labelStart = start
    var dots = 0
    while end < text.count {
      if isHostByte(at: end) {
        end += 1
      } else if let length = dotLength(at: end), end > labelStart, isHostByte(at: end + length) {
        dots += 1
        end += length
        labelStart = end
      } else {
        break
      }
    }
    let isMailbox = end < text.count && text[end] == 0x40 && startsDomain(at: end + 1)
    let last = text[labelStart]
    let isDomain = dots > 0 && end - labelStart > 1 && !ASCII.isDigit(last) && last != 0x2D
    let isAddress = dots >= 3 && ASCII.isDigit(last)
    let isLive = isMailbox || isDomain || isAddress || isAfterAt
    while writer.index < end {
      if isLive, let length = dotLength(at: writer.index) { writer.mark(length) } else { writer.copy() }
    }
    isAfterAt = false
    if end + 1 < text.count, text[end] == 0x3A, !isBlank(at: end + 1), !writer.isAtSeparator,
      DefangTextScan.namesScheme(text[start..<end])
    {
      writer.mark(1)
    } else if isLive && !isMailbox, let next = writer.next, next == 0x2F || next == 0x3F || next == 0x23 {
      place = .path
    }
  }

  /// Schemes that programs act on without `//`: those of SECURITY section 5.1, and what telephones and Windows open.
  private static let schemes: [StaticString] = [
    "javascript", "vbscript", "data", "mailto", "file", "blob", "http", "https", "ftp", "tel", "sms", "callto", "sip",
    "sips", "skype", "view-source", "ms-msdt", "search-ms", "ms-appinstaller", "ms-officecmd", "onenote", "jar",
    "intent",
    "smb", "ws", "wss", "about", "feed", "magnet", "urn", "cid", "mid", "mhtml", "res", "shell", "bitcoin", "market",
  ]

  private static func namesScheme(_ run: ArraySlice<UInt8>) -> Bool {
    schemes.contains { scheme in
      // The end counts: an invisible character before the name is part of the run.
      guard run.count >= scheme.utf8CodeUnitCount else { return false }
      return ASCII.equalsIgnoringCase(run.suffix(scheme.utf8CodeUnitCount), scheme)
    }
  }

  /// Whether a byte cannot stand in a host or path as text is usually written: what follows is prose again.
  private func endsAddress(_ byte: UInt8) -> Bool {
    isBlank(at: writer.index) || [0x22, 0x27, 0x28, 0x29, 0x2C, 0x3B, 0x3C, 0x3E, 0x60, 0x7C].contains(byte)
  }

  /// Whether a blank or control character stands there: ASCII, or one of the Unicode spaces.
  private func isBlank(at index: Int) -> Bool {
    let text = writer.text
    guard index < text.count else { return true }
    if text[index] <= 0x20 || text[index] == 0x7F { return true }
    guard text[index] >= 0xC2 else { return false }
    let value = UTF8Text.step(text.span, at: index).value
    return value == 0x85 || value == 0xA0 || value == 0x1680 || 0x2000...0x200A ~= value || value == 0x2028
      || value == 0x2029 || value == 0x202F || value == 0x205F || value == 0x3000
  }

  private func startsDomain(at index: Int) -> Bool {
    index < writer.text.count && (isHostByte(at: index) || writer.text[index] == 0x5B)
  }

  private func startsWord(at index: Int) -> Bool {
    guard index > 0 else { return true }
    let before = writer.text[index - 1]
    return before != 0x3A && !DefangMarks.isSlash(before) && !isHostByte(at: index - 1)
  }

  /// Whether the byte may stand in a label: a letter, digit, `-`, `_`, or part of anything else that is no blank.
  private func isHostByte(at index: Int) -> Bool {
    let text = writer.text
    guard index < text.count else { return false }
    let byte = text[index]
    if byte < 0x80 { return ASCII.isAlphanumeric(byte) || byte == 0x2D || byte == 0x5F }
    return !isBlank(at: index) && dotLength(at: index) == nil
  }

  /// The length of a dot there.
  ///
  /// An ideographic full stop is one between ASCII only; else it ends a sentence.
  private func dotLength(at index: Int) -> Int? {
    let text = writer.text
    if text[index] == 0x2E { return 1 }
    guard text[index] >= 0xE3, DefangMarks.isFullStop(text[index...]) else { return nil }
    let after = index + 3
    return index > 0 && text[index - 1] < 0x80 && after < text.count && text[after] < 0x80 ? 3 : nil
  }
}
