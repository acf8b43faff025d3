import ByteText
import CaseStore
import DecisionLedger
import Digests
import DurableFiles
import MailDigest

/// Digests on their way: the file in the outbox, the `intent` before and the `mail` entry after the mail program ran.
///
/// Between the two nobody knows what happened; such a mail is never sent again without being told to.
struct DigestOutbox {
  private let session: Session
  private let ledger: Ledger
  private let options: DigestRun.Options

  init(_ session: Session, _ ledger: Ledger, _ options: DigestRun.Options) {
    self.session = session
    self.ledger = ledger
    self.options = options
  }

  /// Writes all mails, then sends them if asked.
  func deliver(_ made: [DigestRun.Made]) throws -> ExitStatus {
    let folder = try openFolder()
    for one in made {
      let name = one.record.id + ".eml"
      // Personal tokens are in it.
      try folder.compareAndReplace(name, one.bytes, mode: 0o600, durable: true)
      if !options.isSending {
        if one.delivery?.outcome != .written || one.delivery?.mail.sha256 != one.record.sha256 {
          try session.append(ledger, .mail, LedgerBody.mail(one.record, .written))
        }
        tellWritten(one, path(of: name))
      }
    }
    var status = ExitStatus.success
    if options.isSending {
      for one in made { status = status.merged(with: try send(one.record, one.bytes, to: one.address)) }
    }
    return status
  }

  /// Sends a mail of the outbox again, as it lies there.
  ///
  /// - Parameter id: the digest's id or Message-ID.
  func resend(_ id: ByteString) throws -> ExitStatus {
    let wanted = ByteString(id.bytes.filter { $0 != 0x3C && $0 != 0x3E })
    let known = ledger.state.mails.last {
      $0.mail.id == wanted || $0.mail.message == "<" + wanted + ">"
    }
    guard let mail = known?.mail else {
      throw CommandFailure(
        .usage, "--resend: the ledger knows no digest '" + id + "'", hint: "countersign status names the digests")
    }
    let name = mail.id + ".eml"
    let folder = try session.workspace.folder(Workspace.Name.outbox)
    let bytes = try folder.exists(name) ? try folder.read(name, limit: 16 << 20) : []
    guard SHA256Sum.of(bytes).hex == mail.sha256 else {
      throw CommandFailure(
        .verificationFailed, bytes.isEmpty ? "is missing" : "is not the file that the ledger names",
        file: path(of: name), hint: "the next digest tells the same again")
    }
    return try send(mail, bytes, to: mail.reviewer, isAgain: true)
  }

  private func send(_ mail: DigestRecord, _ bytes: [UInt8], to recipient: ByteString, isAgain: Bool = false) throws
    -> ExitStatus
  {
    try session.append(ledger, .intent, LedgerBody.intent(mail))
    // What is on its way must not be forgotten, whatever happens next.
    try ledger.sync()
    let ending = MailProgram(session.configuration.mail.sendmail).send(bytes.filter { $0 != 0x0D })
    let file = path(of: mail.id + ".eml")
    switch ending {
    case .taken:
      try session.append(ledger, .mail, LedgerBody.mail(mail, .sent))
      try ledger.sync()
      if session.console.isJSON {
        session.console.result(json: Self.json(mail, "sent"))
      } else {
        session.console.result("sent: " + mail.id + " to " + recipient)
      }
      return .success
    case .refused(let why):
      try session.append(ledger, .mail, LedgerBody.mail(mail, .failed, detail: why))
      try ledger.sync()
      if session.console.isJSON { session.console.result(json: Self.json(mail, "failed")) }
      session.console.report(
        Diagnostic(
          .error, file: file, message: "not sent: " + why,
          hint: isAgain
            ? "see mail.sendmail in countersign.yaml, then: countersign digest --resend " + mail.id
            : "the next run of digest --send tries again; see mail.sendmail in countersign.yaml"))
      return .io
    case .unknown(let why):
      if session.console.isJSON { session.console.result(json: Self.json(mail, "unknown")) }
      session.console.report(
        Diagnostic(
          .error, file: file, message: "nobody knows whether it was sent: " + why,
          hint: "ask the reviewer, then: countersign digest --resend " + mail.id))
      return .failure
    }
  }

  // MARK: Where

  private func openFolder() throws -> Folder {
    guard let out = options.out else { return try session.workspace.folder(Workspace.Name.outbox) }
    return try OutFolder.open(out)
  }

  private func path(of name: ByteString) -> ByteString {
    options.out.map { $0 + "/" + name } ?? session.path(Workspace.Name.outbox + "/" + name)
  }

  // MARK: What is told

  private func tellWritten(_ one: DigestRun.Made, _ path: ByteString) {
    if session.console.isJSON {
      return session.console.result(
        json: Self.json(
          one.record, "written",
          [
            .init("bytes", .int(one.bytes.count)), .init("lapsing", .int(one.lapsing)), .init("path", .string(path)),
            .init("pending", .int(one.pending)), .init("to", .string(one.address)),
          ]))
    }
    let what: ByteString =
      one.isAlive
      ? "still running"
      : ByteString("\(one.pending) pending")
        + (one.lapsing > 0 ? ByteString(", \(one.lapsing) before the next digest") : "")
    session.console.result("written: " + path + " (" + what + ")")
  }

  static func json(_ mail: DigestRecord, _ result: ByteString, _ more: [JSONTree.Member] = []) -> JSONTree {
    .object(
      [
        .init("id", .string(mail.id)), .init("message_id", .string(mail.message)), .init("result", .string(result)),
        .init("reviewer", .string(mail.reviewer)),
      ] + more)
  }
}
