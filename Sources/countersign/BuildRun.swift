import ApprovalTokens
import ByteText
import CaseModel
import CaseStore
import DecisionLedger
import Digests
import Dispatch
import DurableFiles
import ReportSite
import WebRendering

/// One run of `build`: pages whose key changed are made again, the others are not looked at (DESIGN section 4, *Flow A*).
struct BuildRun {
  struct Options {
    var out: ByteString?
    var reviewer: ByteString?
    var isFull = false
    var jobs = 2
    var templates: ByteString?
  }

  /// What a build did.
  struct Result {
    var tree: ByteString
    var counts: SiteTree.Counts
    var cases: Int
    var signed: Int
    var pending: Int

    func report(_ console: Console, judged: [RoundEvent.What: Int] = [:]) {
      if console.isJSON {
        console.result(json: [
          "investigations": .int(cases),
          "judged": .object(Rejudgement.words.map { .init(ByteString($0.what.rawValue), .int(judged[$0.what] ?? 0)) }),
          "pending": .int(pending), "removed": .int(counts.removed),
          "signed": .int(signed), "tree": .string(ByteString(UTF8Text.lossy(tree.bytes))),
          "unchanged": .int(counts.unchanged), "written": .int(counts.written),
        ])
        return
      }
      console.result(
        "built: " + counted(counts.written, "page") + ByteString(" written, \(counts.removed) removed, ")
          + counted(signed, "token") + " signed; "
          + counted(cases, "investigation") + ", " + counted(pending, "action") + " pending")
      Rejudgement.report(judged, console)
      console.say("open: " + tree + "/index.html")
    }
  }

  private let session: Session
  private let ledger: Ledger
  private let options: Options
  /// Cases made at a time: enough to keep every thread busy, few enough to hold.
  private static let batch = 256

  init(_ session: Session, _ ledger: Ledger, _ options: Options) {
    self.session = session
    self.ledger = ledger
    self.options = options
  }

  func run() throws -> Result {
    let target = try BuildTarget(session, options)
    let templates = try Self.templates(options.templates)
    let evidence = try session.openEvidence(ledger.state)
    let key = try session.signingKey(.mint)
    let frame = Self.frame(session, ledger, audience: target.audience, name: target.audienceName)
    let inputs = PageInputs(session, templates, kid: key.kid, audience: target.audience)
    var tails = ManifestTails()
    _ = try Manifest.read(session.workspace.root, skippingCases: true) { tails.take($0) }
    tails.settle()
    let listsBefore = tails.lists
    let isThere = try target.parent.exists(target.name) && tails.pages[target.tree] != nil
    let isFresh = options.isFull || !isThere
    // What a build that was cut short wrote is known to nobody: every page is made and compared then.
    let mark = BuildMark(session.workspace.root, tree: target.tree)
    let isUnfinished = try mark.isThere
    if isUnfinished { tails.lists[target.tree] = nil }
    let known = isFresh || isUnfinished ? PageStates() : tails.pages[target.tree] ?? PageStates()
    let swap = isFresh ? try SiteSwap(in: target.parent, name: target.name) : nil
    let root =
      try swap?.makeFresh(isPrivate: target.isPrivate) ?? target.parent.subfolder(target.name)
    do {
      if isFresh { try mark.set() }
      if isUnfinished && !isFresh { try SiteTree.removeLeftovers(root) }
      let result = try build(
        target, templates, frame, inputs, evidence, key, root: root, isFresh: isFresh, known: known, mark: mark,
        tails: &tails)
      try swap?.finish()
      try remember(
        tails, evidence, changed: isFresh || isUnfinished || result.counts.written > 0 || tails.lists != listsBefore)
      if try mark.isThere {
        // Pages and manifest are durable before the mark goes: with it, the next build trusts neither.
        try session.workspace.root.syncFileSystem()
        // A tree elsewhere may be on another disk.
        if options.out != nil { try root.syncFileSystem() }
        try mark.clear()
      }
      return result
    } catch {
      // The old tree stays as it was; what failed is what is told.
      try? swap?.abandon()
      throw error
    }
  }

