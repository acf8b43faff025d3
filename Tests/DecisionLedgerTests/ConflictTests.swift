import ByteText
import CaseModel
import Testing

@testable import DecisionLedger

@Suite struct ConflictTests {
  private static func codes(_ candidates: [Candidate]) -> [String] {
    Judgement.rule(on: candidates, in: LedgerState()).map { ruling in
      switch ruling {
      case .counted: "counted"
      case .duplicate: "duplicate"
      case .refused(let code, _, _): code.rawValue
      }
    }
  }

  @Test func countsNeitherOfAConflict() throws {
    var decisions = try Decisions()
    let both = [
      try decisions.candidate(.approve, on: "url-a", for: "r1", row: 1),
      try decisions.candidate(.reject, on: "url-a", for: "r1", file: "f2", row: 1),
      try decisions.candidate(.approve, on: "url-b", for: "r1", row: 2),
      try decisions.candidate(.reject, on: "url-a", for: "r2", file: "f3", row: 3),
    ]
    #expect(Self.codes(both) == ["conflict", "conflict", "counted", "counted"])
  }

  /// A message that carries both verdicts on an action decides nothing about it, whoever its tokens are for.
  @Test func countsNothingOfAMessageThatSaysBoth() throws {
    var decisions = try Decisions()
    let both = [
      try decisions.candidate(.approve, on: "url-a", for: "r1", row: 1, unit: 1),
      try decisions.candidate(.reject, on: "url-a", for: "r2", row: 2, unit: 1),
      try decisions.candidate(.approve, on: "url-b", for: "r1", row: 3, unit: 1),
      try decisions.candidate(.reject, on: "url-b", for: "r2", row: 4, unit: 2),
      try decisions.candidate(.reject, on: "url-c", for: "r2", file: "f2", row: 1, unit: 1),
    ]
    #expect(Self.codes(both) == ["conflict", "conflict", "counted", "counted", "counted"])
  }

  /// A rejection that policy refuses still shows that the person did not mean to approve.
  @Test func countsNoApprovalBesideARefusedRejection() throws {
    var decisions = try Decisions()
    let both = [
      try decisions.candidate(.approve, on: "url-a", for: "r1", row: 1),
      try decisions.candidate(.reject, on: "url-a", for: "r1", comment: "", row: 2),
    ]
    #expect(Self.codes(both) == ["conflict", "conflict"])
  }
}
