public import ByteText
import CaseModel

/// PowerShell source of literal values.
///
/// A single-quoted string ends at any of U+0027, U+2018, U+2019, U+201A and U+201B, each of which is doubled to stand for itself
/// (PowerShell language specification 3.0, section 2.3.5.2, and its table of single-quote characters). Windows PowerShell reads a file
/// without a byte order mark in the code page of the machine, where one byte can be such a quote. So nothing but printable ASCII is
/// ever written: text with another character, controls included, goes in as base64 and is decoded when the script runs.
public enum PowerShellText {
  /// A literal.
  public static func text(_ text: ByteString) -> ByteString {
    guard text.bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else {
      return "(ConvertFrom-OrderText '" + ByteString(Base64.encode(text.bytes)) + "')"
    }
    var out: [UInt8] = [0x27]
    for byte in text.bytes {
      if byte == 0x27 { out.append(0x27) }
      out.append(byte)
    }
    out.append(0x27)
    return ByteString(out)
  }

  /// The text of a comment: one line, other characters than printable ASCII by their code points.
  public static func comment(_ text: ByteString) -> ByteString {
    var out: [UInt8] = []
    for scalar in UTF8Text.scalars(UTF8Text.lossy(text.bytes)) ?? [] {
      // A `#` could end the other kind of comment, be a line that PowerShell obeys, or begin what it takes for a signature.
      if scalar >= 0x20 && scalar < 0x7F && scalar != 0x23 {
        out.append(UInt8(scalar))
      } else {
        out += Array("{U+".utf8) + hex(scalar) + [0x7D]
      }
    }
    return ByteString(out)
  }

  private static func hex(_ scalar: UInt32) -> [UInt8] {
    let digits = Array(String(scalar, radix: 16, uppercase: true).utf8)
    return [UInt8](repeating: 0x30, count: max(0, 4 - digits.count)) + digits
  }

  static func value(_ value: Cmdlet.Value) -> ByteString? {
    switch value {
    case .text(let text): self.text(text)
    case .word(let word): ByteString(stringLiteral: word)
    case .texts(let items): joined(items.map { text($0) }, by: ", ")
    case .number(let number): ByteString("\(number)")
    case .bool(let value): value ? "$true" : "$false"
    case .time(let time): "(ConvertTo-OrderTime '" + time.rfc3339 + "')"
    case .null: "$null"
    case .on: nil
    case .change(let how, let text): "@{" + ByteString(stringLiteral: how) + " = " + self.text(text) + "}"
    }
  }

  static func call(_ cmdlet: Cmdlet) -> ByteString {
    var out = cmdlet.name
    for parameter in cmdlet.parameters {
      switch parameter.value {
      // A switch takes its value behind a colon, and whatever takes a truth value takes it there too.
      case .bool(let value): out += " -" + parameter.name + (value ? ":$true" : ":$false")
      default:
        out += " -" + parameter.name
        if let value = value(parameter.value) { out += " " + value }
      }
    }
    // Commands of modules do not see the script's preference: an error that only speaks would pass for a look that found nothing.
    return cmdlet.isOwn ? out : out + " -ErrorAction Stop"
  }

  static func pipeline(_ pipeline: Pipeline) -> ByteString { joined(pipeline.map { call($0) }, by: " | ") }
}
