import ByteText
import CaseModel
import CaseStore
import DecisionLedger

/// Why an action is where it is, by what rules, and who is still missing.
struct Explanation {
  var path: ByteString
  var sourceID: ByteString
  var kind: ActionKind
  var target: ByteString
  /// The raw status of the source.
  var status: ByteString
  var standing: ActionStanding
  var deadline: Instant
  var policy: KindPolicy
  var reason: ByteString

  /// A vote that does not count any more, and why.
  private struct Uncounted {
    var vote: Vote
    var why: ByteString
  }

  func show(_ session: Session, _ state: LedgerState, _ row: ManifestCase, _ console: Console) throws {
    var missing = 0
    var able: [Reviewer] = []
    var uncounted: [Uncounted] = []
    if standing.decision == .undecided {
      let present = try PresentActions(session, state, wanted: [row.head.id])
      for vote in standing.votes {
        let voter = present.voter(vote.principal, actingFor: vote.actsFor, on: row.head.id)
        if let refusal = Eligibility.refusal(
          of: vote.verdict, by: voter, vote.identity, comment: vote.comment, under: policy)
        {
          uncounted.append(Uncounted(vote: vote, why: refusal.detail))
        }
      }
      let counting = standing.votes.filter { vote in
        vote.verdict == .approve && !uncounted.contains { $0.vote.entry == vote.entry }
      }
      missing = max(0, policy.quorum - counting.count)
      able = session.configuration.reviewers.filter { reviewer in
        let voter = present.voter(reviewer.id, on: row.head.id)
        return !counting.contains { $0.principal == reviewer.id } && policy.roles.areHeld(by: reviewer.roles)
          && (voter.involvedAs == nil || policy.allowsSelfApproval)
      }
    }
    if console.isJSON { return printJSON(missing: missing, able, console) }
    console.result(path)
    console.result("  what       " + ByteString(stringLiteral: kind.title) + ": " + target)
    console.result("  source id  " + sourceID)
    console.result("  decision   " + ByteString(standing.decision.rawValue) + ": " + reason)
    console.result(
      "  execution  " + ByteString(standing.execution.rawValue) + " (the source says '" + status + "')")
    console.result("  deadline   " + deadline.rfc3339)
    for line in Self.rules(policy) { console.result("  policy     " + line) }
    for vote in standing.votes { console.result("  vote       " + Self.words(vote)) }
    for one in uncounted { console.result("  no longer  the vote of " + one.vote.principal + ": " + one.why) }
    for event in standing.events {
      console.result(
        "  then       " + ByteString(event.what.rawValue) + " at " + event.at.rfc3339
          + ByteString(" (round \(event.round), entry \(event.entry))"))
    }
    if let order = standing.order {
      console.result("  order      " + order.id + ", valid until " + order.until.rfc3339 + ", batch " + order.batch)
    }
    for report in standing.reports {
      console.result("  result     " + report.words + (report.detail.isEmpty ? "" : ": " + report.detail))
    }
    guard missing > 0 else { return }
    console.result("  missing    " + counted(missing, "more approval") + ", or one rejection")
    if policy.quorum > 1 || !policy.roles.isEmpty || policy.identity > .bearer || !able.isEmpty {
      let names = able.map { $0.id + ($0.name.isEmpty ? "" : " " + $0.name) }
      console.result(
        "  may give   "
          + (names.isEmpty
            ? "nobody: no reviewer has what policy asks"
            : ByteString(Array(names.map(\.bytes).joined(separator: [0x2C, 0x20])))))
    }
  }

  private func printJSON(missing: Int, _ able: [Reviewer], _ console: Console) {
    console.result(json: [
      "action": .string(path), "approvals": .int(standing.votes.count { $0.verdict == .approve }),
      "deadline": .string(deadline.rfc3339), "decision": .string(ByteString(standing.decision.rawValue)),
      "events": .array(
        standing.events.map {
          [
            "at": .string($0.at.rfc3339), "entry": .int($0.entry), "round": .int($0.round),
            "what": .string(ByteString($0.what.rawValue)),
          ]
        }),
      "execution": .string(ByteString(standing.execution.rawValue)), "kind": .string(ByteString(kind.rawValue)),
      "order": standing.order.map {
        ["batch": .string($0.batch), "id": .string($0.id), "valid_until": .string($0.until.rfc3339)]
      } ?? .null,
      "results": .array(
        standing.reports.map {
          [
            "at": .string($0.at.rfc3339), "detail": .string($0.detail), "entry": .int($0.entry),
            "source": .string($0.source), "state": .string(ByteString($0.state.rawValue)),
          ]
        }),
      "may_approve": .array(able.map { .string($0.id) }), "missing": .int(missing),
      "override": .bool(standing.overriddenBy != nil), "policy": PolicyText.rules(policy), "reason": .string(reason),
      "round": .int(standing.round), "source_id": .string(ByteString(UTF8Text.lossy(sourceID.bytes))),
      "votes": .array(standing.votes.map(Self.tree)),
    ])
  }

  /// What policy asks, a line for each rule that asks for something.
  static func rules(_ policy: KindPolicy) -> [ByteString] {
    func roles(_ roles: KindPolicy.Roles) -> ByteString {
      func joined(_ names: [ByteString]) -> ByteString {
        ByteString(Array(names.map(\.bytes).joined(separator: [0x2C, 0x20])))
      }
      let all = roles.allOf.isEmpty ? "" : "all of " + joined(roles.allOf)
      let any = roles.anyOf.isEmpty ? "" : "one of " + joined(roles.anyOf)
      return all + (all.isEmpty || any.isEmpty ? "" : ", and ") + any
    }
    var lines = [
      counted(policy.quorum, "approval")
        + ByteString(", identity \(policy.identity.word) or better, comment: \(policy.comment.rawValue)")
    ]
    if !policy.roles.isEmpty { lines.append("roles: " + roles(policy.roles)) }
    if !policy.allowsSelfApproval { lines.append("nobody who takes part in the investigation") }
    if let override = policy.override {
      lines.append(
        "alone in an emergency: " + roles(override.roles)
          + ByteString(", with a reason of \(override.minimumReason) characters or more"))
    }
    return lines
  }

  /// A vote in words.
  static func words(_ vote: Vote) -> ByteString {
    ByteString(vote.verdict.rawValue) + " by " + vote.principal + (vote.actsFor.map { " for " + $0 } ?? "") + " ("
      + ByteString(stringLiteral: vote.identity.word) + ") at " + vote.at.rfc3339 + ByteString(", entry \(vote.entry)")
      + (vote.comment.isEmpty ? "" : ": " + vote.comment)
  }

  /// A vote as an object.
  static func tree(_ vote: Vote) -> JSONTree {
    var members: [JSONTree.Member] = [
      .init("at", .string(vote.at.rfc3339)), .init("comment", .string(vote.comment)), .init("entry", .int(vote.entry)),
      .init("identity", .string(ByteString(stringLiteral: vote.identity.word))),
      .init("principal", .string(vote.principal)), .init("verdict", .string(ByteString(vote.verdict.rawValue))),
    ]
    if let other = vote.actsFor { members.append(.init("for", .string(other))) }
    return .object(members)
  }
}
