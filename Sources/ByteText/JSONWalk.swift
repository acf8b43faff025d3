/// A walk over the grammar of RFC 8259 that writes the nodes it meets into a row.
///
/// Where the row is full it stops, and goes on from there in a longer one.
struct JSONWalk {
  /// How far the walk came.
  enum Step {
    case value(end: Int)
    case incomplete
    case problem(JSONProblem)
    case rowIsFull
  }

  /// What may come next.
  private enum Expected {
    /// A value.
    case value
    /// An array's first value, or its end.
    case valueOrEnd
    /// A key.
    case key
    /// An object's first key, or its end.
    case keyOrEnd
    /// A comma, or the end of the container.
    case commaOrEnd
  }

  /// The number of nodes that were written.
  private(set) var used = 0
  /// For each object with a repeated key: the node of the object and the node of the later key.
  private(set) var repeats: [(object: Int, key: Int)] = []

  /// The containers that are open, outermost first, by their nodes.
  private var open: [Int] = []
  private var inObject = false
  private var expected = Expected.value
  private var position = 0

  /// Forgets the last text.
  mutating func start() {
    used = 0
    repeats.removeAll(keepingCapacity: true)
    open.removeAll(keepingCapacity: true)
    inObject = false
    expected = .value
    position = 0
  }

  /// Goes on until the value ends, something is wrong, or `row` is full.
  mutating func advance(
    _ text: borrowing RawSpan, _ row: inout MutableSpan<JSONNode>, _ limits: JSONLimits
  ) -> Step {
    let count = text.byteCount
    var position = self.position
    var expected = self.expected
    while true {
      guard used < row.count else {
        self.position = position
        self.expected = expected
        return .rowIsFull
      }
      guard position < count else { return .incomplete }
      var next = text.byte(at: position)
      if next <= 0x20 {
        position = Self.afterWhite(text, position)
        guard position < count else { return .incomplete }
        next = text.byte(at: position)
      }

      if expected == .commaOrEnd {
        position &+= 1
        if next == 0x2C {
          expected = inObject ? .key : .value
        } else if next == (inObject ? 0x7D : 0x5D) {
          guard close(at: position, text, &row) else { return .value(end: position) }
        } else {
          return Self.unexpected(next, position &- 1, inObject ? .commaOrBrace : .commaOrBracket)
        }
        continue
      }

      let isKey = expected == .key || expected == .keyOrEnd
      if next == 0x22 {
        guard isKey || used < limits.values else {
          return .problem(JSONProblem(offset: position, reason: .tooManyValues(limit: limits.values)))
        }
        let string = JSONStringScan.read(text, after: position, limits: limits)
        guard string.ending == .quote else { return Self.unfinished(string, at: position &+ 1, limits) }
        var node = JSONNode(
          kind: .string, flags: string.flags, start: UInt32(truncatingIfNeeded: position &+ 1),
          end: UInt32(truncatingIfNeeded: string.position), next: UInt32(truncatingIfNeeded: used &+ 1))
        position = string.position &+ 1
        guard isKey else {
          row[used] = node
          used &+= 1
          if open.isEmpty { return .value(end: position) }
          expected = .commaOrEnd
          continue
        }
        node.next = JSONKeyHash.of(text, key: node)
        row[used] = node
        used &+= 1
        if position < count, text.byte(at: position) <= 0x20 { position = Self.afterWhite(text, position) }
        guard position < count else { return .incomplete }
        let colon = text.byte(at: position)
        guard colon == 0x3A else { return Self.unexpected(colon, position, .colon) }
        position &+= 1
        expected = .value
        continue
      }
      if isKey {
        guard next == 0x7D && expected == .keyOrEnd else {
          return Self.unexpected(next, position, expected == .keyOrEnd ? .keyOrEnd : .key)
        }
        position &+= 1
        guard close(at: position, text, &row) else { return .value(end: position) }
        expected = .commaOrEnd
        continue
      }
      if next == 0x5D && expected == .valueOrEnd {
        position &+= 1
        guard close(at: position, text, &row) else { return .value(end: position) }
        expected = .commaOrEnd
        continue
      }

      guard used < limits.values else {
        return .problem(JSONProblem(offset: position, reason: .tooManyValues(limit: limits.values)))
      }
      switch next {
      case 0x7B, 0x5B:
        guard open.count < limits.depth else {
          return .problem(JSONProblem(offset: position, reason: .tooDeep(limit: limits.depth)))
        }
        inObject = next == 0x7B
        open.append(used)
        row[used] = JSONNode(
          kind: inObject ? .object : .array, flags: [], start: UInt32(truncatingIfNeeded: position), end: 0, next: 0)
        used &+= 1
        position &+= 1
        expected = inObject ? .keyOrEnd : .valueOrEnd
        continue
      case 0x2D, 0x30...0x39, 0x74, 0x66, 0x6E:
        switch JSONWordScan.read(text, at: position) {
        case .incomplete: return .incomplete
        case .problem(let problem): return .problem(problem)
        case .word(let kind, let flags, let end):
          row[used] = JSONNode(
            kind: kind, flags: flags, start: UInt32(truncatingIfNeeded: position), end: UInt32(truncatingIfNeeded: end),
            next: UInt32(truncatingIfNeeded: used &+ 1))
          used &+= 1
          position = end
        }
      case 0xEF where position == 0: return Self.mark(text)
      default: return Self.unexpected(next, position, .value)
      }
      if open.isEmpty { return .value(end: position) }
      expected = .commaOrEnd
    }
  }

