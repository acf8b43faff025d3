import ByteText

/// A tag of a web page as far as text needs it: its name, and the attributes that mark quoted text.
struct HTMLTag {
  /// Its name in lower case, at most 16 bytes of it.
  private(set) var name: [UInt8] = []
  /// Whether it ends an element.
  private(set) var isEnd = false
  /// `class`, as it stood.
  private(set) var classes: ArraySlice<UInt8> = []
  /// `id`, as it stood.
  private(set) var id: ArraySlice<UInt8> = []
  /// `style`, as it stood.
  private(set) var style: ArraySlice<UInt8> = []
  /// The place after its `>`; that of the end of the page where it does not end.
  private(set) var next: Int

  private init(next: Int) { self.next = next }

  /// Reads the tag at a `<`; `nil` where none begins there and the `<` is text (HTML section 13.2.5.6).
  ///
  /// A tag that never ends takes all that is left, as it does in a browser.
  static func read(_ html: ArraySlice<UInt8>, at start: Int) -> HTMLTag? {
    var tag = HTMLTag(next: start + 1)
    if tag.next < html.endIndex, html[tag.next] == 0x2F {
      tag.isEnd = true
      tag.next += 1
    }
    guard tag.next < html.endIndex, ASCII.isLetter(html[tag.next]) else { return nil }
    tag.name = ASCII.lowercased(Array(tag.run(html) { !isBreak($0) }.prefix(16)))
    tag.readAttributes(html)
    return tag
  }

  private static func isBreak(_ byte: UInt8) -> Bool {
    ASCII.isBlank(byte) || byte == 0x0C || byte == 0x2F || byte == 0x3E
  }

  private mutating func readAttributes(_ html: ArraySlice<UInt8>) {
    while next < html.endIndex {
      let byte = html[next]
      if byte == 0x3E {
        next += 1
        return
      }
      if Self.isBreak(byte) {
        next += 1
        continue
      }
      // A `=` in the place of a name is part of the name.
      let start = next
      next += 1
      _ = run(html) { !Self.isBreak($0) && $0 != 0x3D }
      let attribute = html[start..<next]
      _ = run(html, while: ASCII.isBlank)
      guard next < html.endIndex, html[next] == 0x3D else { continue }
      next += 1
      _ = run(html, while: ASCII.isBlank)
      keep(value(html), as: attribute)
    }
  }

  private mutating func value(_ html: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard next < html.endIndex else { return [] }
    let quote = html[next]
    guard quote == 0x22 || quote == 0x27 else { return run(html) { !ASCII.isBlank($0) && $0 != 0x3E } }
    next += 1
    let value = run(html) { $0 != quote }
    next = min(next + 1, html.endIndex)
    return value
  }

  private mutating func keep(_ value: ArraySlice<UInt8>, as attribute: ArraySlice<UInt8>) {
    if classes.isEmpty, ASCII.equalsIgnoringCase(attribute, "class") { classes = value }
    if id.isEmpty, ASCII.equalsIgnoringCase(attribute, "id") { id = value }
    if style.isEmpty, ASCII.equalsIgnoringCase(attribute, "style") { style = value }
  }

  private mutating func run(_ html: ArraySlice<UInt8>, while belongs: (UInt8) -> Bool) -> ArraySlice<UInt8> {
    let start = next
    while next < html.endIndex, belongs(html[next]) { next += 1 }
    return html[start..<next]
  }

  /// Whether its name is one of a list, given in lower case.
  func isNamed(_ names: [StaticString]) -> Bool {
    names.contains { ByteSearch.isEqual(name[...], $0) }
  }
}
