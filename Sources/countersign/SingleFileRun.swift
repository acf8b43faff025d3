import ApprovalTokens
import ByteText
import CaseModel
import CaseStore
import DecisionLedger
import DurableFiles
import ReportSite

/// One run of `build --single-file`: the whole site in one page, beside whatever trees there are.
struct SingleFileRun {
  private let session: Session
  private let ledger: Ledger
  private let options: BuildRun.Options

  /// The most actions of one file: browsers take a moment for more, and people lose their way.
  static let mostActions = 5_000

  init(_ session: Session, _ ledger: Ledger, _ options: BuildRun.Options) {
    self.session = session
    self.ledger = ledger
    self.options = options
  }

  /// Makes the file.
  ///
  /// - Parameter path: where it goes; a file there is replaced in one step.
  func run(_ path: ByteString) throws {
    let (parent, name) = try Self.place(path)
    let (audience, audienceName) = try BuildTarget.audience(session, options)
    let templates = try BuildRun.templates(options.templates)
    let evidence = try session.openEvidence(ledger.state)
    let key = try session.signingKey(.mint)
    let frame = BuildRun.frame(session, ledger, audience: audience, name: audienceName)
    let inputs = PageInputs(session, templates, kid: key.kid, audience: audience)
    var plan = try CasePlan(inputs, issuer: session.configuration.issuer, key: key, signatures: TokenSignatures())
    var casePages = CasePages(templates: templates, frame: frame)
    var lists = SiteLists(
      now: session.now, policy: session.configuration.policy, lastImport: ledger.state.lastImport,
      lastFile: ledger.state.evidence.count - 1)
    var states = PageStates()
    var issue = IssuedTokens()
    var pages: [(path: ByteString, bytes: [UInt8])] = []
    var actions = 0
    let state = ledger.state
    let isWhole = try Manifest.read(session.workspace.root) { line in
      guard case .case(let row, _, let offset) = line, let merged = try evidence.merge(row.places) else { return }
      actions += row.head.actions.count
      guard actions <= Self.mostActions else {
        throw CommandFailure(
          .usage,
          ByteString("--single-file: the workspace has more than \(Self.mostActions) actions, too many for one file"),
          hint: "build the site, or a reviewer's pack: countersign build --reviewer ID")
      }
      let pageKey = inputs.key(of: row, state)
      lists.take(row, offset: offset, content: pageKey, state)
      let (model, offers, digests) = try plan.model(merged, row, state)
      states[row.head.id] = PageState(key: pageKey, offers: offers, digests: digests)
      issue.add(offers)
      try Self.make(model, &casePages) { pages.append(($0, $1)) }
    }
    guard isWhole || evidence.names.isEmpty else {
      throw CommandFailure(.failure, "the manifest changed while it was read", file: Manifest.fileName)
    }
    var signatures = plan.made
    signatures.settle()
    let tokens = RowTokens(
      states: states, signatures: signatures, mint: try TokenMint(key: key), issuer: session.configuration.issuer,
      audience: audience)
    var single = try SingleFile(templates: templates, frame: frame)
    let steps = try lists.steps(
      ListPages(templates: templates, frame: frame, isWhole: true), session, ledger, tokens, evidence,
      searchSize: Self.mostActions + lists.cases)
    var listed: [ByteString: [UInt8]] = [:]
    for step in steps { try step({ _, _ in false }) { listed[$0] = $1 } }
    for path in PagePaths.lists { if let page = listed[path] { single.add(path, page) } }
    for page in pages { single.add(page.path, page.bytes) }
    try issue.log(session, ledger, audience: audience, kid: key.kid)
    try parent.compareAndReplace(name, single.finish(), mode: options.reviewer == nil ? 0o644 : 0o600, durable: true)
    report(path, lists, sections: pages.count, signed: plan.signed)
  }

  /// Makes every page of a case.
  private static func make(
    _ model: CasePageModel, _ pages: inout CasePages, _ take: (ByteString, [UInt8]) -> Void
  ) throws {
    var bytes: [UInt8] = []
    try pages.investigation(model, into: &bytes)
    take(PagePaths.investigation(model.case.id), bytes)
    for index in model.actions.indices {
      let action = model.actions[index]
      guard action.action.wasEverUndecided || action.isPending else { continue }
      bytes = []
      try pages.action(model, index: index, into: &bytes)
      take(PagePaths.action(action.action.id), bytes)
    }
    for own in model.ownActions {
      bytes = []
      try pages.action(model, own, into: &bytes)
      take(PagePaths.action(own.action.id), bytes)
    }
  }

  private static func place(_ path: ByteString) throws -> (Folder, ByteString) {
    let split = UserPath.split(path)
    guard let name = split?.name, !name.isEmpty, name != ".", name != ".." else {
      throw CommandFailure(.usage, "--single-file: expected the name of a file")
    }
    do throws(FileError) {
      return (try Folder.open(split?.folder ?? "."), name)
    } catch {
      throw CommandFailure(error.kind == .permission ? .permission : .cannotCreate, error.message, file: error.path)
    }
  }

  private func report(_ path: ByteString, _ lists: SiteLists, sections: Int, signed: Int) {
    let console = session.console
    if console.isJSON {
      console.result(json: [
        "file": .string(ByteString(UTF8Text.lossy(path.bytes))), "investigations": .int(lists.cases),
        "pending": .int(lists.pendingCount), "signed": .int(signed),
      ])
      return
    }
    console.result(
      "built one file: " + counted(lists.cases, "investigation") + ", " + counted(lists.pendingCount, "action")
        + " pending, " + counted(signed, "token") + " signed")
    console.say("open: " + path)
  }
}
