public import ByteText
public import CaseModel

/// What a ledger's entries come to: replayed from the first line, never stored.
public struct LedgerState: Sendable {
  /// What is known of each action somebody or a lapse spoke about.
  public private(set) var facts: [CaseID: LedgerFacts] = [:]
  /// Evidence files and their SHA-256 (hex), in order of import.
  public private(set) var evidence: [EvidenceFile] = []
  /// SHA-256 (hex) of every returned file it names.
  public private(set) var returned: Set<ByteString> = []
  /// Tokens that were accepted: `jti`, and the principals who used each.
  public private(set) var accepted: [ByteString: Set<ByteString>] = [:]
  /// Refusals that are on record: file, row and code.
  public private(set) var refusals: Set<ByteString> = []
  /// The hash of the tokens issued last, by audience.
  public private(set) var issued: [ByteString: ByteString] = [:]
  /// The hash of the policy and reviewers in force, as logged.
  public private(set) var policyHash: ByteString?
  /// Sums over all imports: read, used, duplicate, superseded, rejected.
  public private(set) var totals = ImportTotals()
  /// The time of the last import.
  public private(set) var lastImport: Instant?
  /// The entries that speak of an action, for its pages.
  public private(set) var lines: [CaseID: [Line]] = [:]

  /// An evidence file the ledger names.
  public struct EvidenceFile: Hashable, Sendable {
    /// The name in `evidence/`.
    public var name: ByteString
    /// SHA-256 of the file (hex).
    public var sha256: ByteString

    /// Makes a file.
    public init(name: ByteString, sha256: ByteString) {
      self.name = name
      self.sha256 = sha256
    }
  }

  /// An entry in words.
  public struct Line: Hashable, Sendable {
    /// The entry's number.
    public var number: Int
    /// Its time.
    public var at: Instant
    /// What happened.
    public var text: ByteString

    /// Makes a line.
    public init(number: Int, at: Instant, text: ByteString) {
      self.number = number
      self.at = at
      self.text = text
    }
  }

  /// Makes the state of an empty ledger.
  public init() {}

  /// What the ledger knows about an action; `nil` where nobody spoke about it.
  public func facts(of action: CaseID) -> LedgerFacts? { facts[action] }

  /// The key under which a refusal is remembered, so that the same file applied again adds nothing.
  public static func refusalKey(file: ByteString, row: Int, code: RefusalCode) -> ByteString {
    file + ByteString(" \(row) \(code.rawValue)")
  }

  mutating func take(_ entry: LedgerEntry) {
    let body = LedgerBody(entry.body)
    switch entry.kind {
    case .import:
      if let name = body.text("evidence"), let sha256 = body.text("sha256") {
        evidence.append(EvidenceFile(name: name, sha256: sha256))
      }
      totals.add(ImportTotals(body))
      lastImport = entry.at
    case .issue:
      if let audience = body.text("aud"), let tokens = body.text("tokens") { issued[audience] = tokens }
    case .policy:
      policyHash = body.text("sha256")
    case .decision: takeDecision(entry, body)
    case .judge: takeJudgement(entry, body)
    case .refusal:
      guard let file = body.text("file") else { return }
      returned.insert(file)
      for row in body.list("rows") {
        let row = LedgerBody(row)
        if let number = row.number("row"), let code = row.text("code") {
          refusals.insert(file + ByteString(" \(number) ") + code)
        }
      }
    case .lapse:
      for item in body.list("actions") {
        guard case .string(let path) = item, let id = LedgerBody.action(path) else { continue }
        var known = facts[id] ?? LedgerFacts()
        known.lapsed = entry.at
        facts[id] = known
        lines[id, default: []].append(Line(number: entry.number, at: entry.at, text: "lapsed: nobody decided in time"))
      }
    case .key, .intent, .order, .mail, .result, .withdraw, .undo, .override, .archive: break
    }
  }

  private mutating func takeDecision(_ entry: LedgerEntry, _ body: LedgerBody) {
    guard let path = body.text("action"), let id = LedgerBody.action(path), let principal = body.text("principal"),
      let verdict = body.text("verdict").flatMap({ text in
        DecisionVerdict.allCases.first { ByteString($0.rawValue) == text }
      }), let round = body.number("round")
    else { return }
    if let file = body.text("file") { returned.insert(file) }
    if let jti = body.text("jti") { accepted[jti, default: []].insert(principal) }
    var known = facts[id] ?? LedgerFacts()
    guard round == known.round else { return }
    known.path = path
    let identity = body.text("identity").flatMap { text in
      IdentityLevel.allCases.first { ByteString(stringLiteral: $0.word) == text }
    }
    known.votes.removeAll { $0.principal == principal }
    known.votes.append(
      Vote(
        principal: principal, identity: identity ?? .bearer, verdict: verdict, comment: body.text("comment") ?? "",
        at: entry.at, entry: entry.number))
    switch body["effect"] {
    case .object(let effect)?:
      known.effect = ByteString(CanonicalJSON.bytes(.object(effect)))
      if case .int(let ceiling)? = effect.first(where: { $0.key == "atMost" })?.value {
        known.atMost = max(known.atMost ?? 0, ceiling)
      }
    case .string(let canonical)?: known.effect = canonical
    default: break
    }
    facts[id] = known
    lines[id, default: []].append(
      Line(number: entry.number, at: entry.at, text: ByteString(verdict.rawValue) + " by " + principal))
  }

  private mutating func takeJudgement(_ entry: LedgerEntry, _ body: LedgerBody) {
    guard let path = body.text("action"), let id = LedgerBody.action(path), let outcome = body.text("outcome"),
      var known = facts[id], body.number("round") == known.round
    else { return }
    known.outcome = outcome == "approved" ? .approve : outcome == "rejected" ? .reject : nil
    known.outcomeEntry = known.outcome == nil ? nil : entry.number
    facts[id] = known
    lines[id, default: []].append(Line(number: entry.number, at: entry.at, text: outcome))
  }
}

/// How many records went where.
///
/// `read` is the sum of the others (DESIGN section 1, principle 5).
public struct ImportTotals: Hashable, Sendable {
  /// Records met.
  public var read = 0
  /// Records that tell something new.
  public var used = 0
  /// Records that were there already.
  public var duplicate = 0
  /// New records that a later one of the same investigation tells anew.
  public var superseded = 0
  /// Records refused.
  public var rejected = 0

  /// Makes totals of nothing.
  public init() {}

  init(_ body: LedgerBody) {
    read = body.number("read") ?? 0
    used = body.number("used") ?? 0
    duplicate = body.number("duplicate") ?? 0
    superseded = body.number("superseded") ?? 0
    rejected = body.number("rejected") ?? 0
  }

  /// Whether they reconcile.
  public var reconcile: Bool { read == used + duplicate + superseded + rejected }

  /// Adds another import's.
  public mutating func add(_ other: ImportTotals) {
    read += other.read
    used += other.used
    duplicate += other.duplicate
    superseded += other.superseded
    rejected += other.rejected
  }
}
