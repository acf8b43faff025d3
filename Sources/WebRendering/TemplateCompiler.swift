/// What a template is written in, which decides how values are made safe.
enum TemplateDialect: Sendable {
  case html, markdown
}

/// Turns template files into one flat list of steps, with every name resolved to a depth and a slot.
struct TemplateCompiler {
  private struct OpenSection {
    let name: [UInt8]
    let place: TemplatePlace
    let step: Int
    let context: MarkupContext
    let opensRows: Bool
  }

  private let dialect: TemplateDialect
  private let files: [[UInt8]: [UInt8]]
  private var steps: [TemplateStep] = []
  private var places: [TemplateStepPlace] = []
  private var literals: [UInt8] = []
  private var scopes: [TemplateSchema]
  private var context = MarkupContext()
  /// Markdown: what the current line holds so far.
  private var line: [UInt8] = []
  private var including: [[UInt8]] = []
  /// The first step that a literal may be joined to: steps before it end where a section begins or ends.
  private var joinable = 0

  private init(dialect: TemplateDialect, files: [[UInt8]: [UInt8]], schema: TemplateSchema) {
    self.dialect = dialect
    self.files = files
    scopes = [schema]
  }

  static func compile(
    _ name: String, _ schema: TemplateSchema, dialect: TemplateDialect, files: [[UInt8]: [UInt8]]
  ) throws(TemplateError) -> Template {
    var compiler = TemplateCompiler(dialect: dialect, files: files, schema: schema)
    guard files[Array(name.utf8)] != nil else { throw TemplateError(file: name, message: "template is missing") }
    try compiler.include(Array(name.utf8))
    guard compiler.context.state == .text else {
      throw TemplateError(file: name, message: "template ends inside \(compiler.context.described)")
    }
    return Template(
      file: name, schema: schema, dialect: dialect, steps: compiler.steps, places: compiler.places,
      literals: compiler.literals)
  }

  private mutating func include(_ name: [UInt8]) throws(TemplateError) {
    let source = try TemplateSource(file: String(decoding: name, as: UTF8.self), bytes: files[name] ?? [])
    including.append(name)
    var open: [OpenSection] = []
    for (piece, place) in source.pieces {
      let refused: (String) -> TemplateError = {
        TemplateError(file: source.file, line: place.line, column: place.column, message: $0)
      }
      if case .literal = piece {
      } else if line.reversed().prefix(while: { $0 == 0x5C }).count % 2 == 1 {
        throw refused("a backslash before a tag would escape its first byte")
      }
      switch piece {
      case .literal(let range): try copy(range, of: source)
      case .comment: break
      case .field(let name): try addField(name, refused, TemplateStepPlace(file: source.file, place: place))
      case .partial(let name): try addPartial(name, refused)
      case .open(let name, let inverted):
        let stepPlace = TemplateStepPlace(file: source.file, place: place)
        open.append(try addSection(name, inverted: inverted, refused, stepPlace))
      case .close(let name):
        let shown = String(decoding: name, as: UTF8.self)
        guard let section = open.popLast() else { throw refused("section '\(shown)' is closed and was never opened") }
        guard section.name == name else {
          let expected = String(decoding: section.name, as: UTF8.self)
          throw refused("section '\(shown)' is closed while '\(expected)' of line \(section.place.line) is open")
        }
        try close(section, refused)
      }
    }
    if let section = open.last {
      throw TemplateError(
        file: source.file, line: section.place.line, column: section.place.column,
        message: "section '\(String(decoding: section.name, as: UTF8.self))' is never closed")
    }
    including.removeLast()
  }

  private mutating func copy(_ range: Range<Int>, of source: TemplateSource) throws(TemplateError) {
    for index in range {
      let byte = source.bytes[index]
      if dialect == .markdown {
        if byte == 0x0A { line = [] } else { line.append(byte) }
      } else if let message = context.follow(byte) {
        let place = Self.place(of: index, in: source.bytes)
        throw TemplateError(file: source.file, line: place.line, column: place.column, message: message)
      }
    }
    addLiteral(source.bytes[range])
  }

  private static func place(of index: Int, in bytes: [UInt8]) -> TemplatePlace {
    let before = bytes[..<index]
    let lineStart = (before.lastIndex(of: 0x0A) ?? -1) + 1
    return TemplatePlace(
      line: before.count { $0 == 0x0A } + 1, column: bytes[lineStart..<index].count { $0 & 0xC0 != 0x80 } + 1)
  }

