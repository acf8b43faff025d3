public import ByteText
import CYaml

/// A place in a YAML text.
public struct YAMLPosition: Hashable, Sendable {
  /// The line, from 1.
  public var line: Int
  /// The column in characters (Unicode scalars), from 1.
  public var column: Int

  /// Makes a position.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

/// Why a YAML text was refused.
public struct YAMLError: Error, Hashable, Sendable {
  /// Where.
  public var position: YAMLPosition
  /// What is wrong: lower case, no final stop.
  public var message: ByteString

  /// Makes an error.
  public init(_ position: YAMLPosition, _ message: ByteString) {
    self.position = position
    self.message = message
  }
}

/// A value of a YAML text, with its place.
public indirect enum YAMLNode: Sendable {
  /// Text; `quoted` tells `"12"` from `12`. An empty value, `~` and `null` are empty and not quoted.
  case scalar(ByteString, quoted: Bool, YAMLPosition)
  /// A list.
  case sequence([YAMLNode], YAMLPosition)
  /// Keys, all different, and values, in the order of the text.
  case mapping([(key: ByteString, keyPosition: YAMLPosition, value: YAMLNode)], YAMLPosition)

  /// Where the value starts.
  public var position: YAMLPosition {
    switch self {
    case .scalar(_, _, let position), .sequence(_, let position), .mapping(_, let position): position
    }
  }
}

/// Reads plain YAML 1.1: one document, no anchors, aliases or tags, scalar keys, no key twice (DESIGN section 5).
///
/// This is the only file that calls libyaml.
public enum YAMLDocument {
  /// The greatest size of a text, in bytes.
  public static let sizeLimit = 1 << 20
  /// The greatest depth of lists and mappings in each other.
  public static let depthLimit = 16

  /// Reads a text; one of comments only is an empty scalar.
  public static func read(_ text: [UInt8]) throws(YAMLError) -> YAMLNode {
    let start = YAMLPosition(line: 1, column: 1)
    if text.count > sizeLimit { throw YAMLError(start, "larger than 1 MiB") }
    let hasMark = text.starts(with: [0xEF, 0xBB, 0xBF])
    let bytes = hasMark ? Array(text.dropFirst(3)) : text
    try checkCharacters(bytes)
    let events = try YAMLEvents(bytes)
    guard let event = try events.next() else { return .scalar("", quoted: false, start) }
    let root = try node(event, events, depth: 1)
    // libyaml itself refuses everything else behind the root.
    if let further = try events.next() { throw YAMLError(further.position, "more than one document") }
    return root
  }

  /// Refuses what is not UTF-8 or not printable, with its place, which libyaml would tell only as an offset.
  private static func checkCharacters(_ bytes: [UInt8]) throws(YAMLError) {
    var position = YAMLPosition(line: 1, column: 1)
    var rest = bytes.makeIterator()
    var parser = UTF8.ForwardParser()
    while true {
      switch parser.parseScalar(from: &rest) {
      case .emptyInput:
        return
      case .error:
        throw YAMLError(position, "not UTF-8")
      case .valid(let encoded):
        let scalar = UTF8.decode(encoded).value
        switch scalar {
        case 0x0A:
          position = YAMLPosition(line: position.line + 1, column: 1)
          continue
        case 0x09, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xFEFE, 0xFF00...0xFFFD, 0x1_0000...: break
        default:
          let digits = String(scalar, radix: 16, uppercase: true)
          let padding = String(repeating: "0", count: max(0, 4 - digits.utf8.count))
          throw YAMLError(position, ByteString("control character U+\(padding)\(digits)"))
        }
        position.column += 1
      }
    }
  }

  private static func node(
    _ event: YAMLEvents.Event, _ events: YAMLEvents, depth: Int
  ) throws(YAMLError) -> YAMLNode {
    switch event.kind {
    case .scalar(let text, let quoted):
      let isNull = !quoted && (text == "~" || text == "null" || text == "Null" || text == "NULL")
      return .scalar(isNull ? "" : text, quoted: quoted, event.position)
    case .sequenceStart:
      try check(depth, event.position)
      var items: [YAMLNode] = []
      while let item = try events.next(), item.kind != .end {
        items.append(try node(item, events, depth: depth + 1))
      }
      return .sequence(items, event.position)
    case .mappingStart:
      try check(depth, event.position)
      return .mapping(try pairs(events, depth: depth + 1), event.position)
    case .documentStart, .end:
      throw YAMLError(event.position, "a value was expected")
    }
  }

