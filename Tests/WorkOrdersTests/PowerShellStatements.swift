/// Puts the tokens of a script together to statements, and collects the commands and calls in them.
struct PowerShellStatements {
  typealias Fault = PowerShellTokens.Fault
  typealias Mode = PowerShellScanner.Mode
  typealias Token = PowerShellTokens.Token

  /// What was found.
  struct Parts {
    var tokens: [Token] = []
    var commands: [PowerShellTokens.Command] = []
    var memberCalls: [String] = []
    var types: [String] = []
    var literals: [[UInt8]] = []
  }

  var parts = Parts()
  var scanner: PowerShellScanner
  var depth: Int
  private var seen: (mode: Mode, place: Int, token: Token, before: [Token], end: Int)?

  init(_ source: [Unicode.Scalar], depth: Int = 0) {
    scanner = PowerShellScanner(source)
    self.depth = depth
  }

  /// Reads all of it.
  mutating func readScript() throws {
    try scriptBody()
    let last = try take(.command)
    if last.kind != .end { throw Fault.unexpected(last.text) }
  }

  // MARK: Tokens

  /// The next token that is no comment, left where it is.
  mutating func peek(_ mode: Mode) throws -> Token {
    if let seen, seen.mode == mode, seen.place == scanner.place { return seen.token }
    var before: [Token] = []
    var ahead = scanner
    var token = try ahead.next(mode)
    while [.comment, .requires, .continuation].contains(token.kind) {
      before.append(token)
      token = try ahead.next(mode)
    }
    seen = (mode, scanner.place, token, before, ahead.place)
    return token
  }

  @discardableResult
  mutating func take(_ mode: Mode) throws -> Token {
    let token = try peek(mode)
    if let seen {
      scanner.place = seen.end
      for comment in seen.before { try keep(comment) }
    }
    try keep(token)
    return token
  }

  /// Adds a token, and what the statements within it come to.
  mutating func keep(_ token: Token) throws {
    parts.tokens.append(token)
    switch token.kind {
    case .requires:
      parts.commands.append(.init(name: "#requires", arguments: [.init(value: .word(token.text))]))
    case .verbatim, .expandable, .verbatimHere, .expandableHere: parts.literals.append(token.value)
    default: break
    }
    for case .statements(let source) in token.insertions {
      var inner = PowerShellStatements(source, depth: depth)
      try inner.goDeeper()
      try inner.statements(until: ")")
      try inner.expect(")")
      let end = try inner.peek(.command)
      if end.kind != .end { throw Fault.unexpected(end.text) }
      parts.commands += inner.parts.commands
      parts.memberCalls += inner.parts.memberCalls
      parts.types += inner.parts.types
      parts.literals += inner.parts.literals
    }
  }

  mutating func expect(_ mark: String) throws {
    let token = try peek(.expression)
    guard token.isMark(mark) else {
      throw token.kind == .end ? Fault.missing(mark) : Fault.unexpected(token.text)
    }
    try take(.expression)
  }

  mutating func skipLines(andSemicolons: Bool = false) throws {
    while true {
      let token = try peek(.command)
      guard token.kind == .newLine || andSemicolons && token.isMark(";") else { return }
      try take(.command)
    }
  }

  /// Keeps a script from having the stack run out.
  mutating func goDeeper() throws {
    if depth > 60 { throw Fault.tooDeep }
    depth += 1
  }

  // MARK: Blocks

  /// A script, a function or a script block: parameters, then named blocks or statements.
  mutating func scriptBody() throws {
    try skipLines(andSemicolons: true)
    if try peek(.expression).isMark("[") {
      // Attributes stand before `param`; before anything else this is a type.
      var trial = self
      if (try? trial.skipAttributes()) != nil, (try? trial.peek(.command))?.keyword == "param" { self = trial }
    }
    if try peek(.command).keyword == "param" {
      try take(.command)
      try skipLines()
      try parameters()
      try skipLines(andSemicolons: true)
    }
    let blocks: Set<String> = ["begin", "process", "end", "dynamicparam", "clean"]
    guard let first = try peek(.command).keyword, blocks.contains(first) else { return try statements(until: "}") }
    while let name = try peek(.command).keyword, blocks.contains(name) {
      try take(.command)
      try block()
      try skipLines(andSemicolons: true)
    }
  }

  private mutating func skipAttributes() throws {
    while try peek(.expression).isMark("[") {
      _ = try bracketed()
      try skipLines()
    }
  }

  private mutating func parameters() throws {
    try expect("(")
    try skipLines()
    while try !peek(.expression).isMark(")") {
      try skipAttributes()
      guard try take(.expression).kind == .variable else { throw Fault.missing("$") }
      try skipLines()
      if try peek(.expression).isMark("=") {
        try take(.expression)
        try skipLines()
        guard try expression(commas: false) else { throw Fault.unexpected(try peek(.expression).text) }
        try skipLines()
      }
      guard try peek(.expression).isMark(",") else { break }
      try take(.expression)
      try skipLines()
    }
    try expect(")")
  }

