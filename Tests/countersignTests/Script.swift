import Foundation

/// A black-box script: files, then commands, in one text file (its commands are those of ``ScriptRunner``).
///
/// Lines up to the first `-- name --` are commands; what follows such a line is the content of that file.
struct Script: Sendable, CustomStringConvertible {
  /// The file's name, without `.txt`.
  var name: String
  var commands: [Command]
  var files: [(name: String, content: String)]

  /// A line of the script.
  struct Command: Sendable {
    var line: Int
    var words: [String]
    /// Whether the line begins with `!`.
    var isNegated: Bool
    var text: String
  }

  var description: String { name }

  /// Why a script cannot be run.
  struct Mistake: Error, CustomStringConvertible {
    var description: String
  }

  /// The folder of the scripts.
  static var folder: URL {
    URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent().appendingPathComponent(
      "Scripts")
  }

  /// All scripts, by name.
  static func all() throws -> [Script] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "txt" }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
      .map {
        try Script(name: $0.deletingPathExtension().lastPathComponent, text: String(contentsOf: $0, encoding: .utf8))
      }
  }

  init(name: String, text: String) throws {
    self.name = name
    commands = []
    files = []
    for (index, line) in text.components(separatedBy: "\n").enumerated() {
      if line.hasPrefix("-- ") && line.hasSuffix(" --") && line.count > 6 {
        files.append((String(line.dropFirst(3).dropLast(3)), ""))
      } else if !files.isEmpty {
        files[files.count - 1].content += line + "\n"
      } else {
        var words = try Self.words(line)
        guard !words.isEmpty else { continue }
        let isNegated = words[0] == "!"
        if isNegated { words.removeFirst() }
        guard !words.isEmpty else { throw Mistake(description: "\(name):\(index + 1): nothing after !") }
        commands.append(Command(line: index + 1, words: words, isNegated: isNegated, text: line))
      }
    }
    // The last line of the text ends the last file; it is not an empty line of it.
    if let last = files.indices.last, files[last].content.hasSuffix("\n") { files[last].content.removeLast() }
  }

  /// The words of a line: separated by blanks, `'...'` keeps blanks, `''` in it is one `'`; `#` begins a comment.
  static func words(_ line: String) throws -> [String] {
    var words: [String] = []
    var word = ""
    var isInWord = false
    var isQuoted = false
    var rest = Substring(line)
    while let character = rest.popFirst() {
      if isQuoted {
        if character != "'" {
          word.append(character)
        } else if rest.first == "'" {
          rest.removeFirst()
          word.append("'")
        } else {
          isQuoted = false
        }
      } else if character == "'" {
        isQuoted = true
        isInWord = true
      } else if character == " " || character == "\t" {
        if isInWord { words.append(word) }
        word = ""
        isInWord = false
      } else if character == "#" && !isInWord {
        break
      } else {
        word.append(character)
        isInWord = true
      }
    }
    if isQuoted { throw Mistake(description: "a quote is not closed: \(line)") }
    if isInWord { words.append(word) }
    return words
  }
}
