import ByteText

/// HTML that is safe by construction: a run of bytes that can stand where an element's content may stand.
///
/// It is made only of literals in our source, of escaped text, of other `HTML`, and of what the template engine and the
/// Markdown renderer of this target write. There is no way from run-time bytes to markup (SECURITY section 5).
///
/// Written as a literal, every value in it has to say what it is: `"<td>\(text: name)</td><td>\(untrusted: subject)</td>"`.
public struct HTML: Hashable, Sendable {
  /// The markup, UTF-8.
  public private(set) var bytes: [UInt8]

  /// Makes empty HTML.
  public init() { bytes = [] }

  /// Takes markup written in our own source.
  ///
  /// `StaticString` keeps run-time text out.
  public init(trusted literal: StaticString) { bytes = literal.withUTF8Buffer { unsafe Array($0) } }

  /// Takes what a renderer of this target wrote; internal, so that only they can.
  init(rendered: [UInt8]) { bytes = rendered }

  /// Text of ours, escaped by byte for element content and for double-quoted attribute values alike.
  public static func text(_ text: [UInt8]) -> HTML {
    var html = HTML()
    HTMLEscaping.append(text, to: &html.bytes)
    return html
  }

  /// Text from outside: sanitised, escaped and isolated in `<bdi>`, for element content only.
  public static func text(untrusted: [UInt8]) -> HTML {
    var html = HTML()
    html.bytes.append(contentsOf: openBDI)
    UntrustedText.append(untrusted, to: &html.bytes)
    html.bytes.append(contentsOf: closeBDI)
    return html
  }

  /// Text from outside for a double-quoted attribute value: sanitised and escaped, without `<bdi>`.
  public static func attribute(untrusted: [UInt8]) -> HTML {
    var html = HTML()
    UntrustedText.append(untrusted, to: &html.bytes)
    return html
  }

  /// Whether there is nothing in it.
  public var isEmpty: Bool { bytes.isEmpty }

  /// Puts more at the end.
  public mutating func append(_ more: HTML) { bytes.append(contentsOf: more.bytes) }

  /// Joins two runs of HTML.
  public static func + (left: HTML, right: HTML) -> HTML { HTML(rendered: left.bytes + right.bytes) }

  /// Puts more at the end.
  public static func += (left: inout HTML, right: HTML) { left.append(right) }

  static let openBDI: [UInt8] = Array("<bdi>".utf8)
  static let closeBDI: [UInt8] = Array("</bdi>".utf8)
}

extension HTML: ExpressibleByStringInterpolation {
  /// Takes a literal of our own source.
  public init(stringLiteral value: StaticString) { self.init(trusted: value) }

  /// Takes a literal with values in it.
  public init(stringInterpolation: Interpolation) { self = stringInterpolation.html }

  /// What a literal with values is collected in: each value says by its label how it is made safe.
  public struct Interpolation: StringInterpolationProtocol {
    var html = HTML()

    /// Starts a literal.
    public init(literalCapacity: Int, interpolationCount: Int) {
      html.bytes.reserveCapacity(literalCapacity + 16 * interpolationCount)
    }

    /// Takes a part of the literal; `StaticString` keeps run-time text out.
    public mutating func appendLiteral(_ literal: StaticString) {
      literal.withUTF8Buffer { unsafe html.bytes.append(contentsOf: $0) }
    }

    /// Takes HTML as it is.
    public mutating func appendInterpolation(_ more: HTML) { html.append(more) }

    /// Takes text of ours, escaped.
    public mutating func appendInterpolation(text: [UInt8]) { HTMLEscaping.append(text, to: &html.bytes) }

    /// Takes text from outside, sanitised, escaped, in `<bdi>`.
    public mutating func appendInterpolation(untrusted: [UInt8]) { html.append(.text(untrusted: untrusted)) }

    /// Takes a link of ours, for `href` and `src`.
    public mutating func appendInterpolation(link: SitePath) { HTMLEscaping.append(link.bytes, to: &html.bytes) }

    /// Takes a whole number, in plain decimal digits.
    public mutating func appendInterpolation(_ number: Int) { Decimal.append(number, to: &html.bytes) }
  }
}
