public import ByteText
public import CaseModel

/// `data/map.jsonl`: which page shows what, made from which records, with which effect digest.
///
/// JSON Lines, sorted.
public enum ArchiveMap {
  /// Its name in the payload.
  public static let name: ByteString = "map.jsonl"

  /// A source record.
  public struct Record: Hashable, Sendable {
    /// SHA-256 of its bytes, hex; also its name in `records/`.
    public var sha256: ByteString
    /// How it is read again (docs/formats/evidence.md).
    public var dialect: ByteString
    /// The file it was imported from, and its number there.
    public var source: (name: ByteString, number: Int)

    /// Makes a record.
    public init(sha256: ByteString, dialect: ByteString, source: (name: ByteString, number: Int)) {
      self.sha256 = sha256
      self.dialect = dialect
      self.source = source
    }

    /// The same hash, the same record.
    public static func == (left: Record, right: Record) -> Bool { left.sha256 == right.sha256 }

    /// Hashes the hash.
    public func hash(into hasher: inout Hasher) { hasher.combine(sha256) }
  }

  /// One page.
  public struct Line: Sendable {
    /// The investigation.
    public var investigation: CaseID
    /// The action; `nil` on the page of the investigation.
    public var action: CaseID?
    /// Its page in the payload; empty for an action without one.
    public var page: ByteString
    /// The records of the investigation.
    public var records: [Record]
    /// The effect digest, 43 base64url characters; `nil` where there is no effect.
    public var digest: ByteString?

    /// Makes a line.
    public init(
      investigation: CaseID, action: CaseID? = nil, page: ByteString, records: [Record], digest: ByteString? = nil
    ) {
      self.investigation = investigation
      self.action = action
      self.page = page
      self.records = records
      self.digest = digest
    }
  }

  /// The file.
  public static func text(_ lines: [Line]) -> [UInt8] {
    var out: [UInt8] = []
    for line in lines {
      var members: [JSONTree.Member] = [.init("investigation", .string(line.investigation.text))]
      if let action = line.action { members.append(.init("action", .string(action.text))) }
      if !line.page.isEmpty { members.append(.init("page", .string(line.page))) }
      if let digest = line.digest { members.append(.init("digest", .string(digest))) }
      if line.action == nil {
        members.append(
          .init(
            "records",
            .array(
              line.records.map {
                [
                  "dialect": .string($0.dialect), "record": .int($0.source.number), "sha256": .string($0.sha256),
                  "src": .string(ByteString(UTF8Text.lossy($0.source.name.bytes))),
                ]
              })))
      }
      out += CanonicalJSON.bytes(.object(members)) + [0x0A]
    }
    return out
  }

  /// Reads the file; `nil` where a line is none.
  public static func read(_ text: [UInt8]) -> [Line]? {
    var lines: [Line] = []
    for bytes in text.split(separator: 0x0A) {
      guard let root = try? JSONDocument.parse(Array(bytes), limits: limits).root,
        let investigation = root["investigation"]?.string.flatMap({ CaseID($0) })
      else { return nil }
      var records: [Record] = []
      for item in root["records"]?.elements ?? [] {
        guard let sha256 = item["sha256"]?.string, let dialect = item["dialect"]?.string,
          let number = item["record"]?.int,
          let source = item["src"]?.string
        else { return nil }
        records.append(Record(sha256: sha256, dialect: dialect, source: (source, number)))
      }
      lines.append(
        Line(
          investigation: investigation, action: root["action"]?.string.flatMap { CaseID($0) },
          page: root["page"]?.string ?? "", records: records, digest: root["digest"]?.string))
    }
    return lines
  }

  private static let limits = JSONLimits(bytes: 64 << 20, stringBytes: 1 << 20, depth: 8)
}
