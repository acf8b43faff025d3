public import ByteText
public import CaseModel

// Work orders and their results, as `intent`, `order` and `result` entries tell them (docs/formats/ledger.md).

/// What the ledger keeps of a work order.
public struct OrderRecord: Hashable, Sendable {
  /// The work-order id.
  public var id: ByteString
  /// `investigation/action`.
  public var action: ByteString
  /// The round of the approval.
  public var round: Int
  /// The digest of the approved effect, 43 characters of base64url.
  public var digest: ByteString
  /// The name of the batch's folder.
  public var batch: ByteString
  /// From when on it holds; whole seconds.
  public var made: Instant
  /// Until when it may be carried out; whole seconds.
  public var until: Instant
  /// SHA-256 (hex) of the signed order's file.
  public var sha256: ByteString

  /// Makes a record.
  public init(
    id: ByteString, action: ByteString, round: Int, digest: ByteString, batch: ByteString, made: Instant,
    until: Instant, sha256: ByteString
  ) {
    self.id = id
    self.action = action
    self.round = round
    self.digest = digest
    self.batch = batch
    self.made = Instant(seconds: made.seconds)
    self.until = Instant(seconds: until.seconds)
    self.sha256 = sha256
  }

  init?(_ body: LedgerBody) {
    guard let id = body.text("id"), let action = body.text("action"), let round = body.number("round"),
      let digest = body.text("dig"), let batch = body.text("batch"), let sha256 = body.text("sha256"),
      let made = body.text("made").flatMap({ Instant(rfc3339: $0) }),
      let until = body.text("until").flatMap({ Instant(rfc3339: $0) })
    else { return nil }
    self.init(
      id: id, action: action, round: round, digest: digest, batch: batch, made: made, until: until, sha256: sha256)
  }

  fileprivate var tree: [JSONTree.Member] {
    [
      .init("action", .string(action)), .init("batch", .string(batch)), .init("dig", .string(digest)),
      .init("id", .string(id)), .init("made", .string(made.rfc3339)), .init("round", .int(round)),
      .init("sha256", .string(sha256)), .init("until", .string(until.rfc3339)),
    ]
  }
}

extension LedgerBody {
  /// `intent` to hand orders over: durable before the first of their files is written.
  public static func intent(_ orders: [OrderRecord]) -> JSONTree {
    ["orders": .array(orders.map { .object($0.tree) }), "purpose": "order"]
  }

  /// `order`: the files of a work order are whole, and it is handed over.
  public static func order(_ order: OrderRecord) -> JSONTree { .object(order.tree) }

  /// `result`: what a result file says of an order.
  ///
  /// - Parameter report: what it says; its entry is not looked at.
  public static func result(order: ByteString, action: ByteString, _ report: ExecutionReport) -> JSONTree {
    var members: [JSONTree.Member] = [
      .init("action", .string(action)), .init("at", .string(report.at.rfc3339)),
      .init("files", .array(report.files.map { .string($0) })),
      .init("order", .string(order)), .init("source", .string(report.source)),
      .init("state", .string(ByteString(report.state.rawValue))),
    ]
    if !report.detail.isEmpty { members.append(.init("detail", .string(report.detail))) }
    return .object(members)
  }
}

extension LedgerState {
  /// Orders are about to be written: whoever finds their files may begin, so nothing takes the approvals back from here on.
  mutating func beginOrders(_ entry: LedgerEntry, _ body: LedgerBody) {
    for one in body.list("orders") {
      guard let record = OrderRecord(LedgerBody(one)), let id = LedgerBody.action(record.action),
        var known = facts(of: id), record.round == known.round
      else { continue }
      known.handedOver = known.handedOver ?? entry.at
      known.order = HandedOrder(
        id: record.id, batch: record.batch, made: record.made, until: record.until, sha256: record.sha256,
        isWhole: false)
      set(known, of: id)
      note(order: record.id, of: id)
    }
  }

  mutating func takeOrder(_ entry: LedgerEntry, _ body: LedgerBody) {
    guard let path = body.text("action"), let id = LedgerBody.action(path), var known = facts(of: id),
      body.number("round") == known.round
    else { return }
    let isAgain = known.order?.isWhole ?? false
    known.handedOver = known.handedOver ?? entry.at
    var text: ByteString = isAgain ? "handed over again" : "handed over"
    if let record = OrderRecord(body) {
      known.order = HandedOrder(
        id: record.id, batch: record.batch, made: record.made, until: record.until, sha256: record.sha256, isWhole: true
      )
      note(order: record.id, of: id)
      text += " with order " + record.id + ", valid until " + record.until.rfc3339
    }
    set(known, of: id)
    add(Line(number: entry.number, at: entry.at, text: text), to: id)
  }

  mutating func takeResult(_ entry: LedgerEntry, _ body: LedgerBody) {
    let files = body.list("files").compactMap { if case .string(let name) = $0 { name } else { nil } }
    for file in files { note(returned: file) }
    guard let order = body.text("order"), let id = orders[order], var known = facts(of: id),
      let state = body.text("state").flatMap({ text in
        ExecutionState.allCases.first { ByteString($0.rawValue) == text }
      }), let at = body.text("at").flatMap({ Instant(rfc3339: $0) })
    else { return }
    let report = ExecutionReport(
      state: state, at: at, source: body.text("source") ?? "", detail: body.text("detail") ?? "", entry: entry.number,
      logged: entry.at, files: files)
    known.reports.append(report)
    set(known, of: id)
    add(Line(number: entry.number, at: entry.at, text: report.words, said: report.detail), to: id)
  }
}
