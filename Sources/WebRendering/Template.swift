import ByteText

/// One step of rendering.
///
/// Literals are ranges of the template's bytes; names are depths (0: the innermost row) and slots.
enum TemplateStep: Sendable {
  case literal(Int, Int)
  case value(Int, Int, TemplateForm)
  case section(Int, Int, inverted: Bool, end: Int)
}

/// Where a step's tag stands, for errors while rendering.
struct TemplateStepPlace: Sendable {
  let file: String
  let place: TemplatePlace
}

/// A template, checked and compiled: a flat list of steps over bytes.
///
/// Rendering looks up no names and cannot write a value otherwise than its kind asks for in its place.
public struct Template: Sendable {
  /// The file it was compiled from.
  public let file: String
  /// What its rows are made against.
  public let schema: TemplateSchema
  let dialect: TemplateDialect
  let steps: [TemplateStep]
  let places: [TemplateStepPlace]
  let literals: [UInt8]

  /// Appends the page.
  ///
  /// Throws, and appends nothing, where a value is missing or was set to a wrong kind.
  public func render(_ row: TemplateRow, into out: inout [UInt8]) throws(TemplateError) {
    guard row.schema == schema else {
      throw TemplateError(file: file, message: "takes rows of '\(schema.name)', was given one of '\(row.schema.name)'")
    }
    let start = out.count
    do {
      var rendering = TemplateRendering(template: self)
      try rendering.check(row)
      try rendering.run(0, steps.count, row, &out)
    } catch {
      out.removeSubrange(start...)
      throw error
    }
  }

  /// The content of each `script` in the template, byte for byte: to name its hash in a policy.
  ///
  /// Script content takes no values, so it stands in one piece among the literals.
  public var inlineScripts: [[UInt8]] {
    var scripts: [[UInt8]] = []
    let (open, close): ([UInt8], [UInt8]) = (Array("<script>".utf8), Array("</script>".utf8))
    var rest = literals[...]
    while let start = Self.place(of: open, in: rest) {
      rest = rest[(start + open.count)...]
      guard let end = Self.place(of: close, in: rest) else { break }
      scripts.append(Array(rest[..<end]))
      rest = rest[(end + close.count)...]
    }
    return scripts
  }

  private static func place(of text: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
    var from = bytes.startIndex
    while let start = bytes[from...].firstIndex(of: 0x3C) {
      if bytes[start...].starts(with: text) { return start }
      from = start + 1
    }
    return nil
  }

  /// The page as HTML, to stand in another one; a Markdown template's goes through ``Markdown/html(trusted:)``.
  public func html(_ row: TemplateRow) throws(TemplateError) -> HTML {
    var out: [UInt8] = []
    try render(row, into: &out)
    return dialect == .html ? HTML(rendered: out) : Markdown.html(trusted: out)
  }
}

/// One page being rendered.
struct TemplateRendering {
  let template: Template
  /// The rows around the one being rendered, innermost last: where names are looked up that it does not have.
  private var around: [TemplateRow] = []
  /// Markdown: where the last code span ended, so that none is glued to a backtick.
  var spanEnd = -1

  init(template: Template) { self.template = template }

  func check(_ row: TemplateRow) throws(TemplateError) {
    if let fault = row.fault { throw TemplateError(file: template.file, message: fault) }
  }

