import ByteText

/// The lines of a text, each said to be its writer's own or quoted.
///
/// A line is quoted where it carries a quote mark, and from the header of an original that is quoted without marks, as
/// Outlook does, everything is. A line that only announces marked lines (`On ... wrote:`) changes nothing: who answers below
/// what they quote is heard.
struct QuotedText {
  /// A line without its end.
  struct Line {
    /// What stands on it.
    var content: ArraySlice<UInt8>
    /// Whether somebody else wrote it.
    var isQuoted: Bool
  }

  private var lines: LineCursor
  private let text: ArraySlice<UInt8>
  /// Whether an original began that goes on to the end of the message.
  private(set) var isInOriginal: Bool

  /// Reads UTF-8 text.
  ///
  /// - Parameter isInOriginal: whether an original began in an earlier part of the message.
  init(_ text: ArraySlice<UInt8>, isInOriginal: Bool) {
    self.text = text
    self.isInOriginal = isInOriginal
    lines = LineCursor(text)
  }

  /// The next line; `nil` after the last.
  ///
  /// - Parameter isInBlock: whether the line before is inside of a decision block. Then `Ivy wrote:` is part of a comment.
  mutating func line(isInBlock: Bool) -> Line? {
    guard let content = lines.line() else { return nil }
    if isInOriginal { return Line(content: content, isQuoted: true) }
    if Self.hasQuoteMark(content) { return Line(content: content, isQuoted: true) }
    if startsOriginal(content, isInBlock: isInBlock) {
      isInOriginal = true
      return Line(content: content, isQuoted: true)
    }
    return Line(content: content, isQuoted: false)
  }

  /// Whether a line begins with `>` or `|`, or with up to four letters and `>`, as clients do that quote with initials.
  static func hasQuoteMark(_ line: ArraySlice<UInt8>) -> Bool {
    let content = BlankText.trim(line)
    if content.first == 0x3E || content.first == 0x7C { return true }
    let initials = content.prefix(4).prefix(while: ASCII.isLetter)
    return !initials.isEmpty && content.dropFirst(initials.count).first == 0x3E
  }

  // MARK: Originals without marks

  private func startsOriginal(_ line: ArraySlice<UInt8>, isInBlock: Bool) -> Bool {
    let content = BlankText.trim(line)
    guard let first = content.first else { return false }
    if first == 0x2D { return isDashedTitle(content) }
    if first == 0x5F {
      return content.count >= 20 && content.allSatisfy { $0 == 0x5F } && isFollowedByHeader()
    }
    if ASCII.equalsIgnoringCase(content, "Begin forwarded message:") { return true }
    if let name = Self.headerName(content), Self.namesSender(name) { return isFollowedByHeaderLine() }
    return !isInBlock && Self.endsAttribution(content) && !isFollowedByMarkedLine()
  }

  /// `-----Original Message-----` and the like: known words, or any words with the lines of a header below.
  private func isDashedTitle(_ line: ArraySlice<UInt8>) -> Bool {
    var title = line.drop { $0 == 0x2D }
    guard line.count - title.count >= 3 else { return false }
    let length = title.count
    while title.last == 0x2D { title = title.dropLast() }
    title = ASCII.trim(title)
    guard length - title.count >= 3, !title.isEmpty else { return false }
    let words: [StaticString] = ["original message", "forwarded message", "forwarded by", "original appointment"]
    if words.contains(where: { ASCII.hasPrefixIgnoringCase(title, $0) }) { return true }
    // -----BEGIN PGP SIGNED MESSAGE----- and its like are no titles.
    if ASCII.hasPrefixIgnoringCase(title, "begin ") || ASCII.hasPrefixIgnoringCase(title, "end ") { return false }
    return isFollowedByHeader()
  }

  /// Whether the next lines are a header in any language: the first names a sender, or two in a row look like fields.
  private func isFollowedByHeader() -> Bool {
    var ahead = lines
    guard let first = Self.nextContent(&ahead), let name = Self.headerName(first) else { return false }
    if Self.namesSender(name) { return true }
    return Self.nextContent(&ahead).map { Self.headerName($0) != nil } ?? false
  }

