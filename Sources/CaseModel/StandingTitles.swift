// The words for where an action stands: the same in pages and mails.

extension DecisionState {
  /// What people call it.
  public var title: StaticString {
    switch self {
    case .undecided: "Pending"
    case .approved: "Approved"
    case .rejected: "Rejected"
    case .lapsed: "Lapsed"
    case .withdrawn: "Withdrawn"
    case .decidedElsewhere: "Decided elsewhere"
    case .gone: "Gone"
    }
  }
}

extension ActionStanding {
  /// Whether it was approved, and an undo was approved since.
  public var isUndone: Bool {
    guard decision == .approved, let event = events.last, event.what == .undone else { return false }
    return votes.allSatisfy { $0.entry < event.entry }
  }

  /// What people decided, where and how included.
  public var title: StaticString {
    switch (decision, elsewhere) {
    case (.approved, _) where isUndone: "Approved, undo approved"
    case (.approved, _) where overriddenBy != nil: "Approved by emergency override"
    case (.decidedElsewhere, .approved?): "Approved elsewhere"
    case (.decidedElsewhere, .declined?): "Declined elsewhere"
    default: decision.title
    }
  }

  /// What the systems say was done.
  public var executionTitle: StaticString {
    execution == .notStarted && decision == .approved ? "Not yet executed" : execution.title
  }
}

extension ExecutionState {
  /// What people call it.
  public var title: StaticString {
    switch self {
    case .notStarted: "Not started"
    case .handedOver: "Handed over"
    case .running: "Running"
    case .succeeded: "Succeeded"
    case .failed: "Failed"
    case .skipped: "Skipped"
    case .alreadyGone: "Already gone"
    case .unknown: "Not known"
    }
  }
}

extension RoundEvent.What {
  /// What happened to a decision after it was made.
  public var title: StaticString {
    switch self {
    case .retained: "Judged again: the approval stands"
    case .replaced: "Effect moved: the approval is void, a new round began"
    case .cleared: "Nothing left to do: decided or finished in the source system"
    case .reopened: "Policy changed: the votes are no longer enough"
    case .withdrawn: "Decision withdrawn, a new round began"
    case .undone: "Undo approved"
    }
  }
}
