extension PowerShellStatements {
  typealias Argument = PowerShellTokens.Argument
  typealias Value = PowerShellTokens.Value

  /// Pipelines and what joins them, or an assignment.
  mutating func pipelines() throws {
    var isFirst = true
    while true {
      var mode = Mode.command
      if try expression() {
        mode = .expression
        let next = try peek(mode)
        if !isFirst { throw Fault.unexpected("expression behind |") }
        if ["=", "+=", "-=", "*=", "/=", "%="].contains(where: { next.isMark($0) }) {
          try take(mode)
          try skipLines()
          return try statement()
        }
        while try peek(mode).kind == .redirection { try redirection(mode) }
      } else {
        try command()
      }
      let next = try peek(mode)
      if endsStatement(next) { return }
      try take(mode)
      if next.isMark("&") { return parts.commands.append(.init(name: "&", arguments: [])) }
      guard ["|", "||", "&&"].contains(where: { next.isMark($0) }) else { throw Fault.unexpected(next.text) }
      isFirst = !next.isMark("|")
      try skipLines()
    }
  }

  // MARK: Commands

  private mutating func command() throws {
    let first = try peek(.command)
    if endsCommand(first) && !first.isMark("&") || first.isMark(",") || first.kind == .redirection {
      throw first.kind == .end ? Fault.missing("command") : Fault.unexpected(first.text)
    }
    try take(.command)
    let slot = parts.commands.count
    let runs = first.isMark("&") || first.isMark(".")
    let name = first.kind == .word ? String(decoding: first.value, as: UTF8.self) : first.text
    parts.commands.append(.init(name: name, arguments: []))
    var arguments: [Argument] = runs ? [.init(value: try argument(single: true))] : []
    var isParameterOpen = false
    var areParametersOver = false
    while true {
      let next = try peek(.command)
      if endsCommand(next) { break }
      if next.kind == .redirection {
        try redirection(.command)
      } else if next.kind == .parameter, !areParametersOver {
        try take(.command)
        arguments.append(.init(parameter: next.name, value: next.hasColon ? try argument() : .none))
        isParameterOpen = !next.hasColon
        continue
      } else {
        areParametersOver = areParametersOver || next.isMark("--")
        let value = try argument()
        if isParameterOpen {
          arguments[arguments.count - 1].value = value
        } else {
          arguments.append(.init(value: value))
        }
      }
      isParameterOpen = false
    }
    parts.commands[slot].arguments = arguments
  }

  private func endsCommand(_ token: Token) -> Bool {
    endsStatement(token) || ["|", "||", "&", "&&"].contains { token.isMark($0) }
  }

  private mutating func redirection(_ mode: Mode) throws {
    let token = try take(mode)
    let hasTarget = !token.text.contains("&")
    let slot = parts.commands.count
    parts.commands.append(.init(name: token.text, arguments: []))
    if hasTarget { parts.commands[slot].arguments = [.init(value: try argument(single: true))] }
  }

  /// A command's argument: one value, or more with commas between.
  mutating func argument(single: Bool = false) throws -> Value {
    let token = try peek(.command)
    if endsCommand(token) || token.isMark(",") {
      throw token.kind == .end ? Fault.missing("argument") : Fault.unexpected(token.text)
    }
    var values: [Value] = []
    if let value = try primary(.command)?.value {
      values.append(value)
    } else {
      try take(.command)
      if token.value.starts(with: "--%".utf8) { throw Fault.unsupported("--%") }
      values.append(
        token.kind != .word
          ? .word(token.text)
          : token.insertions.isEmpty ? .word(String(decoding: token.value, as: UTF8.self)) : .expandable(token.value))
    }
    guard !single, try peek(.command).isMark(",") else { return values.count == 1 ? values[0] : .list(values) }
    try take(.command)
    try skipLines()
    let rest = try argument()
    if case .list(let more) = rest { values += more } else { values.append(rest) }
    return .list(values)
  }

  // MARK: Expressions

  /// An expression if one begins here.
  mutating func expression(commas: Bool = true) throws -> Bool {
    guard try unary(commas) else { return false }
    while true {
      let next = try peek(.expression)
      guard commas && next.isMark(",") || isBinary(next) else { return true }
      try take(.expression)
      try skipLines()
      guard try unary(commas) else { throw Fault.unexpected(try peek(.expression).text) }
    }
  }

  private func isBinary(_ token: Token) -> Bool {
    if token.isMark("..") { return true }
    guard token.kind == .operation else { return false }
    if token.name.hasPrefix("-"), token.name.utf8.count > 2 || token.name == "-f" {
      return !["-not", "-bnot"].contains(token.name) && PowerShellScanner.operators.contains(token.name)
    }
    return ["+", "-", "*", "/", "%"].contains(token.name)
  }

  private mutating func unary(_ commas: Bool) throws -> Bool {
    try goDeeper()
    defer { depth -= 1 }
    let token = try peek(.expression)
    let operators = ["!", "+", "-", "++", "--", "-not", "-bnot", "-split", "-csplit", "-isplit", "-join"]
    if operators.contains(where: { token.isMark($0) }) || commas && token.isMark(",") {
      try take(.expression)
      try skipLines()
      guard try unary(commas) else { throw Fault.unexpected(try peek(.expression).text) }
    } else if token.isMark("[") {
      var label = try bracketed()
      let isAccess = try members(&label, .expression, index: false)
      let next = try peek(.expression)
      if !isAccess, next.kind != .newLine, !next.isMark(",") { _ = try unary(commas) }
    } else if try primary(.expression) == nil {
      return false
    }
    let next = try peek(.expression)
    if next.isMark("++") || next.isMark("--") { try take(.expression) }
    return true
  }

