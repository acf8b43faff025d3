public import ByteText
public import CaseModel

/// Brings rows of result files and orders together.
public struct ResultMatching: Sendable {
  /// Where a row went.
  public enum Place: Hashable, Sendable {
    /// It says something of an order.
    case used
    /// It is about an order, and says no outcome.
    case noOutcome
    /// It is about nothing that was ordered here.
    case foreign
    /// It tells of a time that has not come.
    case future
  }

  /// What the rows say of an order.
  public struct Finding: Sendable {
    /// The work-order id.
    public var order: ByteString
    /// `investigation/action`.
    public var action: ByteString
    /// What they come to.
    public var report: ExecutionReport
    /// Whether its time is that of the source, and not of the run.
    public var isDated = true
  }

  private struct Known {
    var order: ExpectedOrder
    var mail: MailOutcome
    var mailFiles: [ByteString] = []
    /// Whether a row of this run, and not only of an earlier one, spoke of its messages.
    var isMailNew = false
    var stated: [(report: ExecutionReport, isDated: Bool)] = []
    var parts: [Int: ExecutionReport] = [:]

    mutating func note(mailFile file: ByteString, isEarlier: Bool) {
      if !mailFiles.contains(file) { mailFiles.append(file) }
      if !isEarlier { isMailNew = true }
    }
  }

  private var known: [ByteString: Known] = [:]
  /// Orders by the source's id of their action: as it is, and in lower case.
  private var byAction: [ByteString: Set<ByteString>] = [:]
  private var byFoldedAction: [ByteString: Set<ByteString>] = [:]
  private var byMessage: [ByteString: [ByteString]] = [:]
  private let now: Instant

  /// Makes the orders known.
  ///
  /// - Parameter now: the time of rows that name none.
  public init(_ orders: [ExpectedOrder], now: Instant) {
    self.now = Instant(seconds: now.seconds)
    for order in orders {
      known[order.id] = Known(order: order, mail: MailOutcome(order))
      if !order.actionID.isEmpty {
        byAction[order.actionID, default: []].insert(order.id)
        byFoldedAction[Self.folded(order.actionID), default: []].insert(order.id)
      }
      for message in order.messages { byMessage[message, default: []].append(order.id) }
    }
  }

  /// Seconds by which clocks may differ.
  private static let tolerance: Int64 = 300

  private static func folded(_ id: ByteString) -> ByteString { ByteString(ASCII.lowercased(id.bytes)) }

  /// The orders of which a row tells a part: about the message that it speaks of, or of the part that it names.
  public func orders(withPartOf row: ResultRow) -> [ByteString] {
    switch row.subject {
    case .message(let id, _): byMessage[id] ?? []
    case .order(let id, part: .some): [id]
    case .order, .action: []
    }
  }

  /// Takes a row.
  ///
  /// - Parameters:
  ///   - file: SHA-256 (hex) of its file.
  ///   - isEarlier: whether it was read by an earlier run: it only completes what this one says.
  public mutating func take(_ row: ResultRow, file: ByteString, isEarlier: Bool = false) -> Place {
    if let at = row.at, at > now.adding(seconds: Self.tolerance) { return .future }
    switch row.subject {
    case .order(let id, let part): return take(row, id, part: part, file, isEarlier)
    case .action(let id):
      // An id that two orders could mean, of two tenants or in two spellings, means neither.
      let exact = byAction[id] ?? []
      let found = exact.count == 1 ? exact : byFoldedAction[Self.folded(id)] ?? []
      guard found.count == 1, let order = found.first else { return .foreign }
      return take(row, order, part: nil, file, isEarlier)
    case .message(let id, let recipient):
      guard case .event(let action, let by, let result) = row.outcome, let at = row.at else { return .foreign }
      var place = Place.foreign
      for order in byMessage[id] ?? [] {
        // In place: an order may be about many thousand copies.
        let isUsed =
          known[order]?.mail.take(id: id, recipient: recipient, action: action, by: by, result, at: at) ?? false
        if isUsed {
          known[order]?.note(mailFile: file, isEarlier: isEarlier)
          place = .used
        } else if place == .foreign, known[order]?.order.isAbout(id: id, recipient: recipient) ?? false {
          place = .noOutcome
        }
      }
      return place
    }
  }

  private mutating func take(
    _ row: ResultRow, _ id: ByteString, part: Int?, _ file: ByteString, _ isEarlier: Bool
  ) -> Place {
    guard var one = known[id] else { return .foreign }
    guard case .state(var state) = row.outcome else { return .noOutcome }
    // What was so before the order was handed over is not its doing.
    if let at = row.at, at.adding(seconds: Self.tolerance) < one.order.made {
      guard state == .succeeded || state == .alreadyGone else { return .noOutcome }
      state = .alreadyGone
    }
    let report = ExecutionReport(
      state: state, at: row.at ?? now, source: ByteString(row.source.rawValue), detail: row.detail, entry: 0,
      files: [file])
    if let part {
      guard part <= one.order.parts else { return .foreign }
      if one.order.parts == 1 {
        if !isEarlier { one.stated.append((report, row.at != nil)) }
      } else if one.parts[part].map({ $0.at <= report.at }) ?? true {
        one.parts[part] = report
      }
    } else if !isEarlier {
      one.stated.append((report, row.at != nil))
    }
    known[id] = one
    return .used
  }

  /// What the rows come to, in order of work-order id.
  public var findings: [Finding] {
    var found: [Finding] = []
    for (id, one) in known.sorted(by: { $0.key < $1.key }) {
      for (report, isDated) in one.stated {
        found.append(Finding(order: id, action: one.order.action, report: report, isDated: isDated))
      }
      if let report = Self.together(one) { found.append(Finding(order: id, action: one.order.action, report: report)) }
      if one.isMailNew, let mail = one.mail.report {
        found.append(
          Finding(
            order: id, action: one.order.action,
            report: ExecutionReport(
              state: mail.state, at: Instant(seconds: mail.at.seconds),
              source: ByteString(ResultRow.Source.postDelivery.rawValue), detail: mail.detail, entry: 0,
              files: one.mailFiles)))
      }
    }
    return found
  }

  /// What the parts of an order come to: succeeded only where every part did, or had nothing left to do.
  private static func together(_ one: Known) -> ExecutionReport? {
    guard let latest = one.parts.values.max(by: { $0.at < $1.at }) else { return nil }
    var files: [ByteString] = []
    var counts: [ExecutionState: Int] = [:]
    for (_, report) in one.parts.sorted(by: { $0.key < $1.key }) {
      counts[report.state, default: 0] += 1
      for file in report.files where !files.contains(file) { files.append(file) }
    }
    let isWhole = one.parts.count == one.order.parts
    let state: ExecutionState
    if counts[.failed] != nil {
      state = .failed
    } else if !isWhole || counts[.running] != nil {
      state = .running
    } else if counts[.succeeded] != nil {
      state = .succeeded
    } else {
      state = counts[.skipped] != nil ? .skipped : .alreadyGone
    }
    let words = ExecutionState.allCases.compactMap { state in
      counts[state].map { ByteString("\($0) ") + ByteString(state.rawValue) }
    }
    return ExecutionReport(
      state: state, at: latest.at, source: latest.source,
      detail: joined(words, by: ", ") + ByteString(" of \(one.order.parts) parts"), entry: 0, files: files)
  }
}
