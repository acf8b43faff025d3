import ApprovalTokens
import ByteText
import CaseArchive
import CaseModel
import CaseStore
import DecisionLedger
import Digests
import Dispatch
import DurableFiles
import FormatPages
import PageTemplates
import ReportSite

/// One run of `archive`: chosen investigations with everything it takes to check them, as a sealed bag.
struct ArchiveRun {
  struct Options {
    var out: ByteString
    var chosen = Chosen.all
    var hasTar = false
    var isPruning = false
    var redacted: [ByteString] = []
    var jobs = 2
  }

  /// Which investigations.
  enum Chosen {
    case all
    case closed(before: Instant?)
    case these([ByteString])
  }

  private let session: Session
  private let ledger: Ledger
  private let options: Options
  /// Investigations made at a time.
  private static let batch = 128

  init(_ session: Session, _ ledger: Ledger, _ options: Options) {
    self.session = session
    self.ledger = ledger
    self.options = options
  }

  func run() throws -> ExitStatus {
    let (parent, name) = try place()
    let evidence = try session.openEvidence(ledger.state)
    let choice = try ArchiveChoice(session, ledger.state, options.chosen)
    guard !choice.ids.isEmpty else {
      throw CommandFailure(.nothingUsable, "no investigation is chosen: nothing to archive")
    }
    var bag = try BagWriter(in: parent, name: name)
    let seal: BagWriter.Seal
    do {
      let content = try write(choice, evidence, into: &bag)
      seal = try self.seal(&bag, choice, content)
    } catch {
      // Whatever stands there is no archive; what failed is what is told.
      try? bag.abandon()
      throw error
    }
    if options.hasTar {
      let top = "countersign-" + session.configuration.issuer + "-" + session.now.dateText
      try BagTar.write(parent, name, top: top, epoch: session.now)
    }
    report(seal, choice)
    if options.isPruning { return try ArchivePruning(session, ledger, choice, seal).run(verifying: options.out) }
    return .success
  }

  /// The folder that will hold the archive, and its name there.
  private func place() throws -> (Folder, ByteString) {
    var path = options.out
    while path.count > 1, path.bytes.last == 0x2F { path = ByteString(path.bytes.dropLast()) }
    guard let split = UserPath.split(path), !split.name.isEmpty, split.name != ".", split.name != ".." else {
      throw CommandFailure(.usage, "--out: expected the name of a folder")
    }
    let parent = try OutFolder.open(split.folder)
    if try parent.exists(split.name), try !parent.subfolder(split.name).names().isEmpty {
      throw CommandFailure(
        .cannotCreate, "is there and not empty: an archive is never written over", file: path, hint: "name a new folder"
      )
    }
    return (parent, split.name)
  }

  // MARK: Content

  /// What is told of the content in `bag-info.txt`.
  private struct Content {
    var records = 0
    var effects = 0
    var withheld = 0
  }

  private func write(_ choice: ArchiveChoice, _ evidence: EvidenceStore, into bag: inout BagWriter) throws -> Content {
    let templates = try BuildRun.templates(nil)
    var frame = BuildRun.frame(session, ledger, audience: DecisionClaims.anyone, name: "")
    frame.decisionsTo = nil
    frame.hasGivenClock = true
    frame.archive = ArchiveNotice(at: session.now, redacted: options.redacted)
    let state = ledger.state
    let inputs = PageInputs(session, templates, kid: "", audience: DecisionClaims.anyone)
    let redaction = try options.redacted.isEmpty ? nil : learned(choice, evidence)
    let workers = (0..<options.jobs).map { _ in
      ArchiveWorker(
        pages: CasePages(templates: templates, frame: frame),
        plan: CasePlan(archiving: inputs, issuer: session.configuration.issuer), redaction: redaction)
    }
    var lists = SiteLists(
      now: session.now, policy: session.configuration.policy, lastImport: state.lastImport,
      lastFile: state.evidence.count - 1)
    var content = Content()
    var map: [ArchiveMap.Line] = []
    var single: [ArchiveWorker.File] = []
    var waiting: [ManifestCase] = []
    var done = 0
    func makeWaiting() throws {
      let batch = waiting
      DispatchQueue.concurrentPerform(iterations: workers.count) { number in
        for index in stride(from: number, to: batch.count, by: workers.count) {
          workers[number].make(index, batch[index], state, evidence)
        }
      }
      for made in try ArchiveWorker.take(workers) {
        for file in made.files { try bag.add(file.bytes, as: file.path) }
        content.records += made.records
        content.effects += made.effects
        content.withheld += made.withheld
        map += made.map
        if choice.ids.count == 1 { single = made.files }
      }
      waiting.removeAll(keepingCapacity: true)
      done += batch.count
      session.console.progress("archiving", done, of: choice.ids.count, "investigations")
    }
    _ = try Manifest.read(session.workspace.root) { line in
      guard case .case(let row, _, let offset) = line, choice.ids.contains(row.head.id) else { return }
      let shown = try redaction.flatMap { try RedactedCase(row, evidence, $0)?.row } ?? row
      lists.take(shown, offset: offset, content: inputs.key(of: row, state), state)
      waiting.append(row)
      if waiting.count == Self.batch { try makeWaiting() }
    }
    try makeWaiting()
    try writeLists(lists, templates, frame, state, evidence, redaction, single, into: &bag)
    try bag.add(ArchiveMap.text(map), as: ArchiveMap.name)
    try writeTruths(choice, into: &bag)
    return content
  }

  /// A redaction that knows every recipient and subject of the chosen investigations.
  private func learned(_ choice: ArchiveChoice, _ evidence: EvidenceStore) throws -> Redaction {
    var redaction = Redaction(options.redacted)
    _ = try Manifest.read(session.workspace.root) { line in
      guard case .case(let row, _, _) = line, choice.ids.contains(row.head.id) else { return }
      redaction.learn(try row.places.map { try evidence.read($0).record })
    }
    return redaction
  }

