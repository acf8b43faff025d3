/// The strict JSON grammar of RFC 8259 over bytes: one pass, bounds-checked, nothing copied.
///
/// PERFORMANCE section 3a has the measurements behind its shape: eight bytes at a time inside strings, and one row of nodes
/// that is used again for every text.
struct JSONScanner {
  /// How a scan ended.
  ///
  /// Offsets count from the first byte of the text.
  enum Outcome {
    /// A value was read; `end` is the offset after it.
    case value(end: Int)
    /// The text ended inside a value.
    case incomplete
    /// The text is not JSON at the offset.
    case problem(JSONProblem)
  }

  private var row: [JSONNode] = []
  private var walk = JSONWalk()

  init() {}

  /// The nodes of the value that was read last, in an array of their own.
  var nodes: [JSONNode] { Array(row[..<walk.used]) }

  /// For each object with a repeated key: the node of the object and the node of the later key.
  var repeats: [(object: Int, key: Int)] { walk.repeats }

  /// Whether the value that was read last is a number: then it may go on where the text ends.
  var isNumber: Bool { walk.used == 1 && row[0].kind == .number }

  /// Reads one value from the first byte on (white space before it is skipped).
  ///
  /// Of the limits all but the one on bytes are held here. What is found in a text is also found in every longer one that
  /// begins with it, so it does not matter in which pieces a text arrives.
  mutating func scan(_ text: borrowing RawSpan, limits: JSONLimits) -> Outcome {
    walk.start()
    // A row of its own while it is written: its span may not overlap with the walk.
    var row: [JSONNode] = []
    swap(&row, &self.row)
    defer { self.row = row }
    if row.isEmpty { row = [JSONNode](repeating: JSONNode.blank, count: 512) }
    while true {
      var span = row.mutableSpan
      switch walk.advance(text, &span, limits) {
      case .value(let end): return .value(end: end)
      case .incomplete: return .incomplete
      case .problem(let problem): return .problem(problem)
      case .rowIsFull: row += [JSONNode](repeating: JSONNode.blank, count: row.count)
      }
    }
  }
}
