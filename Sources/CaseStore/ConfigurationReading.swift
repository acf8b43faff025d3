public import ByteText

extension Configuration {
  /// Reads a configuration.
  ///
  /// Every mistake is found, not only the first.
  public static func read(_ text: [UInt8]) -> Result<Configuration, ConfigurationMistakes> {
    var reading = ConfigurationReading()
    let document: YAMLNode
    do throws(YAMLError) {
      document = try YAMLDocument.read(text)
    } catch {
      return .failure(
        ConfigurationMistakes([
          ConfigurationError(line: error.position.line, column: error.position.column, message: error.message)
        ]))
    }
    let read = reading.configuration(document)
    guard reading.mistakes.isEmpty, var configuration = read else {
      return .failure(ConfigurationMistakes(reading.mistakes))
    }
    configuration.places = ConfigurationPlaces(reading.places)
    return .success(configuration)
  }
}

/// Everything that is wrong with a configuration, in order of lines.
public struct ConfigurationMistakes: Error, Hashable, Sendable {
  /// The mistakes.
  public var mistakes: [ConfigurationError]

  init(_ mistakes: [ConfigurationError]) {
    self.mistakes = mistakes.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
  }
}

/// The walk over a configuration's nodes that collects mistakes.
struct ConfigurationReading {
  var mistakes: [ConfigurationError] = []
  /// Where each key stands.
  var places: [ByteString: ConfigurationPlace] = [:]

  mutating func fail(_ position: YAMLPosition, _ key: ByteString, _ message: ByteString, hint: ByteString = "") {
    mistakes.append(
      ConfigurationError(line: position.line, column: position.column, key: key, message: message, hint: hint))
  }

  /// Walks the members of a mapping; `body` answers whether it knows the key.
  mutating func members(
    _ node: YAMLNode, _ path: ByteString, known: [ByteString],
    _ body: (inout ConfigurationReading, ByteString, ByteString, YAMLNode) -> Bool
  ) {
    guard case .mapping(let members, let position) = node else {
      return fail(node.position, path, "expected keys and values")
    }
    _ = position
    for member in members {
      let full = path.isEmpty ? member.key : path + "." + member.key
      places[full] = ConfigurationPlace(line: member.keyPosition.line, column: member.keyPosition.column)
      if !body(&self, member.key, full, member.value) {
        fail(member.keyPosition, full, "unknown key", hint: Self.list("known here: ", known))
      }
    }
  }

  static func list(_ start: ByteString, _ names: [ByteString]) -> ByteString {
    start + ByteString(Array(names.map(\.bytes).joined(separator: [0x2C, 0x20])))
  }

  mutating func text(_ node: YAMLNode, _ key: ByteString) -> ByteString? {
    guard case .scalar(let text, _, _) = node else {
      fail(node.position, key, "expected text")
      return nil
    }
    return text
  }

  mutating func texts(_ node: YAMLNode, _ key: ByteString) -> [ByteString]? {
    guard case .sequence(let items, _) = node else {
      fail(node.position, key, "expected a list")
      return nil
    }
    var texts: [ByteString] = []
    for item in items {
      guard let text = text(item, key) else { return nil }
      texts.append(text)
    }
    return texts
  }

  mutating func flag(_ node: YAMLNode, _ key: ByteString) -> Bool? {
    if case .scalar(let text, quoted: false, _) = node {
      if text == "true" { return true }
      if text == "false" { return false }
    }
    fail(node.position, key, "expected true or false")
    return nil
  }

  mutating func number(_ node: YAMLNode, _ key: ByteString, in range: ClosedRange<Int>) -> Int? {
    if case .scalar(let text, _, _) = node, let number = ASCII.decimal(text.bytes[...]), range.contains(number) {
      return number
    }
    fail(node.position, key, ByteString("expected a whole number from \(range.lowerBound) to \(range.upperBound)"))
    return nil
  }

  mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ node: YAMLNode, _ key: ByteString, _ type: Choice.Type
  ) -> Choice? where Choice.RawValue == String {
    guard let text = text(node, key) else { return nil }
    if let choice = Choice.allCases.first(where: { ByteString($0.rawValue) == text }) { return choice }
    fail(node.position, key, Self.list("expected one of ", Choice.allCases.map { ByteString($0.rawValue) }))
    return nil
  }

  /// A duration: a whole number and `s`, `m`, `h` or `d`.
  mutating func duration(_ node: YAMLNode, _ key: ByteString) -> Int64? {
    if case .scalar(let text, _, _) = node, let seconds = Duration.seconds(text) { return seconds }
    fail(node.position, key, "expected a duration like 90m, 2h or 1d")
    return nil
  }
}

/// Durations as people write them.
public enum Duration {
  /// Reads a whole number and a unit (`ms`, `s`, `m`, `h`, `d`) as milliseconds.
  public static func milliseconds(_ text: ByteString) -> Int? {
    let digits = text.bytes.prefix { ASCII.isDigit($0) }
    guard digits.count <= 9, let number = ASCII.decimal(digits) else { return nil }
    switch ByteString(text.bytes[digits.count...]) {
    case "ms": return number
    case "s": return number * 1_000
    case "m": return number * 60_000
    case "h": return number * 3_600_000
    case "d": return number * 86_400_000
    default: return nil
    }
  }

  /// The same in whole seconds.
  static func seconds(_ text: ByteString) -> Int64? {
    milliseconds(text).map { Int64($0 / 1_000) }
  }
}
