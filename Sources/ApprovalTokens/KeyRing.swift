public import ByteText
public import CaseModel

/// Whether a key is in use.
public enum KeyStatus: Hashable, Sendable {
  /// Signs and verifies.
  case active
  /// Signs no more; what it signed still holds. `sequence`: the ledger entry that says so.
  case retired(sequence: Int)
  /// Got into other hands; only what the ledger accepted before the entry `sequence` holds.
  case revoked(sequence: Int)

  /// The word of the file.
  public var word: StaticString {
    switch self {
    case .active: "active"
    case .retired: "retired"
    case .revoked: "revoked"
    }
  }

  /// The ledger entry that made it so; `nil` for an active key.
  public var sequence: Int? {
    switch self {
    case .active: nil
    case .retired(let sequence), .revoked(let sequence): sequence
    }
  }
}

/// A public key of the deployment, what it is for, and whether it is in use.
public struct RingKey: Hashable, Sendable {
  /// The key.
  public let key: VerifyingKey
  /// What it is for.
  public let purpose: KeyPurpose
  /// From when on it is used; whole seconds.
  public let notBefore: Instant
  /// After when nothing signed by it is accepted any more; `nil` for no end.
  public let notAfter: Instant?
  /// Whether it is in use.
  public let status: KeyStatus

  /// Makes an entry.
  ///
  /// Times are cut to whole seconds.
  public init(
    _ key: VerifyingKey, purpose: KeyPurpose, notBefore: Instant, notAfter: Instant? = nil, status: KeyStatus = .active
  ) {
    self.key = key
    self.purpose = purpose
    self.notBefore = Instant(seconds: notBefore.seconds)
    self.notAfter = notAfter.map { Instant(seconds: $0.seconds) }
    self.status = status
  }

  /// The key's id.
  public var kid: ByteString { key.kid }

  /// The same key with another status.
  public func with(status: KeyStatus) -> RingKey {
    RingKey(key, purpose: purpose, notBefore: notBefore, notAfter: notAfter, status: status)
  }
}

/// Every public key the deployment ever had (SECURITY section 1.6).
///
/// Keys are never taken out: what they signed is to be checked for as long as there are archives.
public struct KeyRing: Hashable, Sendable {
  /// The keys in order of id.
  public private(set) var keys: [RingKey]

  /// Makes a ring.
  ///
  /// - Returns: `nil` where two keys have the same id.
  public init?(_ keys: [RingKey]) {
    guard Set(keys.map(\.kid)).count == keys.count else { return nil }
    self.keys = keys.sorted { $0.kid < $1.kid }
  }

  /// A ring without keys.
  public static let empty = KeyRing()

  private init() { keys = [] }

  /// The key of that id.
  public subscript(kid: ByteString) -> RingKey? { keys.first { $0.kid == kid } }

  /// The keys of that purpose that sign, in order of id.
  public func active(_ purpose: KeyPurpose) -> [RingKey] {
    keys.filter { $0.purpose == purpose && $0.status == .active }
  }

  /// The ring with one more key.
  ///
  /// - Returns: `nil` where the id is taken: make another key, 48 bits met by chance.
  public func adding(_ key: RingKey) -> KeyRing? { KeyRing(keys + [key]) }

  /// The ring with another status for a key.
  ///
  /// A revoked key stays revoked.
  ///
  /// - Returns: `nil` where there is no such key, or it is revoked.
  public func setting(_ status: KeyStatus, of kid: ByteString) -> KeyRing? {
    guard let index = keys.firstIndex(where: { $0.kid == kid }) else { return nil }
    if case .revoked = keys[index].status { return nil }
    var copy = self
    copy.keys[index] = keys[index].with(status: status)
    return copy
  }
}
