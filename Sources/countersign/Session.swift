import ApprovalTokens
import ByteText
import CaseModel
import CaseStore
import DecisionLedger
import Digests
import DurableFiles

/// An opened workspace: what one run of a command works with.
final class Session {
  let workspace: Workspace
  let configuration: Configuration
  let console: Console
  /// The run's time.
  private(set) var now: Instant
  private(set) var ring: KeyRing
  let keyFiles: KeyFiles
  private let lock: FileLock?
  /// Non-fatal problems so far.
  var status = ExitStatus.success

  /// What a command does to the workspace.
  enum Access {
    /// Looks only; needs no lock.
    case reading
    /// Appends to the ledger or writes derived files; holds the lock.
    case writing
    /// Seals what is there, and holds the lock: nothing in what it writes tells when it ran.
    case sealing
  }

  init(_ options: GeneralOptions, _ access: Access, _ console: Console) throws {
    self.console = console
    let folder: Folder
    do throws(FileError) {
      folder = try Folder.open(options.workspacePath)
    } catch {
      if error.kind == .missing || error.kind == .notADirectory {
        throw CommandFailure(WorkspaceError.notAWorkspace(options.workspacePath))
      }
      throw error
    }
    workspace = Workspace(root: folder)
    configuration = try workspace.configuration()
    now = try Self.time(options, configuration.clock, access)
    if access != .reading {
      guard let wait = Duration.milliseconds(ByteString(options.wait)) else {
        throw CommandFailure(.usage, "--wait: expected a duration like 10s", hint: "countersign --wait 30s ...")
      }
      do throws(LockError) {
        lock = try folder.lock(Workspace.Name.lock, wait: wait)
      } catch {
        if case .file(let error) = error { throw error }
        throw CommandFailure(
          .failure, error.message, file: error.path, hint: "wait for the other run, or --wait longer")
      }
    } else {
      lock = nil
    }
    keyFiles = try KeyFiles(workspace)
    ring = try keyFiles.ring()
    // What the run will sign with is looked at before anything is written: a refused key leaves no half-made run.
    let purposes: [KeyPurpose] = access == .reading ? [] : access == .writing ? [.log, .mint] : [.log, .archive]
    for purpose in purposes { _ = try keyFiles.signingKey(purpose) }
  }

  private static func time(_ options: GeneralOptions, _ clock: Configuration.Clock, _ access: Access) throws -> Instant
  {
    guard let text = options.at else {
      if let epoch = Environment.sourceDateEpoch, clock == .given || access == .sealing {
        guard let at = epoch.instant else {
          throw CommandFailure(
            .usage, "SOURCE_DATE_EPOCH: '" + epoch.text + "' is no number of seconds since 1970")
        }
        return at
      }
      // As of the newest entry, once the ledger has been read.
      if access == .sealing { return Instant(seconds: 0) }
      if clock == .given {
        throw CommandFailure(
          .usage, "this workspace has clock: given, so --at is required",
          hint: "countersign --at 2026-03-13T16:00:00Z ...")
      }
      return Clock.now()
    }
    let at = try parseTime(text)
    if clock == .system && access == .writing, abs(at.seconds - Clock.now().seconds) > 300 {
      throw CommandFailure(
        .usage, "--at is more than 5 minutes from the system clock",
        hint: "a workspace for demos and tests has clock: given in countersign.yaml")
    }
    return at
  }

  /// Takes the newest entry of the ledger for now, where nothing else was said.
  func settle(_ ledger: Ledger) throws {
    if now.seconds == 0, let newest = ledger.floor { now = newest }
    // A run that was killed may have left entries that no head is signed over.
    if try checkpoint()?.size != ledger.count { try seal(ledger) }
  }

  /// Takes the machine's time for what is appended, where the workspace goes by it.
  func useClock() {
    if configuration.clock == .system { now = Clock.now() }
  }

  /// Reads the time of `--at`.
  static func parseTime(_ text: String) throws -> Instant {
    guard let at = Instant(rfc3339: ByteString(text)) else {
      throw CommandFailure(
        .usage, ByteString("--at: '\(text)' is not a time"), hint: "RFC 3339, like 2026-11-23T09:12:00Z")
    }
    return at
  }

