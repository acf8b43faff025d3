public import ByteText

/// What people decided about an action (DESIGN section 2).
///
/// Only ``undecided`` has tokens.
public enum DecisionState: String, Hashable, Sendable, CaseIterable {
  case undecided
  case approved
  case rejected
  /// Nobody decided in time; never an approval.
  case lapsed
  case withdrawn
  /// In the portal: approved or declined there.
  case decidedElsewhere = "decided elsewhere"
  /// Its investigation is final and names it no more.
  case gone
}

/// What the systems say has been done.
///
/// Comes only from exports or result files, *handed over* from the ledger; never from an approval.
public enum ExecutionState: String, Hashable, Sendable, CaseIterable {
  case notStarted = "not started"
  case handedOver = "handed over"
  case running
  case succeeded
  case failed
  case skipped
  case alreadyGone = "already gone"
  case unknown
}

/// What the exports alone say about an action.
public struct ExportedState: Hashable, Sendable {
  /// Undecided, decided elsewhere or gone.
  public var decision: DecisionState
  /// What was done.
  public var execution: ExecutionState
  /// Approved or declined in the source system; `nil` where it was not decided there, or the export does not say which.
  public var elsewhere: SourceApproval?
  /// Who decided there; `Automation` where nobody had to.
  public var decidedBy: ByteString

  /// Makes a state.
  public init(
    decision: DecisionState, execution: ExecutionState, elsewhere: SourceApproval? = nil, decidedBy: ByteString = ""
  ) {
    self.decision = decision
    self.execution = execution
    self.elsewhere = elsewhere
    self.decidedBy = decidedBy
  }

  /// Judges an action by what the exports say.
  ///
  /// The source's approval, where it speaks of one, decides; else its status; else the investigation: one that is final
  /// asks nobody any more. *Remediated* means that everything was approved (AIR section 6), so an action that such an
  /// investigation no longer names was approved elsewhere; any other end leaves only that it is gone.
  public init(of action: RemediationAction, status: Recognised<InvestigationStatus>, isNamedByLatest: Bool) {
    let execution: ExecutionState =
      switch action.status.known {
      case .pending?: .notStarted
      // Waiting for a resource is a step of carrying it out: somebody or something let it begin.
      case .running?, .waiting?: .running
      case .completed?: .succeeded
      case .failed?: .failed
      case .skipped?, .cancelled?: .skipped
      case .alreadyGone?: .alreadyGone
      case nil: .unknown
      }
    let isFinal = status.known?.isFinal ?? false
    let byName = action.decidedBy
    switch action.approval.known {
    case .approved?:
      self.init(decision: .decidedElsewhere, execution: execution, elsewhere: .approved, decidedBy: byName)
      return
    case .declined?:
      // A declined action is not carried out whatever its status field still says.
      self.init(
        decision: .decidedElsewhere, execution: execution == .succeeded ? .succeeded : .skipped, elsewhere: .declined,
        decidedBy: byName)
      return
    case .none?, nil: break
    }
    switch action.status.known {
    case .running?, .waiting?, .completed?, .failed?, .alreadyGone?:
      // Nobody's approval is on record: the system did it by itself (AIR section 1.4).
      self.init(
        decision: .decidedElsewhere, execution: execution, elsewhere: .approved,
        decidedBy: byName.isEmpty ? "Automation" : byName)
    case .skipped?, .cancelled?:
      self.init(decision: .gone, execution: .skipped)
    case .pending?, nil:
      if !byName.isEmpty {
        self.init(decision: .decidedElsewhere, execution: execution, elsewhere: .approved, decidedBy: byName)
      } else if !isFinal {
        self.init(decision: .undecided, execution: execution)
      } else if !isNamedByLatest && status.known == .remediated {
        self.init(decision: .decidedElsewhere, execution: .unknown, elsewhere: .approved)
      } else {
        self.init(decision: .gone, execution: isNamedByLatest ? execution : .unknown)
      }
    }
  }
}
