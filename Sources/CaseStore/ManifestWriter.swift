public import ByteText
public import CaseModel
import Digests
public import DurableFiles

/// Writes a new manifest beside the old one, section by section, and puts it in its place when it is whole.
public struct ManifestWriter {
  private let folder: Folder
  private let file: OutputFile
  private var sum = SHA256Stream()
  private var buffer: [UInt8] = []
  private static let temporaryName: ByteString = ".manifest.new"

  /// Begins a manifest made of these evidence files.
  public init(in folder: Folder, evidence: [LedgerNamedFile]) throws {
    self.folder = folder
    if try folder.exists(Self.temporaryName) { try folder.remove(Self.temporaryName) }
    file = try folder.create(Self.temporaryName, mode: 0o600)
    buffer += Manifest.head
    section("evidence")
    for item in evidence {
      line {
        $0.text(item.name); $0.text(item.sha256)
      }
    }
    section("cases")
  }

  /// Begins a section.
  private mutating func section(_ name: ByteString, _ of: ByteString? = nil) {
    line { row in
      row.text(ByteString("@") + name)
      if let of { row.text(of) }
    }
  }

  private mutating func line(_ cells: (inout ManifestRow) -> Void) {
    var row = ManifestRow()
    cells(&row)
    row.finish(&buffer)
  }

  private mutating func flush(ifBeyond limit: Int) throws {
    guard buffer.count > limit else { return }
    sum.update(buffer)
    try file.append(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  /// Adds a case.
  ///
  /// Cases come sorted by id.
  public mutating func add(_ row: ManifestCase) throws {
    row.append(to: &buffer)
    try flush(ifBeyond: 1 << 20)
  }

  /// Adds a case's line as it stood in the old manifest.
  public mutating func add(line: ArraySlice<UInt8>) throws {
    buffer += line
    try flush(ifBeyond: 1 << 20)
  }

  /// Adds the page states of an output tree for the cases it holds.
  ///
  /// - Parameter cases: the ids of all cases, sorted.
  public mutating func add(tree: ByteString, _ states: PageStates, cases: [CaseID]) throws {
    section("pages", tree)
    for id in cases {
      guard let state = states[id] else { continue }
      line { row in
        row.text(id.text)
        row.text(state.key.text)
        row.text(state.offers)
        row.text(state.digests)
      }
      try flush(ifBeyond: 1 << 20)
    }
  }

  /// Adds what the lists of an output tree were made from.
  public mutating func add(tree: ByteString, _ lists: ListState) {
    section("lists", tree)
    for (path, key) in [("", lists.all)] + lists.parts.sorted(by: { $0.key < $1.key }) {
      line { row in
        row.text(path)
        row.text(key.text)
      }
    }
  }

  /// Adds the signatures of tokens.
  public mutating func add(kid: ByteString, _ tokens: TokenSignatures) throws {
    section("tokens", kid)
    var settled = tokens
    settled.settle()
    try settled.forEach { jti, signature in
      line { row in
        row.text(ByteString(Base64URL.encode(jti)))
        row.text(ByteString(Base64URL.encode(signature)))
      }
      try flush(ifBeyond: 1 << 20)
    }
  }

  /// Ends the manifest and puts it in the old one's place.
  public mutating func finish() throws {
    try flush(ifBeyond: 0)
    let hash = sum.finish().hex
    line { row in
      row.text("@end")
      row.text(hash)
    }
    try file.append(buffer)
    try file.close()
    try folder.rename(Self.temporaryName, to: Manifest.fileName)
  }
}
