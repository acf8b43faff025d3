public import ByteText
public import CaseModel
import Digests
public import DurableFiles

/// Brings the manifest up to date with new records, or makes it again from all the evidence.
public enum ManifestUpdate {
  /// A record that an import added: its case, and where it lies.
  public struct Added: Sendable {
    /// The case's id.
    public var id: CaseID
    /// Where the record lies.
    public var place: RecordPlace
    /// Where the spool holds the case's line, should it have no other record.
    public var line: CaseSpool.Line?

    /// Makes a record.
    public init(id: CaseID, place: RecordPlace, line: CaseSpool.Line? = nil) {
      self.id = id
      self.place = place
      self.line = line
    }
  }

  /// Writes a manifest of the old one's cases and the added records.
  ///
  /// - Parameter all: whether `added` is everything there is, so that the old manifest's cases are not looked at; page keys and
  ///   tokens are gone then too, and the next build makes them again.
  /// - Throws: also where the old manifest is not whole; nothing is replaced then.
  public static func write(
    _ folder: Folder, evidence: EvidenceStore, added: [Added], all: Bool, spool: CaseSpool? = nil,
    progress: (Int) -> Void = { _ in }
  ) throws {
    let spooled = try spool?.open()
    let added = added.sorted { $0.id < $1.id }
    var writer = try ManifestWriter(in: folder, evidence: evidence.names)
    var next = 0
    var done = 0
    func places(upTo limit: CaseID?, _ body: (ArraySlice<Added>) throws -> Void) throws {
      while next < added.count, limit.map({ added[next].id < $0 }) ?? true {
        var end = next
        while end < added.count, added[end].id == added[next].id { end += 1 }
        try body(added[next..<end])
        next = end
      }
    }
    var cases: [CaseID] = []
    func add(_ places: [RecordPlace]) throws {
      guard let merged = try evidence.merge(places) else { return }
      cases.append(merged.id)
      try writer.add(ManifestCase(head: CaseHead(of: merged, records: places.map(\.sha256)), places: places))
      done += 1
      progress(done)
    }
    func add(_ group: ArraySlice<Added>) throws {
      if group.count == 1, let one = group.first, let line = one.line, let spooled {
        var bytes: [UInt8] = []
        let count = try spooled.read(into: &bytes, at: line.offset, count: line.length)
        try writer.add(line: bytes[..<count])
        cases.append(one.id)
        done += 1
        progress(done)
      } else {
        try add(group.map(\.place))
      }
    }
    var tails = ManifestTails()
    if !all {
      let isWhole = try Manifest.read(folder) { line in
        switch line {
        case .case(let row, let bytes, _):
          try places(upTo: row.head.id) { try add($0) }
          if next < added.count, added[next].id == row.head.id {
            var all = row.places
            while next < added.count, added[next].id == row.head.id {
              all.append(added[next].place)
              next += 1
            }
            try add(all)
          } else {
            try writer.add(line: bytes)
            cases.append(row.head.id)
          }
        default: tails.take(line)
        }
      }
      guard isWhole else { throw Manifest.Doubt() }
    }
    try places(upTo: nil) { try add($0) }
    try tails.write(&writer, cases: cases)
    try writer.finish()
  }

  /// Makes the manifest again from the evidence alone.
  public static func rebuild(_ folder: Folder, evidence: EvidenceStore, progress: (Int) -> Void = { _ in }) throws {
    var added: [Added] = []
    try evidence.forEachRecord { place, record in
      if let id = CaseIdentity.investigation(record) { added.append(Added(id: id, place: place)) }
    }
    try write(folder, evidence: evidence, added: added, all: true, progress: progress)
  }

  /// Makes sure that the manifest is there, whole, and of just this evidence.
  ///
  /// - Returns: whether it had to be made again.
  @discardableResult
  public static func ensure(_ folder: Folder, evidence: EvidenceStore) throws -> Bool {
    var names: [LedgerNamedFile] = []
    let isWhole = try Manifest.read(folder, skippingCases: true) { line in
      if case .evidence(let file) = line { names.append(file) }
    }
    if isWhole && names == evidence.names { return false }
    try rebuild(folder, evidence: evidence)
    return true
  }
}

/// Page states and token signatures on their way from the old manifest to the new.
public struct ManifestTails: Sendable {
  /// Page states by output tree.
  public var pages: [ByteString: PageStates] = [:]
  /// What the lists were made from, by output tree.
  public var lists: [ByteString: ListState] = [:]
  /// Signatures by key.
  public var tokens: [ByteString: TokenSignatures] = [:]

  /// Makes none.
  public init() {}

  /// Takes a line that is not a case's.
  public mutating func take(_ line: Manifest.Line) {
    switch line {
    case .pages(let tree, let id, let state): pages[tree, default: PageStates()][id] = state
    case .list(let tree, let path, let key):
      if path.isEmpty {
        lists[tree, default: ListState(all: key)].all = key
      } else {
        // The key of all comes first in the file.
        lists[tree]?.parts[path] = key
      }
    case .token(let kid, let jti, let signature):
      tokens[kid, default: TokenSignatures()].add(jti: jti, signature: signature)
    case .case, .evidence: break
    }
  }

  /// Puts signatures in order, so that they are found.
  public mutating func settle() {
    for kid in tokens.keys { tokens[kid]?.settle() }
  }

  /// Writes them.
  ///
  /// - Parameter cases: the ids of all cases, sorted.
  func write(_ writer: inout ManifestWriter, cases: [CaseID]) throws {
    for (tree, states) in pages.sorted(by: { $0.key < $1.key }) { try writer.add(tree: tree, states, cases: cases) }
    for (tree, state) in lists.sorted(by: { $0.key < $1.key }) { writer.add(tree: tree, state) }
    for (kid, signatures) in tokens.sorted(by: { $0.key < $1.key }) { try writer.add(kid: kid, signatures) }
  }
}

extension ManifestUpdate {
  /// Writes the manifest again with the same cases and other page states and tokens: after a build.
  public static func replaceTails(_ folder: Folder, evidence: [LedgerNamedFile], with tails: ManifestTails) throws {
    var writer = try ManifestWriter(in: folder, evidence: evidence)
    var cases: [CaseID] = []
    let isWhole = try Manifest.read(folder) { line in
      guard case .case(let row, let bytes, _) = line else { return }
      try writer.add(line: bytes)
      cases.append(row.head.id)
    }
    guard isWhole else { throw Manifest.Doubt() }
    try tails.write(&writer, cases: cases)
    try writer.finish()
  }
}
