public import ByteText
public import CaseModel

/// What archives took out of the workspace, as `intent` and `archive` entries tell it.
public struct ArchivedRecords: Hashable, Sendable {
  /// Investigations that stand in an archive and no longer here, each with the SHA-256 (hex) of the archive's tag manifest.
  public private(set) var investigations: [CaseID: ByteString] = [:]
  /// How many records went with them.
  public private(set) var records = 0
  /// Evidence files that others took the place of: what is still there of them can go.
  public private(set) var replaced: Set<ByteString> = []
  /// Evidence files that were to take another's place, and whose run did not get so far: what is there of them can go.
  public private(set) var unfinished: Set<ByteString> = []

  /// An evidence file and the one in its place.
  public struct Exchange: Hashable, Sendable {
    /// The old file: name and SHA-256 (hex).
    public var old: LedgerState.EvidenceFile
    /// The new file.
    public var new: LedgerState.EvidenceFile

    /// Makes an exchange.
    public init(old: LedgerState.EvidenceFile, new: LedgerState.EvidenceFile) {
      self.old = old
      self.new = new
    }

    init?(_ tree: JSONTree) {
      let body = LedgerBody(tree)
      guard let old = body.text("old"), let oldHash = body.text("oldSha256"), let new = body.text("new"),
        let newHash = body.text("newSha256")
      else { return nil }
      self.init(
        old: LedgerState.EvidenceFile(name: old, sha256: oldHash),
        new: LedgerState.EvidenceFile(name: new, sha256: newHash))
    }

    fileprivate var tree: JSONTree {
      [
        "new": .string(new.name), "newSha256": .string(new.sha256), "old": .string(old.name),
        "oldSha256": .string(old.sha256),
      ]
    }
  }

  /// An `intent` to take records out: until the `archive` entry follows, nothing has changed.
  mutating func begin(_ body: LedgerBody) {
    unfinished.formUnion(body.list("evidence").compactMap { Exchange($0)?.new.name })
  }

  /// An `archive` entry: from here on the new files are the evidence.
  ///
  /// - Returns: the exchanges.
  mutating func end(_ body: LedgerBody) -> [Exchange] {
    let bag = body.text("bag") ?? ""
    for item in body.list("investigations") {
      if case .string(let text) = item, let id = CaseID(text) { investigations[id] = bag }
    }
    records += body.number("records") ?? 0
    let exchanges = body.list("evidence").compactMap { Exchange($0) }
    for one in exchanges {
      unfinished.remove(one.new.name)
      replaced.insert(one.old.name)
    }
    for one in exchanges { replaced.remove(one.new.name) }
    return exchanges
  }
}

extension LedgerBody {
  /// `intent` to take archived records out of the evidence: written and durable before any new file takes a name.
  public static func intent(prune exchanges: [ArchivedRecords.Exchange], bag: ByteString) -> JSONTree {
    ["bag": .string(bag), "evidence": .array(exchanges.map(\.tree)), "purpose": "prune"]
  }

  /// `archive`: records that a verified archive holds are no longer part of the evidence.
  ///
  /// - Parameter bag: SHA-256 (hex) of its tag manifest.
  public static func archive(
    _ investigations: [CaseID], records: Int, evidence: [ArchivedRecords.Exchange], bag: ByteString
  ) -> JSONTree {
    [
      "bag": .string(bag), "evidence": .array(evidence.map(\.tree)),
      "investigations": .array(investigations.map { .string($0.text) }), "records": .int(records),
    ]
  }
}
