/// Cuts a script into tokens.
///
/// Where a token ends depends on whether a command's words or an expression is read, so each is asked for with a mode.
struct PowerShellScanner {
  typealias Fault = PowerShellTokens.Fault
  typealias Kind = PowerShellTokens.Kind
  typealias Token = PowerShellTokens.Token

  /// What is being read.
  enum Mode { case command, expression }

  /// A text as it grows.
  struct Text {
    var value: [Unicode.Scalar] = []
    var insertions: [PowerShellTokens.Insertion] = []
  }

  let source: [Unicode.Scalar]
  var place = 0

  init(_ source: [Unicode.Scalar]) { self.source = source }

  /// The code point some way ahead, none behind the end.
  func ahead(_ count: Int = 0) -> Unicode.Scalar? { place + count < source.count ? source[place + count] : nil }

  /// The next token, comments and line continuations among them.
  mutating func next(_ mode: Mode) throws -> Token {
    while let scalar = ahead(), scalar.isPowerShellSpace { place += 1 }
    let start = place
    guard let first = ahead() else { return token(.end, start) }
    place += 1
    switch first {
    case "\r", "\n":
      if first == "\r", ahead() == "\n" { place += 1 }
      return token(.newLine, start)
    case "#": return try lineComment(start)
    case "<":
      guard ahead() == "#" else { throw Fault.unexpected("<") }
      return try blockComment(start)
    case "`": return try backtick(start)
    case ";", ",", "(", ")", "{", "}", "]": return token(.punctuation, start)
    case "&", "|":
      if ahead() == first { place += 1 }
      return token(.punctuation, start)
    case "[", ".", ":": return try mark(first, start, mode)
    case "$": return try dollar(start, mode)
    case "@": return try at(start, mode)
    case ">": return redirection(start)
    case "*" where ahead() == ">", "1"..."6" where ahead() == ">":
      place += 1
      return redirection(start)
    case "0"..."9": return try number(start, mode)
    case "\0": throw Fault.unexpected("\0")
    case _ where first.isSingleQuote:
      var text = Text()
      try verbatim(&text)
      return token(.verbatim, start, text)
    case _ where first.isDoubleQuote:
      var text = Text()
      try expandable(&text)
      return token(.expandable, start, text)
    case "=", "+", "*", "/", "%", "!", "?": return try operation(first, start, mode)
    case _ where first.isPowerShellDash: return try operation(first, start, mode)
    case _ where first.isPowerShellLetter || first == "_":
      while let scalar = ahead(), scalar.isPowerShellNamePart { place += 1 }
      return mode == .command && !endsToken() ? try word(start) : token(.word, start, plain(start))
    default: return try word(start)
    }
  }

  /// A mark of this many code points that stands right here, whatever it would be elsewhere.
  mutating func takeMark(_ count: Int) -> Token {
    place += count
    return token(.punctuation, place - count)
  }

  func token(_ kind: Kind, _ start: Int, _ text: Text = Text(), name: String? = nil) -> Token {
    let written = String(source[start..<place])
    return Token(
      kind: kind, text: written, name: name ?? written, value: Array(String(text.value[...]).utf8),
      insertions: text.insertions, range: start..<place)
  }

  private func plain(_ start: Int) -> Text { Text(value: Array(source[start..<place])) }

  /// Whether a word must end before what comes next.
  private func endsToken() -> Bool { ahead()?.endsPowerShellToken ?? true }

  // MARK: Comments and lines

  private mutating func lineComment(_ start: Int) throws -> Token {
    while let scalar = ahead(), scalar != "\r", scalar != "\n" { place += 1 }
    let said = String(String.UnicodeScalarView(source[(start + 1)..<place].filter { !$0.isPowerShellSpace }))
      .lowercased()
    // Behind a signature PowerShell takes no code; ours have none, and a line that looks like one stops the script.
    if said.contains("sig#beginsignatureblock") { throw Fault.signatureBlock }
    let isRequires = String(source[(start + 1)..<min(place, start + 9)]).lowercased() == "requires"
    return token(isRequires ? .requires : .comment, start)
  }

