/// Where in an HTML document a template stands after the bytes seen so far.
///
/// A reader of our own templates, not of HTML from outside: it follows the states of the HTML standard (13.2.5
/// "Tokenization") as far as it takes to know what a value would become, and refuses what it does not follow.
struct MarkupContext: Equatable {
  enum State: Equatable {
    /// Element content.
    case text
    /// Just after `<` or `</`.
    case tagOpen
    case tagName
    /// Inside a tag, after white space.
    case beforeAttribute
    case attributeName
    /// Inside a tag where the next byte must be a blank, `/` or `>`: after a quoted value, or around a section.
    case gap
    case beforeValue
    case quotedValue
    case singleQuotedValue
    case unquotedValue
    case comment
    /// `<!DOCTYPE` and the like, up to `>`.
    case declaration
    /// The content of `script` or `style`.
    case rawText
    /// The content of `title` or `textarea`: text and character references, but no elements.
    case plainText
  }

  var state = State.text
  /// The name of the tag being read, or of the element whose raw or plain text is being read; lower case.
  var tag: [UInt8] = []
  /// The name of the attribute being read, lower case.
  var attribute: [UInt8] = []
  /// What the attribute's value holds so far of the template's own bytes.
  var value: [UInt8] = []
  /// Whether the tag has an attribute `http-equiv`, which makes an instruction of `content`.
  var isInstruction = false
  /// Whether the tag's attribute `content` holds text from outside.
  var holdsOutsideContent = false
  /// The last bytes in a comment, raw or plain text, lower case: what its end is found by.
  private var tail: [UInt8] = []

  /// Elements whose content HTML reads by rules of its own; no template needs them.
  private static let refusedElements: [StaticString] = [
    "iframe", "noembed", "noframes", "plaintext", "xmp", "base", "object",
  ]

  /// Follows one byte; a message when the template cannot be followed.
  mutating func follow(_ byte: UInt8) -> String? {
    switch state {
    case .text:
      if byte == 0x3C { enter(.tagOpen) }
    case .tagOpen:
      return followTagOpen(byte)
    case .tagName:
      if Self.isSpace(byte) || byte == 0x2F || byte == 0x3E {
        if let message = Self.refusal(of: tag) { return message }
        return followGap(byte)
      }
      tag.append(Self.lower(byte))
    case .gap:
      return followGap(byte)
    case .beforeAttribute:
      if Self.isSpace(byte) || byte == 0x3E || byte == 0x2F { return followGap(byte) }
      attribute = [Self.lower(byte)]
      state = .attributeName
    case .attributeName:
      if Self.isSpace(byte) || byte == 0x3E || byte == 0x2F { return followGap(byte) }
      if byte == 0x3D {
        if Self.equal(attribute, "http-equiv") {
          if holdsOutsideContent { return "'content' holds untrusted text and cannot stand in a tag with 'http-equiv'" }
          isInstruction = true
        }
        state = .beforeValue
        value = []
      } else {
        attribute.append(Self.lower(byte))
      }
    case .beforeValue:
      if byte == 0x22 {
        state = .quotedValue
      } else if byte == 0x27 {
        state = .singleQuotedValue
      } else if byte == 0x3E {
        return "an attribute has no value after its '='"
      } else if !Self.isSpace(byte) {
        state = .unquotedValue
      }
    case .quotedValue:
      if byte == 0x22 { state = .gap } else { value.append(byte) }
    case .singleQuotedValue:
      if byte == 0x27 { state = .gap }
    case .unquotedValue:
      if Self.isSpace(byte) || byte == 0x3E { return followGap(byte) }
    case .declaration:
      if byte == 0x3E { state = .text }
      if byte == 0x2D, tail.count < 2 {
        tail.append(byte)
        if tail.count == 2 { enter(.comment) }
      } else {
        tail = [0, 0]
      }
    case .comment, .rawText, .plainText:
      followTail(byte)
    }
    return nil
  }

  private mutating func enter(_ next: State) {
    state = next
    tail = []
    if next == .tagOpen {
      tag = []
      attribute = []
      isInstruction = false
      holdsOutsideContent = false
    }
  }

