import ApprovalTokens
import ByteText
import CaseModel
import DecisionLedger
import DurableFiles

/// Changes of the deployment's keys (SECURITY section 1.6), in an order that a killed run leaves whole: the new private key
/// durable beside the old one, then the ledger, then the ring, then the new key in the old one's place.
///
/// What a run did not finish the next writing command does (``recover(_:_:)``): the ledger says what was meant.
struct KeyRotation {
  private let session: Session
  private let ledger: Ledger
  /// Ids of the keys that changed.
  private(set) var changed: Set<ByteString> = []
  /// Whether pages need tokens of another key.
  private(set) var changesTokens = false

  init(_ session: Session, _ ledger: Ledger) {
    self.session = session
    self.ledger = ledger
  }

  /// Makes a new key for a purpose; the active one is retired.
  mutating func rotate(_ purpose: KeyPurpose) throws {
    for old in session.ring.active(purpose) { changed.insert(old.kid) }
    try replace(purpose, old: "retired")
  }

  /// Retires a key that is not the only active one of its purpose.
  mutating func retire(_ kid: ByteString) throws {
    let entry = try find(kid)
    switch entry.status {
    case .active:
      guard session.ring.active(entry.purpose).count > 1 else {
        throw CommandFailure(
          .failure, "it is the only active " + ByteString(entry.purpose.rawValue) + " key",
          hint: "countersign keys rotate " + ByteString(entry.purpose.rawValue) + " makes a new one and retires this")
      }
      try log(entry.key, entry.purpose, "retired")
      try Self.recover(session, ledger)
      changed.insert(kid)
    case .retired, .revoked:
      throw CommandFailure(
        .failure, "the key " + kid + " is " + ByteString(stringLiteral: entry.status.word) + " already")
    }
  }

  /// Revokes a key; an active one is replaced by a new one in the same step.
  mutating func revoke(_ kid: ByteString) throws {
    let entry = try find(kid)
    if case .revoked = entry.status { throw CommandFailure(.failure, "the key " + kid + " is revoked already") }
    changed.insert(kid)
    if entry.status == .active {
      try replace(entry.purpose, old: "revoked")
    } else {
      try log(entry.key, entry.purpose, "revoked")
      try Self.recover(session, ledger)
    }
  }

  private func find(_ kid: ByteString) throws -> RingKey {
    guard let entry = session.ring[kid] else {
      throw CommandFailure(.failure, "no key has the id '" + kid + "'", hint: "countersign keys list")
    }
    return entry
  }

  private mutating func replace(_ purpose: KeyPurpose, old status: ByteString) throws {
    let key = try SigningKey(seed: Randomness.bytes(32), purpose: purpose)
    let old = session.ring.active(purpose)
    try session.keyFiles.writeNext(key)
    try log(key.verifyingKey, purpose, "active")
    for entry in old { try log(entry.key, purpose, status) }
    try ledger.sync()
    try Self.recover(session, ledger)
    changed.insert(key.kid)
    if purpose == .mint { changesTokens = true }
  }

  private func log(_ key: VerifyingKey, _ purpose: KeyPurpose, _ status: ByteString) throws {
    try session.append(
      ledger, .key,
      LedgerBody.key(
        kid: key.kid, purpose: ByteString(purpose.rawValue), publicKey: ByteString(Base64URL.encode(key.bytes)),
        status: status))
  }

  /// Brings ring and private keys to what the ledger says: finishes what a run began, or drops what it did not get to say.
  static func recover(_ session: Session, _ ledger: Ledger) throws {
    if ledger.count < KeyPurpose.allCases.count && ledger.state.keys.count == ledger.count {
      // The first keys: init made them, and may have been cut short before the ledger had all of them.
      let named = Set(ledger.state.keys.map(\.kid))
      for purpose in KeyPurpose.allCases {
        for entry in session.ring.active(purpose) where !named.contains(entry.kid) {
          try session.append(
            ledger, .key,
            LedgerBody.key(
              kid: entry.kid, purpose: ByteString(purpose.rawValue),
              publicKey: ByteString(Base64URL.encode(entry.key.bytes)), status: "active"))
        }
      }
    }
    var ring = session.ring
    for change in ledger.state.keys {
      guard let purpose = KeyPurpose.allCases.first(where: { ByteString($0.rawValue) == change.purpose }) else {
        continue
      }
      switch change.status {
      case "active" where ring[change.kid] == nil:
        guard let bytes = Base64URL.decode(change.publicKey.bytes), let key = try? VerifyingKey(bytes: bytes) else {
          continue
        }
        ring =
          ring.adding(
            RingKey(key, purpose: purpose, notBefore: Instant(seconds: max(0, change.at.seconds - 600)))) ?? ring
      case "retired" where ring[change.kid]?.status == .active:
        ring = ring.setting(.retired(sequence: change.entry), of: change.kid) ?? ring
      case "revoked":
        // A revoked key stays as it is: the ring answers nothing then.
        ring = ring.setting(.revoked(sequence: change.entry), of: change.kid) ?? ring
      default: continue
      }
    }
    if ring != session.ring {
      try ledger.sync()
      try session.write(ring)
    }
    for purpose in KeyPurpose.allCases {
      guard let next = try session.keyFiles.nextKey(purpose) else { continue }
      if ring[next.kid] != nil {
        try session.keyFiles.installNext(purpose)
      } else {
        try session.keyFiles.removeNext(purpose)
      }
    }
  }
}
