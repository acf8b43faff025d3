import ApprovalTokens
import ArgumentParser
import ByteText
import CaseModel
import CaseStore
import DecisionLedger

/// `explain`: why an action, or an investigation, is where it is.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Say why an action is where it is, and who is still missing.")

  @OptionGroup var general: GeneralOptions
  @Argument(help: "An id of an action or investigation: ours, or the source system's.") var id: String

  func run() throws {
    try CommandRun.run(general) { console in
      let session = try Session(general, .reading, console)
      let (_, state) = try session.readLedger()
      let wanted = ByteString(id)
      // `investigation/action`, as receipts and tokens name it, means the action.
      let short = wanted.bytes.firstIndex(of: 0x2F).map { ByteString(wanted.bytes[($0 + 1)...]) } ?? wanted
      var found = 0
      _ = try Manifest.read(session.workspace.root) { line in
        guard case .case(let row, _, _) = line else { return }
        let isCase = row.head.id.text == wanted || row.head.sourceID == wanted
        for action in row.head.actions
        where isCase || action.id.text == short || action.sourceID == wanted {
          found += 1
          explain(action, in: row, session, state, console)
        }
        if isCase && row.head.actions.isEmpty {
          found += 1
          console.result(row.head.id.text + ": no action")
        }
      }
      guard found > 0 else {
        throw CommandFailure(
          .failure, "no action or investigation has the id '" + wanted + "'",
          hint: "take the id from a page, a receipt or countersign status")
      }
      return .success
    }
  }

  private func explain(
    _ action: ActionHead, in row: ManifestCase, _ session: Session, _ state: LedgerState, _ console: Console
  ) {
    let policy = session.configuration.policy.of(action.kind)
    let facts = state.facts(of: action.id)
    let (standing, deadline) = Standing.of(
      action, in: row.head, facts: facts, session.configuration.policy, now: session.now)
    let approvals = standing.votes.filter { $0.verdict == .approve }.count
    let missing = standing.decision == .undecided ? max(0, policy.quorum - approvals) : 0
    let reason = Self.reason(action, in: row.head, standing, deadline: deadline)
    if console.isJSON {
      console.result(json: [
        "action": .string(row.head.id.text + "/" + action.id.text), "approvals": .int(approvals),
        "deadline": .string(deadline.rfc3339), "decision": .string(ByteString(standing.decision.rawValue)),
        "execution": .string(ByteString(standing.execution.rawValue)),
        "kind": .string(ByteString(action.kind.rawValue)),
        "missing": .int(missing), "policy": PolicyText.rules(policy), "reason": .string(reason),
        "round": .int(standing.round), "source_id": .string(ByteString(UTF8Text.lossy(action.sourceID.bytes))),
        "votes": .array(standing.votes.map(Self.tree)),
      ])
      return
    }
    console.result(row.head.id.text + "/" + action.id.text)
    console.result("  what       " + ByteString(stringLiteral: action.kind.title) + ": " + action.target)
    console.result("  source id  " + action.sourceID)
    console.result("  decision   " + ByteString(standing.decision.rawValue) + ": " + reason)
    console.result(
      "  execution  " + ByteString(standing.execution.rawValue) + " (the source says '" + action.status + "')")
    console.result("  deadline   " + deadline.rfc3339)
    console.result(
      ByteString(
        "  policy     \(policy.quorum) approval\(policy.quorum == 1 ? "" : "s"), identity \(policy.identity.word) or better, comment: \(policy.comment.rawValue)"
      ))
    for vote in standing.votes {
      console.result(
        "  vote       " + ByteString(vote.verdict.rawValue) + " by " + vote.principal + " ("
          + ByteString(stringLiteral: vote.identity.word) + ") at " + vote.at.rfc3339
          + ByteString(", entry \(vote.entry)")
          + (vote.comment.isEmpty ? "" : ": " + vote.comment))
    }
    if missing > 0 {
      console.result(ByteString("  missing    \(missing) more approval\(missing == 1 ? "" : "s"), or one rejection"))
    }
  }

  private static func tree(_ vote: Vote) -> JSONTree {
    [
      "at": .string(vote.at.rfc3339), "comment": .string(vote.comment), "entry": .int(vote.entry),
      "identity": .string(ByteString(stringLiteral: vote.identity.word)), "principal": .string(vote.principal),
      "verdict": .string(ByteString(vote.verdict.rawValue)),
    ]
  }

  private static func reason(
    _ action: ActionHead, in head: CaseHead, _ standing: ActionStanding, deadline: Instant
  ) -> ByteString {
    let by: ByteString = standing.decidedBy.isEmpty ? "" : " by " + standing.decidedBy
    switch standing.decision {
    case .undecided: return "waits for a decision until " + deadline.rfc3339
    case .approved: return "approved" + by
    case .rejected: return "rejected" + by + "; nothing further is done"
    case .lapsed: return "nobody decided before " + deadline.rfc3339 + "; never an approval"
    case .withdrawn: return "withdrawn"
    case .decidedElsewhere:
      let word: ByteString = standing.elsewhere == .declined ? "declined" : "approved"
      return word + " in the source system" + by
    case .gone:
      return "its investigation is '" + head.status.raw + "' and asks for it no more (the action's status there: '"
        + action.status + "')"
    }
  }
}
