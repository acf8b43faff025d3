/// Counts brackets in bytes that need not be JSON, those in strings left out.
struct JSONBrackets {
  /// How many are open; negative where more were closed.
  var depth = 0
  private(set) var inString = false
  private var escaped = false

  init(depth: Int = 0) {
    self.depth = depth
  }

  /// Takes the next byte.
  mutating func take(_ byte: UInt8) {
    if byte == 0x0A {
      // A string of JSON holds no line feed: whatever was open is not one.
      inString = false
      escaped = false
    } else if inString {
      if escaped {
        escaped = false
      } else if byte == 0x5C {
        escaped = true
      } else if byte == 0x22 {
        inString = false
      }
    } else {
      switch byte {
      case 0x22: inString = true
      case 0x7B, 0x5B: depth += 1
      case 0x7D, 0x5D: depth -= 1
      default: break
      }
    }
  }
}

/// The way from a record that was refused to the next one.
struct JSONResync {
  /// What stands at a byte.
  enum Next {
    /// More of the refused stretch.
    case none
    /// An object that begins a line in the column of the refused record.
    case object
    /// The comma or bracket after an array's element.
    case separator
  }

  /// The column of the refused record, from 0.
  let column: Int
  /// Whether it was an element of an array.
  let inArray: Bool
  private var brackets = JSONBrackets()
  /// The bytes of the line so far, where they are all white (or, in an array, a comma).
  private var indent: Int?

  init(column: Int, inArray: Bool) {
    self.column = column
    self.inArray = inArray
  }

  /// Looks at the next byte, and takes it where it is still of the refused stretch.
  mutating func take(_ byte: UInt8) -> Next {
    if byte == 0x7B && indent == column { return .object }
    if inArray {
      if brackets.depth <= 0 && !brackets.inString && (byte == 0x2C || byte == 0x5D) { return .separator }
      brackets.take(byte)
    }
    if byte == 0x0A {
      indent = 0
    } else if let count = indent {
      indent = byte == 0x20 || byte == 0x09 || (byte == 0x2C && inArray) ? count + 1 : nil
    }
    return .none
  }
}