  private mutating func addLiteral(_ bytes: ArraySlice<UInt8>) {
    let start = literals.count
    literals.append(contentsOf: bytes)
    if steps.count > joinable, case .literal(let from, let to) = steps[steps.count - 1], to == start {
      steps[steps.count - 1] = .literal(from, literals.count)
    } else {
      steps.append(.literal(start, literals.count))
      places.append(TemplateStepPlace(file: "", place: TemplatePlace(line: 0, column: 0)))
    }
  }

  private mutating func addField(
    _ name: [UInt8], _ refused: (String) -> TemplateError, _ place: TemplateStepPlace
  ) throws(TemplateError) {
    let (depth, slot, field) = try resolve(name, refused)
    let form =
      dialect == .markdown
      ? TemplatePlacement.markdownForm(of: field, after: line) : TemplatePlacement.form(of: field, in: context)
    switch form {
    case .failure(let refusal): throw refused(refusal.message)
    case .success(let form):
      steps.append(.value(depth, slot, form))
      places.append(place)
      line.append(0x78)
      if context.state == .quotedValue {
        if MarkupContext.equal(context.attribute, "content") && (field.kind == .untrusted || field.kind == .code) {
          context.holdsOutsideContent = true
        }
      }
    }
  }

  private mutating func addPartial(_ name: [UInt8], _ refused: (String) -> TemplateError) throws(TemplateError) {
    let ending = including.last.flatMap { file in file.lastIndex(of: 0x2E).map { Array(file[$0...]) } } ?? []
    let shown = String(decoding: name, as: UTF8.self)
    guard let found = [name, name + ending].first(where: { files[$0] != nil }), let bytes = files[found] else {
      throw refused("partial '\(shown)' is missing")
    }
    if dialect == .html && context.state == .rawText {
      let element = context.described
      for byte in bytes {
        if context.follow(byte) != nil || context.state != .rawText {
          throw refused("partial '\(shown)' would end \(element)")
        }
      }
      return addLiteral(bytes[...])
    }
    guard context.allowsBorder else { throw refused("a partial cannot stand in \(context.described)") }
    guard !including.contains(found) else {
      let path = (including.drop { $0 != found } + [found]).map { String(decoding: $0, as: UTF8.self) }
      throw refused("partial includes itself: \(path.joined(separator: " > "))")
    }
    try include(found)
  }

  private mutating func addSection(
    _ name: [UInt8], inverted: Bool, _ refused: (String) -> TemplateError, _ place: TemplateStepPlace
  ) throws(TemplateError) -> OpenSection {
    let (depth, slot, field) = try resolve(name, refused)
    guard context.allowsBorder else { throw refused("a section cannot stand in \(context.described)") }
    context = context.atBorder
    let section = OpenSection(
      name: name, place: place.place, step: steps.count, context: context, opensRows: field.kind == .list && !inverted)
    if section.opensRows, let items = field.items { scopes.append(items) }
    steps.append(.section(depth, slot, inverted: inverted, end: 0))
    places.append(place)
    joinable = steps.count
    return section
  }

  private mutating func close(_ section: OpenSection, _ refused: (String) -> TemplateError) throws(TemplateError) {
    guard context.allowsBorder, let joined = section.context.joined(with: context) else {
      let name = String(decoding: section.name, as: UTF8.self)
      throw refused("section '\(name)' begins in \(section.context.described) and ends in \(context.described)")
    }
    context = joined
    if section.opensRows { scopes.removeLast() }
    if case .section(let depth, let slot, let inverted, _) = steps[section.step] {
      steps[section.step] = .section(depth, slot, inverted: inverted, end: steps.count)
    }
    joinable = steps.count
  }

  /// Finds a name in the innermost schema that has it, now and once, so that rendering looks up nothing.
  private func resolve(
    _ name: [UInt8], _ refused: (String) -> TemplateError
  ) throws(TemplateError) -> (depth: Int, slot: Int, field: TemplateSchema.Field) {
    for (depth, schema) in scopes.reversed().enumerated() {
      if let slot = schema.index(of: name) { return (depth, slot, schema.fields[slot]) }
    }
    let known = scopes.reversed().flatMap { $0.fields.map(\.name) }.joined(separator: ", ")
    throw refused("unknown name '\(String(decoding: name, as: UTF8.self))'; known here: \(known)")
  }
}
