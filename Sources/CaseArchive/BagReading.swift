public import ByteText
public import DurableFiles
import Digests

/// What is wrong with a file of a bag.
public struct BagFinding: Hashable, Sendable {
  /// The file's path in the bag; empty where the bag as a whole is meant.
  public var path: ByteString
  /// What is wrong: lower case, no final stop.
  public var message: ByteString

  /// Makes a finding.
  public init(_ path: ByteString, _ message: ByteString) {
    self.path = path
    self.message = message
  }
}

/// A bag as it lies on the disk, against what its manifests say.
///
/// Stricter than RFC 8493: every file is listed, tag files included, under both hashes; no file is a link; nothing is to be
/// fetched; names are plain (SECURITY section 4).
public struct BagReading {
  /// What is wrong, in order of path.
  public private(set) var findings: [BagFinding] = []
  /// How many files there are, and their bytes.
  public private(set) var files = 0
  /// Bytes of the payload.
  public private(set) var bytes = 0
  /// Paths of the payload files that are there and are what the manifests say.
  public private(set) var sound: Set<ByteString> = []
  private let root: Folder
  private var there: [ByteString: Int] = [:]
  private static let limit = 256 << 20

  /// Reads a bag.
  ///
  /// - Parameter progress: told now and then how many files of how many have been read.
  public init(_ root: Folder, progress: (_ done: Int, _ all: Int) -> Void = { _, _ in }) throws(FileError) {
    self.root = root
    try walk(root, "", depth: 0)
    try read(progress)
    findings.sort { $0.path != $1.path ? $0.path < $1.path : $0.message < $1.message }
  }

  private mutating func find(_ path: ByteString, _ message: ByteString) { findings.append(BagFinding(path, message)) }

  /// Lists every file; links, pipes and the like are findings.
  private mutating func walk(_ folder: Folder, _ prefix: ByteString, depth: Int) throws(FileError) {
    for entry in try folder.entries() {
      let path = prefix + entry.name
      if entry.kind == .folder {
        guard depth < 8 else {
          find(path, "folders stand too deep")
          continue
        }
        let inner = try folder.subfolder(entry.name)
        let before = there.count
        try walk(inner, path + "/", depth: depth + 1)
        if there.count == before, try inner.names().isEmpty { find(path, "is an empty folder") }
      } else if entry.kind == .regular {
        there[path] = try folder.info(entry.name)?.size ?? 0
        if !BagNames.isPlain(path) { find(path, "has a name that no archive of ours has") }
      } else {
        find(path, "is not a regular file")
      }
    }
  }

  private mutating func read(_ progress: (Int, Int) -> Void) throws(FileError) {
    files = there.count
    if try contents(BagNames.declaration) != BagNames.declarationText {
      find(BagNames.declaration, "does not declare BagIt 1.0 in UTF-8")
    }
    let payload = try listed(names(true), isPayload: true)
    let tags = try listed(names(false), isPayload: false)
    var done = 0
    for path in there.keys.sorted() {
      if BagNames.unlisted.contains(path) { continue }
      let isPayload = path.bytes.starts(with: BagNames.payload.bytes + [0x2F])
      guard let expected = (isPayload ? payload : tags)[path] else {
        find(path, "is listed in no manifest: it was added or renamed")
        continue
      }
      let (size, first, second) = try hashes(of: path)
      if isPayload { bytes += size }
      switch (first == expected.sha256, second == expected.sha512) {
      case (true, true): if isPayload { sound.insert(path) }
      case (false, false): find(path, "was changed: its SHA-256 and SHA-512 are not what the manifests say")
      // Nobody finds other bytes with one of the same two hashes: the list is what was changed.
      case (false, true): find(names(isPayload).sha256, "lists another SHA-256 than that of " + path)
      case (true, false): find(names(isPayload).sha512, "lists another SHA-512 than that of " + path)
      }
      done += 1
      if done % 256 == 0 { progress(done, files) }
    }
    for path in (Array(payload.keys) + Array(tags.keys)).sorted() where there[path] == nil {
      find(path, "is missing: it was removed or renamed")
    }
    for path in [BagNames.signature] where there[path] == nil { find(path, "is missing") }
    let oxum = ByteString("\(bytes).\(payload.count)")
    if try field("Payload-Oxum") != oxum { find(BagNames.info, "its Payload-Oxum is not " + oxum) }
  }

  private func names(_ isPayload: Bool) -> (sha256: ByteString, sha512: ByteString) {
    isPayload ? BagNames.manifests : BagNames.tagManifests
  }

  /// The files that a pair of manifests lists, with their hashes.
  private mutating func listed(
    _ names: (sha256: ByteString, sha512: ByteString), isPayload: Bool
  ) throws(FileError) -> [ByteString: (sha256: ByteString, sha512: ByteString)] {
    let first = try lines(of: names.sha256, hashLength: 64, isPayload)
    let second = try lines(of: names.sha512, hashLength: 128, isPayload)
    var both: [ByteString: (sha256: ByteString, sha512: ByteString)] = [:]
    for (path, hash) in first {
      guard let other = second[path] else {
        find(names.sha512, "does not list " + path)
        continue
      }
      both[path] = (hash, other)
    }
    for path in second.keys.sorted() where first[path] == nil { find(names.sha256, "does not list " + path) }
    return both
  }

  private mutating func lines(
    of name: ByteString, hashLength: Int, _ isPayload: Bool
  ) throws(FileError) -> [ByteString: ByteString] {
    guard let text = try contents(name) else {
      find(name, "is missing")
      return [:]
    }
    var found: [ByteString: ByteString] = [:]
    if !text.isEmpty && text.last != 0x0A { find(name, "its last line has no end") }
    for (number, line) in text.split(separator: 0x0A).enumerated() {
      let hash = line.prefix(hashLength)
      let path = ByteString(line.dropFirst(hashLength + 2))
      let isHash = hash.count == hashLength && hash.allSatisfy { ASCII.isDigit($0) || $0 >= 0x61 && $0 <= 0x66 }
      let isSeparated = line.dropFirst(hashLength).starts(with: [0x20, 0x20])
      let isOfPayload = path.bytes.starts(with: BagNames.payload.bytes + [0x2F])
      guard isHash, isSeparated, BagNames.isPlain(path), isOfPayload == isPayload else {
        find(name, ByteString("line \(number + 1) is no line of a manifest of ours"))
        continue
      }
      if found.updateValue(ByteString(hash), forKey: path) != nil { find(name, "lists " + path + " twice") }
    }
    return found
  }

  // MARK: Contents

  /// A small file; `nil` where it is not there.
  public func contents(_ path: ByteString) throws(FileError) -> [UInt8]? {
    guard there[path] != nil else { return nil }
    return try root.open(path: path).readAll(limit: Self.limit)
  }

  /// A field of `bag-info.txt`; `nil` where it is not there.
  public func field(_ label: ByteString) throws(FileError) -> ByteString? {
    for line in (try contents(BagNames.info) ?? []).split(separator: 0x0A)
    where line.starts(with: label.bytes + [0x3A, 0x20]) {
      return ByteString(line.dropFirst(label.count + 2))
    }
    return nil
  }

  private func hashes(of path: ByteString) throws(FileError) -> (size: Int, sha256: ByteString, sha512: ByteString) {
    var (first, second, size) = (SHA256Stream(), SHA512Stream(), 0)
    try root.open(path: path).forEachChunk { (chunk) throws(FileError) in
      first.update(chunk)
      second.update(chunk)
      size += chunk.count
    }
    return (size, first.finish().hex, second.finish().hex)
  }
}
