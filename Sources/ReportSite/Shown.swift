import ByteText
import CaseModel
import WebRendering

/// Values as they stand on a page.
///
/// Whatever came from an export is sanitised, escaped, isolated and never live.
enum Shown {
  // MARK: - Text from outside

  /// Text, URLs in it dead, with a badge for each reason to look twice.
  static func text(_ text: ByteString, limit: Int = Sanitizer.subjectLimit) -> HTML {
    let dead = Defanging.urls(in: text.bytes)
    if isPlain(dead, limit) { return .text(untrusted: dead) }
    return .text(untrusted: Sanitizer.sanitized(dead, limit: limit)) + warnings(text.bytes)
  }

  /// Text that may be empty: then a word that says so.
  static func text(_ text: ByteString, orElse absent: HTML) -> HTML { text.isEmpty ? absent : self.text(text) }

  /// An exact identifier.
  static func code(_ text: ByteString, limit: Int = Sanitizer.urlLimit) -> HTML {
    let shown = isPlain(text.bytes, limit) ? text.bytes : Sanitizer.sanitized(text.bytes, limit: limit)
    return "<code>\(untrusted: shown)</code>" + (isPlain(text.bytes, .max) ? HTML() : warnings(text.bytes))
  }

  /// A URL, dead.
  static func url(_ text: ByteString) -> HTML { defanged(Defanging.url(text.bytes), of: text.bytes, hostAfter: 0x2F) }

  /// A mail address, host name or IP address, dead.
  static func address(_ text: ByteString) -> HTML {
    defanged(Defanging.address(text.bytes), of: text.bytes, hostAfter: 0x40)
  }

  private static func defanged(_ dead: [UInt8], of text: [UInt8], hostAfter separator: UInt8) -> HTML {
    if isPlain(dead, Sanitizer.urlLimit) { return "<code>\(untrusted: dead)</code>" }
    let shown = Sanitizer.sanitized(dead, limit: Sanitizer.urlLimit)
    var html: HTML = "<code>\(untrusted: shown)</code>\(warnings(text))"
    if let ascii = punycode(text, hostAfter: separator) {
      html += "<span class=\"sub\">In punycode: <code>\(untrusted: Defanging.host(ascii))</code></span>"
    }
    return html
  }

  /// The host of an address in ASCII, where it is anything else.
  ///
  /// Only for showing beside the address itself.
  private static func punycode(_ text: [UInt8], hostAfter separator: UInt8) -> [UInt8]? {
    var rest = text[...]
    if separator == 0x2F {
      if let slash = rest.firstIndex(of: 0x2F), rest[slash...].starts(with: [0x2F, 0x2F]) {
        rest = rest[(slash + 2)...]
      }
      rest = rest.prefix { $0 != 0x2F && $0 != 0x3F && $0 != 0x23 }
    }
    if let at = rest.lastIndex(of: 0x40) { rest = rest[(at + 1)...] }
    if separator == 0x2F, let colon = rest.lastIndex(of: 0x3A) { rest = rest[..<colon] }
    guard rest.count <= 253, rest.contains(where: { $0 >= 0x80 }) else { return nil }
    return Punycode.asciiHost(Array(rest))
  }

  private static func isPlain(_ text: [UInt8], _ limit: Int) -> Bool {
    guard text.count <= limit else { return false }
    for byte in text where byte &- 0x20 > 0x5E { return false }
    return true
  }

  private static func warnings(_ text: [UInt8]) -> HTML {
    let findings = Sanitizer.findings(in: text)
    var html = HTML()
    if findings.hasHiddenCharacters { html += " <span class=\"badge odd\">hidden characters</span>" }
    if findings.hasMixedScripts { html += " <span class=\"badge odd\">mixed scripts</span>" }
    if findings.wasInvalidUTF8 { html += " <span class=\"badge odd\">not UTF-8</span>" }
    return html
  }

  // MARK: - Values of ours

  /// An absolute time, UTC.
  static func time(_ at: Instant) -> HTML {
    "<time datetime=\"\(text: at.rfc3339.bytes)\">\(text: at.minuteText.bytes)</time>"
  }

  /// A time that may not be stated.
  static func time(_ at: Instant?) -> HTML { at.map(time) ?? notStated }

  static let notStated: HTML = "<span class=\"none\">Not stated</span>"

  /// A badge; the word tells, the tone helps.
  static func badge(_ word: (words: StaticString, tone: Tone)) -> HTML {
    "<span class=\"badge \(text: word.tone.bytes)\">\(HTML(trusted: word.words))</span>"
  }

  private static func unrecognised(_ raw: ByteString, _ what: StaticString) -> HTML {
    if raw.isEmpty { return "<span class=\"badge plain\">\(HTML(trusted: what)) not stated</span>" }
    return "<span class=\"badge plain\"><span>Unrecognised: \(text(raw, limit: Sanitizer.nameLimit))</span></span>"
  }

  static func status(_ status: Recognised<InvestigationStatus>) -> HTML {
    status.known.map { badge(Words.of($0)) } ?? unrecognised(status.raw, "Status")
  }

  static func verdict(_ verdict: Recognised<Verdict>) -> HTML {
    if let known = verdict.known { return badge(Words.of(known)) }
    return verdict.raw.isEmpty ? "<span class=\"badge plain\">No verdict</span>" : unrecognised(verdict.raw, "Verdict")
  }

  /// Severity: a meter of three bars and the word.
  static func severity(_ severity: Recognised<Severity>) -> HTML {
    switch severity.known {
    case .high?: return "<span class=\"sev high\">High</span>"
    case .medium?: return "<span class=\"sev medium\">Medium</span>"
    case .low?: return "<span class=\"sev low\">Low</span>"
    case .informational?: return "<span class=\"sev info\">Informational</span>"
    case nil: break
    }
    if severity.raw.isEmpty { return "<span class=\"sev other\">Not rated</span>" }
    return "<span class=\"sev other\">Unrecognised: \(text(severity.raw, limit: Sanitizer.nameLimit))</span>"
  }

  /// How many messages an action would change now.
  static func messages(_ count: Int?, of kind: ActionKind) -> HTML {
    if let count { return .text(Digits.grouped(count)) }
    return kind.countsMail ? "<span class=\"none\">Not known</span>" : "<span class=\"none\">n/a</span>"
  }
}

/// A link within the site; without a value where it is no path of ours, so that rendering fails closed.
func link(_ path: ByteString) -> TemplateValue { SitePath(path.bytes).map(TemplateValue.link) ?? .missing }
