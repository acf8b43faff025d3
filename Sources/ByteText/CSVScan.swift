extension CSVReader {
  /// Reads a chunk.
  ///
  /// Every turn of the loop reads at least one byte or leaves a state that reads one.
  mutating func consume(_ chunk: ArraySlice<UInt8>, emit: (Event) -> Void) {
    var index = chunk.startIndex
    let base = chunk.startIndex
    while index < chunk.endIndex {
      let byte = chunk[index]
      let offset = chunkOffset + index - base
      switch state {
      case .recordStart, .fieldStart:
        if state == .recordStart {
          recordOffset = offset
          recordLine = line
        }
        if byte == 0x0A && state == .recordStart {
          line += 1
        } else if byte == 0x22 {
          quoteOffset = offset
          quoteLine = line
          state = .quoted
        } else {
          state = .unquoted
          continue
        }
        index += 1
      case .unquoted:
        let end = endOfUnquoted(chunk, from: index)
        guard add(chunk[index..<end], at: offset, emit: emit) else {
          index = end
          continue
        }
        index = end
        guard index < chunk.endIndex else { continue }
        if chunk[index] == 0x22 {
          fail(.quoteInUnquotedField, offset: chunkOffset + index - base, emit: emit)
        } else {
          endUnit(chunk[index], at: chunkOffset + index - base, emit: emit)
          index += 1
        }
      case .quoted:
        let end = endOfQuoted(chunk, from: index)
        if add(chunk[index..<end], at: offset, emit: emit), end < chunk.endIndex { state = .closingQuote }
        line += lineFeeds(chunk[index..<end])
        index = end < chunk.endIndex && state == .closingQuote ? end + 1 : end
      case .closingQuote:
        if byte == 0x22 {
          state = .quoted
          _ = add([0x22], at: offset, emit: emit)
          index += 1
        } else if byte == separator || byte == 0x0A || byte == 0x0D {
          endUnit(byte, at: offset, emit: emit)
          index += 1
        } else {
          fail(.textAfterClosingQuote, offset: offset, emit: emit)
        }
      case .carriageReturn:
        if byte == 0x0A {
          endLine(at: offset, emit: emit)
          index += 1
        } else {
          fail(.bareCarriageReturn, offset: offset - 1, emit: emit)
        }
      case .skipping:
        if byte == 0x0A {
          line += 1
          state = .recordStart
        }
        index += 1
      case .skippingQuoted:
        if byte == 0x22 { state = .skippedQuote }
        if byte == 0x0A { line += 1 }
        index += 1
      case .skippedQuote:
        if byte == 0x22 {
          state = .skippingQuoted
          index += 1
        } else {
          state = .skipping
        }
      }
    }
    chunkOffset += chunk.count
  }

  /// Ends a field at a separator, LF, or the CR that should stand before one.
  private mutating func endUnit(_ byte: UInt8, at offset: Int, emit: (Event) -> Void) {
    if byte == 0x0A {
      endLine(at: offset, emit: emit)
    } else if byte == separator {
      if endField(at: offset, emit: emit) { state = .fieldStart }
    } else {
      state = .carriageReturn
    }
  }

  private mutating func endLine(at offset: Int, emit: (Event) -> Void) {
    // CR LF alone is an empty line: the record would start at its CR.
    let isEmptyLine = offset == recordOffset + 1 && fields.isEmpty && field.isEmpty && state == .carriageReturn
    if !isEmptyLine && endField(at: offset, emit: emit) { emitRecord(emit) }
    state = .recordStart
    line += 1
  }

  /// Takes the field into the record; `false`, and an error told, where there are too many.
  mutating func endField(at offset: Int, emit: (Event) -> Void) -> Bool {
    guard fields.count < limits.fields else {
      fail(.tooManyFields, offset: offset, emit: emit)
      return false
    }
    fields.append(field)
    field = []
    return true
  }

  mutating func emitRecord(_ emit: (Event) -> Void) {
    let record = Record(fields: fields, offset: recordOffset, line: recordLine)
    drop()
    emit(.record(record))
  }

  /// Adds to the field; `false`, and an error told, where a limit is passed.
  private mutating func add(_ bytes: ArraySlice<UInt8>, at offset: Int, emit: (Event) -> Void) -> Bool {
    let room = min(limits.fieldBytes - field.count, limits.recordBytes - recordBytes)
    guard bytes.count <= room else {
      let fault: Fault = limits.fieldBytes - field.count <= room ? .fieldTooLong : .recordTooLong
      let before = lineFeeds(bytes.prefix(room))
      emit(.problem(problem(fault, offset: offset + room, line: line + before)))
      state = state == .quoted ? .skippingQuoted : .skipping
      drop()
      return false
    }
    field += bytes
    recordBytes += bytes.count
    return true
  }

  private mutating func fail(_ fault: Fault, offset: Int, emit: (Event) -> Void) {
    emit(.problem(problem(fault, offset: offset, line: line)))
    drop()
    state = .skipping
  }

  func problem(_ fault: Fault, offset: Int, line: Int) -> Problem {
    Problem(fault: fault, offset: offset, line: line, recordLine: recordLine)
  }

  /// Forgets the record at hand.
  mutating func drop() {
    fields = []
    field = []
    recordBytes = 0
  }

  private func lineFeeds(_ bytes: ArraySlice<UInt8>) -> Int {
    let span = bytes.span
    var count = 0
    for index in span.indices where span[index] == 0x0A { count += 1 }
    return count
  }

  private func endOfUnquoted(_ chunk: ArraySlice<UInt8>, from start: Int) -> Int {
    chunk[start...].firstIndex { $0 == separator || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D } ?? chunk.endIndex
  }

  private func endOfQuoted(_ chunk: ArraySlice<UInt8>, from start: Int) -> Int {
    let span = chunk.span
    var index = start - chunk.startIndex
    while index + 8 <= span.count, !WordScan.has(0x22, in: span.word(at: index)) { index += 8 }
    while index < span.count, span[index] != 0x22 { index += 1 }
    return index + chunk.startIndex
  }
}