  private func writeLists(
    _ lists: SiteLists, _ templates: SiteTemplates, _ frame: SiteFrame, _ state: LedgerState, _ evidence: EvidenceStore,
    _ redaction: Redaction?, _ pages: [ArchiveWorker.File], into bag: inout BagWriter
  ) throws {
    let tokens = RowTokens(
      states: PageStates(), signatures: TokenSignatures(), mint: nil, issuer: session.configuration.issuer,
      audience: DecisionClaims.anyone)
    var single = pages.isEmpty ? nil : try SingleFile(templates: templates, frame: frame)
    var written: [ByteString: [UInt8]] = [:]
    let steps = try lists.steps(
      ListPages(templates: templates, frame: frame), session, ledger, tokens, evidence, redaction: redaction)
    for step in steps {
      try step({ _, _ in false }) { path, bytes in
        if single == nil { try bag.add(bytes, as: "site/" + path) } else { written[path] = bytes }
      }
    }
    guard single != nil else { return }
    // One investigation: also as one file.
    for (path, bytes) in written.sorted(by: { $0.key < $1.key }) { try bag.add(bytes, as: "site/" + path) }
    for path in PagePaths.lists { if let page = written[path] { single?.add(path, page) } }
    for page in pages where page.path.bytes.starts(with: "site/".utf8) {
      single?.add(ByteString(page.path.bytes.dropFirst(5)), page.bytes)
    }
    if let whole = single.take()?.finish() { try bag.add(whole, as: "report.html") }
  }

  /// Ledger, heads, keys, returned files and the specifications.
  private func writeTruths(_ choice: ArchiveChoice, into bag: inout BagWriter) throws {
    let root = session.workspace.root
    guard options.redacted.isEmpty else { return try writeRedactedTruths(into: &bag) }
    try bag.copy(try root.open(Ledger.fileName), as: Ledger.fileName)
    let returned = try session.workspace.folder(Workspace.Name.returned)
    for name in try choice.returnedFiles(session, ledger.state) {
      try bag.copy(try returned.open(name), as: Workspace.Name.returned + "/" + name)
    }
    try writeProofs(into: &bag)
  }

  /// The ledger by the hashes of its bodies; returned files stay out: they hold what was written.
  private func writeRedactedTruths(into bag: inout BagWriter) throws {
    var text: [UInt8] = []
    _ = try session.readLedger { text += RedactedLedger.line($0) }
    try bag.add(text, as: Ledger.fileName)
    try writeProofs(into: &bag)
  }

  private func writeProofs(into bag: inout BagWriter) throws {
    let root = session.workspace.root
    for name in [Ledger.checkpointName, Ledger.checkpointSignatureName] {
      try bag.copy(try root.open(name), as: name)
    }
    for name in [KeyFiles.ringName, KeyFiles.signersName, KeyFiles.deploymentSignersName] {
      guard try session.keysFolder.exists(name) else { continue }
      try bag.copy(try session.keysFolder.open(name), as: Workspace.Name.keys + "/" + name)
    }
    for page in FormatPages.all { try bag.add(page.bytes, as: "formats/" + ByteString(page.name)) }
  }

  private func seal(_ bag: inout BagWriter, _ choice: ArchiveChoice, _ content: Content) throws -> BagWriter.Seal {
    let configuration = session.configuration
    let key = try session.signingKey(.archive)
    var info: [(label: ByteString, value: ByteString)] = [
      ("Source-Organization", configuration.organization),
      ("External-Description", "Automated investigations, remediation actions and decisions"),
      ("External-Identifier", session.origin + "/" + ledger.contentCheckpoint(origin: session.origin).short),
      ("Bagging-Date", session.now.dateText), ("Bag-Software-Agent", "Countersign " + ByteString(Countersign.version)),
      ("Countersign-Format", ArchiveCheck.format), ("Countersign-Issuer", configuration.issuer),
      ("Countersign-As-Of", session.now.rfc3339),
      ("Countersign-Investigations", ByteString("\(choice.ids.count)")),
      ("Countersign-Records", ByteString("\(content.records)")),
      ("Countersign-Effects", ByteString("\(content.effects)")),
    ]
    if !options.redacted.isEmpty {
      info.append(("Countersign-Redacted", ByteString(Array(options.redacted.map(\.bytes).joined(separator: [0x2C])))))
      info.append(("Countersign-Withheld-Effects", ByteString("\(content.withheld)")))
    }
    let tags = PageTemplates.archive.map { file in
      (name: ByteString(file.name), bytes: ArchiveText.filled(file.bytes, issuer: configuration.issuer))
    }
    return try bag.seal(info: info, tags: tags) { manifest in
      try SSHSignature.armoured(signing: manifest, namespace: .archive, with: key)
    }
  }

  private func report(_ seal: BagWriter.Seal, _ choice: ArchiveChoice) {
    let console = session.console
    let path = ByteString(UTF8Text.lossy(options.out.bytes))
    if console.isJSON {
      return console.result(json: [
        "bag": .string(seal.sha256), "bytes": .int(seal.bytes), "files": .int(seal.files),
        "investigations": .int(choice.ids.count), "path": .string(path),
        "redacted": .array(options.redacted.map { .string($0) }),
      ])
    }
    console.result(
      "archived: " + counted(choice.ids.count, "investigation") + ", " + counted(seal.files, "file") + " in " + path)
    console.result("tag manifest: " + seal.sha256)
    console.say("check it: countersign verify " + path + "   or, without countersign, as its VERIFY.txt says")
  }
}
