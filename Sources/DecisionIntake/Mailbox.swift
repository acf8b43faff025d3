/// An mbox: messages one behind the other, each after a line that begins with `From ` (RFC 4155).
///
/// `Content-Length` fields are not believed: they are known to lie.
enum Mailbox {
  private static let from: [UInt8] = Array("From ".utf8)

  /// Whether bytes are an mbox.
  static func begins(_ bytes: ArraySlice<UInt8>) -> Bool { bytes.starts(with: from) }

  /// Where each message lies, its `From ` line left out, and whether there are more than are read.
  ///
  /// A message begins at the start, and where a `From ` line follows an empty one.
  static func messages(in bytes: ArraySlice<UInt8>) -> (messages: [Range<Int>], isCut: Bool) {
    var messages: [Range<Int>] = []
    var lines = LineCursor(bytes)
    var start: Int?
    var afterEmptyLine = true
    var place = bytes.startIndex
    while let line = lines.line() {
      if afterEmptyLine, line.starts(with: from) {
        if let start { messages.append(start..<place) }
        if messages.count == IntakeLimits.messages { return (messages, true) }
        start = lines.next
      }
      afterEmptyLine = line.isEmpty
      place = lines.next
    }
    if let start { messages.append(min(start, bytes.endIndex)..<bytes.endIndex) }
    return (messages, false)
  }

  /// A message as it was before it was put into the mbox: one `>` less on each line of `>`s and `From ` (the mboxrd rule),
  /// and without the empty line that parts it from the next.
  static func message(_ stored: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var stored = stored
    if stored.last == 0x0A { stored = stored.dropLast() }
    if stored.last == 0x0D { stored = stored.dropLast() }
    guard ByteSearch.contains(">From ", in: stored) else { return stored }
    var out: [UInt8] = []
    out.reserveCapacity(stored.count)
    var lines = LineCursor(stored)
    var start = stored.startIndex
    while let line = lines.line() {
      let isEscaped = line.first == 0x3E && line.drop { $0 == 0x3E }.starts(with: from)
      out += stored[(isEscaped ? start + 1 : start)..<lines.next]
      start = lines.next
    }
    return out[...]
  }
}
