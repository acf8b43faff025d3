import ByteText

/// How mail clients mark what they quote in a web page.
enum HTMLQuote {
  /// What a tag says about quoting.
  enum Mark {
    /// The element it begins is quoted.
    case element
    /// Everything from here on is.
    case rest
    /// A line across the page, as Outlook draws above the header of an original: whether it is one, the text below says.
    case rule
  }

  /// What a start tag says; `nil` for nothing.
  static func mark(_ tag: HTMLTag) -> Mark? {
    if tag.isNamed(["blockquote"]) { return .element }
    if tag.isNamed(["hr"]) { return .rule }
    if rests.contains(where: { ASCII.equalsIgnoringCase(bare(tag.id), $0) }) { return .rest }
    for name in tag.classes.split(whereSeparator: ASCII.isBlank) {
      if quotes.contains(where: { ASCII.equalsIgnoringCase(bare(name), $0) }) { return .element }
      if ASCII.equalsIgnoringCase(bare(name), "OutlookMessageHeader") { return .rest }
    }
    return drawsRule(tag.style) ? .rule : nil
  }

  /// Classes of Gmail, Thunderbird, Yahoo, Proton, Tuta and Zoho.
  private static let quotes: [StaticString] = [
    "gmail_quote", "gmail_quote_container", "gmail_attr", "moz-cite-prefix", "moz-forward-container", "yahoo_quoted",
    "protonmail_quote", "tutanota_quote", "zmail_extra",
  ]

  /// Ids of Outlook on the web, new Outlook and Outlook for phones: the original is no child of them, it follows.
  private static let rests: [StaticString] = [
    "divRplyFwdMsg", "mail-editor-reference-message-container", "ms-outlook-mobile-reference-message",
    "OLK_SRC_BODY_SECTION",
  ]

  /// A name without the `x_` that Outlook on the web puts before those of a page it shows.
  private static func bare(_ name: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var name = name
    while ASCII.hasPrefixIgnoringCase(name, "x_") { name = name.dropFirst(2) }
    return name
  }

  /// `border-top:solid`, with which Outlook for Windows draws its line.
  private static func drawsRule(_ style: ArraySlice<UInt8>) -> Bool {
    let style = ASCII.lowercased(style.prefix(512).filter { !ASCII.isBlank($0) })
    return ByteSearch.contains("border-top:solid", in: style[...])
  }
}

/// Where a quoted element ends: at the end tag of its name that is not one of an element inside it.
///
/// End tags inside a table belong to the table, as in a browser (HTML section 13.2.4.2): a stray one in what is quoted must
/// not let the rest out.
struct HTMLQuoteEnd {
  private let name: [UInt8]
  /// Open elements of the name, for each table that is open.
  private var open = [1]

  /// More than any page has; what is deeper stays quoted to the end.
  private static let depthLimit = 1_000

  init(_ start: HTMLTag) { name = start.name }

  /// Takes in a tag; `true` where the element ends with it.
  mutating func isReached(by tag: HTMLTag) -> Bool {
    if tag.isNamed(["table"]) {
      if !tag.isEnd {
        open.append(0)
      } else if open.count > 1, open.count < Self.depthLimit {
        open.removeLast()
      }
      return false
    }
    guard tag.name == name, let inner = open.last else { return false }
    if !tag.isEnd {
      open[open.count - 1] = inner + 1
    } else if inner > 0 {
      open[open.count - 1] = inner - 1
    }
    return open == [0]
  }
}
