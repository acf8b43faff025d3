public import ByteText
import Digests

/// A key that signs notes, by name (C2SP signed-note): the name says whose log it is.
public struct NoteKey: Hashable, Sendable {
  /// The name: printable ASCII without blanks and `+`.
  public let name: ByteString
  /// The public key.
  public let key: VerifyingKey

  /// Names a key; `nil` where the name cannot stand in a note.
  public init?(name: ByteString, key: VerifyingKey) {
    guard SignedNote.isName(name.bytes[...]) else { return nil }
    self.name = name
    self.key = key
  }

  /// What stands before the signature: the first four bytes of SHA-256(name LF 0x01 key).
  public var keyHash: [UInt8] {
    Array(SHA256Sum.of(name.bytes, [0x0A, SignedNote.ed25519], key.bytes).bytes.prefix(4))
  }

  /// `name+hash+key`, as verifiers of checkpoints take it (C2SP signed-note, *vkey*).
  public var verifierText: ByteString {
    ByteString(name.bytes + [0x2B] + Hex.encode(keyHash) + [0x2B] + Base64.encode([SignedNote.ed25519] + key.bytes))
  }
}

/// A text and signatures under it (C2SP signed-note), the form of ledger checkpoints (SECURITY section 3.3).
///
/// ```
/// text, one line or more
///
/// — name base64(key hash, 4 bytes || signature)
/// ```
public struct SignedNote: Hashable, Sendable {
  /// A signature line.
  public struct Signature: Hashable, Sendable {
    /// The signer's name.
    public let name: ByteString
    /// Four bytes that tell the signer's keys apart.
    public let keyHash: [UInt8]
    /// The signature; of Ed25519 keys 64 bytes.
    public let signature: [UInt8]
  }

  /// Why bytes are no signed note, or not one of the key's.
  public enum Problem: Error, Hashable, Sendable {
    /// Not of the form; what is wrong, lower case, no final stop.
    case malformed(ByteString)
    /// No line by that key.
    case notSigned
    /// A line by that key that does not hold.
    case badSignature
  }

  /// The signature type of Ed25519 over the text.
  static let ed25519: UInt8 = 1
  /// Longer files are no notes of ours.
  static let greatestLength = 1 << 20
  static let greatestSignatureCount = 64
  /// `— `: EM DASH and a space.
  static let lineStart: [UInt8] = [0xE2, 0x80, 0x94, 0x20]

  /// The signed bytes, with the line feed at their end.
  public let text: [UInt8]
  /// The signatures in order of appearance.
  public let signatures: [Signature]

  /// Signs a text: UTF-8, no control characters but line feeds, the last byte a line feed.
  public init(signing text: [UInt8], name: ByteString, with key: SigningKey) throws {
    try Self.check(text)
    guard let noteKey = NoteKey(name: name, key: key.verifyingKey) else {
      throw Problem.malformed("the name is not printable ASCII without blanks and +")
    }
    self.text = text
    let signature = try key.signature(of: text)
    signatures = [Signature(name: name, keyHash: noteKey.keyHash, signature: signature)]
  }

  /// The note's bytes.
  public var bytes: [UInt8] {
    var out = text + [0x0A]
    for line in signatures {
      out += Self.lineStart + line.name.bytes + [0x20] + Base64.encode(line.keyHash + line.signature) + [0x0A]
    }
    return out
  }

  /// Reads a note.
  ///
  /// Every signature line must be well-formed, whoever signed.
  public init(parsing bytes: [UInt8]) throws(Problem) {
    guard bytes.count <= Self.greatestLength else { throw .malformed("the note is too long") }
    guard bytes.last == 0x0A else { throw .malformed("the note does not end in a line feed") }
    // The last blank line divides: the text may hold others, the signatures none.
    guard let blank = bytes.indices.dropFirst().last(where: { bytes[$0] == 0x0A && bytes[$0 - 1] == 0x0A }) else {
      throw .malformed("no blank line before the signatures")
    }
    let text = Array(bytes[..<blank])
    try Self.check(text)
    let lines = bytes[(blank + 1)...].dropLast().split(separator: 0x0A, omittingEmptySubsequences: false)
    guard lines.count <= Self.greatestSignatureCount else { throw .malformed("too many signatures") }
    var signatures: [Signature] = []
    for line in lines { signatures.append(try Self.signature(line)) }
    self.text = text
    self.signatures = signatures
  }

  /// Checks that the key signed the note: a line by its name and hash, and no such line that does not hold.
  public func verify(_ key: NoteKey) throws(Problem) {
    let own = signatures.filter { $0.name == key.name && $0.keyHash == key.keyHash }
    guard !own.isEmpty else { throw .notSigned }
    for line in own where !key.key.isValid(signature: line.signature, for: text) { throw .badSignature }
  }

  private static func signature(_ line: ArraySlice<UInt8>) throws(Problem) -> Signature {
    guard line.starts(with: lineStart) else {
      throw .malformed("a signature line does not start with a dash and a space")
    }
    let parts = line.dropFirst(lineStart.count).split(separator: 0x20, omittingEmptySubsequences: false)
    guard parts.count == 2, isName(parts[0]) else { throw .malformed("a signature line is not a name and a signature") }
    guard let value = Base64.decode(parts[1]), value.count > 4 else {
      throw .malformed("a signature is not base64 of a key hash and a signature")
    }
    return Signature(
      name: ByteString(parts[0]), keyHash: Array(value.prefix(4)), signature: Array(value.dropFirst(4)))
  }

  private static func check(_ text: [UInt8]) throws(Problem) {
    guard text.last == 0x0A else { throw .malformed("the text does not end in a line feed") }
    guard text.allSatisfy({ $0 >= 0x20 || $0 == 0x0A }), UTF8Text.isValid(text, in: 0..<text.count) else {
      throw .malformed("the text is not UTF-8 without control characters")
    }
  }

  static func isName(_ name: ArraySlice<UInt8>) -> Bool {
    !name.isEmpty && name.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x2B }
  }
}
