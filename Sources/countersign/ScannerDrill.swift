import ByteText
import CaseStore
import DecisionIntake
import DecisionLedger
import DurableFiles
import WebRendering

/// Does what mail scanners, link previews and crawlers do to a site and to mails: opens every page and message, fetches every
/// link, presses nothing; and shows that the ledger and the returned files are the same afterwards (DESIGN section 1, principle 1).
struct ScannerDrill {
  private let session: Session
  private var pages = 0
  private var mails = 0
  private var internalLinks = 0
  private var downloads = 0
  private var mailLinks = 0
  private var forms = 0
  private var scripts = 0
  private var problems: [Diagnostic] = []

  /// Drills site, packs and outbox.
  static func run(_ session: Session) throws -> ExitStatus {
    var drill = ScannerDrill(session: session)
    let before = try drill.fingerprint()
    for name in [Workspace.Name.site, Workspace.Name.packs, Workspace.Name.outbox] {
      guard try session.workspace.root.exists(name) else { continue }
      let root = session.workspace.root.path + "/" + name
      for file in UserPath.walk(root).files {
        if file.bytes.suffix(5).elementsEqual(".html".utf8) { try drill.open(file) }
        if file.bytes.suffix(4).elementsEqual(".eml".utf8) { try drill.open(mail: file) }
      }
    }
    let after = try drill.fingerprint()
    if before != after {
      drill.problems.append(
        Diagnostic(
          .error, file: Ledger.fileName, message: "the ledger or the returned files changed while links were fetched"))
    }
    return drill.answer(after)
  }

  private init(session: Session) { self.session = session }

  /// What a decision would change: the ledger's head and number of entries, and the returned files.
  private func fingerprint() throws -> (head: ByteString, returned: [ByteString]) {
    let (reading, _) = try session.readLedger()
    let head = Checkpoint(origin: session.origin, size: reading.count, root: reading.tree.root).short
    return (head, try session.workspace.folder(Workspace.Name.returned).names())
  }

  private mutating func open(_ path: ByteString) throws {
    pages += 1
    for link in look(PageScan(try UserPath.open(path).readAll(limit: 256 << 20)), in: path) {
      try fetch(link, on: path)
    }
  }

  /// Counts what a page could run or send, and names what acts by itself.
  private mutating func look(_ page: PageScan, in path: ByteString) -> [PageScan.Link] {
    forms += page.forms
    scripts += page.scripts
    for handler in page.handlers { problem("an attribute runs code: " + handler, path) }
    if page.refreshes > 0 { problem("the page goes elsewhere by itself", path) }
    return page.links
  }

  // MARK: Mails

  private mutating func open(mail path: ByteString) throws {
    mails += 1
    let texts: [MailText]
    do {
      texts = try MailText.all(of: try UserPath.open(path).readAll(limit: 64 << 20))
    } catch let error as MailTextError {
      return problem(error.diagnostic.message, path)
    }
    for text in texts {
      switch text.kind {
      case .page:
        let page = PageScan(text.bytes)
        if page.forms > 0 { problem("a form in a mail", path) }
        if page.scripts > 0 { problem("a script in a mail", path) }
        for link in look(page, in: path) { try fetch(mailLink: link.target, link.attribute + "=", in: path) }
      case .plain:
        for target in Self.addresses(in: text.bytes) { try fetch(mailLink: target, "", in: path) }
      }
    }
  }

  /// A link in a mail: a mail to be written, a place in the mail, or a page of the site where the workspace says it stands.
  private mutating func fetch(mailLink target: ByteString, _ attribute: ByteString, in path: ByteString) throws {
    let base = session.configuration.mail.siteURL.bytes
    if target.bytes.starts(with: "mailto:".utf8) {
      mailLinks += 1
    } else if target.bytes.first == 0x23 {
      internalLinks += 1
    } else if !base.isEmpty, target.bytes.starts(with: base) {
      let rest = target.bytes.dropFirst(base.count).drop { $0 == 0x2F }.prefix { $0 != 0x23 && $0 != 0x3F }
      let page = rest.isEmpty ? Array("index.html".utf8) : Array(rest)
      let place = session.workspace.root.path + "/" + Workspace.Name.site + "/" + ByteString(page)
      guard UserPath.exists(place) else { return problem("a link leads nowhere: " + target, path) }
      _ = try UserPath.open(place).readAll(limit: 256 << 20)
      internalLinks += 1
    } else {
      problem("a link leads to the network: " + attribute + target, path)
    }
  }

