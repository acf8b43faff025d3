public import ByteText
import CaseModel

// keys/ring.json, both ways (docs/formats/token.md, *Key ring*).

/// Why bytes are no key ring.
public enum KeyRingProblem: Error, Hashable, Sendable {
  /// Made by a newer countersign: exit status 78 (DESIGN section 5).
  case newerFormat(version: Int)
  /// Not a ring; what is wrong, lower case, no final stop.
  case malformed(ByteString)

  /// The problem in words: lower case, no final stop.
  public var message: ByteString {
    switch self {
    case .newerFormat: "made by a newer countersign"
    case .malformed(let detail): detail
    }
  }
}

extension KeyRing {
  static let format: [UInt8] = Array("countersign-keys/".utf8)
  static let version = 1

  /// The ring's file: canonical JSON and a line feed.
  public var file: [UInt8] {
    let entries = keys.map { entry -> JSONTree in
      var members: [JSONTree.Member] = [
        .init("kid", .string(entry.kid)), .init("notBefore", .string(entry.notBefore.rfc3339)),
        .init("publicKey", .string(ByteString(Base64URL.encode(entry.key.bytes)))),
        .init("purpose", .string(ByteString(entry.purpose.rawValue))),
        .init("status", .string(ByteString("\(entry.status.word)"))),
      ]
      if let notAfter = entry.notAfter { members.append(.init("notAfter", .string(notAfter.rfc3339))) }
      if let sequence = entry.status.sequence { members.append(.init("statusSequence", .int(sequence))) }
      return .object(members)
    }
    let name = ByteString(Self.format + Array("\(Self.version)".utf8))
    return CanonicalJSON.bytes(["format": .string(name), "keys": .array(entries)]) + [0x0A]
  }

  /// Reads a ring's file.
  ///
  /// White space may differ from what ``file`` writes; keys, values and their forms may not.
  public static func parse(_ file: [UInt8]) throws(KeyRingProblem) -> KeyRing {
    let document: JSONDocument
    do {
      document = try JSONDocument.parse(file, limits: limits)
    } catch {
      throw .malformed(ByteString(Array("the key ring is not JSON: ".utf8) + error.message.bytes))
    }
    guard let found = document.root["format"]?.string, found.bytes.starts(with: format),
      let number = ASCII.decimal(found.bytes.dropFirst(format.count)), number >= 1
    else { throw .malformed("the file is no key ring: format is not countersign-keys/1") }
    guard number <= version else { throw .newerFormat(version: number) }
    guard !document.hasDuplicateKeys else { throw .malformed("a name stands twice in the key ring") }
    try names(of: document.root, are: ["format", "keys"], optional: [], in: "the key ring")
    guard let list = document.root["keys"], list.kind == .array else {
      throw .malformed("keys is not an array")
    }
    var keys: [RingKey] = []
    for (index, value) in list.elements.enumerated() {
      keys.append(try key(value, at: ByteString("keys[\(index)]")))
    }
    guard let ring = KeyRing(keys) else { throw .malformed("two keys have the same kid") }
    return ring
  }

  private static func key(_ value: JSONValue, at place: ByteString) throws(KeyRingProblem) -> RingKey {
    func fail(_ detail: StaticString) -> KeyRingProblem {
      .malformed(ByteString(place.bytes + [0x2E] + ByteString(stringLiteral: detail).bytes))
    }
    try names(
      of: value, are: ["kid", "notBefore", "publicKey", "purpose", "status"], optional: ["notAfter", "statusSequence"],
      in: place)
    guard let text = value["publicKey"]?.string, let bytes = Base64URL.decode(text.bytes),
      let key = try? VerifyingKey(bytes: bytes)
    else { throw fail("publicKey is not base64url of 32 bytes") }
    guard value["kid"]?.string == key.kid else { throw fail("kid is not that of the public key") }
    guard let word = value["purpose"]?.string,
      let purpose = KeyPurpose.allCases.first(where: { ByteString($0.rawValue) == word })
    else { throw fail("purpose is none of mint, log and archive") }
    guard let notBefore = value["notBefore"]?.string.flatMap({ TokenGrammar.time($0) }) else {
      throw fail("notBefore is not a UTC time of whole seconds with Z")
    }
    var notAfter: Instant?
    if let end = value["notAfter"] {
      guard let time = end.string.flatMap({ TokenGrammar.time($0) }), time >= notBefore else {
        throw fail("notAfter is not a UTC time of whole seconds with Z, or lies before notBefore")
      }
      notAfter = time
    }
    let sequence = value["statusSequence"]?.int
    let status: KeyStatus
    switch (value["status"]?.string, sequence) {
    case ("active", nil) where value["statusSequence"] == nil: status = .active
    case ("retired", let sequence?) where sequence >= 0: status = .retired(sequence: sequence)
    case ("revoked", let sequence?) where sequence >= 0: status = .revoked(sequence: sequence)
    default: throw fail("status is not active, or retired or revoked with a statusSequence")
    }
    return RingKey(key, purpose: purpose, notBefore: notBefore, notAfter: notAfter, status: status)
  }

  private static func names(
    of value: JSONValue, are required: Set<ByteString>, optional: Set<ByteString>, in place: ByteString
  ) throws(KeyRingProblem) {
    let found = Set(value.members.map(\.key))
    guard value.kind == .object, found.isSuperset(of: required), found.isSubset(of: required.union(optional)) else {
      throw .malformed(ByteString(place.bytes + Array(" has a name too few or too many".utf8)))
    }
  }

  private static let limits = JSONLimits(
    bytes: 1 << 20, stringBytes: 1024, depth: 4, values: 20_000, refusesMalformedText: true)
}
