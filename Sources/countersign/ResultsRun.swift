import ByteText
import CaseModel
import CaseStore
import DecisionLedger
import Digests
import DurableFiles
import WorkOrders

/// One run of `results`: result files into `returned/`, what they say of orders into the ledger; exports go the way of `import`.
struct ResultsRun {
  /// Where the rows went; they add up.
  struct Totals {
    var read = 0
    var used = 0
    var repeated = 0
    var noOutcome = 0
    var foreign = 0
    var rejected = 0
  }

  private struct File {
    var name: ByteString
    var sha256: ByteString
    var bytes: [UInt8]
    var content: ResultFile
  }

  private let session: Session
  private let ledger: Ledger
  private var files: [File] = []
  private var exports: [ByteString] = []
  private var seen: Set<ByteString> = []
  private var rejected: RejectedRecords
  private var totals = Totals()
  private var status = ExitStatus.success

  init(_ session: Session, _ ledger: Ledger) throws {
    self.session = session
    self.ledger = ledger
    rejected = try RejectedRecords(in: try session.workspace.folder(Workspace.Name.rejected), run: ledger.count + 1)
  }

  // MARK: Reading

  /// Reads what a path names; what is no result is left to the import.
  mutating func read(_ path: ByteString) throws {
    var inputs = InputFiles(path, session.console)
    for name in inputs.files where name == "-" || !name.bytes.suffix(4).elementsEqual(".sig".utf8) {
      do throws(FileError) {
        let input = try UserPath.open(name)
        // Exports may be of any size: what is larger than a result may be is one.
        guard input.size <= ResultReading.limit else {
          exports.append(name)
          continue
        }
        let bytes = try input.readAll(limit: ResultReading.limit)
        try take(bytes, name)
      } catch {
        inputs.report(error, session.console)
      }
    }
    status = status.merged(with: inputs.status)
  }

  private mutating func take(_ bytes: [UInt8], _ name: ByteString) throws(FileError) {
    guard let content = ResultReading.read(bytes) else {
      // Standard input cannot be read a second time.
      if name == "-" {
        session.console.report(
          Diagnostic(
            .error, file: name, message: "no result that is known here",
            hint: "an export is read by countersign import, or from a file"))
        status = status.merged(with: .nothingUsable)
      } else {
        exports.append(name)
      }
      return
    }
    let sha256 = SHA256Sum.of(bytes).hex
    guard seen.insert(sha256).inserted else { return }
    files.append(File(name: UserPath.split(name)?.name ?? name, sha256: sha256, bytes: bytes, content: content))
  }

  // MARK: Judging

  mutating func finish() throws -> ExitStatus {
    var hasExports = false
    if !exports.isEmpty {
      var importing = try ImportRun(session, ledger, strict: false)
      for path in exports { try importing.read(path) }
      let imported = try importing.finish(isLast: false)
      // A file that is neither, beside some that are results, is a refused part of the input.
      status = status.merged(with: !files.isEmpty && imported == .nothingUsable ? .refusedSome : imported)
      hasExports = imported != .nothingUsable
    }
    guard !files.isEmpty else { return status }
    var matching = ResultMatching(try expected(), now: session.now)
    try takeEarlier(into: &matching)
    // In order of content, so that the order of arguments never matters.
    files.sort { $0.sha256 < $1.sha256 }
    for file in files { try take(file, into: &matching) }
    try rejected.finish()
    let (new, changed) = try append(matching.findings)
    report(new, changed, events: try ResultEvents.write(session, ledger, new))
    if totals.rejected > 0 { status = status.merged(with: .refusedSome) }
    if totals.read == totals.rejected && !hasExports { status = status.merged(with: .nothingUsable) }
    return status
  }

  /// The orders that were handed over.
  private func expected() throws -> [ExpectedOrder] {
    let state = ledger.state
    var heads: [CaseID: ActionHead] = [:]
    let wanted = Set(state.orders.values.map { OwnAction($0)?.about ?? $0 })
    if !wanted.isEmpty {
      _ = try Manifest.read(session.workspace.root) { line in
        guard case .case(let row, _, _) = line else { return }
        for action in row.head.actions where wanted.contains(action.id) { heads[action.id] = action }
      }
    }
    return state.orders.sorted { $0.key < $1.key }.compactMap { _, action in
      guard let facts = state.facts(of: action), let order = facts.order,
        let effect = facts.effect.flatMap({ Effect(canonical: $0) })
      else { return nil }
      let head = heads[OwnAction(action)?.about ?? action]
      return ExpectedOrder(
        id: order.id, action: facts.path, actionID: head?.sourceID ?? "", made: facts.handedOver ?? order.made,
        effect: effect, mailCount: head?.mailCount)
    }
  }

