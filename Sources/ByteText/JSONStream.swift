/// JSON values out of a stream of bytes, one record at a time: JSON Lines, one object over many lines, several of them, or
/// the elements of an array (also of the array `value` in OData answers), without holding more than one record.
///
/// A record that is not JSON, or beyond a limit, is handed out as ``Item/refused(_:offset:bytes:)`` and reading resumes at
/// the next one: at the next line that begins an object in the column of the bad one, or, inside an array, where the bad
/// element's brackets end. In which pieces the stream arrives makes no difference.
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
    case afterWrapped(JSONBrackets)
    /// In a stretch that was refused.
    case skipping(JSONResync)
  }

  private let limits: JSONLimits
  private var scanner = JSONScanner()
  private var buffer: [UInt8] = []
  private var position = 0
  /// Offset of the buffer's first byte in the stream, and its column.
  private var base = 0
  private var column = 0
  private var place = Place.sequence
  private var isWrapped = false
  private var mayBeWrapper = true
  private var isFinished = false
  /// Offset in the stream up to which bytes are awaited before what is incomplete is scanned again: twice as many as last
  /// time, so that small pieces of a large record cost no more than the record.
  private var awaited = 0
  private var pending: JSONProblem?

  /// Makes a stream with limits for one record.
  public init(limits: JSONLimits = .record) {
    self.limits = limits
  }

  /// Whether an array was left open at the end of the stream: the file was cut.
  public private(set) var endedInsideArray = false

  /// Takes the next bytes of the stream.
  public mutating func feed(_ chunk: ArraySlice<UInt8>) {
    if position > 0 {
      column = column(of: position)
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
      case .skipping(let resync):
        if let item = skip(resync) { return item }
        if case .skipping = place { return nil }
      case .afterWrapped(let brackets):
        if !passed(brackets) { return nil }
      case .sequence:
        guard let byte = nextByte() else { return nil }
        if byte == 0x5B {
          mayBeWrapper = false
          position += 1
          place = .array(first: true)
        } else if mayBeWrapper && byte == 0x7B {
          if !wrapperDecided() { return nil }
        } else {
          mayBeWrapper = false
          if let item = record(inArray: false) { return item }
          if case .sequence = place { return nil }
        }
      case .array(let first):
        guard let byte = nextByte() else { return endOfArray() }
        if first && byte == 0x5D {
          leaveArray()
        } else {
          if let item = record(inArray: true) { return item }
          if case .array = place { return nil }
        }
      case .afterElement:
        guard let byte = nextByte() else { return endOfArray() }
        if byte == 0x2C {
          position += 1
          place = .array(first: false)
        } else if byte == 0x5D {
          leaveArray()
        } else {
          refuse(JSONProblem(offset: 0, reason: .unexpected(byte: byte, expected: .commaOrBracket)), inArray: true)
        }
      }
    }
  }

  /// The next byte that is not white space, without taking it.
  private mutating func nextByte() -> UInt8? {
    while position < buffer.count {
      let byte = buffer[position]
      guard JSONDocument.isWhite(byte) else { return byte }
      position += 1
    }
    return nil
  }

  private mutating func leaveArray() {
    position += 1
    place = isWrapped ? .afterWrapped(JSONBrackets(depth: 1)) : .sequence
  }

  private mutating func endOfArray() -> Item? {
    endedInsideArray = isFinished
    return nil
  }
}

extension JSONStream {
  /// Whether enough has come to make another look at what stands at the position worth while.
  private var isWorthScanning: Bool { isFinished || base + buffer.count >= awaited }

  /// The bytes to look at for one record: one more than it may have, so that whether it is too long shows whatever follows.
  private var enough: Int { min(limits.bytes, Int(UInt32.max) - 1) + 1 }

  /// Waits for as many bytes again as there are, at most for `most` in all.
  private mutating func wait(forAtMost most: Int) {
    let available = buffer.count - position
    awaited = base + position + min(available * 2, most)
  }

