public import ByteText

/// Something that happened to a decision after it was made.
public struct RoundEvent: Hashable, Sendable {
  /// What happened.
  public enum What: String, Hashable, Sendable, CaseIterable {
    /// Records or policy changed, and the approval still stands.
    case retained
    /// The effect moved: the votes of the round are void, a new round began.
    case replaced
    /// Nothing is left to do: the source system decided or finished by itself.
    case cleared
    /// Policy or reviewers changed, and the votes no longer are enough.
    case reopened
    /// The decision was taken back; a new round began.
    case withdrawn
    /// An undo was approved: what was carried out is to be reversed.
    case undone
  }

  /// What happened.
  public var what: What
  /// When.
  public var at: Instant
  /// The round it happened to.
  public var round: Int
  /// The ledger entry that says so.
  public var entry: Int

  /// Makes an event.
  public init(_ what: What, at: Instant, round: Int, entry: Int) {
    self.what = what
    self.at = at
    self.round = round
    self.entry = entry
  }
}

/// What the ledger knows about one action.
public struct LedgerFacts: Hashable, Sendable {
  /// `investigation/action`, as the votes name it; empty where nobody voted.
  public var path: ByteString = ""
  /// 1 + withdrawals, undos and replacements so far.
  public var round: Int
  /// The votes of the present round, in order of the ledger.
  public var votes: [Vote]
  /// What the votes came to under the policy of their time; `nil` while a quorum is missing.
  public var outcome: DecisionVerdict?
  /// The ledger entry that made the outcome.
  public var outcomeEntry: Int?
  /// Its time.
  public var outcomeAt: Instant?
  /// How many approvals policy asked for then.
  public var needed: Int?
  /// The entry of the vote that approved alone in an emergency; `nil` where none did.
  public var overriddenBy: Int?
  /// The canonical effect that was approved or voted on in this round; `nil` where nobody voted.
  public var effect: ByteString?
  /// The digest of that effect, 43 characters of base64url.
  public var digest: ByteString?
  /// The ceiling of that effect.
  public var atMost: Int?
  /// When the lapse was logged; `nil` where it was not.
  public var lapsed: Instant?
  /// The ledger entry that says so.
  public var lapsedEntry: Int?
  /// When the last decision was taken back; `nil` where none was, or another was made since.
  public var withdrawn: Instant?
  /// When an order for it was handed over: from then on nothing takes an approval back.
  public var handedOver: Instant?
  /// That order; `nil` where none was.
  public var order: HandedOrder?
  /// What results said of it, in order of the ledger.
  public var reports: [ExecutionReport] = []
  /// The hash of the investigation's records as of the last vote or judgement.
  public var record: ByteString?
  /// The hash of policy and reviewers as of the last vote or judgement.
  public var policy: ByteString?
  /// What happened to its decisions, latest last.
  public var events: [RoundEvent] = []

  /// What is known of an action nobody spoke about.
  public init() {
    round = 1
    votes = []
  }

  /// Whether votes stand that may be judged again: no rejection, and nothing handed over whole.
  public var isOpen: Bool {
    !votes.isEmpty && outcome != .reject && (handedOver == nil || order?.isWhole == false)
  }

  /// Whether what was decided was undone, and nothing was decided since.
  public var isUndone: Bool {
    guard let event = events.last, event.what == .undone else { return false }
    return (outcomeEntry ?? 0) < event.entry
  }

  /// The result that counts: the latest by the time that its source gives, of equal ones the one read last.
  ///
  /// What succeeded, or had nothing left to do, stays so, whoever looks later and sees less; only the same source takes it back by
  /// saying that it failed.
  public var report: ExecutionReport? {
    let sorted = reports.sorted { left, right in left.at == right.at ? left.entry < right.entry : left.at < right.at }
    guard let latest = sorted.last else { return nil }
    if latest.state == .succeeded { return latest }
    guard let done = sorted.last(where: { $0.state == .succeeded }) ?? sorted.last(where: { $0.state == .alreadyGone })
    else { return latest }
    return latest.state == .failed && latest.source == done.source ? latest : done
  }

  /// Begins the next round: votes, outcome and effect of this one are void.
  public mutating func beginRound(_ event: RoundEvent) {
    events.append(event)
    round += 1
    votes = []
    outcome = nil
    outcomeEntry = nil
    outcomeAt = nil
    needed = nil
    overriddenBy = nil
    effect = nil
    digest = nil
    atMost = nil
    handedOver = nil
    order = nil
    reports = []
  }
}
