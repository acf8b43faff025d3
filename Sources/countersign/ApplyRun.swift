import ApprovalTokens
import ByteText
import CaseModel
import CaseStore
import DecisionIntake
import DecisionLedger
import Digests
import DurableFiles

/// One run of `apply`: returned files in, ledger entries and receipts out (DESIGN section 4, *Flow B*).
///
/// All inputs are read before anything is judged, so that the order of arguments never matters.
struct ApplyRun {
  private let session: Session
  private let ledger: Ledger
  private let isDryRun: Bool
  private let verifier: TokenVerifier
  private var status = ExitStatus.success
  private var rows: [Row] = []
  private var usableFiles = 0
  /// Whether the ledger grew.
  private(set) var changedSomething = false

  /// A decision on its way through the run.
  private struct Row {
    var file: ByteString
    var sha256: ByteString
    var submitted: SubmittedDecision
    var named: ByteString?
    var signed: SignedClaims?
    var verified: VerifiedDecision?
    var record: ByteString = ""
    var receipt: Receipt.Result?
    /// Whether the signature held, so that its refusal is an entry of its own.
    var wasSigned = false
  }

  init(_ session: Session, _ ledger: Ledger, isDryRun: Bool) {
    self.session = session
    self.ledger = ledger
    self.isDryRun = isDryRun
    verifier = TokenVerifier(keyRing: session.ring, issuer: session.configuration.issuer)
  }

  /// Reads what a path names and keeps every file in `returned/`.
  mutating func read(_ path: ByteString) throws {
    var inputs = InputFiles(path, session.console)
    for name in inputs.files {
      let bytes: [UInt8]
      do throws(FileError) {
        bytes = try UserPath.open(name).readAll(limit: IntakeLimits.keptBytes)
      } catch {
        inputs.report(error, session.console)
        continue
      }
      try take(bytes, name: name)
    }
    status = status.merged(with: inputs.status)
  }

  private mutating func take(_ bytes: [UInt8], name: ByteString) throws {
    let sha256 = SHA256Sum.of(bytes).hex
    if !isDryRun { try keep(bytes, sha256: sha256) }
    let shown = UserPath.split(name)?.name ?? name
    let file: ReturnedFile
    do throws(IntakeError) {
      file = try DecisionIntake.read(bytes, name: shown, issuer: session.configuration.issuer)
    } catch {
      session.console.report(error.diagnostic)
      status = status.merged(with: .refusedSome)
      let code = error.isForeign ? RefusalCode.wrongIssuer : .malformed
      try logRefusals([(0, code, nil)], file: sha256)
      return
    }
    usableFiles += 1
    for decision in file.decisions {
      rows.append(Row(file: shown, sha256: sha256, submitted: decision, named: file.reviewer))
    }
    for refused in file.refused {
      var row = Row(
        file: shown, sha256: sha256,
        submitted: SubmittedDecision(row: refused.row, token: "", verdict: nil, action: nil, comment: ""), named: nil)
      row.receipt = .refused(
        refused.code,
        detail: refused.diagnostic.field.isEmpty
          ? refused.diagnostic.message : refused.diagnostic.field + ": " + refused.diagnostic.message, hint: "")
      rows.append(row)
    }
  }

  /// Keeps a returned file, durable before anything is said about it.
  private func keep(_ bytes: [UInt8], sha256: ByteString) throws {
    let folder = try session.workspace.folder(Workspace.Name.returned)
    if try folder.exists(sha256) { return }
    try folder.replace(sha256, with: bytes, mode: 0o600, durable: true)
  }

  // MARK: Judging

  /// Verifies, judges, writes and answers.
  mutating func finish() throws -> ExitStatus {
    openTokens()
    try verify()
    let rulings = judge()
    if !isDryRun {
      try session.logPolicy(ledger)
      try write(rulings)
      let lapsed = try LapseRun.log(session, ledger)
      if lapsed > 0 { changedSomething = true }
      try session.seal(ledger)
    } else {
      foresee(rulings)
    }
    answer()
    if usableFiles == 0 { status = status.merged(with: .nothingUsable) }
    return status
  }

