import ByteText

/// Writes a manifest line: a JSON array of text, whole numbers, `null` and further arrays.
struct ManifestRow {
  private var bytes: [UInt8] = [0x5B]

  init() {}

  private mutating func separate() {
    if let last = bytes.last, last != 0x5B { bytes.append(0x2C) }
  }

  mutating func text(_ text: ByteString?) {
    separate()
    guard let text else {
      bytes += "null".utf8
      return
    }
    // Names of exports need not be UTF-8; the evidence keeps them as they are.
    CanonicalJSON.append(UTF8Text.isValid(text.bytes) ? text.bytes : UTF8Text.lossy(text.bytes), to: &bytes)
  }

  mutating func number(_ number: Int?) {
    separate()
    if let number {
      bytes += String(number).utf8
    } else {
      bytes += "null".utf8
    }
  }

  mutating func open() {
    separate()
    bytes.append(0x5B)
  }

  mutating func close() {
    bytes.append(0x5D)
  }

  mutating func finish(_ out: inout [UInt8]) {
    out += bytes
    out += [0x5D, 0x0A]
  }
}

/// Reads the cells of a manifest line one after the other.
struct ManifestCells {
  private let cells: [JSONValue]
  private var index = 0

  init(_ cells: [JSONValue]) {
    self.cells = cells
  }

  private mutating func next() -> JSONValue? {
    guard index < cells.count else { return nil }
    defer { index += 1 }
    return cells[index]
  }

  mutating func text() -> ByteString? { next()?.string }
  mutating func number() -> Int? { next()?.int }

  mutating func list() -> [JSONValue]? {
    guard let value = next(), value.kind == .array else { return nil }
    return value.elements
  }
}
