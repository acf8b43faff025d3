/// Inline styles by element, for HTML that goes where no style sheet is read (UX section 3).
public struct InlineStyles: Sendable {
  private let attributes: [[UInt8]: [UInt8]]

  /// Takes an element's name and the declarations for it, both written in our own source.
  public init(_ styles: KeyValuePairs<StaticString, StaticString>) {
    var attributes: [[UInt8]: [UInt8]] = [:]
    for (name, style) in styles {
      var value: [UInt8] = Array(" style=\"".utf8)
      value += style.withUTF8Buffer { unsafe Array($0) }
      value.append(0x22)
      attributes[name.withUTF8Buffer { unsafe Array($0) }] = value
    }
    self.attributes = attributes
  }

  /// The HTML with a `style` in every start tag of an element that has one.
  ///
  /// - Parameter html: what libcmark wrote: every `<` in it begins a tag, for text is escaped.
  func applied(to html: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(html.count + html.count / 2)
    var rest = html[...]
    while let start = rest.firstIndex(of: 0x3C) {
      let name = rest[(start + 1)...].prefix { $0 != 0x20 && $0 != 0x3E && $0 != 0x2F }
      out += rest[..<name.endIndex]
      if !name.isEmpty, let attribute = attributes[Array(name)] { out += attribute }
      rest = rest[name.endIndex...]
    }
    return out + rest
  }
}

extension Markdown {
  /// Markdown of our own templates as HTML with inline styles.
  public static func html(trusted markdown: [UInt8], styles: InlineStyles) -> HTML {
    var out: [UInt8] = []
    render(trusted: markdown, into: &out)
    return HTML(rendered: styles.applied(to: out))
  }
}
