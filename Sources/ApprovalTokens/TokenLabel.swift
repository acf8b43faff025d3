public import ByteText
import Digests

/// What stands for a token in messages, receipts and logs: enough to find it, too little to use it.
///
/// A token decides; whoever reads a message must not be able to hand one back (DESIGN section 6).
public struct TokenLabel: Hashable, Sendable {
  /// The label's text, ASCII.
  public let text: ByteString

  /// Names a token whose signature held: `kid/first eight of jti`.
  init(kid: ByteString, jti: ByteString) {
    text = ByteString(kid.bytes + [0x2F] + jti.bytes.prefix(8))
  }

  /// Names a text that is no token we know: its length and the first eight digits of its SHA-256.
  init(unverified token: [UInt8]) {
    let sum = SHA256Sum.of(token).hex.bytes.prefix(8)
    text = ByteString(Array("unverified, \(token.count) bytes, sha256 ".utf8) + sum)
  }
}

extension TokenLabel: CustomStringConvertible {
  /// The label's text.
  public var description: String { text.description }
}
