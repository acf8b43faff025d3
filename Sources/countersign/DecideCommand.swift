import ApprovalTokens
import ArgumentParser
import ByteText
import CaseModel
import CaseStore
import DecisionLedger

/// `decide`: types in a signed paper ballot.
struct DecideCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decide", abstract: "Transcribe a signed paper ballot, where policy lets paper decide.",
    discussion: """
      The digest on the ballot is compared with that of the action as it is now, so that a ballot about something else, or
      about an earlier state of it, decides nothing. The vote is recorded as transcribed: typed in by somebody else.
      """)

  @OptionGroup var general: GeneralOptions
  @Argument(help: "The action: its id, INVESTIGATION/ACTION, or the source system's id.") var action: String
  @Argument(help: "approve or reject.") var verdict: String
  @Option(help: ArgumentHelp("Who signed the ballot.", valueName: "id")) var reviewer: String
  @Option(help: ArgumentHelp("The first 20 characters of the effect digest on the ballot.", valueName: "first20"))
  var digest: String
  @Option(help: "What stands on the ballot beside the decision.") var comment: String?

  func run() throws {
    try CommandRun.run(general) { console in
      guard let verdict = DecisionVerdict.allCases.first(where: { ByteString($0.rawValue) == ByteString(verdict) })
      else { throw CommandFailure(.usage, "expected approve or reject after the action") }
      let session = try Session(general, .writing, console)
      let reviewer = ByteString(reviewer)
      guard session.configuration.reviewers.contains(where: { $0.id == reviewer }) else {
        throw CommandFailure(
          .usage, "--reviewer: no reviewer has the id '" + reviewer + "'", hint: "see reviewers in countersign.yaml")
      }
      let ledger = try session.openLedger()
      try session.checkClock(ledger)
      let ballot = try ballot(verdict, reviewer, session, ledger)
      var applying = ApplyRun(session, ledger, isDryRun: false)
      try applying.transcribe(ballot, name: "ballot of " + reviewer)
      let status = try applying.finish()
      let result = try BuildRun(session, ledger, BuildRun.Options()).run()
      try session.seal(ledger)
      result.report(console)
      return status
    }
  }

  /// The ballot as a decisions file: kept in `returned/` like every other.
  private func ballot(
    _ verdict: DecisionVerdict, _ reviewer: ByteString, _ session: Session, _ ledger: Ledger
  ) throws -> [UInt8] {
    let found = try FoundAction(ByteString(action), session)
    let present = try PresentActions(session, ledger.state, wanted: [found.investigation])
    guard let pending = present.pending(found.investigation, found.action) else {
      throw CommandFailure(.refusedSome, "nothing about it could be decided", file: ByteString(action))
    }
    // The ballot may name a greater ceiling than the smallest that fits now.
    let ceilings = pending.effect.atMost.map { MailCeiling.all(notBelow: pending.mailCount ?? $0) }
    let effects = ceilings.map { $0.map { pending.effect.with(atMost: $0) } } ?? [pending.effect]
    guard let shown = effects.first(where: { PrintedDigest.matches(EffectDigest.of($0), typed: ByteString(digest)) })
    else {
      throw CommandFailure(
        .refusedSome,
        [
          Diagnostic(
            .error, file: found.path, field: "stale",
            message: "the digest on the ballot is not that of the action as it is now",
            hint:
              "compare it with the action's page; a digest that differs is of something else, or of an earlier state")
        ])
    }
    guard
      let claims = DecisionClaims(
        offering: verdict, on: EffectDigest.of(shown), investigation: found.investigation, action: found.action,
        round: shown.round, to: reviewer, by: session.configuration.issuer,
        until: present.deadline(found.investigation, found.action) ?? session.now)
    else { throw CommandFailure(.failure, "no token can be made for " + found.path) }
    var row: [JSONTree.Member] = [
      .init("action", .string(found.path)),
      .init("token", .string(try TokenMint.mint(claims, with: try session.signingKey(.mint)))),
      .init("verdict", .string(ByteString(verdict.rawValue))),
    ]
    if let comment { row.append(.init("comment", .string(ByteString(comment)))) }
    return CanonicalJSON.bytes([
      "decisions": .array([.object(row)]), "format": "countersign-decisions/1",
      "issuer": .string(session.configuration.issuer), "made": .string(session.now.rfc3339),
      "reviewer": .string(reviewer),
    ])
  }
}

/// An action that somebody named on the command line.
struct FoundAction {
  let investigation: CaseID
  let action: CaseID

  /// `investigation/action`.
  var path: ByteString { investigation.text + "/" + action.text }

  /// Looks for an action by our id, with or without that of its investigation, or by the source system's id.
  init(_ name: ByteString, _ session: Session) throws {
    let short = name.bytes.firstIndex(of: 0x2F).map { ByteString(name.bytes[($0 + 1)...]) } ?? name
    let own = CaseID(short).flatMap { OwnAction($0) }
    var found: (CaseID, CaseID)?
    _ = try Manifest.read(session.workspace.root) { line in
      guard case .case(let row, _, _) = line else { return }
      for action in row.head.actions
      where action.id.text == short || action.sourceID == name || action.id == own?.about {
        found = (row.head.id, own?.id ?? action.id)
      }
    }
    guard let found else {
      throw CommandFailure(
        .failure, "no action has the id '" + name + "'", hint: "take the id from a page, a ballot or a receipt")
    }
    (investigation, action) = found
  }
}
