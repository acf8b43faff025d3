public import ByteText

/// What a page holds that a program could follow, send or run: for proving that nothing on it acts without a person.
///
/// Reads pages of ours as a crawler would (HTML standard 13.2.5, the states that matter): every tag with its attributes, the
/// content of `script` and `style` passed over.
public struct PageScan: Sendable {
  /// An attribute that names something to fetch, follow or send to.
  public struct Link: Hashable, Sendable {
    /// The element, lower case.
    public var element: ByteString
    /// The attribute, lower case.
    public var attribute: ByteString
    /// Its value, character references of our own escaping decoded.
    public var target: ByteString
  }

  /// Everything to fetch, follow or send to, in order.
  public private(set) var links: [Link] = []
  /// How many elements run code: `script`.
  public private(set) var scripts = 0
  /// How many forms there are.
  public private(set) var forms = 0
  /// Attributes that run code, by name: `onclick` and the like.
  public private(set) var handlers: [ByteString] = []
  /// How many elements make the reader go elsewhere by themselves: `meta http-equiv=refresh`.
  public private(set) var refreshes = 0

  private static let linking: [StaticString] = [
    "href", "src", "action", "formaction", "data", "poster", "cite", "background", "ping", "srcset", "imagesrcset",
    "manifest", "xlink:href", "longdesc", "usemap", "codebase", "classid", "profile", "icon",
  ]

  /// Reads a page.
  public init(_ page: [UInt8]) {
    var index = 0
    while let open = page[index...].firstIndex(of: 0x3C) {
      index = open + 1
      if page[index...].starts(with: "!--".utf8) {
        index = Self.end(of: "-->", in: page, from: index + 3)
      } else if index < page.count, ASCII.isLetter(page[index]) {
        readTag(page, &index)
      }
    }
  }

  private mutating func readTag(_ page: [UInt8], _ index: inout Int) {
    let name = Self.word(page, &index)
    var isRefresh = false
    while index < page.count, page[index] != 0x3E {
      if ASCII.isBlank(page[index]) || page[index] == 0x2F {
        index += 1
        continue
      }
      let attribute = Self.word(page, &index)
      if attribute.isEmpty {
        index += 1
        continue
      }
      while index < page.count, ASCII.isBlank(page[index]) { index += 1 }
      guard index < page.count, page[index] == 0x3D else {
        take(attribute, "", of: name)
        continue
      }
      index += 1
      let value = Self.value(page, &index)
      take(attribute, value, of: name)
      if attribute == "http-equiv", ASCII.equalsIgnoringCase(value.bytes[...], "refresh") { isRefresh = true }
    }
    if name == "meta" && isRefresh { refreshes += 1 }
    if name == "form" { forms += 1 }
    if name == "script" { scripts += 1 }
    if name == "script" || name == "style" || name == "title" || name == "textarea" {
      index = Self.end(of: ByteString(Array("</".utf8) + name.bytes), in: page, from: index)
    }
  }

  private mutating func take(_ attribute: ByteString, _ value: ByteString, of element: ByteString) {
    if attribute.bytes.starts(with: "on".utf8) { handlers.append(attribute) }
    for name in Self.linking where attribute == ByteString(stringLiteral: name) {
      links.append(Link(element: element, attribute: attribute, target: value))
    }
  }

  /// A tag's or attribute's name: up to a blank, `/`, `>` or `=`.
  private static func word(_ page: [UInt8], _ index: inout Int) -> ByteString {
    let start = index
    while index < page.count {
      let byte = page[index]
      if ASCII.isBlank(byte) || byte == 0x2F || byte == 0x3E || byte == 0x3D { break }
      index += 1
    }
    return ByteString(ASCII.lowercased(Array(page[start..<index])))
  }

  private static func value(_ page: [UInt8], _ index: inout Int) -> ByteString {
    while index < page.count, ASCII.isBlank(page[index]) { index += 1 }
    guard index < page.count else { return "" }
    let quote = page[index]
    let isQuoted = quote == 0x22 || quote == 0x27
    if isQuoted { index += 1 }
    let start = index
    while index < page.count {
      let byte = page[index]
      if isQuoted ? byte == quote : ASCII.isBlank(byte) || byte == 0x3E { break }
      index += 1
    }
    let value = unescaped(page[start..<index])
    if isQuoted && index < page.count { index += 1 }
    return value
  }

  /// Undoes the references that ``ByteText/HTMLEscaping`` writes.
  private static func unescaped(_ text: ArraySlice<UInt8>) -> ByteString {
    guard text.contains(0x26) else { return ByteString(text) }
    let references: [(StaticString, UInt8)] = [
      ("&amp;", 0x26), ("&lt;", 0x3C), ("&gt;", 0x3E), ("&quot;", 0x22), ("&#39;", 0x27), ("&#96;", 0x60),
    ]
    var out: [UInt8] = []
    var rest = text
    while let first = rest.first {
      if first == 0x26,
        let (name, byte) = references.first(where: { reference in
          reference.0.withUTF8Buffer { unsafe rest.starts(with: $0) }
        })
      {
        out.append(byte)
        rest = rest.dropFirst(name.utf8CodeUnitCount)
      } else {
        out.append(first)
        rest = rest.dropFirst()
      }
    }
    return ByteString(out)
  }

  /// The place after a text, in any case; the end of the page where it does not come.
  private static func end(of text: ByteString, in page: [UInt8], from start: Int) -> Int {
    var index = start
    while index + text.count <= page.count {
      if zip(text.bytes, page[index...]).allSatisfy({ $0 == ASCII.lowercased($1) }) { return index + text.count }
      index += 1
    }
    return page.count
  }
}
