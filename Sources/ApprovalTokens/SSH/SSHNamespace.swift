public import ByteText

/// What an SSH signature is for (OpenSSH PROTOCOL.sshsig, *namespace*).
///
/// It is signed with the message, so that nothing signed for another purpose (a git commit, a login, another format of
/// ours) is ever taken.
public struct SSHNamespace: Hashable, Sendable {
  /// The namespace: printable ASCII without blanks, quotes, backslash, comma and the marks of patterns `*`, `?` and `!`.
  public let text: ByteString

  /// Decisions files that reviewers sign.
  public static let decisions = SSHNamespace(known: "decisions.v1@countersign")
  /// Ledger checkpoints that the log key signs.
  public static let checkpoint = SSHNamespace(known: "checkpoint.v1@countersign")
  /// Tag manifests of archives that the archive key signs.
  public static let archive = SSHNamespace(known: "archive.v1@countersign")

  /// Work orders, and the sums of their batches, that the log key signs.
  public static let orders = SSHNamespace(known: "orders.v1@countersign")

  /// Takes another namespace; `nil` where the text is empty, longer than 64 bytes or holds another byte.
  public init?(_ text: ByteString) {
    guard !text.isEmpty, text.count <= 64, text.bytes.allSatisfy(Self.isNameByte) else { return nil }
    self.text = text
  }

  private init(known text: ByteString) { self.text = text }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x22, 0x2A, 0x2C, 0x3F, 0x21, 0x5C: false
    default: byte > 0x20 && byte < 0x7F
    }
  }
}

extension SSHNamespace: CustomStringConvertible {
  /// The text.
  public var description: String { text.description }
}