  /// Reads a value at the position.
  private mutating func record(inArray: Bool) -> Item? {
    guard isWorthScanning else { return nil }
    let start = position
    let available = buffer.count - start
    let reach = min(available, enough)
    let text = buffer
    let outcome = unsafe scanner.scan(text.span.bytes.extracting(start..<start + reach), limits: limits)
    switch outcome {
    case .value(let end) where end <= limits.bytes:
      if end == reach && !isFinished && scanner.isNumber {
        wait(forAtMost: enough)
        return nil
      }
      position = start + end
      if inArray { place = .afterElement }
      return .record(
        JSONDocument(bytes: Array(buffer[start..<start + end]), nodes: scanner.nodes, repeats: scanner.repeats),
        offset: base + start)
    case .value, .incomplete:
      if available > limits.bytes {
        refuse(JSONProblem(offset: limits.bytes, reason: .tooLong(limit: limits.bytes)), inArray: inArray)
      } else if isFinished {
        refuse(JSONProblem(offset: available, reason: .truncated), inArray: inArray)
      } else {
        wait(forAtMost: enough)
      }
      return nil
    case .problem(let problem):
      refuse(problem, inArray: inArray)
      return nil
    }
  }

  private mutating func refuse(_ problem: JSONProblem, inArray: Bool) {
    pending = problem
    let column = column(of: position)
    // What begins far to the right follows something else on its line; the next record is looked for at a line's start.
    place = .skipping(JSONResync(column: column < Self.widest ? column : 0, inArray: inArray))
  }

  /// Columns are counted up to this one.
  private static let widest = 4096

  /// The column of a byte of the buffer, from 0.
  private func column(of index: Int) -> Int {
    var start = index
    while start > 0 && index - start < Self.widest {
      if buffer[start - 1] == 0x0A { return index - start }
      start -= 1
    }
    return start > 0 ? Self.widest : min(Self.widest, column + index)
  }

  /// Passes over a refused stretch as far as the buffer goes.
  private mutating func skip(_ state: JSONResync) -> Item? {
    var state = state
    let start = position
    var index = start
    var next = JSONResync.Next.none
    while index < buffer.count {
      next = state.take(buffer[index])
      if next != .none { break }
      index += 1
    }
    position = index
    if next == .none && !isFinished {
      place = .skipping(state)
    } else if state.inArray {
      place = next == .object ? .array(first: false) : .afterElement
    } else {
      place = .sequence
    }
    let bytes = Array(buffer[start..<index])
    if let problem = pending {
      pending = nil
      return .refused(problem, offset: base + start, bytes: bytes)
    }
    return bytes.isEmpty ? nil : .refusedMore(bytes)
  }

  /// Looks whether the stream begins, or goes on, with an OData answer, and enters its array.
  ///
  /// - Returns: `false` where more bytes are needed to tell.
  private mutating func wrapperDecided() -> Bool {
    guard isWorthScanning else { return false }
    let reach = min(buffer.count - position, JSONWrapperHead.reach)
    let text = buffer
    let head = unsafe JSONWrapperHead.find(
      in: text.span.bytes.extracting(position..<position + reach),
      isWhole: isFinished || reach == JSONWrapperHead.reach, &scanner, limits)
    switch head {
    case .undecided:
      wait(forAtMost: JSONWrapperHead.reach)
      return false
    case .absent:
      mayBeWrapper = false
    case .array(let inside):
      position += inside
      isWrapped = true
      mayBeWrapper = false
      place = .array(first: true)
    }
    return true
  }

  /// Passes over what stands after the array of an OData answer (`@odata.nextLink`, a count): it says nothing about
  /// records.
  ///
  /// Behind its closing brace another answer may follow.
  private mutating func passed(_ brackets: JSONBrackets) -> Bool {
    var brackets = brackets
    while position < buffer.count {
      brackets.take(buffer[position])
      position += 1
      if brackets.depth == 0 {
        isWrapped = false
        mayBeWrapper = true
        place = .sequence
        return true
      }
    }
    place = .afterWrapped(brackets)
    return false
  }
}