  private mutating func blockComment(_ start: Int) throws -> Token {
    place += 1
    while ahead() != nil {
      place += 1
      if source[place - 1] == "#", ahead() == ">" {
        place += 1
        return token(.comment, start)
      }
    }
    throw Fault.unterminatedComment
  }

  private mutating func backtick(_ start: Int) throws -> Token {
    guard let scalar = ahead() else { throw Fault.unterminatedString }
    guard scalar.isPowerShellSpace || scalar == "\r" || scalar == "\n" else { return try word(start) }
    place += 1
    if scalar == "\r", ahead() == "\n" { place += 1 }
    return token(.continuation, start)
  }

  // MARK: Marks and operators

  private mutating func mark(_ first: Unicode.Scalar, _ start: Int, _ mode: Mode) throws -> Token {
    if first == ".", let digit = ahead(), ("0"..."9") ~= digit { return try number(start, mode) }
    if first != "[", ahead() == first { place += 1 }
    let runsACommand = first == "." && place == start + 1 && ["$", "\"", "'"].contains(ahead())
    return mode == .command && !endsToken() && !runsACommand ? try word(start) : token(.punctuation, start)
  }

  private mutating func redirection(_ start: Int) -> Token {
    if ahead() == ">" {
      place += 1
    } else if source[start] != ">", ahead() == "&", let target = ahead(1), target == "1" || target == "2" {
      place += 2
    }
    return token(.redirection, start)
  }

  private mutating func operation(_ first: Unicode.Scalar, _ start: Int, _ mode: Mode) throws -> Token {
    let isDash = first.isPowerShellDash
    if isDash, let letter = ahead(), letter.isPowerShellLetter || letter == "_" || letter == "?" {
      return try dashed(start, mode)
    }
    if first == "?" || first == "!" {
      let startsWord = first == "!" && (ahead().map { $0.isPowerShellLetter || $0 == "_" } ?? false)
      return mode == .command && !endsToken() || startsWord ? try word(start) : token(.operation, start)
    }
    let doubles = isDash && ahead()?.isPowerShellDash == true || first == "+" && ahead() == "+"
    if doubles || first != "=" && ahead() == "=" { place += 1 }
    if mode == .command, !endsToken() { return try word(start) }
    let name = source[start..<place].map { $0.isPowerShellDash ? "-" : $0 }
    return token(.operation, start, plain(start), name: String(name[...]))
  }

  /// A parameter where a command is read, and an operator as `-eq` in an expression.
  private mutating func dashed(_ start: Int, _ mode: Mode) throws -> Token {
    if mode == .expression {
      while let scalar = ahead(), scalar.isASCII, scalar.isPowerShellLetter { place += 1 }
      let name = "-" + String(source[(start + 1)..<place]).lowercased()
      return token(name == "-" || Self.operators.contains(name) ? .operation : .parameter, start, name: name)
    }
    while let scalar = ahead(), !scalar.endsPowerShellToken, scalar != ".", scalar != "[", scalar != ":" {
      // A quote makes it no parameter but a word.
      if scalar.isSingleQuote || scalar.isDoubleQuote { return try word(start) }
      place += 1
    }
    var parameter = token(.parameter, start, name: String(source[(start + 1)..<place]))
    if ahead() == ":" {
      place += 1
      parameter = token(.parameter, start, name: parameter.name)
      parameter.hasColon = true
    }
    return parameter
  }

  /// The operators that begin with a dash.
  static let operators: Set<String> = {
    let comparisons = [
      "eq", "ne", "ge", "gt", "lt", "le", "like", "notlike", "match", "notmatch", "replace", "contains", "notcontains",
      "in", "notin", "split",
    ]
    let others = [
      "and", "or", "xor", "not", "band", "bor", "bxor", "bnot", "is", "isnot", "as", "f", "join", "shl", "shr",
    ]
    return Set((comparisons.flatMap { [$0, "c\($0)", "i\($0)"] } + others).map { "-\($0)" })
  }()