  /// Runs steps with a row; most names are its own, so it is handed along and not looked up.
  mutating func run(_ start: Int, _ end: Int, _ row: TemplateRow, _ out: inout [UInt8]) throws(TemplateError) {
    let steps = template.steps
    let bytes = template.literals
    let literals = bytes.span
    var index = start
    while index < end {
      switch steps[index] {
      case .literal(let from, let to):
        if out.count == spanEnd, literals[from] == 0x60 { out.append(0x20) }
        unsafe literals.extracting(from..<to).withUnsafeBufferPointer { unsafe out.append(contentsOf: $0) }
        index += 1
      case .value(let depth, let slot, let form):
        if depth == 0 {
          try write(row.values[slot], form, at: index, row.schema, slot, &out)
        } else {
          let other = around[around.count - depth]
          try write(other.values[slot], form, at: index, other.schema, slot, &out)
        }
        index += 1
      case .section(let depth, let slot, let inverted, let next):
        let own = depth == 0 ? row : around[around.count - depth]
        let value = own.values[slot]
        if case .list(let items) = value {
          if inverted {
            if items.isEmpty { try run(index + 1, next, row, &out) }
          } else {
            around.append(row)
            for item in items {
              try check(item)
              try run(index + 1, next, item, &out)
            }
            around.removeLast()
          }
        } else if try isShown(value, at: index, own.schema, slot) != inverted {
          try run(index + 1, next, row, &out)
        }
        index = next
      }
    }
  }

  private func isShown(
    _ value: TemplateValue, at step: Int, _ schema: TemplateSchema, _ slot: Int
  ) throws(TemplateError) -> Bool {
    switch value {
    case .missing:
      try allowMissing(at: step, schema, slot)
      return false
    case .text(let text): return !text.isEmpty
    case .html(let html): return !html.isEmpty
    case .flag(let flag): return flag
    case .link, .number: return true
    case .list(let items): return !items.isEmpty
    }
  }

  private func allowMissing(at step: Int, _ schema: TemplateSchema, _ slot: Int) throws(TemplateError) {
    let field = schema.fields[slot]
    if field.isOptional { return }
    let place = template.places[step]
    throw TemplateError(
      file: place.file, line: place.place.line, column: place.place.column,
      message: "no value was set for '\(field.name)' of '\(schema.name)'")
  }

  private mutating func write(
    _ value: TemplateValue, _ form: TemplateForm, at step: Int, _ schema: TemplateSchema, _ slot: Int,
    _ out: inout [UInt8]
  ) throws(TemplateError) {
    switch value {
    case .missing:
      try allowMissing(at: step, schema, slot)
    case .text(let text):
      writeText(text, form, &out)
    case .html(let html):
      html.bytes.appendAll(to: &out)
    case .link(let link):
      switch form {
      case .markdown: Markdown.escape(link.bytes, to: &out)
      case .verbatim: out.append(contentsOf: link.bytes)
      default: HTMLEscaping.append(link.bytes, to: &out)
      }
    case .number(let number):
      if form == .markdown && number < 0 { out.append(0x5C) }
      Decimal.append(number, to: &out)
    case .flag, .list:
      break  // Refused when the template was compiled: they have no text.
    }
  }

  private mutating func writeText(_ text: [UInt8], _ form: TemplateForm, _ out: inout [UInt8]) {
    switch form {
    case .escaped, .verbatim:
      if HTMLEscaping.isInert(text) { text.appendAll(to: &out) } else { HTMLEscaping.append(text, to: &out) }
    case .sanitised:
      UntrustedText.append(text, to: &out)
    case .isolated:
      append("<bdi>", &out)
      UntrustedText.append(text, to: &out)
      append("</bdi>", &out)
    case .codeElement:
      append("<code><bdi>", &out)
      UntrustedText.append(text, to: &out)
      append("</bdi></code>", &out)
    case .markdown:
      Markdown.escape(UntrustedText.sanitised(text), to: &out)
    case .markdownWords:
      Markdown.escape(words: UntrustedText.sanitised(text), to: &out)
    case .codeSpan:
      if out.last == 0x60 { out.append(0x20) }
      Markdown.appendCodeSpan(UntrustedText.sanitised(text), to: &out)
      spanEnd = out.count
    }
  }

  /// Markup of ours: a literal costs neither a check that it was made nor a count of its owners.
  private func append(_ markup: StaticString, _ out: inout [UInt8]) {
    markup.withUTF8Buffer { unsafe out.append(contentsOf: $0) }
  }
}

extension [UInt8] {
  /// Appends all of it as one run of bytes, without counting owners on the way.
  func appendAll(to out: inout [UInt8]) {
    unsafe span.withUnsafeBufferPointer { unsafe out.append(contentsOf: $0) }
  }
}
