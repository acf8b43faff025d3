public import ByteText

/// A type of SSH key whose signatures are taken (SECURITY section 2.3).
public enum SSHKeyType: String, Hashable, Sendable, CaseIterable {
  /// Ed25519 (RFC 8709).
  case ed25519 = "ssh-ed25519"
  /// ECDSA on P-256 (RFC 5656).
  case ecdsaP256 = "ecdsa-sha2-nistp256"
  /// Ed25519 in a hardware key (OpenSSH PROTOCOL.u2f).
  case hardwareEd25519 = "sk-ssh-ed25519@openssh.com"
  /// ECDSA on P-256 in a hardware key (OpenSSH PROTOCOL.u2f).
  case hardwareECDSAP256 = "sk-ecdsa-sha2-nistp256@openssh.com"

  /// The name in keys, signatures and allowed_signers.
  public var name: ByteString { ByteString(rawValue) }

  /// Whether the key lives in hardware, which says with each signature whether it was touched.
  public var isHardware: Bool { self == .hardwareEd25519 || self == .hardwareECDSAP256 }

  /// The type of that name; `nil` for one that is not supported.
  init?(name: ArraySlice<UInt8>) {
    guard let type = Self.allCases.first(where: { $0.rawValue.utf8.elementsEqual(name) }) else { return nil }
    self = type
  }

  /// The name as a message may show it; `nil` where it is no name at all.
  ///
  /// It stands in texts that nobody vouches for.
  static func shown(_ name: ArraySlice<UInt8>) -> ByteString? {
    guard !name.isEmpty, name.count <= 64,
      name.allSatisfy({ ASCII.isAlphanumeric($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x40 || $0 == 0x5F })
    else { return nil }
    return ByteString(name)
  }
}
