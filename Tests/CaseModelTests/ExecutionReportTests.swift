import ByteText
import CaseModel
import Testing

/// Which of several results counts, and what it comes to with the exports.
@Suite struct ExecutionReportTests {
  private static func state(_ reports: [(ExecutionState, Int64, ByteString)]) -> ExecutionState? {
    var facts = LedgerFacts()
    for (number, report) in reports.enumerated() {
      facts.reports.append(
        ExecutionReport(
          state: report.0, at: Instant(seconds: report.1), source: report.2, detail: "", entry: number + 1))
    }
    return facts.report?.state
  }

  @Test func takesTheLatest() {
    #expect(Self.state([]) == nil)
    #expect(Self.state([(.running, 1, "a"), (.failed, 2, "a")]) == .failed)
    #expect(Self.state([(.failed, 2, "a"), (.running, 1, "a")]) == .failed)
    #expect(Self.state([(.failed, 1, "a"), (.succeeded, 2, "b")]) == .succeeded)
  }

  @Test func keepsWhatWasDone() {
    for later in [ExecutionState.running, .skipped, .failed, .unknown] {
      #expect(Self.state([(.succeeded, 1, "a"), (later, 2, "b")]) == .succeeded, "\(later)")
      #expect(Self.state([(.alreadyGone, 1, "a"), (later, 2, "b")]) == .alreadyGone, "\(later)")
    }
    #expect(Self.state([(.succeeded, 1, "a"), (.failed, 2, "a")]) == .failed)
    #expect(Self.state([(.alreadyGone, 1, "a"), (.succeeded, 2, "b")]) == .succeeded)
    #expect(Self.state([(.succeeded, 1, "a"), (.alreadyGone, 2, "b")]) == .succeeded)
  }

  @Test func knowsWhatWasSaidBefore() {
    func report(_ at: Int64, _ files: [ByteString], _ detail: ByteString = "") -> ExecutionReport {
      ExecutionReport(
        state: .failed, at: Instant(seconds: at), source: "a", detail: detail, entry: 0, files: files)
    }
    #expect(report(1, ["f"]).says(report(1, ["g"]), isDated: true))
    #expect(!report(1, ["f"]).says(report(2, ["f"]), isDated: true))
    #expect(!report(1, ["f"]).says(report(1, ["f"], "more"), isDated: true))
    // A row without a time has that of the run: the same file is the same again.
    #expect(report(1, ["f"]).says(report(2, ["f"]), isDated: false))
    #expect(!report(1, ["f"]).says(report(1, ["g"]), isDated: false))
  }

  @Test(
    arguments: [
      (ExecutionState.notStarted, false, nil, ExecutionState.notStarted), (.notStarted, true, nil, .handedOver),
      (.unknown, true, nil, .handedOver), (.running, true, nil, .running), (.failed, true, .succeeded, .succeeded),
      (.succeeded, true, .failed, .succeeded), (.skipped, true, .running, .running),
      (.notStarted, true, .alreadyGone, .alreadyGone),
      (.alreadyGone, true, .failed, .alreadyGone),
    ] as [(ExecutionState, Bool, ExecutionState?, ExecutionState)])
  func combines(_ exported: ExecutionState, _ isHandedOver: Bool, _ reported: ExecutionState?, _ state: ExecutionState)
  {
    #expect(ExecutionState(exported: exported, isHandedOver: isHandedOver, reported: reported) == state)
  }
}
