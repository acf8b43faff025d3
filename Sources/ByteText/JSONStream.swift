/// JSON values out of a stream of bytes, one record at a time: JSON Lines, one object over many lines, several of them, or
/// the elements of an array (also of the array `value` in an OData answer), without holding more than one record.
///
/// A record that is not JSON, or beyond a limit, is handed out as ``Item/refused(_:offset:bytes:)`` and reading resumes at
/// the next one: at the next line that begins an object in the column of the bad one, or, inside an array, where the bad
/// element's brackets end.
public struct JSONStream {
  /// What comes out.
  public enum Item {
    /// A record, and the offset of its first byte in the stream.
    case record(JSONDocument, offset: Int)
    /// A stretch that is no record: why (offsets count from the first of `bytes`), where it begins, and its first bytes.
    case refused(JSONProblem, offset: Int, bytes: [UInt8])
    /// More bytes of the stretch refused last.
    case refusedMore([UInt8])
  }

  private enum Place {
    /// Between values that follow each other.
    case sequence
    /// Inside an array, before an element (`first`: or its end).
    case array(first: Bool)
    /// Inside an array, after an element.
    case afterElement
    /// After the array `value` of an OData answer: the rest up to the closing brace is passed over.
    case afterWrapped
    /// In a stretch that was refused.
    case skipping(Skip)
  }

  private struct Skip {
    var column: Int
    var inArray: Bool
    var depth = 0
    var inString = false
    var escaped = false
    /// The last byte was a line feed, then only spaces (and a comma): their number.
    var indent: Int?
    var isFirst = true
    var begun = false
  }

  private let limits: JSONLimits
  private var scanner = JSONScanner()
  private var buffer: [UInt8] = []
  private var position = 0
  private var base = 0
  private var column = 0
  private var place = Place.sequence
  private var isWrapped = false
  private var atStart = true
  private var isFinished = false
  private var lastLineStart = 0

  /// Makes a stream with limits for one record.
  public init(limits: JSONLimits = .record) {
    self.limits = limits
  }

  /// Whether an array was left open at the end of the stream: the file was cut.
  public private(set) var endedInsideArray = false

  /// Takes the next bytes of the stream.
  public mutating func feed(_ chunk: ArraySlice<UInt8>) {
    if position > 0 {
      lastLineStart -= position
      base += position
      buffer.removeFirst(position)
      position = 0
    }
    buffer += chunk
  }

  /// Says that there are no more bytes.
  public mutating func finish() {
    isFinished = true
  }

  /// The next item; `nil` where more bytes are needed, or, after ``finish()``, where there are none.
  public mutating func next() -> Item? {
    while true {
      switch place {
      case .skipping(let skip):
        if let item = self.skip(skip) { return item }
        if case .skipping = place { return nil }
      case .sequence:
        guard let byte = nextByte() else { return nil }
        if byte == 0x5B {
          atStart = false
          position += 1
          place = .array(first: true)
        } else if byte == 0x7B && atStart && !wrapperDecided() {
          return nil
        } else if case .sequence = place {
          atStart = false
          if let item = record(inArray: false) { return item }
          if case .sequence = place { return nil }
        }
      case .array(let first):
        guard let byte = nextByte() else {
          endedInsideArray = isFinished
          return nil
        }
        if first && byte == 0x5D {
          position += 1
          place = isWrapped ? .afterWrapped : .sequence
        } else {
          if let item = record(inArray: true) { return item }
          if case .array = place { return nil }
        }
      case .afterElement:
        guard let byte = nextByte() else {
          endedInsideArray = isFinished
          return nil
        }
        if byte == 0x2C {
          position += 1
          place = .array(first: false)
        } else if byte == 0x5D {
          position += 1
          place = isWrapped ? .afterWrapped : .sequence
        } else {
          refuse(JSONProblem(offset: 0, reason: .unexpected(byte: byte, expected: .commaOrBracket)), inArray: true)
        }
      case .afterWrapped:
        // The rest of an OData answer (`@odata.nextLink`, a count) says nothing about records.
        position = buffer.count
        return nil
      }
    }
  }

  /// The next byte that is not white space, without taking it.
  private mutating func nextByte() -> UInt8? {
    while position < buffer.count {
      let byte = buffer[position]
      guard JSONDocument.isWhite(byte) else { return byte }
      position += 1
      if byte == 0x0A { lastLineStart = position }
    }
    return nil
  }

  private mutating func scan(from offset: Int) -> JSONScanner.Outcome {
    let text = buffer
    return unsafe scanner.scan(text.span.bytes, from: offset, limits: limits)
  }

