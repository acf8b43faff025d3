import ApprovalTokens
public import ByteText
public import CaseModel
import DecisionLedger
import Digests
public import DurableFiles

/// Checks an archive: every file, the signature, the ledger and its head, every token and reviewer's signature in it, and the
/// map from pages to records and effect digests.
///
/// What is trusted is the archive key alone, and whose key that is has to be known from elsewhere.
public struct ArchiveCheck {
  /// The version of the format, as `bag-info.txt` says it.
  public static let format: ByteString = "countersign-archive/1"

  /// A record with how it is read.
  public typealias SourceRecord = (raw: [UInt8], dialect: ByteString)
  /// An effect by its action.
  public typealias NamedEffect = (action: CaseID, canonical: [UInt8])
  /// Makes the effects of one investigation again from its records; answers the actions whose effects are others.
  public typealias Remake = @Sendable (_ records: [SourceRecord], _ effects: [NamedEffect]) -> [CaseID]

  /// A signature that stands within a returned file: what was signed, and the signature.
  public typealias InnerSignature = (message: [UInt8], armour: [UInt8])

  /// How exports and returned files are read, which this part does not know.
  public struct Reading: Sendable {
    /// Makes effects again.
    public var remake: Remake
    /// Finds the signatures within a returned file, given the deployment's id.
    public var signatures: @Sendable (_ file: [UInt8], _ issuer: ByteString) -> [InnerSignature]

    /// Makes a reading.
    public init(
      remake: @escaping Remake,
      signatures: @escaping @Sendable (_ file: [UInt8], _ issuer: ByteString) -> [InnerSignature]
    ) {
      self.remake = remake
      self.signatures = signatures
    }
  }

  /// What was looked at.
  public struct Totals: Hashable, Sendable {
    /// Files of the bag.
    public var files = 0
    /// Investigations on the map.
    public var investigations = 0
    /// Source records.
    public var records = 0
    /// Effects.
    public var effects = 0
    /// Entries of the ledger.
    public var entries = 0
    /// Tokens of decisions.
    public var tokens = 0
    /// Effects that are not told, because something in them was replaced.
    public var withheld = 0
    /// Signatures of reviewers, detached or within a file.
    public var signatures = 0
  }

  /// What is wrong, in order of path; empty for a good archive.
  public private(set) var findings: [BagFinding]
  /// What was looked at.
  public private(set) var totals = Totals()
  /// The id of the archive key and its fingerprint, where the signature holds.
  public private(set) var key: (kid: ByteString, fingerprint: ByteString)?
  /// The ledger's head; empty where it does not hold.
  public private(set) var head: ByteString = ""
  /// Whether the archive was made by a newer version, and nothing else was looked at.
  public private(set) var isNewer = false
  /// What was replaced in it; empty where nothing was.
  public private(set) var redacted: ByteString = ""
  private let bag: BagReading
  private let root: Folder
  private let reading: Reading

  /// Checks the archive in a folder.
  public init(
    _ root: Folder, _ reading: Reading, progress: (_ done: Int, _ all: Int) -> Void = { _, _ in }
  ) throws(FileError) {
    self.root = root
    self.reading = reading
    bag = try BagReading(root, progress: progress)
    findings = bag.findings
    totals.files = bag.files
    let version = try bag.field("Countersign-Format") ?? ""
    if version != Self.format {
      isNewer = version.bytes.starts(with: "countersign-archive/".utf8)
      find(BagNames.info, "its Countersign-Format is not " + Self.format)
      return
    }
    redacted = try bag.field("Countersign-Redacted") ?? ""
    guard let ring = try keyRing(), let issuer = try bag.field("Countersign-Issuer") else { return }
    try checkSignature(ring)
    var actions: Set<CaseID> = []
    try checkMap(&actions)
    try checkLedger(ring, issuer: issuer, actions)
    findings.sort { $0.path != $1.path ? $0.path < $1.path : $0.message < $1.message }
  }

  private mutating func find(_ path: ByteString, _ message: ByteString) { findings.append(BagFinding(path, message)) }

  /// The contents of a payload file that is what the manifests say.
  private func sound(_ path: ByteString) throws(FileError) -> [UInt8]? {
    let whole = BagNames.payload + "/" + path
    return bag.sound.contains(whole) ? try bag.contents(whole) : nil
  }

  // MARK: Signature

