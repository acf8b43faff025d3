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
  /// SHA-256 (hex) of every detached signature it names.
  public private(set) var signatures: Set<ByteString> = []
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
  /// The time of the first import.
  public private(set) var firstImport: Instant?
  /// Mails that were written, handed to a mail program, or tried, in order.
  public private(set) var mails: [MailDelivery] = []
  /// What archives took out of the evidence.
  public private(set) var archived = ArchivedRecords()
  /// The time of the last import.
  public private(set) var lastImport: Instant?
  /// Entries of votes that approved alone in an emergency, as far as an `override` entry says so.
  public private(set) var overrides: Set<Int> = []
  /// Actions of our own that somebody voted on, by the action they are about, in order of the ledger.
  public private(set) var own: [CaseID: [OwnAction]] = [:]
  /// The action of each work order, by the order's id.
  public private(set) var orders: [ByteString: CaseID] = [:]
  /// Keys that were made, retired or revoked, in order.
  public private(set) var keys: [KeyChange] = []
  /// The greatest time of any entry; `nil` for an empty ledger.
  public private(set) var lastEntry: Instant?
  /// The entries that speak of an action, for its pages.
  public private(set) var lines: [CaseID: [Line]] = [:]

  /// An evidence file the ledger names.
  public struct EvidenceFile: Hashable, Sendable {
    /// The name in `evidence/`.
    public var name: ByteString
    /// SHA-256 of the file (hex).
    public var sha256: ByteString
    /// The number of the entry that names it; `nil` as long as there is none.
    public var entry: Int?
    /// The time of that entry.
    public var at: Instant?

    /// Makes a file; without an entry one that none names yet.
    public init(name: ByteString, sha256: ByteString, entry: Int? = nil, at: Instant? = nil) {
      self.name = name
      self.sha256 = sha256
      self.entry = entry
      self.at = at
    }
  }

  /// An entry in words.
  public struct Line: Hashable, Sendable {
    /// The entry's number.
    public var number: Int
    /// Its time.
    public var at: Instant
    /// What happened, in words of ours.
    public var text: ByteString
    /// What a person or a result file said about it; empty where nothing was.
    public var said: ByteString

    /// Makes a line.
    public init(number: Int, at: Instant, text: ByteString, said: ByteString = "") {
      self.number = number
      self.at = at
      self.text = text
      self.said = said
    }

    /// Both together.
    public var words: ByteString { said.isEmpty ? text : text + ": " + said }
  }

  /// Makes the state of an empty ledger.
  public init() {}

  /// What the ledger knows about an action; `nil` where nobody spoke about it.
  public func facts(of action: CaseID) -> LedgerFacts? { facts[action] }

  /// The key under which a refusal is remembered, so that the same file applied again adds nothing.
  public static func refusalKey(file: ByteString, row: Int, code: RefusalCode) -> ByteString {
    file + ByteString(" \(row) \(code.rawValue)")
  }

  // What replay changes (LedgerReplay.swift).
  mutating func set(_ known: LedgerFacts, of action: CaseID) {
    if facts[action] == nil, let one = OwnAction(action) { own[one.about, default: []].append(one) }
    facts[action] = known
  }
  mutating func add(_ line: Line, to action: CaseID) { lines[action, default: []].append(line) }
  mutating func accept(_ jti: ByteString, by principal: ByteString) { accepted[jti, default: []].insert(principal) }
  mutating func note(order: ByteString, of action: CaseID) { orders[order] = action }
  mutating func note(override vote: Int) { overrides.insert(vote) }
  mutating func note(returned file: ByteString) { returned.insert(file) }
  mutating func note(signature file: ByteString) { signatures.insert(file) }

  mutating func take(_ entry: LedgerEntry) {
    let body = LedgerBody(entry.body)
    lastEntry = max(lastEntry ?? entry.at, entry.at)
    switch entry.kind {
    case .import:
      if let name = body.text("evidence"), let sha256 = body.text("sha256") {
        evidence.append(EvidenceFile(name: name, sha256: sha256, entry: entry.number, at: entry.at))
      }
      totals.add(ImportTotals(body))
      lastImport = entry.at
      firstImport = firstImport ?? entry.at
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
        known.lapsedEntry = entry.number
        facts[id] = known
        lines[id, default: []].append(Line(number: entry.number, at: entry.at, text: "lapsed: nobody decided in time"))
      }
    case .withdraw, .undo: takeOwn(entry, body)
    case .order: takeOrder(entry, body)
    case .key: keys.append(KeyChange(entry, body))
    case .override: takeOverride(entry, body)
    case .intent:
      if body.text("purpose") == "mail" { MailDelivery.begin(entry, body, in: &mails) }
      if body.text("purpose") == "prune" { archived.begin(body) }
      if body.text("purpose") == "order" { beginOrders(entry, body) }
    case .archive:
      for one in archived.end(body) {
        guard let index = evidence.firstIndex(where: { $0.name == one.old.name }) else { continue }
        evidence[index].name = one.new.name
        evidence[index].sha256 = one.new.sha256
      }
    case .mail: MailDelivery.end(entry, body, in: &mails)
    case .result: takeResult(entry, body)
    }
  }
}