  private mutating func openTokens() {
    for index in rows.indices where rows[index].receipt == nil {
      switch verifier.open(rows[index].submitted.token.bytes, at: session.now) {
      case .success(let signed):
        rows[index].signed = signed
        rows[index].wasSigned = true
        if let path = rows[index].submitted.action, path != signed.claims.sub {
          rows[index].receipt = .refused(
            .malformed, detail: "the row names " + path + ", its token " + signed.claims.sub,
            hint: "hand in the row as the page made it")
          continue
        }
        let principal = signed.claims.isShared ? VerifiedDecision.anyone : signed.claims.aud
        if ledger.state.accepted[signed.claims.jti]?.contains(principal) ?? false,
          rows[index].submitted.verdict.map({ $0 == signed.claims.vd }) ?? true
        {
          rows[index].receipt = .duplicate
        }
      case .failure(let refusal):
        rows[index].wasSigned = refusal.isSigned
        rows[index].receipt = .refused(refusal.code, detail: refusal.detail, hint: refusal.hint)
      }
    }
  }

  private mutating func verify() throws {
    let wanted = Set(rows.compactMap { $0.receipt == nil ? $0.signed?.claims.investigation : nil })
    let cases = try PendingEffects(session, ledger.state, wanted: wanted)
    let reviewers = Set(session.configuration.reviewers.map(\.id))
    for index in rows.indices where rows[index].receipt == nil {
      guard let signed = rows[index].signed else { continue }
      let presenter = TokenPresenter(reviewers: reviewers, named: rows[index].named)
      let result = verifier.verify(
        signed, verdictBeside: rows[index].submitted.verdict, from: presenter, at: session.now,
        ledgerFloor: ledger.floor, against: cases.pending)
      switch result {
      case .success(let verified):
        rows[index].verified = verified
        rows[index].record = cases.recordsHash(signed.claims.investigation)
      case .failure(let refusal):
        rows[index].receipt = .refused(refusal.code, detail: refusal.detail, hint: refusal.hint)
      }
    }
  }

  /// The rows that stand, each with its ruling, in the order in which votes are written.
  private mutating func judge() -> [(row: Int, candidate: Candidate)] {
    let roles = Dictionary(
      session.configuration.reviewers.map { ($0.id, $0.roles) }, uniquingKeysWith: { first, _ in first })
    var candidates: [(row: Int, candidate: Candidate)] = []
    for index in rows.indices {
      guard rows[index].receipt == nil, let verified = rows[index].verified else { continue }
      candidates.append(
        (
          index,
          Candidate(
            decision: verified, comment: rows[index].submitted.comment, file: rows[index].sha256,
            row: rows[index].submitted.row, policy: session.configuration.policy.of(verified.effect.kind),
            roles: roles[verified.principal] ?? [])
        ))
    }
    let rulings = Judgement.rule(on: candidates.map(\.candidate), in: ledger.state)
    var counted: [(row: Int, candidate: Candidate)] = []
    for (item, ruling) in zip(candidates, rulings) {
      switch ruling {
      case .counted: counted.append(item)
      case .duplicate: rows[item.row].receipt = .duplicate
      case .refused(let code, let detail, let hint):
        rows[item.row].receipt = .refused(code, detail: detail, hint: hint)
      }
    }
    return counted.sorted { Judgement.precedes($0.candidate, $1.candidate) }
  }

  // MARK: Writing

  private mutating func write(_ counted: [(row: Int, candidate: Candidate)]) throws {
    for item in counted {
      try session.append(ledger, .decision, LedgerBody.decision(item.candidate, record: rows[item.row].record))
      changedSomething = true
    }
    for item in counted {
      guard let facts = ledger.state.facts(of: item.candidate.decision.claims.action) else { continue }
      rows[item.row].receipt = Self.receipt(Judgement.outcome(of: facts.votes, policy: item.candidate.policy))
    }
    try judgeVotes()
    try logRefusals()
  }

  /// Writes down every outcome that votes have come to and the ledger does not say yet: of this run, and of one that was
  /// killed between a vote and its judgement.
  private mutating func judgeVotes() throws {
    let open = ledger.state.facts.filter { !$0.value.votes.isEmpty }.sorted { $0.key < $1.key }
    for (_, facts) in open {
      let policy = session.configuration.policy.of(Self.kind(of: facts))
      let word: ByteString
      switch Judgement.outcome(of: facts.votes, policy: policy) {
      case .approved where facts.outcome == nil: word = "approved"
      case .rejected where facts.outcome != .reject: word = "rejected"
      default: continue
      }
      try session.append(
        ledger, .judge,
        LedgerBody.judge(
          action: facts.path, round: facts.round, outcome: word, votes: facts.votes.map(\.entry), needed: policy.quorum)
      )
      changedSomething = true
    }
  }

