/// The beginning of an OData answer, `{"@odata...": ..., "value": [`: what Graph and its export commands wrap records in.
enum JSONWrapperHead {
  /// More bytes are needed to tell.
  case undecided
  /// It is something else.
  case absent
  /// It is one; the offset after the bracket of its array.
  case array(inside: Int)

  /// How far a wrapper's array may begin from its brace.
  static let reach = 1 << 16

  /// Looks at a text that begins with a brace.
  ///
  /// - Parameter isWhole: whether nothing that comes after the text would be looked at.
  static func find(
    in text: borrowing RawSpan, isWhole: Bool, _ scanner: inout JSONScanner, _ limits: JSONLimits
  ) -> JSONWrapperHead {
    var index = 1
    let atEnd: JSONWrapperHead = isWhole ? .absent : .undecided
    while true {
      skipWhite(text, &index)
      guard index < text.byteCount else { return atEnd }
      guard text.byte(at: index) == 0x22 else { return .absent }
      switch scanner.scan(text.extracting(index..<text.byteCount), limits: limits) {
      case .incomplete: return atEnd
      case .problem: return .absent
      case .value(let length):
        let isValue = isValueKey(text, index, length)
        guard isValue || text.byte(at: index + 1) == 0x40 else { return .absent }
        index += length
        skipWhite(text, &index)
        guard index < text.byteCount else { return atEnd }
        guard text.byte(at: index) == 0x3A else { return .absent }
        index += 1
        skipWhite(text, &index)
        guard index < text.byteCount else { return atEnd }
        if isValue { return text.byte(at: index) == 0x5B ? .array(inside: index + 1) : .absent }
      }
      switch scanner.scan(text.extracting(index..<text.byteCount), limits: limits) {
      case .incomplete: return atEnd
      case .problem: return .absent
      case .value(let length):
        index += length
        skipWhite(text, &index)
        guard index < text.byteCount else { return atEnd }
        guard text.byte(at: index) == 0x2C else { return .absent }
        index += 1
      }
    }
  }

  /// Whether the key at an offset, quotes and all of a length, is `value`.
  private static func isValueKey(_ text: borrowing RawSpan, _ offset: Int, _ length: Int) -> Bool {
    let name: [UInt8] = [0x22, 0x76, 0x61, 0x6C, 0x75, 0x65, 0x22]
    guard length == name.count else { return false }
    for index in 0..<length where text.byte(at: offset + index) != name[index] { return false }
    return true
  }

  private static func skipWhite(_ text: borrowing RawSpan, _ index: inout Int) {
    while index < text.byteCount, JSONDocument.isWhite(text.byte(at: index)) { index += 1 }
  }
}