  private mutating func keyRing() throws(FileError) -> KeyRing? {
    guard let text = try sound("keys/ring.json") else {
      find("data/keys/ring.json", "cannot be used: the keys are not known")
      return nil
    }
    do throws(KeyRingProblem) {
      return try KeyRing.parse(text)
    } catch {
      find("data/keys/ring.json", error.message)
      return nil
    }
  }

  private mutating func checkSignature(_ ring: KeyRing) throws(FileError) {
    guard let manifest = try bag.contents(BagNames.tagManifests.sha256),
      let armour = try bag.contents(BagNames.signature)
    else { return }
    guard let signature = try? SSHSignature(armour: armour) else {
      return find(BagNames.signature, "is no SSH signature")
    }
    let keys = ring.keys.filter { $0.purpose == .archive }
    guard let entry = keys.first(where: { signature.isMade(by: $0.key, over: manifest, for: .archive) }) else {
      find(BagNames.signature, "does not hold: it was not made by an archive key of this deployment over these files")
      return find(BagNames.tagManifests.sha256, "is not what was signed")
    }
    if case .revoked = entry.status { find(BagNames.signature, "was made with a key that was revoked: " + entry.kid) }
    key = (entry.kid, signature.publicKey.fingerprint)
  }

  // MARK: Map

  /// Pages, records and effects, and that each effect follows from the records.
  private mutating func checkMap(_ actions: inout Set<CaseID>) throws(FileError) {
    let path = BagNames.payload + "/" + ArchiveMap.name
    guard let text = try sound(ArchiveMap.name) else {
      return find(path, "cannot be used: nothing says what the pages show")
    }
    guard let lines = ArchiveMap.read(text) else { return find(path, "has a line that is none") }
    var pages: Set<ByteString> = []
    var used: Set<ByteString> = []
    var index = 0
    while index < lines.count {
      let line = lines[index]
      let end = lines[(index + 1)...].firstIndex { $0.action == nil } ?? lines.count
      let own = lines[(index + 1)..<end]
      totals.investigations += 1
      for page in ([line] + own).map(\.page) where !page.isEmpty {
        pages.insert(page)
        if !bag.sound.contains(BagNames.payload + "/" + page) {
          find(path, "names a page that is not as it was: " + page)
        }
      }
      actions.formUnion(own.compactMap(\.action))
      let records = redacted.isEmpty ? try records(of: line, &used) : nil
      let effects = try effects(of: own, &used)
      if let records {
        for action in reading.remake(records, effects) {
          find(
            "data/" + ArchivePaths.effect(action), "is not what the records of " + line.investigation.text + " come to")
        }
      }
      index = end
    }
    for path in bag.sound.sorted() {
      let inside = ByteString(path.bytes.dropFirst(BagNames.payload.count + 1))
      let isPage = inside.bytes.starts(with: "site/a/".utf8) || inside.bytes.starts(with: "site/i/".utf8)
      let isFile = inside.bytes.starts(with: "records/".utf8) || inside.bytes.starts(with: "effects/".utf8)
      if isPage && !pages.contains(inside) || isFile && !used.contains(inside) {
        find(path, "is on no line of the map")
      }
    }
  }

  private mutating func records(
    of line: ArchiveMap.Line, _ used: inout Set<ByteString>
  ) throws(FileError) -> [SourceRecord]? {
    var records: [SourceRecord] = []
    for record in line.records {
      let path = ArchivePaths.record(record.sha256)
      used.insert(path)
      guard let raw = try sound(path), SHA256Sum.of(raw).hex == record.sha256 else {
        find(BagNames.payload + "/" + path, "is not the record that its name and the map say")
        return nil
      }
      records.append((raw, record.dialect))
      totals.records += 1
    }
    return records
  }

  private mutating func effects(
    of lines: ArraySlice<ArchiveMap.Line>, _ used: inout Set<ByteString>
  ) throws(FileError) -> [NamedEffect] {
    var effects: [NamedEffect] = []
    for line in lines {
      guard let action = line.action, let digest = line.digest else { continue }
      let path = ArchivePaths.effect(action)
      used.insert(path)
      let found = try sound(path)
      if found == nil && !redacted.isEmpty {
        totals.withheld += 1
        continue
      }
      guard let canonical = found, EffectDigest.of(canonical: canonical) == digest else {
        find(BagNames.payload + "/" + path, "is not the effect that the map's digest is of")
        continue
      }
      effects.append((action, canonical))
      totals.effects += 1
    }
    return effects
  }

