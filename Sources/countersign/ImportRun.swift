import ByteText
import CaseModel
import CaseStore
import DecisionLedger
import Digests
import DurableFiles
import ExportReading

/// One run of `import`: files in, evidence, ledger entry and manifest out, in this order (DESIGN section 3).
struct ImportRun {
  private let session: Session
  private let ledger: Ledger
  private let isStrict: Bool
  private let evidence: EvidenceStore
  private var writer: EvidenceWriter
  private var spool: CaseSpool?
  private var rejected: RejectedRecords
  private var known = KnownRecords()
  private var claims = ActionClaims()
  private var added: [ManifestUpdate.Added] = []
  private var newest: [CaseID: RecordRank] = [:]
  private var totals = ImportTotals()
  private var superseded = 0
  private var sources: Set<ByteString> = []
  private var tenants: Set<ByteString>
  private var pinnedTenant: ByteString?
  private var status = ExitStatus.success
  private var refusedFiles = 0

  /// What orders the records of an investigation (DESIGN section 5, *Merge*).
  private struct RecordRank {
    var created: Instant
    var updated: Instant
    var sha256: SHA256Digest?

    static func < (left: RecordRank, right: RecordRank) -> Bool {
      if left.created != right.created { return left.created < right.created }
      if left.updated != right.updated { return left.updated < right.updated }
      guard let one = left.sha256, let other = right.sha256 else { return left.sha256 == nil }
      return one < other
    }
  }

  init(_ session: Session, _ ledger: Ledger, strict: Bool) throws {
    self.session = session
    self.ledger = ledger
    isStrict = strict
    tenants = Set(session.configuration.tenants)
    let folder = try session.workspace.folder(Workspace.Name.evidence)
    evidence = try session.openEvidence(ledger.state)
    writer = EvidenceWriter(in: folder, number: ledger.state.evidence.count + 1)
    spool = try CaseSpool(in: session.workspace.root)
    rejected = try RejectedRecords(in: try session.workspace.folder(Workspace.Name.rejected), run: ledger.count + 1)
    var known = KnownRecords()
    var claims = ActionClaims()
    var newest: [CaseID: RecordRank] = [:]
    var firstTenant: ByteString?
    _ = try Manifest.read(session.workspace.root) { line in
      guard case .case(let row, _, _) = line else { return }
      if firstTenant == nil { firstTenant = row.head.tenant }
      newest[row.head.id] = RecordRank(
        created: row.head.latestRecord, updated: Instant(ticks: .min), sha256: nil)
      for place in row.places { known.insert(place.sha256, recordID: place.recordID) }
      for action in row.head.actions { _ = claims.claim(action.id, for: row.head.id) }
    }
    self.known = known
    self.claims = claims
    self.newest = newest
    if tenants.isEmpty { pinnedTenant = firstTenant }
  }

  /// Reads what a path names.
  mutating func read(_ path: ByteString) throws {
    var inputs = InputFiles(path, session.console)
    for file in inputs.files {
      let input: InputFile
      do throws(FileError) {
        input = try UserPath.open(file)
      } catch {
        inputs.report(error, session.console)
        continue
      }
      do {
        try read(input, name: file)
      } catch let error as FileError where error.path == input.path {
        inputs.report(error, session.console)
      }
    }
    status = status.merged(with: inputs.status)
  }

  private mutating func read(_ input: InputFile, name: ByteString) throws {
    let shown = UserPath.split(name)?.name ?? name
    var reader = ExportReader(file: name, acceptedTenants: tenants)
    var chunk: [UInt8] = []
    var offset = 0
    while true {
      let count = try input.read(into: &chunk, at: offset, count: 1 << 20)
      if count == 0 { break }
      offset += count
      reader.feed(chunk[..<count])
      while let item = reader.next() { try take(item, file: name, source: shown) }
      let records = totals.read
      session.console.progress("importing: \(records) records, \(offset >> 20) MiB of \(max(input.size, offset) >> 20)")
    }
    reader.finish()
    while let item = reader.next() { try take(item, file: name, source: shown) }
    sources.insert(ByteString(UTF8Text.lossy(shown.bytes)))
  }