  mutating func block() throws {
    try skipLines()
    try expect("{")
    try statements(until: "}")
    try expect("}")
  }

  private mutating func condition() throws {
    try skipLines()
    try expect("(")
    try skipLines()
    try pipelines()
    try skipLines()
    try expect(")")
  }

  /// Statements up to a closing mark, which is left.
  mutating func statements(until mark: String) throws {
    while true {
      try skipLines(andSemicolons: true)
      let token = try peek(.command)
      if token.kind == .end || token.isMark(mark) { return }
      try statement()
    }
  }

  // MARK: Statements

  mutating func statement() throws {
    try goDeeper()
    defer { depth -= 1 }
    let first = try peek(.command)
    if first.kind == .word, first.text.hasPrefix(":") { throw Fault.unsupported(first.text) }
    guard let keyword = first.keyword, Self.keywords.contains(keyword) else { return try pipelines() }
    try take(.command)
    switch keyword {
    case "if":
      try condition()
      try block()
      while let next = try keywordBehindLines(["elseif", "else"]) {
        if next == "elseif" { try condition() }
        try block()
      }
    case "while":
      try condition()
      try block()
    case "do":
      try block()
      guard try keywordBehindLines(["while", "until"]) != nil else { throw Fault.missing("while") }
      try condition()
    case "for":
      try skipLines()
      try expect("(")
      try statements(until: ")")
      try expect(")")
      try block()
    case "foreach": try forEach()
    case "switch": try selection()
    case "try":
      try block()
      while let next = try keywordBehindLines(["catch", "finally"]) {
        if next == "catch" { try exceptionTypes() }
        try block()
      }
    case "trap":
      try exceptionTypes()
      try block()
    case "function", "filter": try function()
    case "return", "throw", "exit": if try !endsStatement(peek(.command)) { try pipelines() }
    case "break", "continue": if try peek(.expression).kind == .word { try take(.expression) }
    default: throw Fault.unsupported(keyword)
    }
  }

  private static let keywords: Set<String> = [
    "if", "while", "do", "for", "foreach", "switch", "try", "trap", "function", "filter", "return", "throw", "exit",
    "break", "continue", "elseif", "else", "catch", "finally", "until", "class", "enum", "using", "data", "workflow",
    "configuration", "parallel", "sequence", "inlinescript", "from", "define", "var",
  ]

  /// One of some keywords if it comes next, on this line or a later one.
  ///
  /// If none does, the line ends are left.
  private mutating func keywordBehindLines(_ keywords: [String]) throws -> String? {
    let (place, tokens, commands) = (scanner.place, parts.tokens.count, parts.commands.count)
    try skipLines()
    if let keyword = try peek(.command).keyword, keywords.contains(keyword) {
      try take(.command)
      return keyword
    }
    scanner.place = place
    parts.tokens.removeLast(parts.tokens.count - tokens)
    parts.commands.removeLast(parts.commands.count - commands)
    return nil
  }

  private mutating func forEach() throws {
    try skipLines()
    try expect("(")
    try skipLines()
    guard try take(.expression).kind == .variable else { throw Fault.missing("$") }
    try skipLines()
    guard try take(.expression).keyword == "in" else { throw Fault.missing("in") }
    try skipLines()
    try pipelines()
    try skipLines()
    try expect(")")
    try block()
  }

  private mutating func selection() throws {
    var isCovered = false
    while try peek(.command).kind == .parameter {
      guard try take(.command).name.lowercased() == "file" else { continue }
      _ = try argument(single: true)
      isCovered = true
    }
    if !isCovered { try condition() }
    try skipLines()
    try expect("{")
    try skipLines(andSemicolons: true)
    while try !peek(.expression).isMark("}") {
      if try peek(.command).kind == .end { throw Fault.missing("}") }
      _ = try argument(single: true)
      try block()
      try skipLines(andSemicolons: true)
    }
    try expect("}")
  }

  private mutating func exceptionTypes() throws {
    try skipLines()
    while try peek(.expression).isMark("[") {
      _ = try bracketed()
      try skipLines()
      if try peek(.expression).isMark(",") { try take(.expression) }
      try skipLines()
    }
  }

  private mutating func function() throws {
    try skipLines()
    guard try take(.command).kind == .word else { throw Fault.missing("name") }
    try skipLines()
    if try peek(.expression).isMark("(") { try parameters() }
    try skipLines()
    try expect("{")
    try scriptBody()
    try expect("}")
  }

  /// Whether a pipeline is at its end before this token.
  func endsStatement(_ token: Token) -> Bool {
    token.kind == .end || token.kind == .newLine || [";", ")", "}"].contains { token.isMark($0) }
  }
}
