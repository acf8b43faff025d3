/// What PowerShell makes of a script: its tokens, and the commands, calls and texts they are put together to.
///
/// It is the judge in tests that texts from strangers stay texts in the scripts we write. It reads as chapter 2 of the
/// Windows PowerShell Language Specification 3.0 says, and where PowerShell 7 has decided otherwise, as that does. What
/// no script of ours needs (classes, workflows, `--%`, labels, `?.`) is refused, never guessed at: a script that passes
/// was understood whole.
struct PowerShellTokens {
  /// Why a script is refused.
  enum Fault: Error, Equatable {
    case notUTF8, unterminatedString, unterminatedHereString, unterminatedComment, unterminatedVariable
    case textAfterHereStringOpening, malformedVariable, malformedEscape, signatureBlock, tooDeep
    /// The script ends, or goes on otherwise, where this was due.
    case missing(String)
    /// This stands where nothing like it may.
    case unexpected(String)
    /// PowerShell knows this, our scripts have no use for it.
    case unsupported(String)
  }

  /// What sort of token it is.
  enum Kind: Equatable {
    case comment, continuation, newLine, end
    /// A `#Requires` line: a comment that PowerShell obeys.
    case requires
    case punctuation, operation, redirection
    case parameter, variable, splat, number, word
    case verbatim, expandable, verbatimHere, expandableHere
  }

  /// What PowerShell puts in for a part of a text.
  enum Insertion: Equatable {
    case variable(String)
    /// What stands behind `$(`, with the closing parenthesis.
    case statements([Unicode.Scalar])
  }

  /// A token.
  struct Token: Equatable {
    var kind: Kind
    /// As it is written.
    var text: String
    /// Its name without the marks: `Identity` of `–Identity:`, `-eq` of `–EQ`, `script:x` of `${script:x}`.
    var name: String
    /// What a text or word says, quotes and escapes undone.
    var value: [UInt8]
    /// What would be put into it; none in a text that only looks as if.
    var insertions: [Insertion]
    /// Where it stands, in code points.
    var range: Range<Int>
    /// A parameter that ends in a colon.
    var hasColon = false

    /// Whether it is this punctuation mark or operator; marks that only look alike are none.
    func isMark(_ mark: String) -> Bool { (kind == .punctuation || kind == .operation) && name == mark }

    /// The word in lower case if it is one without quotes or escapes, as keywords must be.
    var keyword: String? {
      guard kind == .word, !text.isEmpty, text.utf8.allSatisfy({ (0x41...0x5A) ~= $0 || (0x61...0x7A) ~= $0 }) else {
        return nil
      }
      return text.lowercased()
    }
  }

  /// What is handed to a command.
  indirect enum Value: Equatable {
    /// A parameter without a value.
    case none
    /// A text that is taken as it is.
    case literal([UInt8])
    /// A text or word with something to be put in.
    case expandable([UInt8])
    /// A variable's name, with the `@` before it when it is splatted.
    case variable(String)
    case word(String)
    case block(String)
    /// Anything else that is worked out first, as it is written.
    case expression(String)
    case list([Value])
  }

  /// An argument, with the parameter before it.
  ///
  /// Which parameters take a value only the command knows: one that stands before a value is taken to own it, one that
  /// stands before a parameter or the end to be a switch.
  struct Argument: Equatable {
    var parameter: String?
    var value: Value
  }

  /// A command that is run.
  ///
  /// `&` and `.` are commands with what they run as their first argument (`&` without any is the one that sends a pipeline
  /// to the background), as are redirections with their target and `#Requires` with its line.
  struct Command: Equatable {
    var name: String
    var arguments: [Argument]
  }

  /// All tokens, comments and line continuations among them; those of the statements within a text are not.
  let tokens: [Token]
  private let parts: PowerShellStatements.Parts

  /// Reads a script in UTF-8, with or without a byte order mark.
  init(_ script: [UInt8]) throws {
    guard let text = String(validating: script, as: UTF8.self) else { throw Fault.notUTF8 }
    try self.init(scalars: Array(text.unicodeScalars))
  }

  /// Reads a script without a byte order mark as Windows PowerShell 5.1 does in Western Europe: as Windows-1252.
  ///
  /// There half of a letter can be a quote: `Ñ` is C3 91 in UTF-8, and 91 is U+2018 there.
  init(asWindows1252 script: [UInt8]) throws {
    let upper: [Unicode.Scalar] = Array(
      "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars)
    try self.init(scalars: script.map { (0x80..<0xA0) ~= $0 ? upper[Int($0) - 0x80] : Unicode.Scalar($0) })
  }

  private init(scalars: [Unicode.Scalar]) throws {
    var statements = PowerShellStatements(scalars.first == "\u{FEFF}" ? Array(scalars.dropFirst()) : scalars)
    try statements.readScript()
    parts = statements.parts
    tokens = parts.tokens
  }

  /// Every command, in order of appearance, wherever in the script it stands.
  func commands() -> [Command] { parts.commands }

  /// Every method that is called, in order of appearance, with what it is called on: `[Text.Encoding]::UTF8.GetString`,
  /// `$x.Trim`, `''.Replace`, `(...).Invoke`.
  func memberCalls() -> [String] { parts.memberCalls }

  /// Every type named in brackets, in order of appearance.
  func types() -> [String] { parts.types }

  /// What every quoted text says, in order of appearance.
  func literals() -> [[UInt8]] { parts.literals }

  /// What is left of the script when its comments and what its texts say are taken away: two scripts that differ only in
  /// them are equal here.
  func shape() -> [String] {
    tokens.compactMap { token in
      switch token.kind {
      case .end, .continuation: nil
      case .comment: "#"
      case .newLine: "\n"
      case .verbatim, .verbatimHere: "''"
      case .expandable, .expandableHere: token.insertions.isEmpty ? "\"\"" : token.text
      default: token.text
      }
    }
  }
}

extension PowerShellTokens.Command: CustomStringConvertible {
  /// The command on one line, for tables in tests: texts in `'`, those with something put in in `"`.
  ///
  /// A text with quotes in it can look like more than it is here: what strangers wrote is compared as `arguments`.
  var description: String {
    ([name]
      + arguments.flatMap { argument in
        [argument.parameter.map { "-\($0)" }, argument.value == .none ? nil : argument.value.description]
          .compactMap { $0 }
      }).joined(separator: " ")
  }
}

extension PowerShellTokens.Value: CustomStringConvertible {
  var description: String {
    switch self {
    case .none: ""
    case .literal(let value): "'\(String(decoding: value, as: UTF8.self))'"
    case .expandable(let value): "\"\(String(decoding: value, as: UTF8.self))\""
    case .variable(let name): name.hasPrefix("@") ? name : "$\(name)"
    case .word(let text), .block(let text), .expression(let text): text
    case .list(let values): values.map(\.description).joined(separator: ",")
    }
  }
}