  private func isFollowedByHeaderLine() -> Bool {
    var ahead = lines
    return Self.nextContent(&ahead).map { Self.headerName($0) != nil } ?? false
  }

  /// Whether quoted lines follow, or nothing does.
  private func isFollowedByMarkedLine() -> Bool {
    var ahead = lines
    return Self.nextContent(&ahead).map(Self.hasQuoteMark) ?? true
  }

  private static func nextContent(_ lines: inout LineCursor) -> ArraySlice<UInt8>? {
    while let line = lines.line() {
      let content = BlankText.trim(line)
      if !content.isEmpty { return content }
    }
    return nil
  }

  /// The name on a line like `Sent: Monday`, `*Von:* Ivy` or `Envoyé : lundi`; `nil` where it looks like none.
  ///
  /// One to thirty bytes that are letters, blanks or `'` and `/`, then a colon.
  private static func headerName(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let content = line.drop { $0 == 0x2A }
    let name = content.prefix(31).prefix {
      ASCII.isLetter($0) || $0 >= 0x80 || $0 == 0x20 || $0 == 0x27 || $0 == 0x2F || $0 == 0x2A
    }
    // The full-width colon of Chinese and Japanese clients lies among the bytes above 0x7F.
    if let wide = name.indices.first(where: { name[$0...].starts(with: [0xEF, 0xBC, 0x9A]) }) {
      return name[..<wide].isEmpty ? nil : BlankText.trim(name[..<wide])
    }
    guard name.count <= 30, content.dropFirst(name.count).first == 0x3A else { return nil }
    let trimmed = BlankText.trim(name)
    guard let last = trimmed.last else { return nil }
    return last == 0x2A ? trimmed.dropLast() : trimmed
  }

  private static func namesSender(_ name: ArraySlice<UInt8>) -> Bool {
    let names: [StaticString] = [
      "From", "Von", "De", "Da", "Van", "Från", "Fra", "Od", "Feladó", "Lähettäjä", "Kimden", "От", "Від", "Από",
      "Expéditeur", "发件人", "寄件者", "差出人", "보낸 사람",
    ]
    return names.contains { ASCII.equalsIgnoringCase(name, $0) }
  }

  /// Whether a line ends as the one before quoted lines does.
  private static func endsAttribution(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.last == 0x3A else { return false }
    let ends: [StaticString] = [
      "wrote:", "schrieb:", "a écrit :", "a écrit:", "ha scritto:", "escribió:", "escreveu:", "schreef:", "skrev:",
    ]
    return ends.contains { end in
      ASCII.equalsIgnoringCase(line.suffix(end.utf8CodeUnitCount), end)
    }
  }
}

/// Text without the blanks around it, those of web pages included.
enum BlankText {
  /// The bytes without blanks, no-break spaces (U+00A0), zero-width spaces (U+200B) and byte order marks at both ends.
  static func trim(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = bytes
    while let length = leading(rest) { rest = rest.dropFirst(length) }
    while let length = trailing(rest) { rest = rest.dropLast(length) }
    return rest
  }

  /// The length of the blank that bytes begin with; `nil` where they begin with none.
  static func leading(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard let first = bytes.first else { return nil }
    if ASCII.isBlank(first) { return 1 }
    if first < 0x80 { return nil }
    return wide.first { bytes.starts(with: $0) }?.count
  }

  private static func trailing(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard let last = bytes.last else { return nil }
    if ASCII.isBlank(last) { return 1 }
    if last < 0x80 { return nil }
    return wide.first { bytes.suffix($0.count).elementsEqual($0) }?.count
  }

  private static let wide: [[UInt8]] = [[0xC2, 0xA0], [0xE2, 0x80, 0x8B], [0xEF, 0xBB, 0xBF]]
}
