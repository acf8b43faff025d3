import ArgumentParser
import ByteText
import CaseModel
import CaseStore
import DecisionLedger

/// `status`: the present state.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "status", abstract: "Show the present state.")

  @OptionGroup var general: GeneralOptions

  func run() throws {
    try CommandRun.run(general) { console in
      let session = try Session(general, .reading, console)
      let (reading, state) = try session.readLedger()
      var counts: [DecisionState: Int] = [:]
      var executions: [ExecutionState: Int] = [:]
      var investigations = 0
      var nearest: (deadline: Instant, action: ByteString)?
      var within24h = 0
      var orders = OrderCounts()
      let isWhole = try Manifest.read(session.workspace.root) { line in
        guard case .case(let row, _, _) = line else { return }
        investigations += 1
        for action in row.head.actions {
          let (standing, deadline) = Standing.of(
            action, in: row.head, facts: state.facts(of: action.id), session.configuration.policy, now: session.now)
          counts[standing.decision, default: 0] += 1
          executions[standing.execution, default: 0] += 1
          orders.count(
            state.facts(of: action.id), standing.execution, isOver: action.exported.decision != .undecided)
          orders.count(undosOf: action.id, state)
          guard standing.decision == .undecided else { continue }
          if deadline <= session.now.adding(seconds: 86_400) { within24h += 1 }
          if nearest.map({ deadline < $0.deadline }) ?? true { nearest = (deadline, action.id.text) }
        }
      }
      let head = Checkpoint(origin: session.origin, size: reading.count, root: reading.tree.root)
      if console.isJSON {
        var members: [JSONTree.Member] = [
          .init(
            "archived",
            [
              "investigations": .int(state.archived.investigations.count), "records": .int(state.archived.records),
            ]),
          .init("at", .string(session.now.rfc3339)), .init("investigations", .int(investigations)),
          .init("issuer", .string(session.configuration.issuer)),
          .init("ledger", ["head": .string(head.short), "size": .int(reading.count)]),
          .init("organization", .string(session.configuration.organization)),
          .init("records", Self.tree(state.totals)),
          .init(
            "actions",
            .object(DecisionState.allCases.map { .init(ByteString($0.rawValue), .int(counts[$0] ?? 0)) })),
          .init(
            "execution",
            .object(ExecutionState.allCases.map { .init(ByteString($0.rawValue), .int(executions[$0] ?? 0)) })),
          .init("lapsing_within_24h", .int(within24h)), .init("orders", orders.tree),
        ]
        members.append(.init("digests", .array(state.mailsToTell.map(Self.tree))))
        if let nearest {
          members.append(
            .init("nearest_deadline", ["action": .string(nearest.action), "at": .string(nearest.deadline.rfc3339)]))
        }
        console.result(json: .object(members))
        return isWhole || investigations == 0 ? .success : .failure
      }
      console.result(session.configuration.organization + "  (issuer " + session.configuration.issuer + ")")
      let totals = state.totals
      console.result(
        ByteString(
          "records            \(totals.read) read = \(totals.used) used + \(totals.duplicate) duplicate + \(totals.superseded) superseded + \(totals.rejected) rejected"
        ))
      console.result(ByteString("investigations     \(investigations)"))
      let archived = state.archived
      if !archived.investigations.isEmpty {
        console.result(
          "archived           " + counted(archived.investigations.count, "investigation") + ", "
            + counted(archived.records, "record") + " of those used and superseded")
      }
      for state in DecisionState.allCases where counts[state] != nil {
        let word = Array(state.rawValue.utf8)
        let padding = [UInt8](repeating: 0x20, count: max(1, 19 - word.count))
        console.result(ByteString(word + padding) + ByteString("\(counts[state] ?? 0)"))
      }
      if let words = orders.words { console.result("orders             " + words) }
      if let nearest {
        console.result("next deadline      " + nearest.deadline.minuteText + "  " + nearest.action)
        if within24h > 0 { console.result(ByteString("lapse in 24 h      \(within24h)")) }
      }
      for one in state.mailsToTell { console.result("digest             " + Self.words(one)) }
      console.result("ledger             " + head.short)
      if !isWhole && !state.evidence.isEmpty {
        console.report(
          Diagnostic(
            .warning, file: Manifest.fileName, message: "missing or damaged: the numbers are not complete",
            hint: "countersign build makes it again"))
      }
      return .success
    }
  }

  private static func words(_ one: MailDelivery) -> ByteString {
    let what: ByteString =
      switch one.outcome {
      case .written: "written"
      case .sent where one.isAgainUnknown: "sent; outcome unknown of sending it again"
      case .sent: "sent"
      case .failed: "not sent: " + one.detail
      case .unknown: "outcome unknown, sent again only by digest --resend " + one.mail.id
      }
    return one.mail.id + "  " + one.at.minuteText + "  " + what
  }

  private static func tree(_ one: MailDelivery) -> JSONTree {
    [
      "at": .string(one.at.rfc3339), "detail": .string(one.detail), "id": .string(one.mail.id),
      "message_id": .string(one.mail.message), "outcome": .string(ByteString(one.outcome.rawValue)),
      "reviewer": .string(one.mail.reviewer),
    ]
  }

  static func tree(_ totals: ImportTotals) -> JSONTree {
    [
      "duplicate": .int(totals.duplicate), "read": .int(totals.read), "rejected": .int(totals.rejected),
      "superseded": .int(totals.superseded), "used": .int(totals.used),
    ]
  }
}
