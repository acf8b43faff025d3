extension PowerShellScanner {
  /// A single-quoted text, its opening quote taken.
  ///
  /// Any two single quotes stand for the second of them.
  mutating func verbatim(_ text: inout Text) throws {
    while let scalar = ahead() {
      place += 1
      if scalar.isSingleQuote {
        guard let second = ahead(), second.isSingleQuote else { return }
        place += 1
        text.value.append(second)
      } else {
        text.value.append(scalar)
      }
    }
    throw Fault.unterminatedString
  }

  /// A double-quoted text, its opening quote taken.
  mutating func expandable(_ text: inout Text) throws {
    while let scalar = ahead() {
      place += 1
      if scalar.isDoubleQuote {
        guard let second = ahead(), second.isDoubleQuote else { return }
        place += 1
        text.value.append(second)
      } else {
        try expand(scalar, into: &text, here: false)
      }
    }
    throw Fault.unterminatedString
  }

  /// A here-string, its opening `@` and quote taken.
  ///
  /// It ends with a quote and `@` at the very beginning of a line.
  mutating func hereString(expands: Bool) throws -> Text {
    while let scalar = ahead(), scalar.isPowerShellSpace { place += 1 }
    guard let end = ahead(), end == "\r" || end == "\n" else { throw Fault.textAfterHereStringOpening }
    place += end == "\r" && ahead(1) == "\n" ? 2 : 1
    var text = Text()
    var isAtClosing = takeHereStringClosing(expands)
    while !isAtClosing {
      guard let scalar = ahead() else { throw Fault.unterminatedHereString }
      place += 1
      if scalar == "\r" || scalar == "\n" {
        let lineEnd: [Unicode.Scalar] = scalar == "\r" && ahead() == "\n" ? ["\r", "\n"] : [scalar]
        place += lineEnd.count - 1
        isAtClosing = takeHereStringClosing(expands)
        if !isAtClosing { text.value += lineEnd }
      } else if expands {
        try expand(scalar, into: &text, here: true)
      } else {
        text.value.append(scalar)
      }
    }
    return text
  }

  private mutating func takeHereStringClosing(_ expands: Bool) -> Bool {
    guard let quote = ahead(), expands ? quote.isDoubleQuote : quote.isSingleQuote, ahead(1) == "@" else {
      return false
    }
    place += 2
    return true
  }

  private mutating func expand(_ scalar: Unicode.Scalar, into text: inout Text, here: Bool) throws {
    if scalar == "`", let escaped = ahead(), escaped != "\0" {
      try escape(&text)
    } else if scalar == "$" {
      try insertion(&text, here: here)
    } else {
      text.value.append(scalar)
    }
  }

  /// What stands behind a backtick.
  mutating func escape(_ text: inout Text) throws {
    guard let escaped = ahead() else { return text.value.append("`") }
    place += 1
    switch escaped {
    case "0": text.value.append("\0")
    case "a": text.value.append("\u{7}")
    case "b": text.value.append("\u{8}")
    case "e": text.value.append("\u{1B}")
    case "f": text.value.append("\u{C}")
    case "n": text.value.append("\n")
    case "r": text.value.append("\r")
    case "t": text.value.append("\t")
    case "v": text.value.append("\u{B}")
    case "u":
      let digits = source[place...].prefix(8).split(separator: "}", maxSplits: 1, omittingEmptySubsequences: false)[0]
      guard digits.first == "{", digits.count < 8, let value = UInt32(String(digits.dropFirst()), radix: 16),
        digits.dropFirst().allSatisfy(\.properties.isASCIIHexDigit), let scalar = Unicode.Scalar(value)
      else { throw Fault.malformedEscape }
      place += digits.count + 1
      text.value.append(scalar)
    default: text.value.append(escaped)
    }
  }

  /// What a `$` within a text, the `$` itself taken, has put in there: a variable, statements or nothing.
  mutating func insertion(_ text: inout Text, here: Bool) throws {
    let start = place - 1
    if ahead() == "(" {
      place += 1
      text.insertions.append(.statements(try subexpression(here: here)))
    } else if let first = ahead(), first.startsVariable || first == "{" {
      text.insertions.append(.variable(try variableName(inText: true)))
    }
    text.value += source[start..<place]
  }

  /// The statements in a text: up to where the parentheses are even, whatever else stands between.
  ///
  /// A doubled quote stands for one there, as in the text around, unless that is a here-string.
  private mutating func subexpression(here: Bool) throws -> [Unicode.Scalar] {
    var inner: [Unicode.Scalar] = []
    var open = 1
    while var scalar = ahead() {
      place += 1
      if scalar == "(" { open += 1 }
      if scalar == ")" { open -= 1 }
      if !here, scalar == "`" || scalar.isDoubleQuote, let second = ahead(), second.isDoubleQuote {
        place += 1
        scalar = second
      }
      inner.append(scalar)
      if open == 0 { return inner }
    }
    throw Fault.missing(")")
  }

  /// The name of a variable, its `$` or `@` taken.
  mutating func variableName(inText: Bool) throws -> String {
    guard ahead() == "{" else { return try plainVariableName() }
    place += 1
    var name = Text()
    while let scalar = ahead(), scalar != "}" {
      place += 1
      if scalar == "{" { throw Fault.malformedVariable }
      if scalar == "`" {
        try escape(&name)
      } else {
        name.value.append(scalar)
        if inText, scalar.isDoubleQuote, ahead()?.isDoubleQuote == true { place += 1 }
      }
    }
    guard ahead() == "}" else { throw Fault.unterminatedVariable }
    place += 1
    guard let last = name.value.last, last != ":" else { throw Fault.malformedVariable }
    return String(name.value[...])
  }

  private mutating func plainVariableName() throws -> String {
    let start = place
    if let special = ahead(), ["$", "?", "^"].contains(special) {
      place += 1
      return String(special)
    }
    while let scalar = ahead(), scalar.isPowerShellNamePart || scalar == "?" || scalar == ":" {
      // `$a::b` is a member of what `$a` holds.
      if scalar == ":", ahead(1) == ":" { break }
      place += 1
    }
    guard place > start, source[start] != ":", source[place - 1] != ":" else { throw Fault.malformedVariable }
    return String(source[start..<place])
  }

  /// A token that begins with `$`, which is taken.
  mutating func dollar(_ start: Int, _ mode: Mode) throws -> Token {
    if ahead() == "(" {
      place += 1
      return token(.punctuation, start)
    }
    guard let first = ahead(), first.startsVariable || first == "{" else { return try word(start) }
    return try variable(.variable, start, mode)
  }

  /// A token that begins with `@`, which is taken.
  mutating func at(_ start: Int, _ mode: Mode) throws -> Token {
    guard let first = ahead() else { throw Fault.unexpected("@") }
    switch first {
    case "(", "{":
      place += 1
      return token(.punctuation, start)
    case _ where first.isSingleQuote:
      place += 1
      let text = try hereString(expands: false)
      return token(.verbatimHere, start, text)
    case _ where first.isDoubleQuote:
      place += 1
      let text = try hereString(expands: true)
      return token(.expandableHere, start, text)
    case _ where first.startsVariable: return try variable(.splat, start, mode)
    default: throw Fault.unexpected("@")
    }
  }

  private mutating func variable(_ kind: Kind, _ start: Int, _ mode: Mode) throws -> Token {
    let isBraced = ahead() == "{"
    let isSpecial = ahead().map { ["$", "?", "^"].contains($0) } ?? false
    let name = try variableName(inText: false)
    let goesOn: [Unicode.Scalar] = isSpecial ? [] : isBraced ? [".", "["] : [".", "[", "=", ":"]
    if mode == .command, let next = ahead(), !next.endsPowerShellToken, !goesOn.contains(next) {
      return try word(start)
    }
    return token(kind, start, name: name)
  }
}

extension Unicode.Scalar {
  /// Whether a variable's name can begin with it.
  var startsVariable: Bool { isPowerShellNamePart || ["$", "?", "^", ":"].contains(self) }
}
