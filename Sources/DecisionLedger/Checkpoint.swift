public import ByteText
public import Digests

/// The head of a ledger in C2SP tlog-checkpoint form: origin, size and root hash, a line each.
///
/// Signed as a note beside it.
public struct Checkpoint: Hashable, Sendable {
  /// The log's name: `countersign/` and the issuer.
  public var origin: ByteString
  /// The number of entries.
  public var size: Int
  /// RFC 6962 root over the lines.
  public var root: SHA256Digest

  /// Makes a checkpoint.
  public init(origin: ByteString, size: Int, root: SHA256Digest) {
    self.origin = origin
    self.size = size
    self.root = root
  }

  /// The body that is signed.
  public var body: [UInt8] {
    origin.bytes + [0x0A] + Array(String(size).utf8) + [0x0A] + Base64.encode(root.bytes) + [0x0A]
  }

  /// Reads a body.
  ///
  /// Strict: it must be exactly what ``body`` writes.
  public init?(body: [UInt8]) {
    let lines = body.split(separator: 0x0A, omittingEmptySubsequences: false)
    guard lines.count == 4, lines[3].isEmpty, let size = ASCII.decimal(lines[1]),
      let hash = Base64.decode(lines[2]), let root = SHA256Digest(bytes: hash)
    else { return nil }
    self.init(origin: ByteString(lines[0]), size: size, root: root)
    guard self.body == body else { return nil }
  }

  /// The number of entries in a head as pages print it; `nil` where the text is none.
  public static func size(short text: ByteString) -> Int? {
    let digits = text.bytes.prefix { ASCII.isDigit($0) }
    let rest = text.bytes.dropFirst(digits.count)
    guard rest.count == 16, rest.starts(with: " · ".utf8), rest.suffix(12).allSatisfy({ ASCII.isHexDigit($0) }) else {
      return nil
    }
    return ASCII.decimal(digits)
  }

  /// What pages and receipts print: size and the first twelve hex digits of the root.
  public var short: ByteString { ByteString("\(size) · ") + ByteString(root.hex.bytes[0..<12]) }
}