  /// Reads again what earlier runs read of the orders that this one tells a part of: events and parts may come in several files.
  private func takeEarlier(into matching: inout ResultMatching) throws {
    var touched: Set<ByteString> = []
    for file in files { for row in file.content.rows { touched.formUnion(matching.orders(withPartOf: row)) } }
    var names: Set<ByteString> = []
    for id in touched {
      guard let facts = ledger.state.orders[id].flatMap({ ledger.state.facts(of: $0) }) else { continue }
      for report in facts.reports { names.formUnion(report.files) }
    }
    let folder = try session.workspace.folder(Workspace.Name.returned)
    for name in names.sorted() where !files.contains(where: { $0.sha256 == name }) {
      let bytes = try ReturnedFiles.read(name, in: folder)
      for row in ResultReading.read(bytes)?.rows ?? [] { _ = matching.take(row, file: name, isEarlier: true) }
    }
  }

  private mutating func take(_ file: File, into matching: inout ResultMatching) throws {
    let isKnown = ledger.state.returned.contains(file.sha256)
    totals.read += file.content.rows.count + file.content.refused.count
    for row in file.content.rows {
      switch matching.take(row, file: file.sha256) {
      case .used:
        if isKnown { totals.repeated += 1 } else { totals.used += 1 }
      case .noOutcome: totals.noOutcome += 1
      case .foreign: totals.foreign += 1
      case .future:
        try refuse(
          file, number: row.number, field: "", "it tells of a time that has not come: " + (row.at?.rfc3339 ?? ""),
          hint: "times are read as UTC, and 3/12/2026 as 12 March", bytes: [])
      }
    }
    for row in file.content.refused {
      try refuse(file, number: row.number, field: row.field, row.message, hint: row.hint, bytes: row.bytes)
    }
  }

  private mutating func refuse(
    _ file: File, number: Int, field: ByteString, _ message: ByteString, hint: ByteString, bytes: [UInt8]
  ) throws {
    let diagnostic = Diagnostic(.error, file: file.name, record: number, field: field, message: message, hint: hint)
    session.console.report(diagnostic)
    try rejected.add(diagnostic, bytes)
    totals.rejected += 1
  }

  /// Keeps the files of this run that an entry is to name, durable before it does.
  private func keep(_ names: [ByteString]) throws {
    for file in files where names.contains(file.sha256) { try ReturnedFiles.keep(file.bytes, as: file.sha256, session) }
  }

  /// Logs what the ledger does not say yet.
  ///
  /// - Returns: what was logged, and the actions whose execution state changed.
  private func append(
    _ findings: [ResultMatching.Finding]
  ) throws -> (new: [ResultMatching.Finding], changed: Int) {
    var new: [ResultMatching.Finding] = []
    var changed: Set<CaseID> = []
    for finding in findings {
      guard let action = ledger.state.orders[finding.order], let facts = ledger.state.facts(of: action),
        !facts.reports.contains(where: { finding.report.says($0, isDated: finding.isDated) })
      else { continue }
      try keep(finding.report.files)
      try session.append(
        ledger, .result, LedgerBody.result(order: finding.order, action: finding.action, finding.report))
      if ledger.state.facts(of: action)?.report?.state != facts.report?.state { changed.insert(action) }
      new.append(finding)
    }
    try ledger.sync()
    return (new, changed.count)
  }

  // MARK: What is told

  private func report(_ new: [ResultMatching.Finding], _ changed: Int, events: ByteString?) {
    let console = session.console
    if console.isJSON {
      for finding in new {
        console.result(json: [
          "action": .string(finding.action), "at": .string(finding.report.at.rfc3339),
          "detail": .string(finding.report.detail), "order": .string(finding.order),
          "source": .string(finding.report.source), "state": .string(ByteString(finding.report.state.rawValue)),
        ])
      }
      console.result(json: [
        "changed": .int(changed), "events": events.map { .string($0) } ?? .null, "no_outcome": .int(totals.noOutcome),
        "not_ours": .int(totals.foreign),
        "read": .int(totals.read), "rejected": .int(totals.rejected), "repeated": .int(totals.repeated),
        "used": .int(totals.used),
      ])
      return
    }
    for finding in new {
      console.result(
        ByteString(finding.report.state.rawValue) + ": " + finding.order + "  " + finding.action
          + (finding.report.detail.isEmpty ? "" : "  (" + finding.report.detail + ")"))
    }
    console.result(
      counted(totals.read, "row")
        + ByteString(
          " read = \(totals.used) used + \(totals.repeated) repeated + \(totals.noOutcome) without an outcome + \(totals.foreign) not ours + \(totals.rejected) rejected"
        ))
    if let events { console.say("events: " + events) }
    if totals.rejected > 0 { console.say("rejected rows are kept in rejected/ with the reason") }
    if !new.isEmpty { console.say("next: countersign build") }
  }
}
