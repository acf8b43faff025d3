import ByteText
import Testing

@testable import CaseModel

@Suite struct ExportedStateTests {
  typealias Row = (
    SourceStatus?, SourceApproval?, InvestigationStatus?, Bool, DecisionState, ExecutionState, SourceApproval?
  )

  static func state(
    _ status: SourceStatus?, _ approval: SourceApproval?, _ investigation: InvestigationStatus?, _ isNamed: Bool,
    by: ByteString = ""
  ) -> ExportedState {
    var action = RemediationAction(sourceID: "a", kind: .blockURL, rawType: "", status: Recognised(status, raw: ""))
    action.approval = Recognised(approval, raw: "")
    action.decidedBy = by
    return ExportedState(of: action, status: Recognised(investigation, raw: ""), isNamedByLatest: isNamed)
  }

  static let executions: [(SourceStatus?, ExecutionState)] = [
    (.pending, .notStarted), (.waiting, .running), (.running, .running), (.completed, .succeeded), (.failed, .failed),
    (.skipped, .skipped), (.cancelled, .skipped), (.alreadyGone, .alreadyGone), (nil, .unknown),
  ]
  static let investigations: [InvestigationStatus?] = InvestigationStatus.allCases + [nil]

  @Test func letsTheSourcesApprovalDecide() {
    for (status, execution) in Self.executions {
      for investigation in Self.investigations {
        for isNamed in [true, false] {
          let approved = Self.state(status, .approved, investigation, isNamed, by: "ivy")
          #expect(
            approved
              == ExportedState(
                decision: .decidedElsewhere, execution: execution, elsewhere: .approved, decidedBy: "ivy"))
          let declined = Self.state(status, .declined, investigation, isNamed)
          // What was declined is not done, unless the source says that it was done.
          #expect(declined.execution == (status == .completed ? .succeeded : .skipped))
          #expect(declined.decision == .decidedElsewhere && declined.elsewhere == .declined && declined.decidedBy == "")
        }
      }
    }
  }

  @Test func letsTheStatusDecideWithoutApproval() {
    for (status, execution) in Self.executions {
      for approval in [SourceApproval.none, nil] {
        for investigation in Self.investigations {
          for isNamed in [true, false] {
            let state = Self.state(status, approval, investigation, isNamed)
            switch status {
            case .running?, .waiting?, .completed?, .failed?, .alreadyGone?:
              #expect(
                state
                  == ExportedState(
                    decision: .decidedElsewhere, execution: execution, elsewhere: .approved, decidedBy: "Automation"))
            case .skipped?, .cancelled?: #expect(state == ExportedState(decision: .gone, execution: .skipped))
            case .pending?, nil: #expect(state.decision != .approved && state.decision != .rejected)
            }
          }
        }
      }
    }
  }

  @Test(
    arguments: [
      (.pending, SourceApproval.none, .pendingAction, true, .undecided, .notStarted, nil),
      (.pending, nil, .running, true, .undecided, .notStarted, nil),
      (.pending, SourceApproval.none, nil, true, .undecided, .notStarted, nil),
      (nil, nil, .pendingAction, true, .undecided, .unknown, nil),
      (.pending, SourceApproval.none, .pendingAction, false, .undecided, .notStarted, nil),
      (.pending, SourceApproval.none, .partiallyRemediated, false, .undecided, .notStarted, nil),
      (.pending, SourceApproval.none, .remediated, false, .decidedElsewhere, .unknown, .approved),
      (.pending, SourceApproval.none, .remediated, true, .gone, .notStarted, nil),
      (nil, nil, .remediated, false, .decidedElsewhere, .unknown, .approved),
      (.pending, SourceApproval.none, .terminatedByUser, false, .gone, .unknown, nil),
      (.pending, SourceApproval.none, .terminatedByUser, true, .gone, .notStarted, nil),
      (.pending, SourceApproval.none, .threatsFound, false, .gone, .unknown, nil),
      (.pending, SourceApproval.none, .noThreatsFound, true, .gone, .notStarted, nil),
      (.pending, SourceApproval.none, .failed, false, .gone, .unknown, nil),
      (nil, nil, .failed, true, .gone, .unknown, nil),
    ] as [Row])
  func asksOnlyWhileTheInvestigationIsOpen(row: Row) {
    let state = Self.state(row.0, row.1, row.2, row.3)
    #expect(state == ExportedState(decision: row.4, execution: row.5, elsewhere: row.6))
  }

  @Test func takesANameForADecision() {
    let state = Self.state(.pending, nil, .pendingAction, true, by: "ivy")
    #expect(
      state
        == ExportedState(decision: .decidedElsewhere, execution: .notStarted, elsewhere: .approved, decidedBy: "ivy"))
  }

  @Test func knowsWhichEndsAreFinal() {
    #expect(
      InvestigationStatus.allCases.filter { !$0.isFinal } == [
        .starting, .running, .pendingAction, .partiallyRemediated, .queuedByThrottling,
      ])
  }
}