  /// A value and what is accessed of it, if one begins here; and how to call it in a few marks.
  mutating func primary(_ mode: Mode, members hasMembers: Bool = true) throws -> (value: Value, label: String)? {
    let token = try peek(mode)
    var value: Value?
    var label = ""
    switch token.kind {
    case .variable: (value, label) = (.variable(token.name), "$\(token.name)")
    case .splat: (value, label) = (.variable("@\(token.name)"), "@\(token.name)")
    case .number: (value, label) = (.word(token.text), token.text)
    case .verbatim, .verbatimHere, .expandable, .expandableHere:
      (value, label) = (token.insertions.isEmpty ? .literal(token.value) : .expandable(token.value), "''")
    case .punctuation where ["(", "$(", "@("].contains(token.name): label = "\(token.name)...)"
    case .punctuation where ["{", "@{"].contains(token.name): label = "\(token.name)...}"
    default: return nil
    }
    try take(mode)
    try inside(token)
    func written() -> String { String(scanner.source[token.range.lowerBound..<scanner.place]) }
    if token.isMark("{") { value = .block(written()) }
    if hasMembers, try members(&label, mode) { value = nil }
    return (value ?? .expression(written()), label)
  }

  /// What stands between an opening mark, which is taken, and the one that closes it.
  private mutating func inside(_ token: Token) throws {
    guard token.kind == .punctuation else { return }
    try goDeeper()
    defer { depth -= 1 }
    switch token.name {
    case "(":
      try skipLines()
      try pipelines()
      try skipLines()
    case "{": try scriptBody()
    case "@{": try pairs()
    default: try statements(until: ")")
    }
    try expect(token.name.hasSuffix("{") ? "}" : ")")
  }

  private mutating func pairs() throws {
    try skipLines(andSemicolons: true)
    while try !peek(.expression).isMark("}") {
      if try peek(.expression).kind == .word {
        try take(.expression)
      } else if try !unary(false) {
        throw Fault.missing("}")
      }
      try expect("=")
      try skipLines()
      try statement()
      let next = try peek(.expression)
      if next.kind == .end { throw Fault.missing("}") }
      guard next.isMark("}") || next.isMark(";") || next.kind == .newLine else { throw Fault.unexpected(next.text) }
      try skipLines(andSemicolons: true)
    }
  }

  /// Members, elements and calls, as many as follow without a space.
  private mutating func members(_ label: inout String, _ mode: Mode, index: Bool = true) throws -> Bool {
    var count = 0
    while true {
      let (first, second) = (scanner.ahead(), scanner.ahead(1))
      // PowerShell lets a comment stand before a member.
      if first == "<", second == "#" { throw Fault.unsupported("<# #> behind a value") }
      if first == "[", index || count > 0 {
        try keep(scanner.takeMark(1))
        try skipLines()
        guard try expression() else { throw Fault.unexpected(try peek(.expression).text) }
        try skipLines()
        try expect("]")
        label += "[...]"
      } else {
        let width = first == "." && second != "." ? 1 : first == ":" && second == ":" ? 2 : 0
        let next = scanner.ahead(width)
        let isLast = next.map { $0.isPowerShellSpace || ["\0", "\r", "\n"].contains($0) } ?? true
        if width == 0 || mode == .command && isLast { return count > 0 }
        try keep(scanner.takeMark(width))
        try skipLines()
        label += (width == 1 ? "." : "::") + (try memberName())
        try call(&label)
      }
      count += 1
    }
  }

  private mutating func memberName() throws -> String {
    if try peek(.expression).kind == .word { return try take(.expression).text }
    guard let name = try primary(.expression, members: false) else {
      throw Fault.unexpected(try peek(.expression).text)
    }
    return name.label
  }

  /// A call's arguments if they follow at once: it is one then.
  private mutating func call(_ label: inout String) throws {
    guard let open = scanner.ahead(), open == "(" || open == "{" else { return }
    parts.memberCalls.append(label)
    label += "(...)"
    if open == "{" { return _ = try primary(.expression, members: false) }
    try keep(scanner.takeMark(1))
    try skipLines()
    while try !peek(.expression).isMark(")") {
      guard try expression(commas: false) else { throw Fault.missing(")") }
      try skipLines()
      guard try peek(.expression).isMark(",") else { break }
      try take(.expression)
      try skipLines()
    }
    try expect(")")
  }

  /// A type's name in brackets, or an attribute with its arguments.
  mutating func bracketed() throws -> String {
    try expect("[")
    var label = "["
    var open = 1
    while open > 0 {
      let token = try take(.expression)
      if token.isMark("(") {
        try attributeArguments()
        try expect("]")
        open = 0
        label += "(...)]"
      } else if token.kind == .word || ["[", "]", ",", ".", "+"].contains(where: { token.isMark($0) }) {
        label += token.text
        open += token.isMark("[") ? 1 : token.isMark("]") ? -1 : 0
      } else {
        throw token.kind == .end ? Fault.missing("]") : Fault.unexpected(token.text)
      }
    }
    parts.types.append(label)
    return label
  }

  private mutating func attributeArguments() throws {
    try skipLines()
    while try !peek(.expression).isMark(")") {
      let isName = try peek(.expression).kind == .word
      if isName { try take(.expression) }
      if isName, try peek(.expression).isMark("=") { try take(.expression) }
      let isWhole = try isName && (peek(.expression).isMark(",") || peek(.expression).isMark(")"))
      guard try isWhole || expression(commas: false) else { throw Fault.missing(")") }
      try skipLines()
      guard try peek(.expression).isMark(",") else { break }
      try take(.expression)
      try skipLines()
    }
    try expect(")")
  }
}
