import ApprovalTokens
import ByteText
import CaseModel
import CaseStore
import DecisionIntake
import DecisionLedger

/// One run of `apply`: returned files in, ledger entries and receipts out (DESIGN section 4, *Flow B*).
struct ApplyRun {
  private let session: Session
  private let ledger: Ledger
  private let isDryRun: Bool
  private let verifier: TokenVerifier
  private var batch: ReturnedBatch
  private var rows: [ApplyRow] = []
  private var heads: [(file: ByteString, head: ByteString)] = []
  private var status = ExitStatus.success
  /// Whether the ledger grew.
  private(set) var changedSomething = false

  init(_ session: Session, _ ledger: Ledger, isDryRun: Bool) {
    self.session = session
    self.ledger = ledger
    self.isDryRun = isDryRun
    batch = ReturnedBatch(session, isDryRun: isDryRun)
    verifier = TokenVerifier(keyRing: session.ring, issuer: session.configuration.issuer)
  }

  /// Reads what a path names and keeps every file in `returned/`.
  mutating func read(_ path: ByteString) throws { try batch.read(path) }

  /// Takes a decision that was typed in from a signed paper ballot.
  mutating func transcribe(_ file: [UInt8], name: ByteString) throws {
    try batch.take(made: file, name: name)
    isTranscription = true
  }

  private var isTranscription = false

  // MARK: Judging

  /// Verifies, judges, writes and answers.
  mutating func finish() throws -> ExitStatus {
    try batch.finish()
    status = status.merged(with: batch.status)
    takeUnits()
    openTokens()
    let wanted = Set(
      rows.compactMap { $0.receipt == nil ? $0.signed?.claims.investigation : nil }
        + ledger.state.facts.values.filter(\.isOpen).compactMap { Rejudgement.investigation($0.path) })
    let present = try PresentActions(session, ledger.state, wanted: wanted)
    verify(present)
    let counted = judge(present)
    let before = ledger.count
    if !isDryRun {
      try session.logPolicy(ledger)
      try write(counted, present)
    } else {
      foresee(counted, present)
    }
    let witnesses = try HeadWitnesses.check(heads, session)
    if !witnesses.allFit { status = status.merged(with: .verificationFailed) }
    var receiptsPage: ByteString?
    if !isDryRun {
      let lapsed = try LapseRun.log(session, ledger)
      if lapsed > 0 { changedSomething = true }
      try session.seal(ledger)
      // A run that adds nothing to the ledger changes nothing in the workspace.
      if ledger.count > before { receiptsPage = try ReceiptsPage.write(receipts, batch, session, ledger) }
    }
    answer(witnesses: witnesses.fitting, page: receiptsPage)
    if batch.units.isEmpty { status = status.merged(with: .nothingUsable) }
    return status
  }

