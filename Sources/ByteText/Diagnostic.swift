/// One thing that is wrong, or worth a note, in something that was read.
///
/// Printed as `countersign: error: FILE: record 12: Actions[0].StartTimeUtc: message` and `countersign: hint: ...`
/// (DESIGN section 6). Every part may hold text of attackers: whoever prints it goes through ``TerminalText``.
public struct Diagnostic: Hashable, Sendable {
  /// How much it weighs.
  public enum Severity: String, Hashable, Sendable {
    /// Something was refused.
    case error
    /// Something was used, but not as it stood.
    case warning
    /// Nothing was lost; worth knowing.
    case note
  }

  /// How much it weighs.
  public var severity: Severity
  /// The file it stands in, as the user named it; empty where there is none.
  public var file: ByteString
  /// The record's number in the file, from 1; `nil` where the whole file is meant.
  public var record: Int?
  /// The field, as a path of keys and indices (`Actions[0].StartTimeUtc`); empty where the whole record is meant.
  public var field: ByteString
  /// What is wrong and what was expected: lower case, no final stop.
  public var message: ByteString
  /// What to do next; empty where there is nothing to say.
  public var hint: ByteString

  /// Makes a diagnostic.
  public init(
    _ severity: Severity, file: ByteString = "", record: Int? = nil, field: ByteString = "", message: ByteString,
    hint: ByteString = ""
  ) {
    self.severity = severity
    self.file = file
    self.record = record
    self.field = field
    self.message = message
    self.hint = hint
  }

  /// The parts that stand after `countersign: error: `, joined by `: `, not yet safe for a terminal.
  public var text: [UInt8] {
    var line: [UInt8] = []
    func add(_ part: [UInt8]) {
      if part.isEmpty { return }
      if !line.isEmpty { line += [0x3A, 0x20] }
      line += part
    }
    add(file.bytes)
    if let record { add(Array("record \(record)".utf8)) }
    add(field.bytes)
    add(message.bytes)
    return line
  }
}
