import ByteText
import CaseModel

/// Reads result files (docs/formats/result.md): our own result lines, OCSF events, the history of the Action center, and
/// EmailPostDeliveryEvents, each as JSON (lines, array, one object, the answer of the hunting API, the streaming wrapper) or CSV.
///
/// The kind is told from the content. What is none of them may be an export, and is left to `import`.
public enum ResultReading {
  /// The most bytes of a file.
  public static let limit = 64 << 20

  /// Reads a file.
  ///
  /// - Returns: `nil` where it holds nothing that looks like a result.
  public static func read(_ bytes: [UInt8]) -> ResultFile? {
    var rest = bytes[...]
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    guard let first = rest.first(where: { !ASCII.isBlank($0) }) else { return nil }
    return first == 0x7B || first == 0x5B ? ResultJSON.read(rest) : ResultTable.read(Array(rest))
  }

  /// A word without case, blanks and marks.
  static func word(_ text: ByteString) -> ByteString {
    ByteString(text.bytes.filter { ASCII.isAlphanumeric($0) }.map { ASCII.lowercased($0) })
  }

  /// Text of the source, cleaned and cut.
  static func shown(_ text: ByteString, limit: Int = 200) -> ByteString {
    ByteString(Sanitizer.sanitized(text.bytes, limit: limit))
  }
}

/// What a row is read from: the fields of a CSV row or of a JSON object, by name without case, blanks and marks.
struct ResultFields {
  let number: Int
  let bytes: [UInt8]
  private let values: [ByteString: ByteString]

  init(number: Int, bytes: [UInt8], _ pairs: [(ByteString, ByteString)]) {
    self.number = number
    self.bytes = bytes
    var values: [ByteString: ByteString] = [:]
    // The first of two columns of one name counts, as in a spreadsheet's formulas.
    for (name, value) in pairs where values[ResultReading.word(name)] == nil {
      values[ResultReading.word(name)] = ByteString(ASCII.trim(value.bytes))
    }
    self.values = values
  }

  /// The first of some fields that is there and not empty.
  func first(_ names: [ByteString]) -> ByteString? {
    for name in names { if let value = values[name], !value.isEmpty { return value } }
    return nil
  }

  func has(_ name: ByteString) -> Bool { values[name] != nil }

  func refused(_ field: ByteString, _ message: ByteString, hint: ByteString = "") -> RefusedRow {
    RefusedRow(number: number, field: field, message: message, hint: hint, bytes: bytes)
  }
}