  /// A path in the workspace as the user would type it.
  func path(_ name: ByteString) -> ByteString {
    workspace.root.path == "." ? name : workspace.root.path + "/" + name
  }

  /// Policy and time of the run.
  var policyAt: PolicyAt { PolicyAt(policy: configuration.policy, now: now) }

  /// Where an action stands and until when it can be decided.
  func standing(_ action: ActionHead, in head: CaseHead, _ facts: LedgerFacts?) -> (
    state: ActionStanding, deadline: Instant
  ) {
    Standing.of(action, in: head, facts: facts, configuration.policy, now: now)
  }

  // MARK: Keys

  func signingKey(_ purpose: KeyPurpose) throws -> SigningKey { try keyFiles.signingKey(purpose) }
  func write(_ ring: KeyRing) throws {
    try keyFiles.write(ring)
    self.ring = ring
  }
  var keysFolder: Folder { keyFiles.folder }

  /// The reviewers' SSH keys; a line that is none is told, and the others count.
  func allowedSigners() throws -> AllowedSigners {
    guard try keysFolder.exists(KeyFiles.signersName) else { return AllowedSigners(parsing: []) }
    let signers = AllowedSigners(parsing: try keysFolder.read(KeyFiles.signersName, limit: 1 << 20))
    for diagnostic in signers.diagnostics { console.report(diagnostic) }
    return signers
  }

  // MARK: Ledger

  /// The log's name in checkpoints.
  var origin: ByteString { "countersign/" + configuration.issuer }

  /// The checkpoint beside the ledger, its signature checked; `nil` where there is none yet.
  func checkpoint() throws -> Checkpoint? {
    guard try workspace.root.exists(Ledger.checkpointName) else { return nil }
    let bytes = try workspace.root.read(Ledger.checkpointName, limit: 1 << 16)
    let bad = CommandFailure(Ledger.OpenError.fault(LedgerFault(line: 0, reason: .badCheckpoint)))
    guard let note = try? SignedNote(parsing: bytes), let checkpoint = Checkpoint(body: note.text),
      checkpoint.origin == origin
    else { throw bad }
    guard isSigned(note, at: checkpoint.size) else { throw bad }
    return checkpoint
  }

  /// Whether a log key of ours signed a head; one that was revoked later counts for heads from before.
  func isSigned(_ note: SignedNote, at size: Int) -> Bool {
    ring.keys.contains { entry in
      guard entry.purpose == .log, let key = NoteKey(name: origin, key: entry.key) else { return false }
      if case .revoked(let sequence) = entry.status, size >= sequence { return false }
      do {
        try note.verify(key)
        return true
      } catch {
        return false
      }
    }
  }

  /// Opens the ledger for appending, every line checked.
  func openLedger() throws -> Ledger {
    let checkpoint = try checkpoint()
    let ledger = try Ledger(in: workspace.root, checkpoint: checkpoint)
    if checkpoint == nil && ledger.count > 0 {
      console.report(
        Diagnostic(
          .warning, file: Ledger.checkpointName, message: "missing: nothing tells whether the ledger was cut",
          hint: "it is written again now"))
    }
    if !ledger.tornTail.isEmpty {
      console.report(
        Diagnostic(
          .warning, file: Ledger.fileName,
          message: ByteString(
            "the last run was interrupted: \(ledger.tornTail.count) bytes of an unfinished entry moved to ledger.torn-\(ledger.count)"
          ),
          hint: "nothing of it was acknowledged"))
    }
    try KeyRotation.recover(self, ledger)
    try ArchivePruning.recover(self, ledger)
    try adoptEvidence(ledger)
    let system = try workspace.root.fileSystemKind
    if !system.keepsPromises {
      console.report(
        Diagnostic(
          .warning, file: workspace.root.path,
          message: "on " + system.name + ": locks and durable writes may not hold there",
          hint: "keep the workspace on a local disk"))
    }
    return ledger
  }