  private mutating func takeUnits() {
    for refusal in batch.refusals {
      rows.append(
        ApplyRow(
          file: refusal.file.name, sha256: refusal.file.sha256, row: 0, refused: refusal.code, refusal.diagnostic))
    }
    for unit in batch.units {
      if let head = unit.content.checkpoint { heads.append((unit.file.name, head)) }
      for decision in unit.content.decisions {
        var row = ApplyRow(unit, decision)
        row.isTranscribed = isTranscription
        rows.append(row)
      }
      for refused in unit.content.refused {
        rows.append(
          ApplyRow(
            file: unit.file.name, sha256: unit.file.sha256, row: refused.row, refused: refused.code,
            refused.diagnostic))
      }
    }
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
        if let principal = rows[index].presumedPrincipal,
          ledger.state.accepted[signed.claims.jti]?.contains(principal) ?? false,
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

  private mutating func verify(_ present: PresentActions) {
    let reviewers = Set(session.configuration.reviewers.map(\.id))
    for index in rows.indices where rows[index].receipt == nil {
      guard let signed = rows[index].signed else { continue }
      let result = verifier.verify(
        signed, verdictBeside: rows[index].submitted.verdict, from: presenter(of: rows[index], reviewers),
        at: session.now, ledgerFloor: ledger.floor, against: present.pending)
      switch result {
      case .success(let verified):
        rows[index].verified = verified
        rows[index].record = present.recordsHash(signed.claims.investigation)
      case .failure(let refusal):
        rows[index].receipt = .refused(refusal.code, detail: refusal.detail, hint: refusal.hint)
      }
    }
  }

  /// Who hands a row in: its signer, or whom the file names, with the reviewers they may act for today.
  private func presenter(of row: ApplyRow, _ reviewers: Set<ByteString>) -> TokenPresenter {
    let signer = row.signer.map { TokenPresenter.Signer($0.principal, identity: $0.identity) }
    let transcribed = row.isTranscribed ? row.named.map { TokenPresenter.Signer($0, identity: .transcribed) } : nil
    let acting = row.signer?.principal ?? row.named
    let actsFor = session.configuration.reviewers.filter { reviewer in
      reviewer.delegates.contains { $0.to == acting && $0.holds(at: session.now) }
    }
    return TokenPresenter(
      reviewers: reviewers, named: row.named, signer: transcribed ?? signer, actsFor: Set(actsFor.map(\.id)))
  }

  /// The rows that stand, each with its candidate, in the order in which votes are written.
  private mutating func judge(_ present: PresentActions) -> [(row: Int, candidate: Candidate)] {
    var candidates: [(row: Int, candidate: Candidate)] = []
    for index in rows.indices {
      let row = rows[index]
      guard row.receipt == nil, let verified = row.verified else { continue }
      let claims = verified.claims
      candidates.append(
        (
          index,
          Candidate(
            decision: verified, comment: row.submitted.comment, file: row.sha256, row: row.submitted.row,
            policy: present.policy(claims.investigation, claims.action),
            voter: present.voter(verified.principal, actingFor: row.actsFor, on: claims.investigation),
            actsFor: row.actsFor,
            signature: row.signer.map { DecisionSignature(file: row.signatureFile, key: $0.fingerprint) },
            unit: row.unit)
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

  private mutating func write(_ counted: [(row: Int, candidate: Candidate)], _ present: PresentActions) throws {
    for item in counted {
      try session.append(ledger, .decision, LedgerBody.decision(item.candidate, record: rows[item.row].record))
    }
    let judged = try Rejudgement.run(session, ledger, present: present.updated(ledger.state))
    if !counted.isEmpty || judged.written > 0 { changedSomething = true }
    for item in counted {
      guard let facts = ledger.state.facts(of: item.candidate.decision.claims.action) else { continue }
      rows[item.row].receipt = Self.receipt(facts, under: item.candidate.policy)
    }
    try logRefusals()
  }

  private static func receipt(_ facts: LedgerFacts, under policy: KindPolicy) -> Receipt.Result {
    switch facts.outcome {
    case .approve?: .applied(.approved, overridden: facts.overriddenBy != nil)
    case .reject?: .applied(.rejected, overridden: false)
    case nil:
      receipt(Judgement.outcome(of: facts.votes, policy: policy))
    }
  }

  private static func receipt(_ outcome: VoteOutcome) -> Receipt.Result {
    switch outcome {
    case .approved: .applied(.approved, overridden: false)
    case .overridden: .applied(.approved, overridden: true)
    case .rejected: .applied(.rejected, overridden: false)
    case .awaiting(let have, let need): .awaitingQuorum(have: have, need: need)
    }
  }

  /// What writing would answer, for a dry run.
  private mutating func foresee(_ counted: [(row: Int, candidate: Candidate)], _ present: PresentActions) {
    var votes: [CaseID: [Vote]] = [:]
    for item in counted {
      let decision = item.candidate.decision
      let id = decision.claims.action
      var known = votes[id] ?? ledger.state.facts(of: id)?.votes ?? []
      known.removeAll { $0.principal == decision.principal }
      known.append(
        Vote(
          principal: decision.principal, identity: decision.identity, verdict: decision.claims.vd,
          comment: item.candidate.comment, at: session.now, entry: 0, actsFor: item.candidate.actsFor))
      votes[id] = known
    }
    for item in counted {
      let claims = item.candidate.decision.claims
      let policy = item.candidate.policy
      rows[item.row].receipt = Self.receipt(
        Judgement.outcome(of: votes[claims.action] ?? [], policy: policy) { vote in
          Eligibility.refusal(
            of: vote.verdict,
            by: present.voter(vote.principal, actingFor: vote.actsFor, on: claims.investigation), vote.identity,
            comment: vote.comment, under: policy) == nil
        })
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
    guard !fresh.isEmpty else { return }
    try session.append(ledger, .refusal, LedgerBody.refusal(file: file, rows: fresh))
  }

  // MARK: Answering

  /// The receipts, in the order of files and rows.
  private var receipts: [Receipt] {
    rows.compactMap { row in
      guard let result = row.receipt else { return nil }
      return Receipt(
        file: row.file, row: row.submitted.row, action: row.signed?.claims.sub, verdict: row.signed?.claims.vd,
        principal: row.verified?.principal, identity: row.verified?.identity, actsFor: row.actsFor, result: result)
    }
  }

  private mutating func answer(witnesses: Int, page: ByteString?) {
    let console = session.console
    var totals = ReceiptTotals()
    for receipt in receipts {
      console.isJSON ? console.result(json: receipt.json) : console.result(receipt.line)
      guard receipt.row > 0 else { continue }
      totals.add(receipt.result)
      if case .refused(let code, let detail, let hint) = receipt.result {
        status = status.merged(with: .refusedSome)
        console.report(
          Diagnostic(
            .error, file: receipt.file, record: receipt.row, field: ByteString(code.rawValue), message: detail,
            hint: hint))
      }
    }
    for refusal in batch.refusals {
      status = status.merged(with: .refusedSome)
      console.report(refusal.diagnostic)
    }
    let whole: ByteString =
      batch.refusals.isEmpty ? "" : "; " + counted(batch.refusals.count, "file") + " refused whole"
    console.say((isDryRun ? "dry run: " : "") + totals.line + whole)
    if let page { console.say("receipts: " + page) }
    if isDryRun { return }
    let head = ledger.checkpoint(origin: session.origin).short
    console.say(
      "ledger head: " + head + (witnesses > 0 ? ", and " + counted(witnesses, "returned head") + " fit it" : ""))
  }
}