  /// Reads a value at the position.
  private mutating func record(inArray: Bool) -> Item? {
    let start = position
    switch scan(from: start) {
    case .value(let end):
      if end == buffer.count && !isFinished && scanner.nodes.first?.kind == .number { return nil }
      position = end
      let shift = UInt32(truncatingIfNeeded: start)
      if shift > 0 {
        for index in scanner.nodes.indices {
          scanner.nodes[index].start -= shift
          scanner.nodes[index].end -= shift
        }
      }
      let document = JSONDocument(
        bytes: Array(buffer[start..<end]), nodes: scanner.nodes, repeats: scanner.duplicates)
      if inArray { place = .afterElement }
      return .record(document, offset: base + start)
    case .incomplete:
      if buffer.count - start > limits.bytes {
        refuse(JSONProblem(offset: limits.bytes, reason: .tooLong(limit: limits.bytes)), inArray: inArray)
      } else if isFinished {
        refuse(JSONProblem(offset: buffer.count - start, reason: .truncated), inArray: inArray)
      }
      return nil
    case .problem(var problem):
      problem.offset -= start
      refuse(problem, inArray: inArray)
      return nil
    }
  }

  private var pending: JSONProblem?

  private mutating func refuse(_ problem: JSONProblem, inArray: Bool) {
    pending = problem
    place = .skipping(Skip(column: position - lastLineStart, inArray: inArray))
  }

  /// Passes over a refused stretch as far as the buffer goes.
  private mutating func skip(_ state: Skip) -> Item? {
    var state = state
    let start = position
    var index = position
    var ended = false
    while index < buffer.count {
      let byte = buffer[index]
      if !state.isFirst && byte == 0x7B, let indent = state.indent, indent == state.column {
        ended = true
        break
      }
      state.isFirst = false
      if byte == 0x0A {
        state.indent = 0
        // A string of JSON holds no line feed: whatever was open is not one.
        state.inString = false
        lastLineStart = index + 1
      } else if let indent = state.indent {
        state.indent = byte == 0x20 || byte == 0x09 ? indent + 1 : byte == 0x2C && state.inArray ? indent : nil
      }
      if state.inArray {
        if state.inString {
          if state.escaped {
            state.escaped = false
          } else if byte == 0x5C {
            state.escaped = true
          } else if byte == 0x22 {
            state.inString = false
          }
        } else {
          switch byte {
          case 0x22: state.inString = true
          case 0x7B, 0x5B: state.depth += 1
          case 0x7D: state.depth -= 1
          case 0x5D where state.depth <= 0, 0x2C where state.depth <= 0 && state.begun: ended = true
          case 0x5D: state.depth -= 1
          default: break
          }
          if ended { break }
        }
        if !JSONDocument.isWhite(byte) { state.begun = true }
      }
      index += 1
    }
    let bytes = Array(buffer[start..<index])
    position = index
    if ended || isFinished {
      // A new object in the column of the bad one is the next element; everything else stands after one.
      let atElement = index < buffer.count && buffer[index] == 0x7B
      place = state.inArray ? (atElement ? .array(first: false) : .afterElement) : .sequence
      endedInsideArray = endedInsideArray || (state.inArray && index == buffer.count)
    } else {
      place = .skipping(state)
    }
    if let problem = pending {
      pending = nil
      return .refused(problem, offset: base + start, bytes: bytes)
    }
    return bytes.isEmpty ? nil : .refusedMore(bytes)
  }

  /// Looks whether the stream begins with an OData answer, `{"@odata...": ..., "value": [`, and enters its array.
  ///
  /// - Returns: `false` where more bytes are needed to tell.
  private mutating func wrapperDecided() -> Bool {
    var index = position + 1
    func white(_ index: inout Int) -> UInt8? {
      while index < buffer.count, JSONDocument.isWhite(buffer[index]) { index += 1 }
      return index < buffer.count ? buffer[index] : nil
    }
    while true {
      guard white(&index) == 0x22 else {
        if index >= buffer.count && !isFinished { return false }
        break
      }
      guard case .value(let end) = scan(from: index) else {
        if !isFinished && buffer.count - position < 1 << 16 { return false }
        break
      }
      let key = Array(buffer[index + 1..<end - 1])
      index = end
      guard white(&index) == 0x3A else { break }
      index += 1
      guard let first = white(&index) else {
        if !isFinished { return false }
        break
      }
      if key == Array("value".utf8) {
        guard first == 0x5B else { break }
        position = index + 1
        isWrapped = true
        atStart = false
        place = .array(first: true)
        return true
      }
      guard key.first == 0x40 else { break }
      guard case .value(let after) = scan(from: index) else {
        if !isFinished && buffer.count - position < 1 << 16 { return false }
        break
      }
      index = after
      guard white(&index) == 0x2C else { break }
      index += 1
    }
    atStart = false
    return true
  }
}