  private mutating func take(_ item: ExportItem, file: ByteString, source: ByteString) throws {
    switch item {
    case .record(let exported):
      totals.read += 1
      try take(exported, file: file, source: source)
    case .refused(let refused): try refuse(refused.diagnostic, refused.bytes)
    case .refusedMore(let bytes): try rejected.more(bytes)
    case .diagnostic(let diagnostic):
      session.console.report(diagnostic)
      // An action that was refused is a refused row, though its record is used.
      if diagnostic.severity == .error { status = status.merged(with: .refusedSome) }
    }
  }

  private mutating func refuse(_ diagnostic: Diagnostic, _ bytes: [UInt8]) throws {
    session.console.report(diagnostic)
    try rejected.add(diagnostic, bytes)
    totals.read += 1
    totals.rejected += 1
    status = status.merged(with: .refusedSome)
  }

  private mutating func take(_ exported: ExportedRecord, file: ByteString, source: ByteString) throws {
    let record = exported.record
    if let pinnedTenant {
      guard record.tenant == pinnedTenant else {
        totals.read -= 1
        return try refuse(
          Diagnostic(
            .error, file: file, record: exported.number, field: "OrganizationId",
            message: "the record is of tenant '" + record.tenant + "', the evidence of '" + pinnedTenant + "'",
            hint: "name every tenant under organization.tenants in countersign.yaml"), exported.raw)
      }
    } else if tenants.isEmpty {
      pinnedTenant = record.tenant
    }
    let sha256 = SHA256Sum.of(exported.raw)
    let recordID = RecordPlace.hash(record.recordID)
    switch known.meet(sha256, recordID: recordID) {
    case .known:
      totals.duplicate += 1
      return
    case .sameID:
      session.console.report(
        Diagnostic(
          .note, file: file, record: exported.number, field: "Id",
          message: "another record with the id '" + record.recordID + "' says something else; both are kept"))
    case .new: break
    }
    guard let id = CaseIdentity.investigation(record) else {
      totals.read -= 1
      return try refuse(
        Diagnostic(.error, file: file, record: exported.number, message: "no id can be made"), exported.raw)
    }
    for (index, action) in record.actions.enumerated() {
      guard let actionID = CaseIdentity.action(action.sourceID, tenant: record.tenant),
        !claims.claim(actionID, for: id)
      else { continue }
      totals.read -= 1
      return try refuse(
        Diagnostic(
          .error, file: file, record: exported.number, field: ByteString("Actions[\(index)]"),
          message: "the action id '" + action.sourceID + "' belongs to another investigation already",
          hint: "an action's id must be its own: its page and its approvals are found by it"), exported.raw)
    }
    let (offset, length) = try writer.add(
      EvidenceEnvelope(source: source, number: exported.number, dialect: exported.dialect, raw: exported.raw),
      sha256: sha256)
    let place = RecordPlace(
      file: ledger.state.evidence.count, offset: offset, length: length, sha256: sha256, recordID: recordID)
    let line = try spool?.add(RankedRecord(sha256: sha256, record: record), at: place)
    added.append(ManifestUpdate.Added(id: id, place: place, line: line))
    let rank = RecordRank(
      created: record.created, updated: record.updated ?? Instant(ticks: .min), sha256: sha256)
    if let other = newest[id] {
      // Of the two one is used; the other's place is taken. A case that was there before keeps its count in its own import.
      superseded += 1
      if other < rank { newest[id] = rank }
      if other.sha256 == nil && other < rank { superseded -= 1 }
    } else {
      newest[id] = rank
    }
  }

