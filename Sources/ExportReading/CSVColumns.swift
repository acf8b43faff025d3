import ByteText

/// Where a CSV file keeps its audit records: both Purview headers, those of PowerShell, and hunting results.
struct CSVColumns: Hashable {
  /// The index of the column.
  var record: Int
  /// Its name.
  var name: ByteString
  /// What stands between fields.
  var separator: UInt8
  /// Lines in front of the header.
  var linesBefore: Int

  /// Finds the column `AuditData` or `RawEventData`, in any case; `nil` where the line is no such header.
  init?(header: [UInt8], linesBefore: Int) {
    self.linesBefore = linesBefore
    for separator in [0x2C, 0x3B, 0x09] as [UInt8] {
      let events = CSVReader.events(in: header, separator: separator)
      guard case .record(let record)? = events.first else { continue }
      for (name, text) in [("AuditData" as StaticString, "AuditData" as ByteString), ("RawEventData", "RawEventData")] {
        if let index = record.fields.firstIndex(where: { ASCII.equalsIgnoringCase(ASCII.trim($0), name) }) {
          self.record = index
          self.name = text
          self.separator = separator
          return
        }
      }
    }
    return nil
  }

  /// A row as CSV again, every field quoted.
  func row(_ fields: [[UInt8]]) -> [UInt8] {
    var out: [UInt8] = []
    for (index, field) in fields.enumerated() {
      if index > 0 { out.append(separator) }
      out.append(0x22)
      for byte in field {
        if byte == 0x22 { out.append(0x22) }
        out.append(byte)
      }
      out.append(0x22)
    }
    return out
  }

  /// What is wrong with a row that was dropped.
  static func message(_ problem: CSVReader.Problem, firstLine: Int) -> ByteString {
    let what: ByteString =
      switch problem.fault {
      case .unterminatedQuote: "a quoted field is not closed"
      case .quoteInUnquotedField: "a quote stands inside a field that does not begin with one"
      case .textAfterClosingQuote: "something stands between a closing quote and the next separator"
      case .bareCarriageReturn: "a carriage return stands alone"
      case .fieldTooLong: "a field is too long"
      case .recordTooLong: "the row is too long"
      case .tooManyFields: "the row has too many fields"
      }
    return Wording.joined(what, " (line ", Wording.number(problem.line + firstLine), " of the file)")
  }
}
