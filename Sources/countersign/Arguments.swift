import ArgumentParser

/// Puts general options that stand before the command behind it, where the parser looks for them.
enum Arguments {
  private static let withValue: Set<String> = ["-C", "--workspace", "--at", "--wait"]
  private static let flags: Set<String> = ["--json", "--quiet", "--no-progress"]

  /// The word that stands where a command should and is none.
  static func unknownCommand(_ arguments: [String]) -> String? {
    guard let word = arguments.first, !word.utf8.isEmpty, word.utf8.first != 0x2D else { return nil }
    let known = Countersign.configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
    return known.contains { $0.utf8.elementsEqual(word.utf8) } ? nil : word
  }

  static func reordered(_ arguments: [String]) -> [String] {
    var index = 0
    while index < arguments.count {
      let argument = arguments[index]
      if withValue.contains(argument) {
        index += 2
      } else if flags.contains(argument) || argument.utf8.starts(with: "--workspace=".utf8)
        || argument.utf8.starts(with: "--at=".utf8) || argument.utf8.starts(with: "--wait=".utf8)
        || (argument.utf8.starts(with: "-C".utf8) && argument.utf8.count > 2)
      {
        index += 1
      } else {
        break
      }
    }
    guard index > 0, index < arguments.count, arguments[index].utf8.first != 0x2D else { return arguments }
    var words = Array(arguments[index...])
    // `keys list` and `policy check` are two words: the options go behind the last of them.
    let depth = words.count > 1 && (words[0] == "keys" || words[0] == "policy") && words[1].utf8.first != 0x2D ? 2 : 1
    words.insert(contentsOf: arguments[..<index], at: min(depth, words.count))
    return words
  }
}