  /// Ends the innermost container and looks for repeated keys in it.
  ///
  /// - Returns: Whether another container is still open.
  private mutating func close(at end: Int, _ text: borrowing RawSpan, _ row: inout MutableSpan<JSONNode>) -> Bool {
    guard let container = open.popLast() else { return false }
    row[container].end = UInt32(truncatingIfNeeded: end)
    row[container].next = UInt32(truncatingIfNeeded: used)
    if inObject { JSONKeyRepeats.find(in: container, row.span, text, into: &repeats) }
    guard let outer = open.last else { return false }
    inObject = row[outer].kind == .object
    return true
  }

  /// The offset of the first byte from `offset` on that is not white space.
  private static func afterWhite(_ text: borrowing RawSpan, _ offset: Int) -> Int {
    var position = offset
    while position < text.byteCount, JSONDocument.isWhite(text.byte(at: position)) { position &+= 1 }
    return position
  }

  private static func unexpected(_ byte: UInt8, _ offset: Int, _ expected: JSONProblem.Expectation) -> Step {
    .problem(JSONProblem(offset: offset, reason: .unexpected(byte: byte, expected: expected)))
  }

  /// What a string comes to that has no closing quote, or one that may not be taken.
  ///
  /// Its length is judged first, so that what stands behind the limit never matters.
  private static func unfinished(_ string: JSONStringScan, at start: Int, _ limits: JSONLimits) -> Step {
    if string.position - start > limits.stringBytes {
      return .problem(JSONProblem(offset: start, reason: .stringTooLong(limit: limits.stringBytes)))
    }
    switch string.ending {
    case .quote, .endOfText: return .incomplete
    case .badEscape: return .problem(JSONProblem(offset: string.position, reason: .badEscape))
    case .malformedText: return .problem(JSONProblem(offset: start, reason: .malformedText))
    case .controlCharacter(let byte):
      return .problem(JSONProblem(offset: string.position, reason: .controlCharacter(byte: byte)))
    case .tooLong:
      return .problem(JSONProblem(offset: start, reason: .stringTooLong(limit: limits.stringBytes)))
    }
  }

  /// A text that begins with the byte EF: a byte order mark, the beginning of one, or something else.
  private static func mark(_ text: borrowing RawSpan) -> Step {
    for (offset, byte) in [(1, UInt8(0xBB)), (2, 0xBF)] {
      guard offset < text.byteCount else { return .incomplete }
      guard text.byte(at: offset) == byte else { return unexpected(0xEF, 0, .value) }
    }
    return .problem(JSONProblem(offset: 0, reason: .byteOrderMark))
  }
}

extension RawSpan {
  /// The byte at an offset, which must lie inside.
  @inline(__always)
  borrowing func byte(at offset: Int) -> UInt8 {
    unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }

  /// The eight bytes from an offset on, which must all lie inside; the first is the least.
  @inline(__always)
  borrowing func word(at offset: Int) -> UInt64 {
    UInt64(littleEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// The sixteen bytes from an offset on, which must all lie inside, as two words.
  @inline(__always)
  borrowing func block(at offset: Int) -> SIMD2<UInt64> {
    unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: SIMD2<UInt64>.self)
  }
}
