public import ByteText
public import CaseModel
public import Digests

/// What an output tree holds of a case: the key its pages were made under, and the tokens on them.
public struct PageState: Hashable, Sendable {
  /// The key its pages were made under.
  public var key: Fingerprint
  /// The `jti`s of the case's tokens in order of action, 16 characters each; empty where it has none.
  public var offers: ByteString
  /// The effect digests of the case's undecided actions in their order, ``digestLength`` characters each; `-` throughout where
  /// an action's page carries no token.
  public var digests: ByteString

  /// The characters of a digest: SHA-256 as base64url.
  public static let digestLength = 43
  /// Stands in ``digests`` for an action without tokens.
  public static let noDigest = ByteString([UInt8](repeating: 0x2D, count: digestLength))

  /// Makes a state.
  public init(key: Fingerprint, offers: ByteString, digests: ByteString = "") {
    self.key = key
    self.offers = offers
    self.digests = digests
  }

  /// The digest that the tokens of the undecided action of that number are bound to; `nil` where there are none.
  public func digest(ofUndecided number: Int) -> ByteString? {
    let start = number * Self.digestLength
    guard number >= 0, start + Self.digestLength <= digests.count else { return nil }
    let digest = ByteString(digests.bytes[start..<start + Self.digestLength])
    return digest == Self.noDigest ? nil : digest
  }
}

/// What the lists of an output tree were made from.
public struct ListState: Hashable, Sendable {
  /// The key of everything they show, the time of the build and the ledger's head included.
  public var all: Fingerprint
  /// The keys of the parts of long lists, by path: of what stands in each, which is neither.
  public var parts: [ByteString: Fingerprint]

  /// Makes a state.
  public init(all: Fingerprint, parts: [ByteString: Fingerprint] = [:]) {
    self.all = all
    self.parts = parts
  }
}

/// The page states of one output tree, held small: a hundred thousand of them in about ten megabytes.
public struct PageStates: Sendable {
  private struct Entry {
    var key: Fingerprint
    var start: UInt32
    var count: UInt32
    var digests: UInt32
  }

  private var entries: [UInt64: Entry] = [:]
  private var offers: [UInt8] = []

  /// Makes none.
  public init() {}

  /// The number of cases.
  public var count: Int { entries.count }

  /// The state of a case; `nil` where the tree does not hold it.
  public subscript(id: CaseID) -> PageState? {
    get {
      guard let entry = entries[id.shortHash] else { return nil }
      let start = Int(entry.start)
      let middle = start + Int(entry.count)
      return PageState(
        key: entry.key, offers: ByteString(offers[start..<middle]),
        digests: ByteString(offers[middle..<middle + Int(entry.digests)]))
    }
    set {
      guard let newValue else {
        entries[id.shortHash] = nil
        return
      }
      // What it had before stays behind in the buffer: a build sets each case once.
      entries[id.shortHash] = Entry(
        key: newValue.key, start: UInt32(truncatingIfNeeded: offers.count),
        count: UInt32(truncatingIfNeeded: newValue.offers.count),
        digests: UInt32(truncatingIfNeeded: newValue.digests.count))
      offers += newValue.offers.bytes
      offers += newValue.digests.bytes
    }
  }
}

/// Signatures of tokens by the 12 bytes of their `jti`, held in one buffer: 76 bytes each.
public struct TokenSignatures: Sendable {
  private static let size = 76
  /// The records of earlier builds, sorted.
  private var sorted: [UInt8] = []
  /// Records of this build, by number.
  private var added: [UInt8] = []

  /// Makes none.
  public init() {}

  /// The number of signatures.
  public var count: Int { (sorted.count + added.count) / Self.size }

  /// The signature made earlier for a `jti`; `nil` where there is none.
  ///
  /// What was added since is not looked at.
  public func signature(of jti: [UInt8]) -> [UInt8]? {
    var low = 0
    var high = sorted.count / Self.size
    while low < high {
      let middle = (low + high) / 2
      let start = middle * Self.size
      let order = Self.compare(sorted[start..<start + 12], jti[...])
      if order == 0 { return Array(sorted[start + 12..<start + Self.size]) }
      if order < 0 { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  /// Adds a signature.
  public mutating func add(jti: [UInt8], signature: [UInt8]) {
    guard jti.count == 12, signature.count == 64 else { return }
    added += jti
    added += signature
  }

  /// Takes the signatures another thread added.
  public mutating func add(_ other: TokenSignatures) {
    added += other.added
  }

  /// Puts what was added in order, so that it is found; of two for one `jti` the first stays.
  public mutating func settle() {
    guard !added.isEmpty else { return }
    let all = sorted + added
    added = []
    let order = (0..<all.count / Self.size).sorted { left, right in
      let one = all[left * Self.size..<left * Self.size + 12]
      let other = all[right * Self.size..<right * Self.size + 12]
      let order = Self.compare(one, other)
      return order == 0 ? left < right : order < 0
    }
    var result: [UInt8] = []
    result.reserveCapacity(all.count)
    for index in order {
      let record = all[index * Self.size..<(index + 1) * Self.size]
      if result.count >= Self.size, result[(result.count - Self.size)...].prefix(12).elementsEqual(record.prefix(12)) {
        continue
      }
      result += record
    }
    sorted = result
  }

  /// Calls `body` with each signature in order of `jti`.
  ///
  /// Only what was settled.
  public func forEach(_ body: (_ jti: ArraySlice<UInt8>, _ signature: ArraySlice<UInt8>) throws -> Void) rethrows {
    for start in stride(from: 0, to: sorted.count, by: Self.size) {
      try body(sorted[start..<start + 12], sorted[start + 12..<start + Self.size])
    }
  }

  private static func compare(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
    for (one, other) in zip(left, right) where one != other { return one < other ? -1 : 1 }
    return left.count - right.count
  }
}

extension CaseID {
  /// 60 bits of the hash in the id: tells a workspace's cases apart in tables.
  public var shortHash: UInt64 {
    var hash: UInt64 = 0
    let dash = text.bytes.firstIndex(of: 0x2D) ?? -1
    for byte in text.bytes[(dash + 1)...].prefix(12) {
      hash = hash << 5 | UInt64(byte >= 0x61 ? byte &- 0x61 : byte &- 0x18) & 31
    }
    return hash
  }
}