  // MARK: Numbers and words

  private mutating func number(_ start: Int, _ mode: Mode) throws -> Token {
    func skip(_ isPart: (Unicode.Scalar) -> Bool) { while let scalar = ahead(), isPart(scalar) { place += 1 } }
    let isDigit = { (scalar: Unicode.Scalar) in ("0"..."9") ~= scalar }
    place = start
    if ahead() == "0", ahead(1) == "x" || ahead(1) == "X" {
      place += 2
      skip { $0.isASCII && $0.properties.isASCIIHexDigit }
    } else {
      skip(isDigit)
      if ahead() == ".", ahead(1) != "." {
        place += 1
        skip(isDigit)
      }
      let signs = ahead(1).map { $0 == "+" || $0.isPowerShellDash } ?? false ? 1 : 0
      if ahead() == "e" || ahead() == "E", let digit = ahead(1 + signs), isDigit(digit) {
        place += 1 + signs
        skip(isDigit)
      }
    }
    for _ in 0..<2 { if let suffix = ahead(), "ulsydnULSYDN".unicodeScalars.contains(suffix) { place += 1 } }
    if let prefix = ahead(), "kmgtpKMGTP".unicodeScalars.contains(prefix), ahead(1) == "b" || ahead(1) == "B" {
      place += 2
    }
    let ends = endsToken() || mode == .expression && (ahead().map(\.endsPowerShellNumber) ?? true)
    return ends ? token(.number, start, plain(start)) : try word(start)
  }

  /// A word from its beginning, which may have quotes, escapes and variables within.
  mutating func word(_ start: Int) throws -> Token {
    place = start
    var text = Text()
    while let scalar = ahead(), !scalar.endsPowerShellToken {
      place += 1
      if scalar == "`", ahead() != nil {
        try escape(&text)
      } else if scalar.isSingleQuote {
        try verbatim(&text)
      } else if scalar.isDoubleQuote {
        try expandable(&text)
      } else if scalar != "$" {
        text.value.append(scalar)
      } else {
        try insertion(&text, here: false)
      }
    }
    return token(.word, start, text)
  }
}

extension String {
  /// A text of code points.
  init(_ scalars: ArraySlice<Unicode.Scalar>) { self.init(String.UnicodeScalarView(scalars)) }
}

extension Unicode.Scalar {
  var isSingleQuote: Bool { self == "'" || ("\u{2018}"..."\u{201B}") ~= self }
  var isDoubleQuote: Bool { self == "\"" || ("\u{201C}"..."\u{201E}") ~= self }
  var isPowerShellDash: Bool { self == "-" || ("\u{2013}"..."\u{2015}") ~= self }

  /// White space within a line: classes Zs, Zl and Zp, tab, vertical tab, form feed and U+0085.
  ///
  /// The specification does not name U+0085, PowerShell takes it for white space. Lines end with CR and LF alone.
  var isPowerShellSpace: Bool {
    switch self {
    case "\t", "\u{B}", "\u{C}", "\u{85}": true
    default: [.spaceSeparator, .lineSeparator, .paragraphSeparator].contains(properties.generalCategory)
    }
  }

  /// A letter as .NET sees it, which has none above U+FFFF.
  var isPowerShellLetter: Bool {
    let letters: [Unicode.GeneralCategory] = [
      .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
    ]
    return value <= 0xFFFF && letters.contains(properties.generalCategory)
  }

  /// A letter, a digit or `_`.
  var isPowerShellNamePart: Bool {
    isPowerShellLetter || self == "_" || value <= 0xFFFF && properties.generalCategory == .decimalNumber
  }

  /// Whether every word ends before it.
  var endsPowerShellToken: Bool {
    isPowerShellSpace || ["\0", "\r", "\n", "&", "(", ")", ",", ";", "{", "|", "}"].contains(self)
  }

  /// Whether a number in an expression ends before it.
  var endsPowerShellNumber: Bool {
    isPowerShellDash || ["!", "#", "%", "*", "+", ".", "/", "<", "=", ">", "]"].contains(self)
  }
}
