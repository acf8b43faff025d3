import ApprovalTokens
import ByteText
import CaseModel
import CaseStore
import DecisionLedger
import Digests
import DurableFiles
import MailDigest
import WebRendering

/// One run of `digest`: a mail for each reviewer for whom there is something to tell, into the outbox and, if asked, on its way.
struct DigestRun {
  struct Options {
    var reviewer: ByteString?
    /// Seconds back from now; `nil` since the last digest.
    var since: Int64?
    var out: ByteString?
    var isSending = false
    var templates: ByteString?
  }

  /// A mail that was made.
  struct Made {
    var delivery: MailDelivery?
    var record: DigestRecord
    var address: ByteString
    var bytes: [UInt8]
    var pending: Int
    var lapsing: Int
    var isAlive: Bool
  }

  private let session: Session
  private let ledger: Ledger
  private let options: Options
  private let period: DigestPeriod
  private let from: MailAddress
  /// Seconds after which a reviewer who got nothing is told that the digest still runs.
  private static let aliveAfter: Int64 = 7 * 86_400

  init(_ session: Session, _ ledger: Ledger, _ options: Options) throws {
    self.session = session
    self.ledger = ledger
    self.options = options
    period = DigestPeriod(at: session.now, session.configuration.mail)
    guard let from = session.configuration.mail.from else {
      let place = session.configuration.places["mail"]
      throw CommandFailure(
        .configuration, "mail.from: missing; a mail needs a sender",
        file: Configuration.fileName + ByteString(":\(place.line):\(place.column)"),
        hint: "add a line like: mail: {from: triage@example.org, decisions_to: decisions@example.org}")
    }
    self.from = from
  }

  func run() throws -> ExitStatus {
    let mail = try Self.templates(options.templates)
    // What lapsed unseen is on record from here on, so that it is told once.
    _ = try LapseRun.log(session, ledger)
    let key = try session.signingKey(.mint)
    let evidence = try session.openEvidence(ledger.state)
    let next = session.now.adding(seconds: period.length)
    var status = ExitStatus.success
    var readers: [DigestReader] = []
    for reviewer in try reviewers() {
      guard address(of: reviewer) != nil else {
        status = status.merged(with: .configuration)
        continue
      }
      readers.append(DigestReader(reviewer, window(of: reviewer)))
    }
    tellUnknown()
    var survey = DigestSurvey(session, ledger.state, evidence, readers, next: next)
    try survey.run()
    var made: [Made] = []
    for reader in survey.readers {
      let id = period.id(for: reader.reviewer.id)
      let delivery = ledger.state.mail(id) ?? sentThisPeriod(reader.reviewer.id)
      if options.out == nil, let delivery, delivery.outcome == .unknown || delivery.outcome == .sent {
        status = status.merged(with: leave(delivery))
        continue
      }
      guard let isAlive = isAlive(reader) else {
        tellNothing(reader.reviewer)
        continue
      }
      var actions = try DigestActions(session, ledger.state, evidence, key, for: reader.reviewer.id)
      let model = try self.model(reader, survey, &actions, next: next, isAlive: isAlive)
      let message = try Self.rendered { () throws(TemplateError) in try mail.message(model) }
      let tokens = actions.tokens(ofFirst: message.shown)
      made.append(
        Made(
          delivery: delivery,
          record: DigestRecord(
            id: id, reviewer: reader.reviewer.id, period: period.label, message: model.frame.messageID,
            sha256: SHA256Sum.of(message.bytes).hex, tokenCount: tokens.count,
            tokens: tokens.sha256.hex, upTo: ledger.count, at: session.now, since: reader.window.since),
          address: model.frame.to.address, bytes: message.bytes, pending: model.pendingCount,
          lapsing: model.lapsingCount, isAlive: isAlive))
    }
    return try status.merged(with: DigestOutbox(session, ledger, options).deliver(made))
  }

  private static func templates(_ folder: ByteString?) throws -> DigestMail {
    let files = try TemplateFiles.all(replacedBy: folder)
    return try rendered { () throws(TemplateError) in try DigestMail(try TemplateSet(files: files)) }
  }

  private static func rendered<Result>(_ body: () throws(TemplateError) -> Result) throws -> Result {
    do throws(TemplateError) {
      return try body()
    } catch {
      throw CommandFailure(.configuration, [error.diagnostic])
    }
  }

  // MARK: Who

  private func reviewers() throws -> [Reviewer] {
    let all = session.configuration.reviewers
    guard let id = options.reviewer else {
      guard !all.isEmpty else {
        throw CommandFailure(
          .configuration, "reviewers: there is nobody to write to", file: Configuration.fileName,
          hint: "add a reviewer with id, name and addresses")
      }
      return all
    }
    guard let one = all.first(where: { $0.id == id }) else {
      throw CommandFailure(
        .usage, "--reviewer: no reviewer has the id '" + id + "'", hint: "see reviewers in countersign.yaml")
    }
    return [one]
  }

  /// The address that a reviewer's mail goes to: the first of the plain kind; `nil`, and told, where there is none.
  private func address(of reviewer: Reviewer) -> MailAddress? {
    let name = reviewer.name.isEmpty ? reviewer.id : reviewer.name
    if let address = reviewer.addresses.lazy.compactMap({ MailAddress(name: name, address: $0) }).first {
      return address
    }
    let number = session.configuration.reviewers.firstIndex { $0.id == reviewer.id } ?? 0
    let place = session.configuration.places[ByteString("reviewers[\(number)].addresses")]
    session.console.report(
      Diagnostic(
        .error, file: Configuration.fileName + ByteString(":\(place.line):\(place.column)"),
        message: "reviewer " + reviewer.id + " has no address that a mail could go to: no digest",
        hint: "add one like: addresses: [ivy@example.org]"))
    return nil
  }