  /// Ends the run: evidence, ledger, manifest, lapses, totals.
  /// - Parameter isLast: whether the run ends with it, so that the next command is named.
  mutating func finish(isLast: Bool = true) throws -> ExitStatus {
    // Only a shortcut on the way to the manifest: one that stays behind is removed by the next import.
    defer { try? spool?.remove() }
    try rejected.finish()
    totals.superseded = superseded
    totals.used = added.count - superseded
    if totals.read - totals.rejected == 0 { status = status.merged(with: .nothingUsable) }
    if isStrict && status != .success {
      try writer.abandon()
      report("nothing was added: --strict, and something was refused")
      return status
    }
    try session.logPolicy(ledger)
    if let file = try writer.finish() {
      try session.append(
        ledger, .import,
        LedgerBody.import(
          evidence: LedgerState.EvidenceFile(name: file.name, sha256: file.sha256), totals: totals,
          sources: sources.sorted()))
      try ledger.sync()
      let console = session.console
      let store = try EvidenceStore(
        in: try session.workspace.folder(Workspace.Name.evidence), evidence.names + [file], checking: false)
      try ManifestUpdate.write(session.workspace.root, evidence: store, added: added, all: false, spool: spool) {
        done in
        if done % 512 == 0 { console.progress("merging: \(done) investigations") }
      }
    } else if totals.rejected > 0 {
      try session.append(
        ledger, .import, LedgerBody.import(evidence: nil, totals: totals, sources: sources.sorted()))
    }
    let judged = try Rejudgement.run(session, ledger)
    let lapsed = try LapseRun.log(session, ledger)
    try session.seal(ledger)
    report(nil, lapsed: lapsed, judged: judged.changes, isLast: isLast)
    return status
  }

  private func report(
    _ remark: ByteString?, lapsed: Int = 0, judged: [RoundEvent.What: Int] = [:], isLast: Bool = true
  ) {
    let console = session.console
    if console.isJSON {
      console.result(json: [
        "added": .bool(remark == nil), "duplicate": .int(totals.duplicate),
        "investigations": .int(Set(added.map(\.id)).count),
        "judged": .object(Rejudgement.words.map { .init(ByteString($0.what.rawValue), .int(judged[$0.what] ?? 0)) }),
        "lapsed": .int(lapsed),
        "read": .int(totals.read), "rejected": .int(totals.rejected), "superseded": .int(totals.superseded),
        "used": .int(totals.used),
      ])
      return
    }
    console.result(
      counted(totals.read, "record") + ByteString(" read = \(totals.used) used + \(totals.duplicate) duplicate")
        + ByteString(" + \(totals.superseded) superseded + \(totals.rejected) rejected"))
    if let remark { console.result(remark) }
    if totals.rejected > 0 { console.say("rejected records are kept in rejected/ with the reason") }
    Rejudgement.report(judged, console)
    if lapsed > 0 { console.say(counted(lapsed, "pending action") + " lapsed: nobody decided in time") }
    if isLast && !added.isEmpty && remark == nil { console.say("next: countersign build") }
  }
}

/// The records that are in the evidence: by hash of their bytes, and by hash of their own id.
struct KnownRecords {
  private var hashes: Set<Fingerprint> = []
  private var ids: Set<UInt64> = []

  enum Meeting {
    case known
    /// Another record with the same id.
    case sameID
    case new
  }

  mutating func insert(_ sha256: SHA256Digest, recordID: UInt64) {
    hashes.insert(Fingerprint(sha256))
    ids.insert(recordID)
  }

  mutating func meet(_ sha256: SHA256Digest, recordID: UInt64) -> Meeting {
    guard hashes.insert(Fingerprint(sha256)).inserted else { return .known }
    return ids.insert(recordID).inserted ? .new : .sameID
  }
}

/// Which investigation each action belongs to: an id that two claim would mix up their approvals.
struct ActionClaims {
  private var owners: [UInt64: UInt64] = [:]

  /// - Returns: whether the action is the investigation's, or nobody's before.
  mutating func claim(_ action: CaseID, for investigation: CaseID) -> Bool {
    if let owner = owners[action.shortHash] { return owner == investigation.shortHash }
    owners[action.shortHash] = investigation.shortHash
    return true
  }
}
