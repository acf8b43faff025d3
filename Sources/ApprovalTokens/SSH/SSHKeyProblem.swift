public import ByteText

/// Why bytes are no SSH public key that is taken here.
public enum SSHKeyProblem: Error, Hashable, Sendable {
  /// Not of the form; what is wrong, lower case, no final stop.
  case malformed(ByteString)
  /// A key type that is not supported, by name.
  case unsupportedType(ByteString)

  /// The problem in words: lower case, no final stop.
  public var message: ByteString {
    switch self {
    case .malformed(let detail): "not an SSH public key: " + detail
    case .unsupportedType(let name): "key type " + name + " is not supported"
    }
  }

  /// What to do next: lower case, no final stop; empty where there is nothing to say.
  public var hint: ByteString {
    switch self {
    case .malformed: ""
    case .unsupportedType(let name):
      name.bytes.contains(Array("-cert-v01".utf8))
        ? "use the key itself, not a certificate for it"
        : "use a key of type ssh-ed25519, ecdsa-sha2-nistp256 or the sk- type of either"
    }
  }
}
