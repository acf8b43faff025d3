/// A scanned JSON text: its bytes and where each value lies.
///
/// Immutable.
public final class JSONDocument: Sendable {
  /// The bytes that were scanned.
  public let bytes: [UInt8]
  let nodes: [JSONNode]
  let repeats: [(object: Int, key: Int)]

  init(bytes: [UInt8], nodes: [JSONNode], repeats: [(object: Int, key: Int)]) {
    self.bytes = bytes
    self.nodes = nodes
    self.repeats = repeats
  }

  /// Reads a whole text that holds exactly one value.
  ///
  /// - Throws: ``JSONProblem`` where the text is not JSON, is beyond a limit, or has something after the value. Repeated
  ///   keys are no problem here: ask ``duplicateKeys``.
  public static func parse(_ bytes: [UInt8], limits: JSONLimits) throws(JSONProblem) -> JSONDocument {
    guard bytes.count <= limits.bytes else {
      throw JSONProblem(offset: limits.bytes, reason: .tooLong(limit: limits.bytes))
    }
    // Nodes count in 32 bits.
    guard bytes.count < UInt32.max else {
      throw JSONProblem(offset: Int(UInt32.max), reason: .tooLong(limit: Int(UInt32.max)))
    }
    var scanner = JSONScanner()
    switch unsafe scanner.scan(bytes.span.bytes, limits: limits) {
    case .problem(let problem): throw problem
    case .incomplete: throw JSONProblem(offset: bytes.count, reason: .truncated)
    case .value(let end):
      for offset in end..<bytes.count where !isWhite(bytes[offset]) {
        throw JSONProblem(offset: offset, reason: .trailingData)
      }
    }
    return JSONDocument(bytes: bytes, nodes: scanner.nodes, repeats: scanner.repeats)
  }

  static func isWhite(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  /// The value the text holds.
  public var root: JSONValue { JSONValue(document: self, index: 0) }

  /// The objects in which a key stands more than once: the object and the later key, each time it repeats.
  public var duplicateKeys: [(object: JSONValue, key: ByteString)] {
    repeats.map { (JSONValue(document: self, index: $0.object), text(nodes[$0.key])) }
  }

  /// Whether any key in the text stands twice in its object.
  public var hasDuplicateKeys: Bool { !repeats.isEmpty }

  func text(_ node: JSONNode) -> ByteString {
    let text = bytes
    return unsafe ByteString(JSONStringText.decoded(text.span.bytes, node))
  }
}
