public import ByteText
public import DurableFiles
import Digests

/// Writes a BagIt 1.0 bag (RFC 8493): beside its place, whole, durable and sealed, before it takes its name.
///
/// A run that was killed leaves a folder with another name and without a signature; the next one removes it.
public struct BagWriter {
  private let parent: Folder
  private let name: ByteString
  private let partName: ByteString
  private var folders: FolderTree
  /// Payload files so far, in order of writing.
  private var payload: [BagFile] = []

  /// What was sealed.
  public struct Seal: Hashable, Sendable {
    /// SHA-256 (hex) of the tag manifest that is signed: stands for the whole bag.
    public var sha256: ByteString
    /// Payload files and their bytes.
    public var files: Int
    /// Bytes of the payload.
    public var bytes: Int
  }

  /// Begins a bag.
  ///
  /// - Parameters:
  ///   - parent: The folder it will stand in.
  ///   - name: Its name there; nothing may stand there yet.
  public init(in parent: Folder, name: ByteString) throws(FileError) {
    self.parent = parent
    self.name = name
    partName = ByteString([0x2E] + name.bytes + Array(".part".utf8))
    try parent.removeTree(partName)
    folders = FolderTree(try parent.subfolder(partName, create: true))
  }

  /// Adds a payload file.
  ///
  /// - Parameter path: Its path in `data/`.
  public mutating func add(_ bytes: [UInt8], as path: ByteString) throws(FileError) {
    let whole = BagNames.payload + "/" + path
    try put(bytes, whole)
    payload.append(
      BagFile(path: whole, size: bytes.count, sha256: SHA256Sum.of(bytes).hex, sha512: SHA512Sum.of(bytes).hex))
  }

  /// Adds a payload file of any size.
  public mutating func copy(_ file: InputFile, as path: ByteString) throws(FileError) {
    let whole = BagNames.payload + "/" + path
    let (folder, name) = try place(whole)
    let out = try folder.create(name)
    var (first, second) = (SHA256Stream(), SHA512Stream())
    try file.forEachChunk { (chunk) throws(FileError) in
      first.update(chunk)
      second.update(chunk)
      try out.append(chunk)
    }
    try out.close()
    payload.append(
      BagFile(path: whole, size: out.size, sha256: first.finish().hex, sha512: second.finish().hex))
  }

  /// Writes manifests, tag files and the signature, makes everything durable, and gives the bag its name.
  ///
  /// - Parameters:
  ///   - info: Lines of `bag-info.txt`; the payload's size is added.
  ///   - tags: Further tag files.
  ///   - sign: Makes the armoured SSH signature of the tag manifest.
  public mutating func seal(
    info: [(label: ByteString, value: ByteString)], tags: [(name: ByteString, bytes: [UInt8])],
    sign: ([UInt8]) throws -> [UInt8]
  ) throws -> Seal {
    let sorted = payload.sorted { $0.path < $1.path }
    let size = sorted.reduce(0) { $0 + $1.size }
    let oxum = ByteString("\(size).\(sorted.count)")
    var tagFiles: [(name: ByteString, bytes: [UInt8])] =
      [
        (BagNames.declaration, BagNames.declarationText),
        (BagNames.info, Self.text(info + [("Payload-Oxum", oxum)])),
        (BagNames.manifests.sha256, Self.manifest(sorted, \.sha256)),
        (BagNames.manifests.sha512, Self.manifest(sorted, \.sha512)),
      ] + tags
    tagFiles.sort { $0.name < $1.name }
    var listed: [BagFile] = []
    for file in tagFiles {
      try put(file.bytes, file.name)
      listed.append(
        BagFile(
          path: file.name, size: file.bytes.count, sha256: SHA256Sum.of(file.bytes).hex,
          sha512: SHA512Sum.of(file.bytes).hex))
    }
    let signed = Self.manifest(listed, \.sha256)
    try put(signed, BagNames.tagManifests.sha256)
    try put(Self.manifest(listed, \.sha512), BagNames.tagManifests.sha512)
    // Everything the signature speaks of is on the disk before it, and it before the name.
    try folders.root.syncFileSystem()
    try put(try sign(signed), BagNames.signature)
    try folders.root.syncFileSystem()
    // An empty folder of that name is replaced; any other makes the renaming fail.
    try parent.rename(partName, to: name)
    try parent.sync()
    return Seal(sha256: SHA256Sum.of(signed).hex, files: sorted.count, bytes: size)
  }

  /// Removes what was written: the run failed.
  public func abandon() throws(FileError) { try parent.removeTree(partName) }

  /// A manifest (RFC 8493 section 2.1.3): hash, two blanks, path; sorted by path.
  private static func manifest(_ files: [BagFile], _ hash: KeyPath<BagFile, ByteString>) -> [UInt8] {
    var out: [UInt8] = []
    for file in files { out += file[keyPath: hash].bytes + [0x20, 0x20] + file.path.bytes + [0x0A] }
    return out
  }

  private static func text(_ lines: [(label: ByteString, value: ByteString)]) -> [UInt8] {
    lines.flatMap { $0.label.bytes + [0x3A, 0x20] + Sanitizer.sanitized($0.value.bytes) + [0x0A] }
  }

  // MARK: Files

  private mutating func put(_ bytes: [UInt8], _ path: ByteString) throws(FileError) {
    let (folder, name) = try place(path)
    try folder.write(bytes, to: name)
  }

  private mutating func place(_ path: ByteString) throws(FileError) -> (Folder, ByteString) {
    guard BagNames.isPlain(path) else { throw FileError(path: path, operation: "create", errno: 22) }
    return try folders.place(path)
  }
}
