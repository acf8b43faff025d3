import ByteText
import CaseModel
import CaseStore
import DecisionLedger
import Digests
import PageTemplates
import WorkOrders

/// One run of `orders`: what is approved and not handed over, as a batch of files.
struct OrdersRun {
  struct Options {
    var formats = Set(OrderFormat.allCases)
    var isAll = false
    var out: ByteString?
  }

  private let session: Session
  private let ledger: Ledger
  private let options: Options

  init(_ session: Session, _ ledger: Ledger, _ options: Options) {
    self.session = session
    self.ledger = ledger
    self.options = options
  }

  func run() throws -> ExitStatus {
    let outbox = OrderOutbox(session, ledger, out: options.out)
    try outbox.recover()
    // Records and policy as they stand now: an approval that no longer holds is not handed over.
    try session.logPolicy(ledger)
    Rejudgement.report(try Rejudgement.run(session, ledger).changes, session.console)
    let choice = try OrderChoice(session, ledger.state, isAll: options.isAll)
    let (orders, findings, status) = try lint(choice.orders)
    tell(choice)
    if orders.isEmpty { tellNothing(choice) }
    // A script runs in the session of one tenant.
    let tenants = Dictionary(grouping: orders, by: \.effect.tenant).sorted { $0.key < $1.key }
    for (_, own) in tenants {
      guard let batch = OrderBatch(own, made: Instant(seconds: session.now.seconds), findings: findings) else {
        continue
      }
      let files = batch.files(options.formats, functions: PageTemplates.orderFunctions)
      let path = try outbox.write(batch, files)
      report(batch, path, files: files.count)
    }
    if !orders.isEmpty { session.console.say("next: carry them out, then countersign results FILE") }
    return status
  }

  /// Stops what cannot be carried out, and tells what is to be known of the rest.
  private func lint(_ orders: [WorkOrder]) throws -> ([WorkOrder], [ByteString: [OrderFinding]], ExitStatus) {
    var status = ExitStatus.success
    var findings: [ByteString: [OrderFinding]] = [:]
    var good: [WorkOrder] = []
    let renewal = try OrderRenewal(session, ledger.state, orders)
    for order in orders.sorted(by: { $0.id < $1.id }) {
      var found = OrderLint.findings(order, now: session.now)
      if let finding = renewal.finding(order) { found.append(finding) }
      findings[order.id] = found
      let errors = found.filter(\.isError)
      if errors.isEmpty {
        good.append(order)
        continue
      }
      status = status.merged(with: .refusedSome)
      for finding in errors {
        session.console.report(
          Diagnostic(
            .error, file: order.action, field: Self.title(order), message: "no order: " + finding.message,
            hint: finding.hint))
      }
    }
    let together = OrderLint.findings(
      together: good, after: OrderChoice.recent(ledger.state, before: session.now),
      beside: OrderChoice.standingBlocks(ledger.state))
    for order in good {
      findings[order.id, default: []] += together[order.id] ?? []
      for finding in findings[order.id] ?? [] {
        session.console.report(
          Diagnostic(
            .warning, file: order.action, field: Self.title(order), message: finding.message, hint: finding.hint))
      }
    }
    return (good, findings, status)
  }

  private static func title(_ order: WorkOrder) -> ByteString { order.deed.word }

  // MARK: What is told

  private func tell(_ choice: OrderChoice) {
    for path in choice.archived {
      session.console.report(
        Diagnostic(
          .warning, file: path, message: "approved, but its investigation was archived and taken out: no order",
          hint: "import its records again"))
    }
    if choice.overElsewhere > 0 {
      session.console.say(
        counted(choice.overElsewhere, "approval") + " with nothing left to do: decided or finished in the source system"
      )
    }
  }

  private func tellNothing(_ choice: OrderChoice) {
    if session.console.isJSON {
      return session.console.result(json: [
        "batch": .null, "open": .int(choice.stillOpen), "orders": [], "result": "nothing",
      ])
    }
    if !choice.orders.isEmpty {
      session.console.result("nothing: " + counted(choice.orders.count, "order") + " stopped, each is named")
    } else if options.isAll {
      session.console.result("nothing: no order is open")
    } else {
      session.console.result(
        "nothing: no approval waits to be handed over"
          + (choice.stillOpen > 0 ? "; " + counted(choice.stillOpen, "order") + " open, see --all" : ""))
    }
  }

  private func report(_ batch: OrderBatch, _ path: ByteString, files: Int) {
    let console = session.console
    if console.isJSON {
      return console.result(json: [
        "batch": .string(batch.name), "files": .int(files),
        "orders": .array(
          batch.orders.map { order in
            [
              "action": .string(order.action), "findings": .array(batch.findings(of: order).map(\.tree)),
              "id": .string(order.id),
              "is_new": .bool(order.handedBefore == nil), "valid_until": .string(order.until.rfc3339),
              "what": .string(order.deed.word),
            ]
          }), "path": .string(path), "result": "written",
      ])
    }
    console.result(
      "written: " + path + " (" + counted(batch.orders.count, "order") + ", " + counted(files, "file") + ")")
    for order in batch.orders {
      let target = order.source.actionID.isEmpty ? order.action : order.source.actionID
      console.result(
        "  " + order.id + "  " + order.deed.word + "  " + target
          + (order.handedBefore == nil ? "" : "  (handed over before)"))
    }
  }
}
