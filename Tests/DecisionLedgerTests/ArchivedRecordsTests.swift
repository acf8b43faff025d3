import ByteText
import CaseModel
import Testing

@testable import DecisionLedger

@Suite struct ArchivedRecordsTests {
  private static func file(_ name: ByteString) -> LedgerState.EvidenceFile {
    LedgerState.EvidenceFile(name: name, sha256: name + " hash")
  }

  private static let exchanges = [
    ArchivedRecords.Exchange(old: file("1-a"), new: file("1-b")),
    ArchivedRecords.Exchange(old: file("2-a"), new: file("2-b")),
  ]

  private static let imports: [(LedgerEntry.Kind, JSONTree)] = ["1-a", "2-a", "3-a"].map { (name: ByteString) in
    (.import, LedgerBody.import(evidence: file(name), totals: Samples.totals(1, 1, 0, 0, 0), sources: []))
  }

  private static func replay(_ entries: [(LedgerEntry.Kind, JSONTree)]) throws -> LedgerState {
    try Samples.read(Samples.lines(imports + entries).flatMap { $0 }).1
  }

  /// Until the archive entry stands there, the old files are the evidence.
  @Test func keepsTheEvidenceUntilTheExchangeIsOnRecord() throws {
    let state = try Self.replay([(.intent, LedgerBody.intent(prune: Self.exchanges, bag: "b"))])
    #expect(state.evidence.map(\.name) == ["1-a", "2-a", "3-a"])
    #expect(state.archived.unfinished == ["1-b", "2-b"] && state.archived.replaced == [])
    #expect(state.archived.investigations.isEmpty && state.archived.records == 0)
  }

  @Test func exchangesTheFilesAndRemembersWhatWent() throws {
    let id = try #require(CaseID("inv-5lo2svthn3l5p7moptx7"))
    let state = try Self.replay([
      (.intent, LedgerBody.intent(prune: Self.exchanges, bag: "b")),
      (.archive, LedgerBody.archive([id], records: 5, evidence: Self.exchanges, bag: "b")),
    ])
    #expect(state.evidence.map(\.name) == ["1-b", "2-b", "3-a"])
    #expect(state.evidence.map(\.sha256) == ["1-b hash", "2-b hash", "3-a hash"])
    #expect(state.evidence.map(\.entry) == [1, 2, 3])
    #expect(state.archived.unfinished == [] && state.archived.replaced == ["1-a", "2-a"])
    #expect(state.archived.investigations == [id: "b"] && state.archived.records == 5)
    #expect(state.totals == Samples.totals(3, 3, 0, 0, 0))
  }
}
