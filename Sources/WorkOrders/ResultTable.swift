import ByteText
import CaseModel

/// Results as rows with named columns: the history of the Action center (AIR section 3.5) and EmailPostDeliveryEvents (section 2.3).
///
/// What people export has the columns that they had on the screen; names are compared without case, blanks and marks.
enum ResultTable {
  /// Which table it is.
  enum Kind {
    case actionCenter, postDelivery
  }

  static func kind(_ fields: ResultFields) -> Kind? {
    if fields.has("networkmessageid"), fields.has("actionresult") || fields.has("actiontrigger") {
      return .postDelivery
    }
    if fields.has("actionstatus") || fields.has("status"),
      fields.has("actionid") || fields.has("approvalid"), !fields.has("auditdata"), !fields.has("recordtype")
    {
      return .actionCenter
    }
    return nil
  }

  /// Reads CSV; `nil` where its header is of neither table.
  static func read(_ bytes: [UInt8]) -> ResultFile? {
    let end = bytes.firstIndex(of: 0x0A) ?? bytes.endIndex
    for separator in [0x2C, 0x3B, 0x09] as [UInt8] {
      let head = CSVReader.events(in: Array(bytes[..<end]), separator: separator)
      guard case .record(let header)? = head.first else { continue }
      let names = header.fields.map { ByteString($0) }
      guard kind(ResultFields(number: 0, bytes: [], names.map { ($0, "") })) != nil else { continue }
      return rows(bytes, names, separator)
    }
    return nil
  }

  private static func rows(_ bytes: [UInt8], _ names: [ByteString], _ separator: UInt8) -> ResultFile {
    var file = ResultFile()
    for (index, event) in CSVReader.events(in: bytes, separator: separator).dropFirst().enumerated() {
      let number = index + 1
      switch event {
      case .problem(let problem):
        file.refused.append(
          RefusedRow(
            number: number, field: "",
            message: ByteString("the row is no valid CSV (line \(problem.line) of the file)"),
            hint: "", bytes: []))
      case .record(let record):
        var raw: [UInt8] = []
        CSVWriter.append(record.fields.map { .text($0) }, to: &raw)
        guard record.fields.count == names.count else {
          file.refused.append(
            RefusedRow(
              number: number, field: "",
              message: ByteString("the row has \(record.fields.count) fields, the header \(names.count)"), hint: "",
              bytes: raw))
          continue
        }
        let pairs = Array(zip(names, record.fields.map { ByteString($0) }))
        switch row(ResultFields(number: number, bytes: raw, pairs)) {
        case .success(let row): file.rows.append(row)
        case .failure(let refused): file.refused.append(refused.row)
        }
      }
    }
    return file
  }

  static func row(_ fields: ResultFields) -> Result<ResultRow, RefusedResult> {
    switch kind(fields) {
    case .actionCenter?: actionCenter(fields)
    case .postDelivery?: postDelivery(fields)
    case nil:
      .failure(RefusedResult(row: fields.refused("", "the row lacks the columns that name its action and outcome")))
    }
  }

  // MARK: Times

  private enum Time {
    case known(Instant)
    case none
    case wrong(ByteString)
  }

  /// The latest that a row has; portals write UTC without a zone.
  private static func time(_ fields: ResultFields, _ names: [ByteString]) -> Time {
    for name in names {
      guard let text = fields.first([name]) else { continue }
      switch Instant.exported(text) {
      case .time(let time): return .known(time)
      case .notSet: continue
      case .nonsense: return .wrong(name)
      }
    }
    return .none
  }

  // MARK: Action center