  private func window(of reviewer: Reviewer) -> DigestWindow {
    if options.since == nil, let last = ledger.state.mail(before: period.start, to: reviewer.id) {
      return DigestWindow(after: last)
    }
    // Where none has arrived yet, what the first one told is told again.
    let first = ledger.state.firstMail(to: reviewer.id)?.mail.since
    let start = session.now.adding(seconds: -(options.since ?? period.length))
    return DigestWindow(since: options.since == nil ? min(first ?? start, start) : start)
  }

  // MARK: What

  /// Whether a mail would only say that the digest runs; `nil` where there is to be none.
  private func isAlive(_ reader: DigestReader) -> Bool? {
    if reader.hasContent { return false }
    if session.configuration.mail.whenEmpty == .send { return false }
    let last = ledger.state.mails.filter {
      $0.mail.reviewer == reader.reviewer.id && ($0.outcome == .sent || $0.outcome == .written)
    }.map(\.mail.at).max()
    guard let start = last ?? ledger.state.firstImport else { return nil }
    return session.now >= start.adding(seconds: Self.aliveAfter) ? true : nil
  }

  private func model(
    _ reader: DigestReader, _ survey: DigestSurvey, _ actions: inout DigestActions, next: Instant, isAlive: Bool
  ) throws -> DigestModel {
    var left = DigestMail.mostActions
    var sections: [DigestSection] = []
    for what in DigestSection.What.allCases {
      let own = reader.pending.filter { $0.what == what }.sorted(by: DigestReader.Pending.isMoreUrgent)
      let shown = own.prefix(left)
      left -= shown.count
      sections.append(DigestSection(what, count: own.count, actions: try shown.map { try actions.action($0) }))
    }
    let news = DigestNews.What.allCases.compactMap { what in
      reader.news[what].map { DigestNews(what, count: $0.count, lines: $0.newest.map(\.line)) }
    }
    let totals = ledger.state.totals
    return DigestModel(
      frame: frame(reader, next: next), sections: sections, news: news,
      counts: DigestCounts(
        states: survey.states, others: reader.others, investigations: survey.investigations,
        records: (totals.read, totals.used, totals.duplicate, totals.superseded, totals.rejected)),
      isAlive: isAlive)
  }

  private func frame(_ reader: DigestReader, next: Instant) -> DigestFrame {
    let configuration = session.configuration
    let name = reader.reviewer.name.isEmpty ? reader.reviewer.id : reader.reviewer.name
    let address = reader.reviewer.addresses.lazy.compactMap { MailAddress(name: name, address: $0) }.first
    return DigestFrame(
      id: period.id(for: reader.reviewer.id), from: from, to: address ?? from,
      decisionsTo: configuration.mail.decisionsTo.isEmpty ? nil : configuration.mail.decisionsTo,
      organization: configuration.organization, issuer: configuration.issuer, tlp: configuration.tlp,
      site: DigestSite(configuration.mail.siteURL), at: session.now, since: reader.window.since, next: next,
      head: ledger.contentCheckpoint(origin: session.origin).short, version: ByteString(Countersign.version))
  }

  // MARK: What is told of mails that are not made

  private func tellNothing(_ reviewer: Reviewer) {
    if session.console.isJSON {
      return session.console.result(json: ["result": "nothing", "reviewer": .string(reviewer.id)])
    }
    session.console.result("nothing: " + reviewer.id + ", no mail")
  }

  /// A mail of the same stretch of time under another label: `mail.digest_every` was changed.
  private func sentThisPeriod(_ reviewer: ByteString) -> MailDelivery? {
    ledger.state.mails.last { $0.mail.reviewer == reviewer && $0.outcome == .sent && $0.mail.at >= period.start }
  }

  /// Mails of earlier periods of which nobody knows whether they went out.
  private func tellUnknown() {
    for delivery in ledger.state.mails where delivery.mail.period != period.label && delivery.outcome == .unknown {
      session.console.report(
        Diagnostic(
          .warning, file: session.path(Workspace.Name.outbox + "/" + delivery.mail.id + ".eml"),
          message: "a run was interrupted while it was being sent: nobody knows whether it is on its way",
          hint: "what it told is told again now; to send it as it was: countersign digest --resend " + delivery.mail.id)
      )
    }
  }

  /// A mail of this period that was sent, or of which nobody knows, is not made again.
  private func leave(_ delivery: MailDelivery) -> ExitStatus {
    let console = session.console
    if console.isJSON {
      console.result(json: DigestOutbox.json(delivery.mail, delivery.outcome == .sent ? "sent earlier" : "unknown"))
    } else if delivery.outcome == .sent {
      console.result("sent earlier: " + delivery.mail.id + ", at " + delivery.at.rfc3339)
    }
    guard delivery.outcome == .unknown else { return .success }
    console.report(
      Diagnostic(
        .error, file: session.path(Workspace.Name.outbox + "/" + delivery.mail.id + ".eml"),
        message: "a run was interrupted while it was being sent: nobody knows whether it is on its way",
        hint: "ask the reviewer, then: countersign digest --resend " + delivery.mail.id))
    return .failure
  }
}