  private func build(
    _ target: BuildTarget, _ templates: SiteTemplates, _ frame: SiteFrame, _ inputs: PageInputs,
    _ evidence: EvidenceStore, _ key: SigningKey, root: Folder, isFresh: Bool, known: PageStates, mark: BuildMark,
    tails: inout ManifestTails
  ) throws -> Result {
    let state = ledger.state
    let signatures = tails.tokens[key.kid] ?? TokenSignatures()
    var workers: [BuildWorker] = []
    for _ in 0..<options.jobs {
      workers.append(
        BuildWorker(
          BuildWorker.State(
            pages: CasePages(templates: templates, frame: frame),
            plan: try CasePlan(inputs, issuer: session.configuration.issuer, key: key, signatures: signatures),
            tree: SiteTree(root: root, isFresh: isFresh, isPrivate: target.isPrivate))))
    }
    var lists = SiteLists(
      now: session.now, policy: session.configuration.policy, lastImport: state.lastImport,
      lastFile: state.evidence.count - 1)
    var states = PageStates()
    var issue = IssuedTokens()
    var order: [CaseID] = []
    var keys = SHA256Stream()
    var tree = SiteTree(root: root, isFresh: isFresh, isPrivate: target.isPrivate)
    var waiting: [(row: ManifestCase, key: Fingerprint)] = []
    func makeWaiting() throws {
      let batch = waiting
      if !batch.isEmpty { try mark.set() }
      let all = workers
      DispatchQueue.concurrentPerform(iterations: all.count) { number in
        for index in stride(from: number, to: batch.count, by: all.count) {
          all[number].make(batch[index].row, key: batch[index].key, state, evidence)
        }
      }
      for worker in workers {
        for item in try worker.takeStates() { states[item.id] = item.state }
      }
      waiting.removeAll(keepingCapacity: true)
    }
    let isWhole = try Manifest.read(session.workspace.root) { line in
      guard case .case(let row, _, let offset) = line else { return }
      let pageKey = inputs.key(of: row, state)
      lists.take(row, offset: offset, content: pageKey, state)
      order.append(row.head.id)
      keys.update(row.head.id.text.bytes)
      keys.update(Array(pageKey.text.bytes))
      if let old = known[row.head.id], old.key == pageKey, try tree.holdsPages(of: row.head) {
        states[row.head.id] = old
        return
      }
      waiting.append((row, pageKey))
      if waiting.count == Self.batch {
        try makeWaiting()
        session.console.progress("building: \(lists.cases) investigations")
      }
    }
    guard isWhole || evidence.names.isEmpty else {
      throw CommandFailure(.failure, "the manifest changed while it was read", file: Manifest.fileName)
    }
    try makeWaiting()

    var counts = SiteTree.Counts()
    var signed = 0
    var all = signatures
    for worker in workers {
      let results = worker.results
      counts.add(results.counts)
      signed += results.signed
      all.add(results.signatures)
    }
    all.settle()
    let made = inputs.lists(keys, frame, session.configuration.reviewers, lastImport: state.lastImport)
    let before = isFresh ? nil : tails.lists[target.tree]
    if try before?.all != made || !SiteLists.areThere(&tree, parts: before?.parts) {
      try mark.set()
      let tokens = RowTokens(
        states: states, signatures: all, mint: try TokenMint(key: key), issuer: session.configuration.issuer,
        audience: target.audience)
      let steps = try lists.steps(
        ListPages(templates: templates, frame: frame), session, ledger, tokens, evidence)
      let listWorkers = (0..<options.jobs).map { _ in
        ListWorker(
          SiteTree(root: root, isFresh: isFresh, isPrivate: target.isPrivate), known: before?.parts ?? [:]
        ) { inputs.part($0, frame) }
      }
      var written: Set<ByteString> = []
      var parts: [ByteString: Fingerprint] = [:]
      for done in try ListWorker.run(steps, on: listWorkers) {
        counts.add(done.tree.counts)
        written.formUnion(done.written)
        parts.merge(done.parts) { $1 }
      }
      try SiteLists.keepOnly(written, in: &tree)
      tails.lists[target.tree] = ListState(all: made, parts: parts)
    }
    counts.add(tree.counts)

    for id in order { issue.add(states[id]?.offers ?? "") }
    try issue.log(session, ledger, audience: target.audience, kid: key.kid)
    tails.pages[target.tree] = states
    tails.tokens = [key.kid: all]
    return Result(
      tree: session.workspace.root.path == "." && options.out == nil
        ? target.tree : options.out ?? session.workspace.root.path + "/" + target.tree,
      counts: counts, cases: lists.cases, signed: signed, pending: lists.pendingCount)
  }

  private func remember(_ tails: ManifestTails, _ evidence: EvidenceStore, changed: Bool) throws {
    if changed { try ManifestUpdate.replaceTails(session.workspace.root, evidence: evidence.names, with: tails) }
  }

  /// What every page of a build shows.
  static func frame(_ session: Session, _ ledger: Ledger, audience: ByteString, name: ByteString) -> SiteFrame {
    let configuration = session.configuration
    return SiteFrame(
      organization: configuration.organization, issuer: configuration.issuer, tlp: configuration.tlp,
      decisionsTo: configuration.mail.decisionsTo.isEmpty ? nil : configuration.mail.decisionsTo,
      audience: audience, audienceName: name, at: session.now, hasGivenClock: configuration.clock == .given,
      head: ledger.contentCheckpoint(origin: session.origin).short, version: ByteString(Countersign.version))
  }

  /// The site's templates, from the built-in files and those of a folder.
  static func templates(_ folder: ByteString?) throws -> SiteTemplates {
    let files = try TemplateFiles.all(replacedBy: folder)
    do throws(TemplateError) {
      return try SiteTemplates(files: files)
    } catch {
      throw CommandFailure(.configuration, [error.diagnostic])
    }
  }
}
