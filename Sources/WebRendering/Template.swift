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
      var rendering = TemplateRendering(template: self, rows: [row])
      try rendering.check(row)
      try rendering.run(0, steps.count, &out)
    } catch {
      out.removeSubrange(start...)
      throw error
    }
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
  /// The rows that names are looked up in, innermost last.
  var rows: [TemplateRow]
  /// Markdown: where the last code span ended, so that none is glued to a backtick.
  var spanEnd = -1

  func check(_ row: TemplateRow) throws(TemplateError) {
    if let fault = row.fault { throw TemplateError(file: template.file, message: fault) }
  }

  mutating func run(_ start: Int, _ end: Int, _ out: inout [UInt8]) throws(TemplateError) {
    let steps = template.steps
    let literals = template.literals
    var index = start
    while index < end {
      switch steps[index] {
      case .literal(let from, let to):
        if out.count == spanEnd, literals[from] == 0x60 { out.append(0x20) }
        out.append(contentsOf: literals[from..<to])
        index += 1
      case .value(let depth, let slot, let form):
        try write(rows[rows.count - 1 - depth].values[slot], form, at: index, depth, slot, &out)
        index += 1
      case .section(let depth, let slot, let inverted, let next):
        let value = rows[rows.count - 1 - depth].values[slot]
        if case .list(let items) = value {
          if inverted {
            if items.isEmpty { try run(index + 1, next, &out) }
          } else {
            for item in items {
              try check(item)
              rows.append(item)
              try run(index + 1, next, &out)
              rows.removeLast()
            }
          }
        } else if try isShown(value, at: index, depth, slot) != inverted {
          try run(index + 1, next, &out)
        }
        index = next
      }
    }
  }

  private func isShown(_ value: TemplateValue, at step: Int, _ depth: Int, _ slot: Int) throws(TemplateError) -> Bool {
    switch value {
    case .missing:
      try allowMissing(at: step, depth, slot)
      return false
    case .text(let text): return !text.isEmpty
    case .html(let html): return !html.isEmpty
    case .flag(let flag): return flag
    case .link, .number: return true
    case .list(let items): return !items.isEmpty
    }
  }

  private func allowMissing(at step: Int, _ depth: Int, _ slot: Int) throws(TemplateError) {
    let schema = rows[rows.count - 1 - depth].schema
    let field = schema.fields[slot]
    if field.isOptional { return }
    let place = template.places[step]
    throw TemplateError(
      file: place.file, line: place.place.line, column: place.place.column,
      message: "no value was set for '\(field.name)' of '\(schema.name)'")
  }

  private mutating func write(
    _ value: TemplateValue, _ form: TemplateForm, at step: Int, _ depth: Int, _ slot: Int, _ out: inout [UInt8]
  ) throws(TemplateError) {
    switch value {
    case .missing:
      try allowMissing(at: step, depth, slot)
    case .text(let text):
      writeText(text, form, &out)
    case .html(let html):
      out.append(contentsOf: html.bytes)
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
      if UntrustedText.isInert(text) { out.append(contentsOf: text) } else { HTMLEscaping.append(text, to: &out) }
    case .sanitised:
      UntrustedText.append(text, to: &out)
    case .isolated:
      out.append(contentsOf: HTML.openBDI)
      UntrustedText.append(text, to: &out)
      out.append(contentsOf: HTML.closeBDI)
    case .codeElement:
      out.append(contentsOf: Self.openCode)
      UntrustedText.append(text, to: &out)
      out.append(contentsOf: Self.closeCode)
    case .markdown:
      Markdown.escape(UntrustedText.sanitised(text), to: &out)
    case .codeSpan:
      if out.last == 0x60 { out.append(0x20) }
      Markdown.appendCodeSpan(UntrustedText.sanitised(text), to: &out)
      spanEnd = out.count
    }
  }

  private static let openCode: [UInt8] = Array("<code><bdi>".utf8)
  private static let closeCode: [UInt8] = Array("</bdi></code>".utf8)
}
