public import ByteText

/// A decision that counts: unique on (action, round, principal).
public struct Vote: Hashable, Sendable {
  /// Who decided, as far as `apply` found out: a reviewer's id, or `anyone`.
  public var principal: ByteString
  /// How sure that is.
  public var identity: IdentityLevel
  /// What was decided.
  public var verdict: DecisionVerdict
  /// What the principal wrote; may be empty.
  public var comment: ByteString
  /// When `apply` took it.
  public var at: Instant
  /// The ledger entry that holds it.
  public var entry: Int
  /// The reviewer in whose stead it was given; `nil` where it was the principal's own.
  public var actsFor: ByteString?

  /// Makes a vote.
  public init(
    principal: ByteString, identity: IdentityLevel, verdict: DecisionVerdict, comment: ByteString, at: Instant,
    entry: Int, actsFor: ByteString? = nil
  ) {
    self.actsFor = actsFor
    self.principal = principal
    self.identity = identity
    self.verdict = verdict
    self.comment = comment
    self.at = at
    self.entry = entry
  }
}

/// Where an action stands: exports, ledger and clock together.
public struct ActionStanding: Hashable, Sendable {
  /// What people decided.
  public var decision: DecisionState
  /// What the systems say was done.
  public var execution: ExecutionState
  /// Approved or declined in the source system, where it was decided there.
  public var elsewhere: SourceApproval?
  /// Who decided: principals joined by `, `, or the source system's word for it.
  public var decidedBy: ByteString
  /// When: of the outcome or the lapse; `nil` where nothing says so.
  public var decidedAt: Instant?
  /// The strongest proof of who decided; `nil` where it was not decided here.
  public var identity: IdentityLevel?
  /// The round the votes belong to.
  public var round: Int
  /// The votes of that round.
  public var votes: [Vote]
  /// The ledger entry of the vote that approved alone in an emergency; `nil` where none did.
  public var overriddenBy: Int?
  /// What became of earlier rounds, and of the decision since; latest last.
  public var events: [RoundEvent]
  /// The order that it was handed over with; `nil` where none was.
  public var order: HandedOrder?
  /// What results said of that, in order of the ledger.
  public var reports: [ExecutionReport]

  /// Judges an action.
  ///
  /// What people decided here stands before what the exports say was decided elsewhere; both stand before a withdrawal that
  /// nobody followed up, and that before a lapse. Execution comes from exports and results alone, never from an approval
  /// (DESIGN section 1, principle 6).
  public init(exported: ExportedState, facts: LedgerFacts?, deadline: Instant, now: Instant) {
    execution = ExecutionState(
      exported: exported.execution, isHandedOver: facts?.handedOver != nil, reported: facts?.report?.state)
    elsewhere = exported.elsewhere
    round = facts?.round ?? 1
    votes = facts?.votes ?? []
    overriddenBy = facts?.overriddenBy
    events = facts?.events ?? []
    order = facts?.order
    reports = facts?.reports ?? []
    decidedBy = ""
    if let outcome = facts?.outcome {
      let counting = votes.filter { $0.verdict == outcome }
      decision = outcome == .approve ? .approved : .rejected
      decidedBy = ByteString(Array(counting.map(\.principal.bytes).joined(separator: [0x2C, 0x20])))
      decidedAt = counting.map(\.at).max()
      identity = counting.map(\.identity).min()
      if outcome == .reject && execution == .unknown { execution = .notStarted }
    } else if exported.decision != .undecided {
      decision = exported.decision
      decidedBy = exported.decidedBy
    } else if let withdrawn = facts?.withdrawn, now >= deadline {
      decision = .withdrawn
      decidedAt = withdrawn
    } else if let lapsed = facts?.lapsed {
      decision = .lapsed
      decidedAt = lapsed
    } else if now >= deadline {
      decision = .lapsed
      decidedAt = deadline
    } else {
      decision = .undecided
    }
  }
}
