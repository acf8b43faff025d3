import ByteText
import CaseModel

/// A message with a text and an HTML part (RFC 2046 section 5.1.4), lines ended by CR LF, ASCII throughout.
struct MailMessage {
  private let headers: [HeaderField]
  private let boundary: ByteString
  private let text: [UInt8]
  private let html: [UInt8]

  /// - Parameters:
  ///   - boundary: of `[A-Za-z0-9-]`. Behind `=_`, which quoted-printable never writes, it parts nothing by chance.
  ///   - text: UTF-8, lines ended by line feeds.
  ///   - html: the same.
  init(headers: [HeaderField], boundary: ByteString, text: [UInt8], html: [UInt8]) {
    self.headers = headers
    self.boundary = "=_" + boundary
    self.text = text
    self.html = html
  }

  var bytes: [UInt8] {
    var out: [UInt8] = []
    for field in headers { out += field.bytes }
    out += "MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary=\"".utf8
    out += boundary.bytes + Array("\"\r\n\r\n".utf8)
    append("text/plain", text, to: &out)
    append("text/html", html, to: &out)
    return out + Array("--".utf8) + boundary.bytes + Array("--\r\n".utf8)
  }

  private func append(_ type: StaticString, _ content: [UInt8], to out: inout [UInt8]) {
    out += Array("--".utf8) + boundary.bytes + Array("\r\nContent-Type: ".utf8)
    out += type.withUTF8Buffer { unsafe Array($0) }
    out += "; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n".utf8
    out += QuotedPrintable.encode(content) + Array("\r\n".utf8)
  }

  /// `Wed, 25 Nov 2026 08:00:00 +0000` (RFC 5322 section 3.3).
  static func date(_ at: Instant) -> ByteString {
    let days: [StaticString] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let months: [StaticString] = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let part = at.components
    let day = Int(((at.seconds / 86_400) % 7 + 7) % 7)
    let time = ByteString(at.rfc3339.bytes[11..<19])
    return ByteString(stringLiteral: days[day]) + ByteString(", \(part.day) ")
      + ByteString(stringLiteral: months[part.month - 1]) + ByteString(" \(part.year) ") + time + " +0000"
  }
}
