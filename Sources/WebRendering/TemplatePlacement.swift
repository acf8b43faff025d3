/// How a value is written where it stands.
enum TemplateForm: Sendable, Equatable {
  /// Escaped: text of ours, links and numbers, wherever they stand in HTML.
  case escaped
  /// Sanitised and escaped: text from outside in an attribute, in `title` or `textarea`, which hold no elements.
  case sanitised
  /// The same in `<bdi>`: untrusted text in element content.
  case isolated
  /// The same in `<code><bdi>`: code in element content.
  case codeElement
  /// As it is: HTML in element content, and a link of ours as the destination of a Markdown link or reference.
  case verbatim
  /// Markdown: sanitised and backslash-escaped.
  case markdown
  /// Markdown: text of ours; sanitised, and escaped as far as it could mean anything else.
  case markdownWords
  /// Markdown: sanitised, as a code span.
  case codeSpan
}

/// Which kind of value may stand where (SECURITY sections 5.2 and 5.4).
enum TemplatePlacement {
  /// Attributes that load, link, or send.
  ///
  /// They take links of ours only.
  private static let linkAttributes: [StaticString] = [
    "href", "src", "action", "formaction", "poster", "cite", "background", "xlink:href", "manifest", "longdesc", "data",
    "usemap", "codebase", "classid", "profile", "lowsrc", "icon",
  ]
  /// Attributes that are program text, style, markup or lists of links.
  ///
  /// They take no value.
  private static let closedAttributes: [StaticString] = [
    "style", "srcdoc", "srcset", "imagesrcset", "ping", "http-equiv",
  ]
  /// Attributes that are shown or read out, and do nothing.
  ///
  /// They take text from outside, besides `data-*`.
  private static let shownAttributes: [StaticString] = [
    "title", "alt", "value", "content", "placeholder", "label", "abbr", "aria-label", "aria-description",
    "aria-roledescription", "aria-valuetext", "aria-placeholder",
  ]

  /// The form in which a value of a kind is written in a place; a message where it may not stand.
  static func form(of field: TemplateSchema.Field, in place: MarkupContext) -> Result<TemplateForm, PlacementRefusal> {
    func refused(_ message: String) -> Result<TemplateForm, PlacementRefusal> { .failure(PlacementRefusal(message)) }
    if let message = wordless(field) { return refused(message) }
    let (name, kind) = (field.name, field.kind)
    switch place.state {
    case .text:
      switch kind {
      case .html: return .success(.verbatim)
      case .untrusted: return .success(.isolated)
      case .code: return .success(.codeElement)
      default: return .success(.escaped)
      }
    case .plainText:
      return kind == .html
        ? refused("'\(name)' is html and cannot stand in \(place.described)") : .success(textOnly(kind))
    case .quotedValue:
      if let message = attributeRefusal(name, kind, in: place) { return refused(message) }
      return .success(textOnly(kind))
    case .beforeValue, .unquotedValue, .singleQuotedValue:
      return refused("'\(name)' stands in \(place.described); write attribute=\"{{\(name)}}\"")
    default:
      return refused("'\(name)' cannot stand in \(place.described)")
    }
  }

  /// The form in Markdown, after what its line holds so far.
  static func markdownForm(
    of field: TemplateSchema.Field, after line: [UInt8]
  ) -> Result<TemplateForm, PlacementRefusal> {
    func refused(_ message: String) -> Result<TemplateForm, PlacementRefusal> { .failure(PlacementRefusal(message)) }
    if let message = wordless(field) { return refused(message) }
    if field.kind == .html { return refused("'\(field.name)' is html and cannot stand in Markdown") }
    if isInCodeSpan(line) {
      return refused("'\(field.name)' stands in a code span; declare it as code and leave out the backticks")
    }
    if line.suffix(2).elementsEqual([0x5D, 0x28]) || line.suffix(4).elementsEqual(definition) {
      if field.kind == .link { return .success(.verbatim) }
      return refused("'\(field.name)' is \(field.kind.described) field; the destination of a link takes only a link")
    }
    switch field.kind {
    case .code: return .success(.codeSpan)
    case .text: return .success(.markdownWords)
    default: return .success(.markdown)
    }
  }

  /// What stands before the destination of a reference: `]: <`.
  private static let definition: [UInt8] = [0x5D, 0x3A, 0x20, 0x3C]

  /// The form where no elements can stand.
  private static func textOnly(_ kind: TemplateKind) -> TemplateForm {
    kind == .untrusted || kind == .code ? .sanitised : .escaped
  }

  /// A message where the kind has no text at all.
  private static func wordless(_ field: TemplateSchema.Field) -> String? {
    field.kind == .flag || field.kind == .list
      ? "'\(field.name)' is a \(field.kind.rawValue) and has no text; open a section with '{{#\(field.name)}}'" : nil
  }

  private static func attributeRefusal(_ name: String, _ kind: TemplateKind, in place: MarkupContext) -> String? {
    let attribute = place.attribute
    let shown = "attribute '\(String(decoding: attribute, as: UTF8.self))'"
    if kind == .html { return "'\(name)' is html and cannot stand in the \(shown)" }
    if attribute.starts(with: [0x6F, 0x6E]) || holds(closedAttributes, attribute) {
      return "the \(shown) takes no value"
    }
    if holds(linkAttributes, attribute) {
      if kind != .link { return "'\(name)' is \(kind.described) field; the \(shown) takes only a link" }
      let start = place.value
      if start.contains(where: { !SitePath.isPathByte($0) && $0 != 0x23 }) || start.first == 0x2F {
        return "a link can only follow a relative path in the \(shown)"
      }
      return nil
    }
    guard kind == .untrusted || kind == .code else { return nil }
    if place.isInstruction { return "'\(name)' is \(kind.described) field and cannot stand in a tag with 'http-equiv'" }
    if attribute.starts(with: Array("data-".utf8)) || holds(shownAttributes, attribute) { return nil }
    return "'\(name)' is \(kind.described) field and cannot stand in the \(shown)"
  }

  /// Whether a line of Markdown has an odd number of backtick runs, backslash-escaped backticks aside.
  private static func isInCodeSpan(_ line: [UInt8]) -> Bool {
    var isOpen = false
    var previous: UInt8 = 0
    for byte in line {
      if byte == 0x60 && previous != 0x60 && previous != 0x5C { isOpen.toggle() }
      previous = byte
    }
    return isOpen
  }

  private static func holds(_ names: [StaticString], _ name: [UInt8]) -> Bool {
    names.contains { MarkupContext.equal(name, $0) }
  }
}

/// Why a value may not stand where a template puts it.
struct PlacementRefusal: Error {
  let message: String
  init(_ message: String) { self.message = message }
}
