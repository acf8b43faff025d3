import ByteText

@testable import DecisionIntake

/// Replies as mail clients send them.
enum MailSamples {
  /// Tokens of the usual length; the last two stand only in what is quoted.
  static let approve = token("A")
  static let quotedApprove = token("Q")
  static let quotedReject = token("R")

  static func token(_ letter: Character) -> String {
    let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789-_ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    let claims = (0..<299).map { letters[($0 * 7 + 11) % 64] }
    return "v4.public.\(letter)" + String(claims) + ".eyJraWQiOiJVaDdodTBXVCJ9"
  }

  static func block(_ token: String, comment: String? = nil) -> [String] {
    ["-----BEGIN COUNTERSIGN DECISION-----", "token: \(token)"] + (comment.map { ["comment: \($0)"] } ?? [])
      + ["-----END COUNTERSIGN DECISION-----"]
  }

  static func blockText(_ token: String, comment: String? = nil) -> String {
    block(token, comment: comment).joined(separator: "\n") + "\n"
  }

  /// What is quoted: both decisions, as blocks and as bare tokens.
  static let original =
    ["2 actions wait for you. To decide, send one of these:", ""] + block(quotedApprove, comment: "go ahead") + [""]
    + block(quotedReject) + ["", quotedApprove, "token: \(quotedReject)", "Larkfield"]

  static let header =
    "From: Ivy Marsh <ivy@larkfield.example>\nTo: countersign@larkfield.example\n"
    + "Date: Mon, 9 Mar 2026 10:15:00 +0100\nSubject: Re: 2 pending\nMessage-ID: <1@larkfield.example>\nMIME-Version: 1.0\n"

  /// A message of one plain part.
  static func plain(_ text: String, type: String = "text/plain; charset=utf-8", encoding: String = "8bit") -> String {
    header + "Content-Type: \(type)\nContent-Transfer-Encoding: \(encoding)\n\n" + text
  }

  /// A message of parts, each with its header.
  static func multipart(_ parts: [String], subtype: String = "mixed", boundary: String = "=_b1") -> String {
    header + container(parts, subtype: subtype, boundary: boundary)
  }

  static func container(_ parts: [String], subtype: String, boundary: String) -> String {
    "Content-Type: multipart/\(subtype); boundary=\"\(boundary)\"\n\nThis is a message with parts.\n"
      + parts.map { "--\(boundary)\n\($0)\n" }.joined() + "--\(boundary)--\n"
  }

  /// A part that is a file.
  static func file(
    _ name: String, _ bytes: [UInt8], type: String = "application/octet-stream", encoding: String = "base64"
  ) -> String {
    let body = encoding == "base64" ? base64(bytes) : String(decoding: bytes, as: UTF8.self)
    return "Content-Type: \(type); name=\"\(name)\"\nContent-Disposition: attachment; filename=\"\(name)\"\n"
      + "Content-Transfer-Encoding: \(encoding)\n\n" + body
  }

  static func base64(_ bytes: [UInt8]) -> String {
    let text = Base64.encode(bytes)
    return stride(from: 0, to: text.count, by: 76)
      .map { String(decoding: text[$0..<min($0 + 76, text.count)], as: UTF8.self) }.joined(separator: "\n")
  }

  static func quotedPrintable(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      var out = ""
      var column = 0
      for byte in line.utf8 {
        let piece = byte > 0x7E || byte == 0x3D ? "=" + Hex.text(byte) : String(UnicodeScalar(byte))
        if column + piece.utf8.count > 72 {
          out += "=\n"
          column = 0
        }
        out += piece
        column += piece.utf8.count
      }
      return out
    }.joined(separator: "\n")
  }

  enum Hex {
    static func text(_ byte: UInt8) -> String {
      let digits = Array("0123456789ABCDEF")
      return String([digits[Int(byte >> 4)], digits[Int(byte & 15)]])
    }
  }

  static func withCRLF(_ text: String) -> [UInt8] {
    Array(text.utf8).flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
  }

  static let signature = "-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAQ==\n-----END SSH SIGNATURE-----\n"
}
