import ByteText

/// The text of a web page, line by line, as a client shows it.
///
/// What is quoted gets `>` at the start of its lines, and the place from which all is quoted a line of its own, so that
/// ``QuotedText`` judges it like any text. Attributes (`href`) give no text.
struct HTMLText {
  private let html: ArraySlice<UInt8>
  private var out: [UInt8] = []
  private var quote: HTMLQuoteEnd?
  private var isAtLineStart = true
  private var hasBlank = false
  /// Open `pre` elements, in which line feeds break lines.
  private var preformatted = 0

  /// The text of UTF-8 bytes; UTF-8, lines end in LF.
  static func text(_ html: [UInt8]) -> [UInt8] {
    var text = HTMLText(html: html[...])
    text.read()
    return text.out
  }

  private init(html: ArraySlice<UInt8>) { self.html = html }

  private mutating func read() {
    var index = html.startIndex
    while index < html.endIndex {
      switch html[index] {
      case 0x3C: index = readMarkup(at: index)
      case 0x26: index = readReference(at: index)
      case 0x0A where preformatted > 0:
        breakLine(isForced: true)
        index += 1
      case let byte:
        add(byte)
        index += 1
      }
    }
    breakLine(isForced: false)
  }

  // MARK: Markup

  private mutating func readMarkup(at start: Int) -> Int {
    let second = start + 1 < html.endIndex ? html[start + 1] : 0
    if second == 0x21 || second == 0x3F {
      return html[start...].starts(with: "<!--".utf8) ? end(of: "-->", from: start + 4) : end(of: ">", from: start + 2)
    }
    guard second == 0x2F || ASCII.isLetter(second) else {
      add(0x3C)
      return start + 1
    }
    guard let tag = HTMLTag.read(html, at: start) else {
      add(0x3C)
      return start + 1
    }
    if !tag.isEnd, tag.isNamed(["script", "style", "title", "textarea", "template", "xmp", "iframe", "noembed"]) {
      return endTag(of: tag)
    }
    take(tag)
    return tag.next
  }

  private mutating func take(_ tag: HTMLTag) {
    if tag.isNamed(["br"]) { return breakLine(isForced: true) }
    if tag.isNamed(["td", "th"]) { hasBlank = true }
    if tag.isNamed(["pre"]) { preformatted = max(0, preformatted + (tag.isEnd ? -1 : 1)) }
    if tag.isNamed(Self.blocks) { breakLine(isForced: false) }
    if quote != nil {
      if quote?.isReached(by: tag) ?? false {
        breakLine(isForced: false)
        quote = nil
      }
      return
    }
    guard !tag.isEnd, let mark = HTMLQuote.mark(tag) else { return }
    breakLine(isForced: false)
    switch mark {
    case .element: quote = HTMLQuoteEnd(tag)
    case .rest: out += "-----Original Message-----\n".utf8
    case .rule: out += "________________________________\n".utf8
    }
  }

  private static let blocks: [StaticString] = [
    "p", "div", "tr", "li", "ul", "ol", "dl", "dt", "dd", "table", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr",
    "blockquote", "section", "article", "header", "footer", "address", "center", "body", "main", "fieldset",
  ]

  /// The place behind a word; that of the end where it does not come.
  private func end(of word: StaticString, from start: Int) -> Int {
    var index = min(start, html.endIndex)
    let length = word.utf8CodeUnitCount
    while index < html.endIndex {
      if word.withUTF8Buffer({ unsafe html[index...].starts(with: $0) }) { return index + length }
      index += 1
    }
    return html.endIndex
  }

  /// The place of the end tag of an element whose content is no markup; that of the end where there is none.
  private func endTag(of tag: HTMLTag) -> Int {
    var index = tag.next
    while let place = html[index...].firstIndex(of: 0x3C) {
      let name = html[place...].dropFirst(2)
      let isEnd = place + 1 < html.endIndex && html[place + 1] == 0x2F
      if isEnd, ASCII.equalsIgnoringCase(name.prefix(tag.name.count), tag.name[...]) { return place }
      index = place + 1
    }
    return html.endIndex
  }

  // MARK: Text

  private mutating func readReference(at start: Int) -> Int {
    let body = html[start...].dropFirst().prefix(10).prefix { $0 == 0x23 || ASCII.isAlphanumeric($0) }
    guard let value = Self.scalar(body) else {
      add(0x26)
      return start + 1
    }
    if value < 0x80 {
      add(UInt8(value))
    } else if value != 0xAD {
      // A soft hyphen shows nothing; a no-break space keeps a line from being empty, as it is meant to.
      var bytes: [UInt8] = []
      UTF8Text.append(scalar: value, to: &bytes)
      for byte in bytes { add(byte) }
    }
    let hasSemicolon = body.endIndex < html.endIndex && html[body.endIndex] == 0x3B
    return hasSemicolon ? body.endIndex + 1 : body.endIndex
  }

  /// The value of a character reference; `nil` for a name that is not read.
  private static func scalar(_ body: ArraySlice<UInt8>) -> UInt32? {
    if body.first == 0x23 {
      let digits = body.dropFirst()
      let isHex = digits.first == 0x78 || digits.first == 0x58
      var value: UInt32 = 0
      let rest = isHex ? digits.dropFirst() : digits
      for digit in rest {
        guard isHex ? ASCII.isHexDigit(digit) : ASCII.isDigit(digit) else { return nil }
        value = value &* (isHex ? 16 : 10) &+ UInt32(ASCII.isDigit(digit) ? digit & 0x0F : (digit & 0x0F) + 9)
      }
      return rest.isEmpty || value == 0 ? nil : value
    }
    let names: [(StaticString, UInt32)] = [
      ("amp", 0x26), ("lt", 0x3C), ("gt", 0x3E), ("quot", 0x22), ("apos", 0x27), ("nbsp", 0xA0), ("shy", 0xAD),
      ("ndash", 0x2013), ("mdash", 0x2014), ("hellip", 0x2026), ("lsquo", 0x2018), ("rsquo", 0x2019),
      ("ldquo", 0x201C), ("rdquo", 0x201D),
    ]
    return names.first { ByteSearch.isEqual(body, $0.0) }?.1
  }

  private mutating func add(_ byte: UInt8) {
    if ASCII.isBlank(byte) || byte == 0x0C {
      hasBlank = true
      return
    }
    if isAtLineStart {
      if quote != nil { out += [0x3E, 0x20] }
      isAtLineStart = false
    } else if hasBlank {
      out.append(0x20)
    }
    hasBlank = false
    out.append(byte)
  }

  private mutating func breakLine(isForced: Bool) {
    hasBlank = false
    if isAtLineStart && !isForced { return }
    out.append(0x0A)
    isAtLineStart = true
  }
}
