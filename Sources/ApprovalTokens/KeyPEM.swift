import ByteText

/// Ed25519 keys as PEM text (RFC 7468) of their DER (RFC 8410), which is a fixed prefix and 32 bytes.
///
/// Written and read here byte for byte: there is one spelling, and no ASN.1 reader to have opinions.
enum KeyPEM {
  /// What a PEM text holds.
  enum Kind {
    /// PKCS #8 PrivateKeyInfo, version 0, without attributes or public key: 48 bytes.
    case privateKey
    /// SubjectPublicKeyInfo: 44 bytes.
    case publicKey

    var label: ByteString {
      switch self {
      case .privateKey: "PRIVATE KEY"
      case .publicKey: "PUBLIC KEY"
      }
    }

    /// SEQUENCE, version, AlgorithmIdentifier 1.3.101.112 and the header of the key.
    var prefix: [UInt8] {
      switch self {
      case .privateKey:
        [0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20]
      case .publicKey:
        [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]
      }
    }
  }

  /// The DER of a key of 32 bytes.
  static func der(_ key: [UInt8], _ kind: Kind) -> [UInt8] { kind.prefix + key }

  /// The PEM text of a key of 32 bytes, with a line feed at its end.
  static func write(_ key: [UInt8], _ kind: Kind) -> [UInt8] {
    opening(kind) + Base64.encode(der(key, kind)) + closing(kind) + [0x0A]
  }

  /// Reads the 32 bytes.
  ///
  /// Takes what ``write(_:_:)`` makes, with or without the last line feed, and nothing else.
  static func read(_ text: [UInt8], _ kind: Kind) throws(KeyProblem) -> [UInt8] {
    let text = text.last == 0x0A ? text.dropLast() : text[...]
    let opening = opening(kind)
    let closing = closing(kind)
    guard text.count > opening.count + closing.count, text.starts(with: opening),
      text.suffix(closing.count) == closing[...],
      let der = Base64.decode(text.dropFirst(opening.count).dropLast(closing.count)),
      der.count == kind.prefix.count + 32, der.starts(with: kind.prefix)
    else { throw .notPEM(label: kind.label) }
    return Array(der.suffix(32))
  }

  private static func opening(_ kind: Kind) -> [UInt8] {
    Array("-----BEGIN ".utf8) + kind.label.bytes + Array("-----\n".utf8)
  }

  private static func closing(_ kind: Kind) -> [UInt8] {
    Array("\n-----END ".utf8) + kind.label.bytes + Array("-----".utf8)
  }
}
