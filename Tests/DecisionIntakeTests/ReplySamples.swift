@testable import DecisionIntake

/// The grid of replies: what quotes, where the answer stands, and how it travels (SECURITY section 5.5).
struct ReplySample: CustomStringConvertible, Sendable {
  enum Client: CaseIterable { case gmail, outlook, thunderbird, appleMail }
  enum Posting: CaseIterable { case top, bottom }
  enum Carriage: CaseIterable { case plain, quotedPrintable, base64, flowed, html, wrapped, mixed }

  var client: Client
  var posting: Posting
  var carriage: Carriage

  var description: String { "\(client) \(posting) \(carriage)" }

  static let all = Client.allCases.flatMap { client in
    Posting.allCases.flatMap { posting in
      Carriage.allCases.map { ReplySample(client: client, posting: posting, carriage: $0) }
    }
  }

  /// Outlook marks nothing: what stands below its header is the original, whoever wrote it.
  var counts: Bool { client != .outlook || posting == .top }

  static let comment = "seen, grün; as agreed by phone with the owner of the mailbox, who had not ordered anything"

  /// The message, lines ending in LF.
  var message: String {
    switch carriage {
    case .plain: MailSamples.plain(text(block))
    case .quotedPrintable:
      MailSamples.plain(MailSamples.quotedPrintable(text(block)), encoding: "quoted-printable")
    case .base64: MailSamples.plain(MailSamples.base64(Array(text(block).utf8)), encoding: "base64")
    case .flowed:
      MailSamples.plain(
        text(block).split(separator: "\n", omittingEmptySubsequences: false).map { Self.flowed(String($0)) }
          .joined(separator: "\n"), type: "text/plain; charset=UTF-8; format=flowed; delsp=yes")
    case .html:
      MailSamples.plain(
        MailSamples.quotedPrintable(page), type: "text/html; charset=\"utf-8\"", encoding: "quoted-printable")
    case .wrapped: MailSamples.plain(text(block.flatMap { Self.pieces($0, 70) }))
    case .mixed:
      MailSamples.multipart([
        MailSamples.container(
          [
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" + text(block),
            "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" + page,
          ], subtype: "alternative", boundary: "=_b2"),
        MailSamples.file("scan.pdf", [0x25, 0x50, 0x44, 0x46, 0x00, 0xFF], type: "application/pdf"),
      ])
    }
  }

  private var block: [String] { MailSamples.block(MailSamples.approve, comment: Self.comment) }

  private static let said = "On Mon, Mar 9, 2026 at 9:12 AM Countersign <digest@larkfield.example> wrote:"

  private func text(_ block: [String]) -> String {
    let quoted = MailSamples.original.map { "> " + $0 }
    let lines: [String]
    switch client {
    case .gmail:
      lines = ["On Mon, Mar 9, 2026 at 9:12 AM Countersign <digest@larkfield.example>", "wrote:", ""] + quoted
    case .outlook:
      lines =
        [
          "________________________________", "From: Countersign <digest@larkfield.example>",
          "Sent: Monday, March 9, 2026 9:12 AM", "To: Ivy Marsh <ivy@larkfield.example>", "Subject: 2 pending", "",
        ] + MailSamples.original
    case .thunderbird: lines = [Self.said] + quoted
    case .appleMail: lines = ["> " + Self.said, ">"] + quoted
    }
    let own = ["Hello,", ""] + block + ["", "Ivy", ""]
    return (posting == .top ? own + lines : lines + [""] + own).joined(separator: "\n")
  }

  /// The web page of the reply.
  var page: String {
    let own = "<div dir=\"ltr\">Hello,<br><br>" + block.joined(separator: "<br>\n") + "<br>Ivy</div>\n"
    let original = MailSamples.original.joined(separator: "<br>\n")
    let said = Self.said.replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    let quote: String
    switch client {
    case .gmail:
      quote =
        "<br><div class=\"gmail_quote gmail_quote_container\"><div dir=\"ltr\" class=\"gmail_attr\">\(said)<br></div>"
        + "<blockquote class=\"gmail_quote\" style=\"margin:0\"><div><div>\(original)</div></div></blockquote></div>"
    case .outlook:
      quote =
        "<div id=\"appendonsend\"></div><hr style=\"display:inline-block;width:98%\" tabindex=\"-1\">"
        + "<div id=\"divRplyFwdMsg\" dir=\"ltr\"><font><b>Von:</b> Countersign<br><b>Gesendet:</b> Montag</font></div>"
        + "<div>\(original)</div>"
    case .thunderbird:
      quote =
        "<div class=\"moz-cite-prefix\">\(said)<br></div>"
        + "<blockquote type=\"cite\" cite=\"mid:1@larkfield.example\">\(original)</blockquote>"
    case .appleMail:
      quote = "<br><div><blockquote type=\"cite\"><div>\(said)</div><br><div>\(original)</div></blockquote></div>"
    }
    return "<html><head><style>p { margin: 0 }</style></head><body>"
      + (posting == .top ? own + quote : quote + own) + "</body></html>"
  }

  /// A line broken for the way, a blank before each break (RFC 3676 with DelSp).
  private static func flowed(_ line: String) -> String {
    let mark = line.hasPrefix("> ") ? "> " : ""
    // A line that would look quoted is stuffed; none here begins so.
    return pieces(String(line.dropFirst(mark.count)), 66).map { mark + $0 }.joined(separator: " \n")
  }

  private static func pieces(_ line: String, _ length: Int) -> [String] {
    guard line.count > length, !line.hasPrefix("-----") else { return [line] }
    // A comment is broken behind its blanks, as clients do; a token anywhere.
    var out: [String] = []
    var rest = Substring(line)
    while rest.count > length {
      let piece = rest.prefix(length)
      let cut =
        line.hasPrefix("comment")
        ? (piece.lastIndex(of: " ").map(line.index(after:)) ?? piece.endIndex) : piece.endIndex
      out.append(String(rest[..<cut]))
      rest = rest[cut...]
    }
    return out + [String(rest)]
  }
}
