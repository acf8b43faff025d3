public import ByteText
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
    for item in evidence { line { $0.text(item.name); $0.text(item.sha256) } }
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

  /// Adds a case. Cases come sorted by id.
  public mutating func add(_ row: ManifestCase) throws {
    row.append(to: &buffer)
    try flush(ifBeyond: 1 << 20)
  }

  /// Adds a case's line as it stood in the old manifest.
  public mutating func add(line: ArraySlice<UInt8>) throws {
    buffer += line
    try flush(ifBeyond: 1 << 20)
  }

  /// Adds the page states of an output tree, sorted by id.
  public mutating func add(tree: ByteString, states: [(id: ByteString, state: PageState)]) throws {
    section("pages", tree)
    for item in states {
      line { row in
        row.text(item.id)
        row.text(item.state.key.text)
        row.text(item.state.offers)
      }
      try flush(ifBeyond: 1 << 20)
    }
  }

  /// Adds the signatures of tokens, sorted by `jti`.
  public mutating func add(kid: ByteString, tokens: [(jti: [UInt8], signature: [UInt8])]) throws {
    section("tokens", kid)
    for item in tokens {
      line { row in
        row.text(ByteString(Base64URL.encode(item.jti)))
        row.text(ByteString(Base64URL.encode(item.signature)))
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
