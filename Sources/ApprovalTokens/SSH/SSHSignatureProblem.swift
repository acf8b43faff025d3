public import ByteText

/// Why a text is no SSH signature that is taken here.
public enum SSHSignatureProblem: Error, Hashable, Sendable {
  /// Not of the form; what is wrong, lower case, no final stop.
  case malformed(ByteString)
  /// Made by a key of a type that is not supported, by name.
  case unsupportedKeyType(ByteString)

  /// The problem in words: lower case, no final stop.
  public var message: ByteString {
    switch self {
    case .malformed(let detail): "not an SSH signature: " + detail
    case .unsupportedKeyType(let name): SSHKeyProblem.unsupportedType(name).message
    }
  }

  /// What to do next: lower case, no final stop.
  public var hint: ByteString {
    switch self {
    case .malformed: "hand in the .sig file as ssh-keygen -Y sign made it"
    case .unsupportedKeyType(let name): SSHKeyProblem.unsupportedType(name).hint
    }
  }
}
