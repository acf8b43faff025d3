import ByteText
import CaseArchive
import CaseModel
import CaseStore
import DecisionLedger
import DurableFiles

/// Takes archived investigations out of the workspace: after the archive verified, and so that a run that is killed leaves either
/// the old evidence or the new.
///
/// Intent in the ledger, new evidence files, the `archive` entry, old files gone; each durable before the next.
struct ArchivePruning {
  private let session: Session
  private let ledger: Ledger
  private let choice: ArchiveChoice
  private let seal: BagWriter.Seal

  init(_ session: Session, _ ledger: Ledger, _ choice: ArchiveChoice, _ seal: BagWriter.Seal) {
    self.session = session
    self.ledger = ledger
    self.choice = choice
    self.seal = seal
  }

  func run(verifying archive: ByteString) throws -> ExitStatus {
    let status = try ArchiveVerification.run(try Folder.open(archive), session.console)
    guard status == .success else {
      throw CommandFailure(
        .verificationFailed, "the archive does not verify: nothing was taken out of the workspace", file: archive)
    }
    session.useClock()
    let dropped = try places()
    let folder = try session.workspace.folder(Workspace.Name.evidence)
    let files = ledger.state.evidence
    var exchanges: [ArchivedRecords.Exchange] = []
    for (index, lines) in dropped.sorted(by: { $0.key < $1.key }) {
      // Written once to know its name; the intent stands in the ledger before it is there for good.
      let new = try EvidencePruning.planned(in: folder, files[index].name, without: lines)
      exchanges.append(
        ArchivedRecords.Exchange(
          old: LedgerState.EvidenceFile(name: files[index].name, sha256: files[index].sha256),
          new: LedgerState.EvidenceFile(name: new.name, sha256: new.sha256)))
    }
    try session.append(ledger, .intent, LedgerBody.intent(prune: exchanges, bag: seal.sha256))
    try ledger.sync()
    for (index, lines) in dropped.sorted(by: { $0.key < $1.key }) {
      _ = try EvidencePruning.write(in: folder, files[index].name, without: lines)
    }
    let records = dropped.values.reduce(0) { $0 + $1.count }
    try session.append(
      ledger, .archive,
      LedgerBody.archive(choice.ids.sorted(), records: records, evidence: exchanges, bag: seal.sha256))
    try ledger.sync()
    try Self.recover(session, ledger)
    // Made again from what is left; page keys are gone with it, so the next build makes a fresh tree.
    let evidence = try EvidenceStore(in: folder, session.ledgerFiles(ledger.state), checking: true)
    try ManifestUpdate.rebuild(session.workspace.root, evidence: evidence)
    try session.seal(ledger)
    report(records)
    return .success
  }

  /// Finishes what a killed run left: files that no longer count, or that never did, go.
  static func recover(_ session: Session, _ ledger: Ledger) throws {
    let archived = ledger.state.archived
    let named = Set(ledger.state.evidence.map(\.name))
    let gone = archived.replaced.union(archived.unfinished).subtracting(named)
    guard !gone.isEmpty else { return }
    try EvidencePruning.remove(gone, in: try session.workspace.folder(Workspace.Name.evidence))
  }

  /// Where the lines of the archived records begin, by evidence file.
  private func places() throws -> [Int: Set<Int>] {
    var places: [Int: Set<Int>] = [:]
    _ = try Manifest.read(session.workspace.root) { line in
      guard case .case(let row, _, _) = line, choice.ids.contains(row.head.id) else { return }
      for place in row.places { places[place.file, default: []].insert(place.offset) }
    }
    return places
  }

  private func report(_ records: Int) {
    let console = session.console
    if console.isJSON {
      return console.result(json: ["pruned": .int(choice.ids.count), "records": .int(records)])
    }
    console.result(
      "taken out: " + counted(choice.ids.count, "investigation") + ", " + counted(records, "record")
        + "; the ledger names the archive")
    console.say("next: countersign build")
  }
}
