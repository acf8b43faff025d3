/// Rows of RFC 4180 that a spreadsheet does not run.
///
/// Every cell is quoted, rows end in CR LF. Sanitising is the caller's, but for NUL, which is shown as U+2400: some
/// readers stop at it.
public enum CSVWriter {
  /// One cell.
  public enum Cell: Hashable, Sendable {
    /// Text, guarded against being read as a formula.
    case text([UInt8])
    /// A number of ours, as decimal digits.
    case number(Int)
  }

  /// Adds a row.
  public static func append(_ row: [Cell], to out: inout [UInt8]) {
    for (place, cell) in row.enumerated() {
      if place > 0 { out.append(0x2C) }
      out.append(0x22)
      switch cell {
      case .number(let value): out += "\(value)".utf8
      case .text(let text): append(text, to: &out)
      }
      out.append(0x22)
    }
    out += [0x0D, 0x0A]
  }

  /// Adds the inside of a quoted cell.
  ///
  /// A `'` goes before `=`, `+`, `-`, `@` and their full-width forms at the start of the cell, and also after `;`, tab, CR
  /// and LF, blanks and quotes passed over: a spreadsheet that parts cells at `;` or tab takes our quotes for text and sees
  /// a cell start there (SECURITY section 5.4). Tab, CR and LF get one at the start of the cell.
  private static func append(_ text: [UInt8], to out: inout [UInt8]) {
    var startsCell = true
    for (index, byte) in text.enumerated() {
      let parts = byte == 0x3B || byte == 0x09 || byte == 0x0D || byte == 0x0A
      if startsCell && isTrigger(text, at: index) || index == 0 && parts && byte != 0x3B { out.append(0x27) }
      switch byte {
      case 0x22: out += [0x22, 0x22]
      case 0x00: out += [0xE2, 0x90, 0x80]
      default: out.append(byte)
      }
      startsCell = parts || startsCell && (byte == 0x20 || byte == 0x22 || byte == 0x00)
    }
  }

  private static func isTrigger(_ text: [UInt8], at index: Int) -> Bool {
    switch text[index] {
    case 0x3D, 0x2B, 0x2D, 0x40: return true
    case 0xEF:
      let rest = text[index...]
      return rest.starts(with: [0xEF, 0xBC, 0x9D]) || rest.starts(with: [0xEF, 0xBC, 0x8B])
        || rest.starts(with: [0xEF, 0xBC, 0x8D]) || rest.starts(with: [0xEF, 0xBC, 0xA0])
    default: return false
    }
  }
}