  private static func actionCenter(_ fields: ResultFields) -> Result<ResultRow, RefusedResult> {
    guard let id = fields.first(["actionid", "approvalid"]) else {
      return .failure(RefusedResult(row: fields.refused("ActionId", "missing: nothing says which action it is about")))
    }
    let status = fields.first(["actionstatus", "status"]) ?? ""
    let decision = fields.first(["actiondecision", "decision"]) ?? ""
    let by = fields.first(["decidedby", "handledby"]) ?? ""
    guard let outcome = outcome(status, decision) else {
      return .failure(
        RefusedResult(
          row: fields.refused("ActionStatus", "not known: '" + ResultReading.shown(status, limit: 60) + "'")))
    }
    var words: [ByteString] = []
    if !decision.isEmpty { words.append(ResultReading.shown(decision, limit: 40)) }
    if !by.isEmpty { words.append("by " + ResultReading.shown(by, limit: 80)) }
    switch time(fields, ["endtime", "actionupdatetime", "eventtime", "time", "starttime", "creationdate"]) {
    case .wrong(let name): return .failure(RefusedResult(row: fields.refused(name, "no time")))
    case .known(let at):
      return .success(
        ResultRow(
          number: fields.number, source: .actionCenter, subject: .action(id), outcome: outcome, at: at,
          detail: joined(words, by: " ")))
    case .none:
      return .success(
        ResultRow(
          number: fields.number, source: .actionCenter, subject: .action(id), outcome: outcome, at: nil,
          detail: joined(words, by: " ")))
    }
  }

  /// `nil` where the status is a word that is not known.
  private static func outcome(_ status: ByteString, _ decision: ByteString) -> ResultRow.Outcome? {
    switch ResultReading.word(decision) {
    case "declined", "rejected", "denied", "decline", "reject": return .state(.skipped)
    default: break
    }
    switch ResultReading.word(status) {
    case "", "pending", "pendingapproval", "pendingaction", "waiting", "waitingonresource", "queued":
      return ResultRow.Outcome.none
    case "running", "inprogress", "started", "executing": return .state(.running)
    case "completed", "complete", "succeeded", "success", "successful", "remediated": return .state(.succeeded)
    case "failed", "failure", "error", "timeout", "timedout", "partiallyremediated": return .state(.failed)
    case "declined", "rejected": return .state(.skipped)
    // The pending action of the portal ended without anybody: that says nothing of an order that was carried out otherwise.
    case "skipped", "cancelled", "canceled", "expired": return ResultRow.Outcome.none
    case "alreadyindestination", "alreadygone", "notfound", "doesnotexist": return .state(.alreadyGone)
    default: return nil
    }
  }

  // MARK: Messages

  private static func postDelivery(_ fields: ResultFields) -> Result<ResultRow, RefusedResult> {
    guard let id = fields.first(["networkmessageid"]) else {
      return .failure(
        RefusedResult(row: fields.refused("NetworkMessageId", "missing: nothing says which message it is about")))
    }
    let result: ResultRow.MessageResult
    let word = fields.first(["actionresult"]) ?? ""
    switch ResultReading.word(word) {
    case "success", "succeeded", "successful", "completed", "complete": result = .done
    case "alreadyindestination", "alreadyindestinationfolder", "notfound", "doesnotexist": result = .alreadyThere
    case "failed", "failure", "error", "timeout": result = .failed
    case "inprogress", "pending", "started", "queued", "running": result = .running
    default:
      return .failure(
        RefusedResult(
          row: fields.refused("ActionResult", "not known: '" + ResultReading.shown(word, limit: 60) + "'")))
    }
    guard case .known(let at) = time(fields, ["timestamp", "time"]) else {
      return .failure(RefusedResult(row: fields.refused("Timestamp", "no time")))
    }
    return .success(
      ResultRow(
        number: fields.number, source: .postDelivery,
        subject: .message(
          id: ByteString(ASCII.lowercased(id.bytes)),
          recipient: ByteString(ASCII.lowercased((fields.first(["recipientemailaddress"]) ?? "").bytes))),
        outcome: .event(
          action: fields.first(["action"]) ?? "", by: fields.first(["actiontype"]) ?? "", result: result), at: at,
        detail: ""))
  }
}