  /// Finishes imports that were killed after their evidence was durable and before the ledger named it.
  private func adoptEvidence(_ ledger: Ledger) throws {
    let folder = try workspace.folder(Workspace.Name.evidence)
    let (whole, damaged) = try EvidenceAdoption.orphans(in: folder, named: ledgerFiles(ledger.state))
    for orphan in whole {
      var totals = ImportTotals()
      totals.read = orphan.records
      totals.used = orphan.records
      try append(
        ledger, .import,
        LedgerBody.import(
          evidence: LedgerState.EvidenceFile(name: orphan.file.name, sha256: orphan.file.sha256), totals: totals,
          sources: orphan.sources))
      try ledger.sync()
      console.report(
        Diagnostic(
          .note, file: Workspace.Name.evidence + "/" + orphan.file.name,
          message: ByteString("the last import was interrupted: \(orphan.records) records adopted")))
    }
    for name in damaged {
      console.report(
        Diagnostic(
          .warning, file: Workspace.Name.evidence + "/" + name,
          message: "not named by the ledger, and not whole: not used", hint: "move it away"))
    }
  }

  /// Reads the ledger for a command that only looks.
  func readLedger(each: (LedgerEntry) -> Void = { _ in }) throws -> (LedgerReading, LedgerState) {
    try Ledger.read(workspace.root, checkpoint: try checkpoint(), each: each)
  }

  /// Appends an entry; one made under a given clock says so.
  @discardableResult
  func append(_ ledger: Ledger, _ kind: LedgerEntry.Kind, _ body: JSONTree) throws -> Int {
    var body = body
    if configuration.clock == .given, case .object(let members) = body {
      body = .object(members + [.init("clock", "given")])
    }
    return try ledger.append(kind, body, at: now)
  }

  /// Makes what was appended durable and signs the new head.
  func seal(_ ledger: Ledger) throws {
    try ledger.sync()
    let checkpoint = ledger.checkpoint(origin: origin)
    let note = try SignedNote(signing: checkpoint.body, name: origin, with: try signingKey(.log))
    try workspace.root.compareAndReplace(Ledger.checkpointName, note.bytes, mode: 0o644, durable: true)
    // The same for stock tools. It is made again by every run: one that was killed before it leaves the older one.
    try keyFiles.writeSigners(ring, principal: origin)
    let signature = try SSHSignature.armoured(signing: note.bytes, namespace: .checkpoint, with: try signingKey(.log))
    try workspace.root.compareAndReplace(Ledger.checkpointSignatureName, signature, mode: 0o644)
  }

  /// Refuses a clock that was set back behind the ledger.
  func checkClock(_ ledger: Ledger) throws {
    guard let floor = ledger.floor, now < floor.adding(seconds: -TokenVerifier.clockTolerance) else { return }
    throw CommandFailure(
      .failure, "the clock is behind: the ledger already stands at " + floor.rfc3339,
      hint: "set the clock right, or give a later --at")
  }

  /// Logs policy and reviewers where they are not those logged last.
  func logPolicy(_ ledger: Ledger) throws {
    let text = PolicyText.of(configuration)
    let hash = SHA256Sum.of(text.bytes)
    if ledger.state.policyHash != hash.hex { try append(ledger, .policy, LedgerBody.policy(text, sha256: hash)) }
  }

  // MARK: Evidence

  var ledgerFiles: (LedgerState) -> [LedgerNamedFile] {
    { state in state.evidence.map { LedgerNamedFile(name: $0.name, sha256: $0.sha256) } }
  }

  /// Opens the evidence the ledger names, every byte checked, and makes sure of the manifest.
  func openEvidence(_ state: LedgerState, checking: Bool = true) throws -> EvidenceStore {
    let folder = try workspace.folder(Workspace.Name.evidence)
    let evidence = try EvidenceStore(in: folder, ledgerFiles(state), checking: checking)
    if try ManifestUpdate.ensure(workspace.root, evidence: evidence), !evidence.names.isEmpty {
      console.report(
        Diagnostic(.note, file: Manifest.fileName, message: "was missing or out of date; made again from the evidence"))
    }
    return evidence
  }
}
