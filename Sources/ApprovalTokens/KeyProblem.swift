public import ByteText

/// Why a key cannot be used.
public enum KeyProblem: Error, Hashable, Sendable {
  /// Not the 32 bytes of an Ed25519 key.
  case notAKey
  /// Not the PEM text that is expected: one block of that label, one line, the fixed DER of RFC 8410.
  case notPEM(label: ByteString)
  /// A key of another purpose.
  case wrongPurpose(expected: KeyPurpose, found: KeyPurpose)
  /// The library did not sign.
  case signingFailed

  /// The problem in words: lower case, no final stop.
  ///
  /// Never holds a byte of a key.
  public var message: ByteString {
    switch self {
    case .notAKey: "not an Ed25519 key of 32 bytes"
    case .notPEM(let label):
      ByteString(Array("not a PEM file that holds one Ed25519 ".utf8) + label.bytes + Array(" and nothing else".utf8))
    case .wrongPurpose(let expected, let found):
      ByteString("a \(found.rawValue) key stands where a \(expected.rawValue) key is needed")
    case .signingFailed: "the key could not sign"
    }
  }
}

/// What a key is for.
///
/// A key has one purpose (SECURITY section 1.6).
public enum KeyPurpose: String, Hashable, Sendable, CaseIterable {
  /// Signs decision tokens.
  case mint
  /// Signs ledger checkpoints.
  case log
  /// Signs archives.
  case archive
}