  private mutating func followTagOpen(_ byte: UInt8) -> String? {
    switch byte {
    case 0x41...0x5A, 0x61...0x7A:
      tag.append(Self.lower(byte))
      state = .tagName
    case 0x2F where tag.isEmpty:
      tag = [0x2F]
    case 0x21 where tag.isEmpty:
      enter(.declaration)
    default:
      if tag.isEmpty && byte != 0x3F && byte != 0x3C {
        state = .text
      } else {
        return "'<' is not the start of a tag; write '&lt;'"
      }
    }
    return nil
  }

  private mutating func followGap(_ byte: UInt8) -> String? {
    if byte == 0x3E {
      if Self.equal(tag, "script") || Self.equal(tag, "style") {
        enter(.rawText)
      } else if Self.equal(tag, "title") || Self.equal(tag, "textarea") {
        enter(.plainText)
      } else {
        enter(.text)
      }
      attribute = []
    } else if Self.isSpace(byte) || byte == 0x2F {
      state = .beforeAttribute
    } else {
      return "a blank is missing between two attributes"
    }
    return nil
  }

  private mutating func followTail(_ byte: UInt8) {
    tail.append(Self.lower(byte))
    if state == .comment {
      if tail.suffix(3).elementsEqual([0x2D, 0x2D, 0x3E]) { enter(.text) }
      tail = Array(tail.suffix(2))
      return
    }
    let end: [UInt8] = [0x3C, 0x2F] + tag
    if tail.suffix(end.count).elementsEqual(end) {
      let name = [0x2F] + tag
      enter(.tagName)
      tag = name
      attribute = []
    } else {
      tail = Array(tail.suffix(end.count))
    }
  }

  private static func refusal(of tag: [UInt8]) -> String? {
    for name in refusedElements where equal(tag, name) { return "element '\(name)' is not allowed in a template" }
    return nil
  }

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D || byte == 0x0C
  }

  private static func lower(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte + 0x20 : byte }

  static func equal(_ bytes: [UInt8], _ literal: StaticString) -> Bool {
    literal.withUTF8Buffer { unsafe $0.elementsEqual(bytes) }
  }
}

// MARK: - Sections

extension MarkupContext {
  /// The same place as seen across the border of a section: within a tag, only whole attributes come and go.
  var atBorder: MarkupContext {
    var border = self
    border.tail = []
    switch state {
    case .tagName, .attributeName, .gap:
      border.state = .gap
      border.attribute = []
      border.value = []
    case .beforeAttribute:
      border.attribute = []
      border.value = []
    default: break
    }
    return border
  }

  /// The place after a section that may have been skipped or shown, any number of times; `nil` where these differ.
  func joined(with end: MarkupContext) -> MarkupContext? {
    var left = atBorder
    var right = end.atBorder
    if left.state == .beforeAttribute && right.state == .gap { left.state = .gap }
    if right.state == .beforeAttribute && left.state == .gap { right.state = .gap }
    left.isInstruction = left.isInstruction || right.isInstruction
    right.isInstruction = left.isInstruction
    left.holdsOutsideContent = left.holdsOutsideContent || right.holdsOutsideContent
    right.holdsOutsideContent = left.holdsOutsideContent
    if left.state == .quotedValue { left.value = right.value }
    if left.state == .text {
      left.tag = right.tag
      left.attribute = right.attribute
      left.value = right.value
    }
    return left == right ? left : nil
  }

  /// Whether a section may begin or end here.
  var allowsBorder: Bool {
    switch state {
    case .tagOpen, .beforeValue, .unquotedValue, .declaration: false
    default: true
    }
  }

  /// The place in words, for messages.
  var described: String {
    switch state {
    case .text: "element text"
    case .tagOpen, .tagName: "a tag name"
    case .beforeAttribute, .gap: "a tag"
    case .attributeName: "an attribute name"
    case .beforeValue, .unquotedValue: "an attribute value without double quotes"
    case .singleQuotedValue: "an attribute value in single quotes"
    case .quotedValue: "the attribute '\(String(decoding: attribute, as: UTF8.self))'"
    case .comment: "a comment"
    case .declaration: "a declaration"
    case .rawText, .plainText: "the element '\(String(decoding: tag, as: UTF8.self))'"
    }
  }
}