  /// The kind of action in the effect that was voted on.
  private static func kind(of facts: LedgerFacts) -> ActionKind {
    guard let effect = facts.effect,
      let document = try? JSONDocument.parse(
        effect.bytes, limits: JSONLimits(bytes: 20 << 20, stringBytes: 20 << 20, depth: 32)),
      let word = document.root["kind"]?.string
    else { return .unrecognised }
    return ActionKind.allCases.first { ByteString($0.rawValue) == word } ?? .unrecognised
  }

  private static func receipt(_ outcome: VoteOutcome) -> Receipt.Result {
    switch outcome {
    case .approved: .applied(.approved)
    case .rejected: .applied(.rejected)
    case .awaiting(let have, let need): .awaitingQuorum(have: have, need: need)
    }
  }

  /// What writing would answer, for a dry run.
  private mutating func foresee(_ counted: [(row: Int, candidate: Candidate)]) {
    var votes: [CaseID: [Vote]] = [:]
    for item in counted {
      let decision = item.candidate.decision
      let id = decision.claims.action
      var known = votes[id] ?? ledger.state.facts(of: id)?.votes ?? []
      known.removeAll { $0.principal == decision.principal }
      known.append(
        Vote(
          principal: decision.principal, identity: decision.identity, verdict: decision.claims.vd,
          comment: item.candidate.comment, at: session.now, entry: 0))
      votes[id] = known
    }
    for item in counted {
      let id = item.candidate.decision.claims.action
      rows[item.row].receipt = Self.receipt(
        Judgement.outcome(of: votes[id] ?? [], policy: item.candidate.policy))
    }
  }

  /// Logs refusals that are not on record: of rows without a good signature one entry a file, of others one a row.
  private mutating func logRefusals() throws {
    var unsigned: [ByteString: Set<RefusalCode>] = [:]
    for row in rows {
      guard case .refused(let code, _, _)? = row.receipt else { continue }
      if row.wasSigned {
        try logRefusals([(row.submitted.row, code, row.signed?.claims.sub)], file: row.sha256)
      } else {
        unsigned[row.sha256, default: []].insert(code)
      }
    }
    for (file, codes) in unsigned.sorted(by: { $0.key < $1.key }) {
      try logRefusals(
        codes.sorted { $0.rawValue.utf8.lexicographicallyPrecedes($1.rawValue.utf8) }.map { (0, $0, nil) }, file: file)
    }
  }

  private mutating func logRefusals(_ rows: [(row: Int, code: RefusalCode, action: ByteString?)], file: ByteString)
    throws
  {
    let fresh = rows.filter {
      !ledger.state.refusals.contains(LedgerState.refusalKey(file: file, row: $0.row, code: $0.code))
    }
    guard !fresh.isEmpty, !isDryRun else { return }
    try session.append(ledger, .refusal, LedgerBody.refusal(file: file, rows: fresh))
  }

  // MARK: Answering

  private mutating func answer() {
    let console = session.console
    var totals = ReceiptTotals()
    for row in rows {
      guard let result = row.receipt else { continue }
      let receipt = Receipt(
        file: row.file, row: row.submitted.row, action: row.signed?.claims.sub, verdict: row.signed?.claims.vd,
        principal: row.verified?.principal, identity: row.verified?.identity, result: result)
      console.isJSON ? console.result(json: receipt.json) : console.result(receipt.line)
      totals.add(result)
      if case .refused(let code, let detail, let hint) = result {
        status = status.merged(with: .refusedSome)
        console.report(
          Diagnostic(
            .error, file: row.file, record: row.submitted.row, field: ByteString(code.rawValue), message: detail,
            hint: hint))
      }
    }
    console.say((isDryRun ? "dry run: " : "") + totals.line)
    let head = ledger.checkpoint(origin: session.origin).short
    if !isDryRun { console.say("ledger head: " + head) }
  }
}
