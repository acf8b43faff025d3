public import ByteText
public import CaseModel
public import Digests
public import DurableFiles

/// The manifest of a workspace: what the evidence comes to, and what the last build wrote.
///
/// Derived; any doubt about it and it is made again from the evidence (DESIGN section 3).
///
/// A text file of JSON arrays, one a line: a head, the evidence files it was made of, the cases sorted by id, per output tree
/// the key of each case's pages, the signatures of tokens, and an end line with the SHA-256 of everything before it. It is read
/// and written as a stream: nothing here holds all cases.
public enum Manifest {
  /// The file's name in a workspace.
  public static let fileName: ByteString = "manifest"

  static let head: [UInt8] = Array("[\"countersign-manifest\",3]\n".utf8)

  /// A line of the manifest, as a reader meets them.
  public enum Line {
    case evidence(LedgerNamedFile)
    /// A case, its line's bytes, and where in the manifest the line begins.
    case `case`(ManifestCase, ArraySlice<UInt8>, offset: Int)
    /// The key of a case's pages in an output tree, and the tokens they carry.
    case pages(tree: ByteString, id: CaseID, state: PageState)
    /// What a list page of an output tree, or with an empty path all of them, was made from.
    case list(tree: ByteString, path: ByteString, key: Fingerprint)
    /// The signature of a token: `jti`'s 12 bytes and 64 bytes.
    case token(kid: ByteString, jti: [UInt8], signature: [UInt8])
  }

  /// Why a manifest cannot be used.
  ///
  /// It is made again then, so no more is told.
  struct Doubt: Error {}

  /// Reads the manifest from first to last line.
  ///
  /// - Returns: whether it is whole; `false` also where there is none. Lines were handed to `body` before that was known, so
  ///   what they led to must be thrown away then.
  public static func read(_ folder: Folder, skippingCases: Bool = false, _ body: (Line) throws -> Void) throws -> Bool {
    guard try folder.exists(fileName) else { return false }
    let file = try folder.open(fileName)
    var lines = FileLines(file)
    var sum = SHA256Stream()
    var section: [ByteString] = []
    var isFirst = true
    var isWhole = false
    do {
      try lines.forEach { line, offset in
        if isFirst {
          guard line.elementsEqual(head) else { throw Doubt() }
          isFirst = false
          sum.update(line)
          return
        }
        if isWhole { throw Doubt() }
        let isCase = section.first == "cases" && line.dropFirst(2).first != 0x40
        if isCase && skippingCases {
          sum.update(line)
          return
        }
        guard line.last == 0x0A, let document = try? JSONDocument.parse(Array(line.dropLast()), limits: limits) else {
          throw Doubt()
        }
        let cells = document.root.elements
        if let tag = cells.first?.string, tag.bytes.first == 0x40 {
          section = cells.dropFirst().compactMap(\.string)
          if tag == "@end" {
            guard section.first == sum.finish().hex else { throw Doubt() }
            isWhole = true
            return
          }
          section.insert(ByteString(tag.bytes.dropFirst()), at: 0)
          sum.update(line)
          return
        }
        sum.update(line)
        switch section.first {
        case "evidence"?:
          guard cells.count == 2, let name = cells[0].string, let hash = cells[1].string else { throw Doubt() }
          try body(.evidence(LedgerNamedFile(name: name, sha256: hash)))
        case "cases"?:
          guard let row = ManifestCase(document.root) else { throw Doubt() }
          try body(.case(row, line, offset: offset))
        case "pages"?:
          guard section.count == 2, cells.count == 4, let id = cells[0].string.flatMap({ CaseID($0) }),
            let key = cells[1].string.flatMap({ Fingerprint($0) }), let offers = cells[2].string,
            let digests = cells[3].string
          else { throw Doubt() }
          try body(.pages(tree: section[1], id: id, state: PageState(key: key, offers: offers, digests: digests)))
        case "lists"?:
          guard section.count == 2, cells.count == 2, let path = cells[0].string,
            let key = cells[1].string.flatMap({ Fingerprint($0) })
          else { throw Doubt() }
          try body(.list(tree: section[1], path: path, key: key))
        case "tokens"?:
          guard section.count == 2, cells.count == 2, let jti = cells[0].string.flatMap({ Base64URL.decode($0.bytes) }),
            let signature = cells[1].string.flatMap({ Base64URL.decode($0.bytes) }), signature.count == 64
          else { throw Doubt() }
          try body(.token(kid: section[1], jti: jti, signature: signature))
        default: throw Doubt()
        }
      }
    } catch is Doubt {
      return false
    }
    return isWhole
  }

  /// Reads the case whose line begins at an offset; `nil` where none does.
  public static func `case`(at offset: Int, in file: InputFile) throws(FileError) -> ManifestCase? {
    var size = 4 << 10
    var bytes: [UInt8] = []
    while true {
      let count = try file.read(into: &bytes, at: offset, count: size)
      if let end = bytes[..<count].firstIndex(of: 0x0A) {
        guard let document = try? JSONDocument.parse(Array(bytes[..<end]), limits: limits) else { return nil }
        return ManifestCase(document.root)
      }
      if count < size || size > limits.bytes { return nil }
      size *= 4
    }
  }

  /// Wide: source ids are whatever an export says, up to a string's limit each, and a manifest that could not be read again
  /// would be made again on every run.
  static let limits = JSONLimits(bytes: 1 << 30, stringBytes: 1 << 30, depth: 8)
}

/// A file the ledger names, with its hash (hex).
public struct LedgerNamedFile: Hashable, Sendable {
  /// The name in its folder.
  public var name: ByteString
  /// SHA-256 of the file (hex).
  public var sha256: ByteString

  /// Makes a file.
  public init(name: ByteString, sha256: ByteString) {
    self.name = name
    self.sha256 = sha256
  }
}