  private static func pairs(
    _ events: YAMLEvents, depth: Int
  ) throws(YAMLError) -> [(key: ByteString, keyPosition: YAMLPosition, value: YAMLNode)] {
    var pairs: [(key: ByteString, keyPosition: YAMLPosition, value: YAMLNode)] = []
    var seen: Set<ByteString> = []
    while let key = try events.next(), key.kind != .end {
      guard case .scalar(let name, _) = key.kind else { throw YAMLError(key.position, "a key must be plain text") }
      if !seen.insert(name).inserted {
        throw YAMLError(key.position, ByteString(Array("key ".utf8) + name.bytes + Array(" stands twice".utf8)))
      }
      guard let value = try events.next() else { throw YAMLError(key.position, "a value was expected") }
      pairs.append((name, key.position, try node(value, events, depth: depth)))
    }
    return pairs
  }

  private static func check(_ depth: Int, _ position: YAMLPosition) throws(YAMLError) {
    if depth > depthLimit { throw YAMLError(position, "nested deeper than 16") }
  }
}

/// libyaml's events, one by one.
///
/// The parser stands at one address, and so do the bytes that it reads.
@safe
private final class YAMLEvents {
  /// What starts or ends.
  enum Kind: Equatable {
    case documentStart
    case scalar(ByteString, quoted: Bool)
    case sequenceStart
    case mappingStart
    /// The end of the innermost list or mapping.
    case end
  }

  struct Event {
    var kind: Kind
    var position: YAMLPosition
  }

  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let input: UnsafeMutableBufferPointer<UInt8>
  private var documents = 0
  private var isOver = false

  init(_ bytes: [UInt8]) throws(YAMLError) {
    unsafe parser = .allocate(capacity: 1)
    unsafe input = .allocate(capacity: bytes.count)
    _ = unsafe input.initialize(from: bytes)
    if unsafe yaml_parser_initialize(parser) == 0 {
      isOver = true
      throw YAMLError(YAMLPosition(line: 1, column: 1), "no memory to read it")
    }
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    unsafe yaml_parser_set_input_string(parser, input.baseAddress, input.count)
  }

  deinit {
    // Harmless after a failed initialize, which leaves every field zero.
    unsafe yaml_parser_delete(parser)
    unsafe parser.deallocate()
    unsafe input.deallocate()
  }

  /// The next event, without the start of the first document; `nil` at the end of the text.
  func next() throws(YAMLError) -> Event? {
    while !isOver {
      var event = unsafe yaml_event_t()
      if unsafe yaml_parser_parse(parser, &event) == 0 { throw problem() }
      defer { unsafe yaml_event_delete(&event) }
      let position = unsafe Self.position(event.start_mark)
      switch unsafe event.type {
      case YAML_STREAM_END_EVENT:
        isOver = true
      case YAML_DOCUMENT_START_EVENT:
        documents += 1
        if documents > 1 { return Event(kind: .documentStart, position: position) }
      case YAML_ALIAS_EVENT:
        throw YAMLError(position, "aliases are not allowed")
      case YAML_SCALAR_EVENT:
        let scalar = unsafe event.data.scalar
        try Self.refuse(anchor: unsafe scalar.anchor != nil, tag: unsafe scalar.tag != nil, position)
        let value = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
        let quoted = unsafe scalar.style != YAML_PLAIN_SCALAR_STYLE
        return Event(kind: .scalar(ByteString(unsafe Array(value)), quoted: quoted), position: position)
      case YAML_SEQUENCE_START_EVENT:
        let start = unsafe event.data.sequence_start
        try Self.refuse(anchor: unsafe start.anchor != nil, tag: unsafe start.tag != nil, position)
        return Event(kind: .sequenceStart, position: position)
      case YAML_MAPPING_START_EVENT:
        let start = unsafe event.data.mapping_start
        try Self.refuse(anchor: unsafe start.anchor != nil, tag: unsafe start.tag != nil, position)
        return Event(kind: .mappingStart, position: position)
      case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
        return Event(kind: .end, position: position)
      default:
        break
      }
    }
    return nil
  }

  private static func refuse(anchor: Bool, tag: Bool, _ position: YAMLPosition) throws(YAMLError) {
    if anchor { throw YAMLError(position, "anchors are not allowed") }
    if tag { throw YAMLError(position, "tags are not allowed") }
  }

  /// libyaml's own words, which are fixed English text.
  private func problem() -> YAMLError {
    isOver = true
    let mark = unsafe parser.pointee.problem_mark
    guard let words = unsafe parser.pointee.problem else {
      return YAMLError(Self.position(mark), "no memory to read it")
    }
    return YAMLError(Self.position(mark), ByteString(unsafe String(cString: words)))
  }

  private static func position(_ mark: yaml_mark_t) -> YAMLPosition {
    YAMLPosition(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
  }
}