  /// What mail programs make links of in plain text: a scheme with `//`, or `mailto:`, up to a blank or a closing mark.
  private static func addresses(in text: [UInt8]) -> [ByteString] {
    text.split { $0 <= 0x20 || [0x3C, 0x3E, 0x22, 0x28, 0x29].contains($0) }.compactMap { word -> ByteString? in
      guard let colon = word.firstIndex(of: 0x3A) else { return nil }
      var start = colon
      while start > word.startIndex, isOfScheme(word[start - 1]) { start -= 1 }
      let scheme = word[start..<colon]
      guard scheme.first.map(ASCII.isLetter) ?? false else { return nil }
      guard word[colon...].starts(with: "://".utf8) || ASCII.equalsIgnoringCase(scheme, "mailto") else { return nil }
      return ByteString(word[start...])
    }
  }

  private mutating func problem(_ message: ByteString, _ path: ByteString) {
    problems.append(Diagnostic(.error, file: path, message: message))
  }

  private mutating func fetch(_ link: PageScan.Link, on path: ByteString) throws {
    let target = link.target.bytes
    if target.starts(with: "data:".utf8) {
      downloads += 1
    } else if target.starts(with: "mailto:".utf8) {
      mailLinks += 1
    } else if target.first == 0x23 || target.isEmpty {
      internalLinks += 1
    } else if Self.hasScheme(target) || target.starts(with: "//".utf8) {
      problem("a link leads to the network: " + link.attribute + "=" + link.target, path)
    } else {
      let file = target.prefix { $0 != 0x23 && $0 != 0x3F }
      guard let folder = UserPath.split(path)?.folder else { return }
      let place = folder + "/" + ByteString(file)
      guard UserPath.exists(place) else { return problem("a link leads nowhere: " + link.target, path) }
      // Fetched, and thrown away.
      _ = try UserPath.open(place).readAll(limit: 256 << 20)
      internalLinks += 1
    }
  }

  /// Whether a link names a scheme: letters and digits up to a colon, before any slash.
  private static func hasScheme(_ target: [UInt8]) -> Bool {
    guard let colon = target.firstIndex(of: 0x3A) else { return false }
    return target[..<colon].allSatisfy(isOfScheme)
  }

  /// Letters, digits, `+`, `-` and `.` (RFC 3986 section 3.1).
  private static func isOfScheme(_ byte: UInt8) -> Bool {
    ASCII.isAlphanumeric(byte) || byte == 0x2B || byte == 0x2D || byte == 0x2E
  }

  private func answer(_ state: (head: ByteString, returned: [ByteString])) -> ExitStatus {
    let console = session.console
    for problem in problems { console.report(problem) }
    if console.isJSON {
      console.result(json: [
        "downloads": .int(downloads), "forms": .int(forms), "head": .string(state.head), "links": .int(internalLinks),
        "mail": .int(mailLinks), "mails": .int(mails), "ok": .bool(problems.isEmpty), "pages": .int(pages),
        "problems": .int(problems.count), "returned": .int(state.returned.count), "scripts": .int(scripts),
      ])
    } else {
      console.result(
        counted(pages, "page") + (mails > 0 ? " and " + counted(mails, "mail") : "") + " opened, "
          + counted(internalLinks + downloads, "link") + " fetched:")
      console.result("  " + ByteString("\(internalLinks)") + " to pages and assets of ours")
      console.result("  " + ByteString("\(downloads)") + " carried in the page; fetching one hands nothing back")
      console.result("  " + ByteString("\(mailLinks)") + " that open a mail to be written, not followed")
      console.result(
        ByteString("forms \(forms), scripts \(scripts)") + ": none sent, none run")
      console.result(
        "ledger head " + state.head + ", " + counted(state.returned.count, "returned file") + ", before and after")
      console.result(
        problems.isEmpty
          ? "OK: fetching every link decided nothing" : counted(problems.count, "problem") + ", named above")
    }
    return problems.isEmpty ? .success : .verificationFailed
  }
}