  // MARK: Ledger

  private mutating func checkLedger(_ ring: KeyRing, issuer: ByteString, _ actions: Set<CaseID>) throws(FileError) {
    let path: ByteString = "data/ledger.jsonl"
    let name = "countersign/" + issuer
    guard let checkpoint = try checkpoint(ring, name: name) else { return }
    if !redacted.isEmpty { return try checkRedactedLedger(checkpoint, path) }
    var decisions = DecisionsInArchive(ring: ring, issuer: issuer, actions: actions)
    let data = try root.subfolder(BagNames.payload)
    do throws(Ledger.OpenError) {
      let (reading, state) = try Ledger.read(data, checkpoint: checkpoint) { decisions.take($0) }
      totals.entries = reading.count
      if reading.count != checkpoint.size || !reading.tail.isEmpty {
        find(path, ByteString("has other lines than the \(checkpoint.size) that its signed head counts"))
      }
      for change in state.keys where ring[change.kid] == nil {
        find("data/keys/ring.json", "lacks the key " + change.kid + " of the ledger")
      }
      head = checkpoint.short
    } catch {
      switch error {
      case .fault(let fault): find(path, ByteString(fault.line > 0 ? "line \(fault.line): " : "") + fault.message)
      case .file(let error): throw error
      }
    }
    let (returned, signers) = (try returned(), AllowedSigners(parsing: try sound("keys/allowed_signers") ?? []))
    let inner = { file in reading.signatures(file, issuer) }
    try decisions.checkFiles(returned, signers, inside: inner) { (path) throws(FileError) in try self.sound(path) }
    findings += decisions.findings
    totals.tokens = decisions.tokens
    totals.signatures = decisions.signatures
  }

  /// The ledger of a redacted archive: its chain, and its tree against the signed head.
  private mutating func checkRedactedLedger(_ checkpoint: Checkpoint, _ path: ByteString) throws(FileError) {
    let text = try sound("ledger.jsonl") ?? []
    do throws(RedactedLedger.Fault) {
      let (count, root) = try RedactedLedger.follow(text)
      totals.entries = count
      if count != checkpoint.size || root != checkpoint.root {
        find(path, "is not the ledger that its signed head was made of")
      }
      head = checkpoint.short
    } catch {
      find(path, ByteString("line \(error.line): ") + error.message)
    }
    let withheld = try bag.field("Countersign-Withheld-Effects") ?? ""
    if withheld != ByteString("\(totals.withheld)") { find(BagNames.info, "counts other effects as withheld than are") }
  }

  /// The names of the returned files, each of which must be the SHA-256 of its content.
  private mutating func returned() throws(FileError) -> Set<ByteString> {
    var names: Set<ByteString> = []
    for path in bag.sound.sorted() where path.bytes.starts(with: "data/returned/".utf8) {
      let name = ByteString(path.bytes.dropFirst("data/returned/".utf8.count))
      names.insert(name)
      if SHA256Sum.of(try bag.contents(path) ?? []).hex != ByteString(name.bytes.prefix(64)) {
        find(path, "its name is not its SHA-256")
      }
    }
    return names
  }

  /// The signed head; `nil`, and told, where it does not hold.
  private mutating func checkpoint(_ ring: KeyRing, name: ByteString) throws(FileError) -> Checkpoint? {
    let path: ByteString = "data/ledger.checkpoint"
    guard let bytes = try sound("ledger.checkpoint"), let note = try? SignedNote(parsing: bytes),
      let checkpoint = Checkpoint(body: note.text), checkpoint.origin == name
    else {
      find(path, "is no head of this deployment's ledger")
      return nil
    }
    let keys = ring.keys.filter { $0.purpose == .log }
    let isSigned = keys.contains { entry in
      if case .revoked(let sequence) = entry.status, checkpoint.size >= sequence { return false }
      guard let key = NoteKey(name: name, key: entry.key) else { return false }
      return (try? note.verify(key)) != nil
    }
    if !isSigned { find(path, "is not signed by a log key of this deployment") }
    if let armour = try sound("ledger.checkpoint.sig") {
      let signature = try? SSHSignature(armour: armour)
      if !keys.contains(where: { signature?.isMade(by: $0.key, over: bytes, for: .checkpoint) ?? false }) {
        find("data/ledger.checkpoint.sig", "does not hold over the checkpoint")
      }
    }
    return checkpoint
  }
}
