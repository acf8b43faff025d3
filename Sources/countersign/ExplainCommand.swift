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
      let own = CaseID(short).flatMap { OwnAction($0) }
      var found = 0
      _ = try Manifest.read(session.workspace.root) { line in
        guard case .case(let row, _, _) = line else { return }
        let isCase = row.head.id.text == wanted || row.head.sourceID == wanted
        for action in row.head.actions
        where isCase || action.id.text == short || action.sourceID == wanted || action.id == own?.about {
          found += 1
          try explain(action, in: row, session, state, console)
        }
        if isCase && row.head.actions.isEmpty {
          found += 1
          console.result(row.head.id.text + ": no action")
        }
      }
      guard found > 0 else {
        throw CommandFailure(
          .failure,
          Self.archive(of: wanted, state).map { "'" + wanted + "' is in the archive " + $0 + ", and no longer here" }
            ?? "no action or investigation has the id '" + wanted + "'",
          hint: "take the id from a page, a receipt or countersign status")
      }
      return .success
    }
  }

  /// The archive that holds an investigation, or one of an action that somebody decided on; `nil` where none does.
  private static func archive(of id: ByteString, _ state: LedgerState) -> ByteString? {
    let short = id.bytes.firstIndex(of: 0x2F).map { ByteString(id.bytes[..<$0]) } ?? id
    let decided = CaseID(short).flatMap { state.facts(of: $0)?.path }.flatMap(Rejudgement.investigation)
    let bag = [CaseID(short), decided].lazy.compactMap { $0 }.compactMap { state.archived.investigations[$0] }.first
    return bag.map { ByteString($0.bytes.prefix(12)) }
  }

  private func explain(
    _ action: ActionHead, in row: ManifestCase, _ session: Session, _ state: LedgerState, _ console: Console
  ) throws {
    let policy = session.configuration.policy.of(action.kind)
    let facts = state.facts(of: action.id)
    let (standing, deadline) = session.standing(action, in: row.head, facts)
    let report = Explanation(
      path: row.head.id.text + "/" + action.id.text, sourceID: action.sourceID, kind: action.kind,
      target: action.target,
      status: action.status, standing: standing, deadline: deadline, policy: policy,
      reason: Self.reason(action, in: row.head, standing, deadline: deadline))
    try report.show(session, state, row, console)
    for own in state.own[action.id] ?? [] { explain(own, about: action, in: row, session, state, console) }
  }

  /// A withdrawal or an undo that somebody voted on.
  private func explain(
    _ own: OwnAction, about action: ActionHead, in row: ManifestCase, _ session: Session, _ state: LedgerState,
    _ console: Console
  ) {
    guard let facts = state.facts(of: own.id) else { return }
    let policy = session.configuration.policy.of(own.kind, about: action.kind)
    let outcome: ByteString =
      switch facts.outcome {
      case .approve?: "approved"
      case .reject?: "rejected"
      case nil: ByteString("\(facts.votes.count { $0.verdict == .approve }) of \(policy.quorum) approvals")
      }
    if console.isJSON {
      return console.result(json: [
        "about": .string(row.head.id.text + "/" + action.id.text), "action": .string(facts.path),
        "kind": .string(ByteString(own.kind.rawValue)), "outcome": .string(outcome), "round": .int(own.round),
        "votes": .array(facts.votes.map(Explanation.tree)),
      ])
    }
    console.result(facts.path)
    console.result(
      "  what       " + ByteString(stringLiteral: own.kind.title) + " of round " + ByteString("\(own.round)") + ": "
        + outcome)
    for vote in facts.votes { console.result("  vote       " + Explanation.words(vote)) }
  }

  private static func reason(
    _ action: ActionHead, in head: CaseHead, _ standing: ActionStanding, deadline: Instant
  ) -> ByteString {
    let by: ByteString = standing.decidedBy.isEmpty ? "" : " by " + standing.decidedBy
    switch standing.decision {
    case .undecided:
      let before = standing.events.last.map {
        " (round \(standing.round): the earlier decision was " + $0.what.rawValue + ")"
      }
      return "waits for a decision until " + deadline.rfc3339 + ByteString(before ?? "")
    case .approved: return "approved" + by + (standing.overriddenBy == nil ? "" : " alone, by emergency override")
    case .rejected: return "rejected" + by + "; nothing further is done"
    case .lapsed: return "nobody decided before " + deadline.rfc3339 + "; never an approval"
    case .withdrawn: return "the decision was withdrawn, and nobody decided again in time"
    case .decidedElsewhere:
      let word: ByteString = standing.elsewhere == .declined ? "declined" : "approved"
      return word + " in the source system" + by
    case .gone:
      return "its investigation is '" + head.status.raw + "' and asks for it no more (the action's status there: '"
        + action.status + "')"
    }
  }
}
