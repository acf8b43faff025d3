import ByteText
import CaseModel
public import WebRendering

/// The daily triage mail: one RFC 5322 message with the same Markdown as text and, through libcmark, as HTML.
public struct DigestMail: Sendable {
  /// A message, and what it tells.
  public struct Message: Sendable {
    /// The message, lines ended by CR LF.
    public var bytes: [UInt8]
    /// How many pending actions it tells whole.
    public var shown: Int
    /// How many it tells in one line.
    public var inShort: Int
  }

  private let lead: DigestLead
  private let action: DigestActionText
  private let news: DigestNewsText
  private let page: DigestPage

  /// The most bytes of a message: Gmail clips at 102 KB (UX section 3), and it is to be read in one go.
  public static let limit = 79_500
  /// The most actions that are named; the rest are counted.
  public static let mostActions = 60
  /// What is kept for actions in one line, when those that are told whole take all there is.
  private static let briefRoom = 6_000
  /// What headers, the head of the page and the ends of both parts take.
  private static let frameRoom = 3_000
  /// The most bytes that news take.
  private static let newsRoom = 14_000
  /// The most lines of each kind of news.
  static let newsLimit = 5

  /// Compiles the templates; throws as ``WebRendering/TemplateSet`` does.
  public init(_ set: TemplateSet) throws(TemplateError) {
    lead = try DigestLead(set)
    action = try DigestActionText(set)
    news = try DigestNewsText(set)
    page = try DigestPage(set)
  }

  /// One part of the content, in both forms.
  private struct Piece {
    var text: [UInt8]
    var links: [UInt8] = []
    var html: HTML
    var opens = false
    var isByMail = false

    init(_ markdown: [UInt8], opens: Bool = false) {
      text = markdown
      html = DigestPage.html(markdown)
      self.opens = opens
    }

    /// What it takes in the message: both forms, encoded, and the cell around the one.
    var size: Int { content + Piece.cell }

    /// The same without a cell.
    var content: Int { [text, links, html.bytes].reduce(0) { $0 + QuotedPrintable.encode($1).count } }

    /// What a cell of the page takes, encoded.
    private static let cell = 320
  }

  /// Makes the message.
  public func message(_ model: DigestModel) throws(TemplateError) -> Message {
    let frame = model.frame
    let later = try happened(model)
    // Whether there are mails to follow, and how many actions are told, changes their size by little.
    let around = [
      Piece(try lead.markdown(model, first: (100, frame.next), hasMail: true)),
      Piece(try news.counts(model, shown: 0, inShort: 0)),
    ]
    var left = Self.limit - Self.frameRoom - (later + around).reduce(0) { $0 + $1.size }
    var pieces: [Piece] = []
    var inShort = 0
    var told: [(number: Int, deadline: Instant)] = []
    for section in model.sections where section.count > 0 {
      let head = Piece(try action.heading(section, frame), opens: true)
      left -= head.size
      pieces.append(head)
      var short: [UInt8] = []
      for one in section.actions where told.count + inShort < Self.mostActions {
        // One that is too long, as attackers may make it, takes nothing from those behind it.
        let piece = try whole(one, number: told.count + 1, frame)
        if piece.size <= left - Self.briefRoom {
          left -= piece.size
          pieces.append(piece)
          told.append((told.count + 1, one.deadline))
          continue
        }
        let line = try action.brief(one, frame)
        let size = Piece(line).content
        guard size <= left else { continue }
        left -= size
        short += line
        inShort += 1
      }
      if !short.isEmpty { pieces.append(Piece(short)) }
    }
    let shown = told.count
    let counts = Piece(try news.counts(model, shown: shown, inShort: inShort), opens: true)
    let head = Piece(
      try lead.markdown(
        model, first: told.min { $0.deadline < $1.deadline }, hasMail: pieces.contains(where: \.isByMail)))
    let all = [head] + pieces + later + [counts]
    let title = Self.subject(model)
    let html = try page.page(
      all.map { DigestPage.Block(html: $0.html, opens: $0.opens) }, title: title, tlp: frame.tlp)
    let mail = MailMessage(headers: Self.headers(model, title), boundary: frame.id, text: text(all, frame), html: html)
    return Message(bytes: mail.bytes, shown: shown, inShort: inShort)
  }

  /// What happened, in as many lines as there is room for.
  private func happened(_ model: DigestModel) throws(TemplateError) -> [Piece] {
    var limit = Self.newsLimit
    while true {
      var pieces: [Piece] = []
      for one in model.news where one.count > 0 {
        pieces.append(Piece(try news.markdown(one, model.frame, limit: limit), opens: true))
      }
      if limit == 0 || pieces.reduce(0, { $0 + $1.size }) <= Self.newsRoom { return pieces }
      limit -= 1
    }
  }

  /// An action whole: in HTML its links stand with it, in the text at the end.
  private func whole(_ one: DigestAction, number: Int, _ frame: DigestFrame) throws(TemplateError) -> Piece {
    let (text, links, isByMail) = try action.whole(one, number: number, frame)
    var piece = Piece(text + [0x0A] + links)
    piece.text = text
    piece.links = links
    piece.isByMail = isByMail
    return piece
  }

  private func text(_ pieces: [Piece], _ frame: DigestFrame) -> [UInt8] {
    var out: [UInt8] = []
    if let tlp = frame.tlp { out += Array("TLP:".utf8) + tlp.bytes + [0x0A, 0x0A] }
    for piece in pieces {
      if !out.isEmpty && !out.suffix(2).elementsEqual([0x0A, 0x0A]) { out.append(0x0A) }
      out += piece.text
    }
    let links = pieces.flatMap(\.links)
    if !links.isEmpty { out += Array("\n## Links\n\n".utf8) + links }
    return out
  }

  /// TLP, date and counts: our own words only.
  private static func subject(_ model: DigestModel) -> ByteString {
    let frame = model.frame
    let tlp = frame.tlp.map { "[TLP:" + $0 + "] " } ?? ""
    let counts: ByteString
    if model.pendingCount == 0 {
      counts = model.isAlive ? "nothing to do, still running" : "nothing to decide"
    } else {
      let lapsing = model.lapsingCount
      counts =
        ByteString("\(model.pendingCount) pending")
        + (lapsing > 0
          ? ByteString(lapsing == 1 ? ", 1 lapses before " : ", \(lapsing) lapse before ") + frame.next.minuteText : "")
    }
    return tlp + "Triage digest " + frame.at.dateText + ": " + counts
  }

  private static func headers(_ model: DigestModel, _ subject: ByteString) -> [HeaderField] {
    let frame = model.frame
    return [
      HeaderField("Date", text: MailMessage.date(frame.at)),
      HeaderField("From", frame.from),
      HeaderField("To", frame.to),
      HeaderField("Message-ID", text: frame.messageID),
      HeaderField("Subject", text: subject),
      HeaderField(
        "List-Id", phrase: "Triage digest of " + frame.organization,
        identifier: "digest." + frame.issuer + "." + frame.from.host),
      HeaderField("Auto-Submitted", text: "auto-generated"),
      HeaderField("X-Auto-Response-Suppress", text: "All"),
    ]
  }
}
