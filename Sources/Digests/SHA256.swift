public import ByteText
import Crypto

/// A SHA-256 value (FIPS 180-4): 32 bytes.
public struct SHA256Digest: Hashable, Comparable, Sendable {
  /// The 32 bytes.
  public let bytes: [UInt8]

  init(_ digest: SHA256.Digest) {
    bytes = Array(digest)
  }

  /// Takes a value from a file or a command line; `nil` where it is not 32 bytes.
  public init?(bytes: [UInt8]) {
    guard bytes.count == SHA256.byteCount else { return nil }
    self.bytes = bytes
  }

  /// Reads 64 lower-case hexadecimal digits; `nil` for anything else.
  public init?(hex: ByteString) {
    guard let bytes = Hex.decode(hex.bytes) else { return nil }
    self.init(bytes: bytes)
  }

  /// 64 lower-case hexadecimal digits.
  public var hex: ByteString { ByteString(Hex.encode(bytes)) }

  /// 43 characters of unpadded base64url (RFC 4648 section 5).
  public var base64url: ByteString { ByteString(Base64URL.encode(bytes)) }

  /// Orders by bytes.
  public static func < (left: SHA256Digest, right: SHA256Digest) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}

/// SHA-256 of what is at hand.
public enum SHA256Sum {
  /// The value of the parts one after another, as if they were one text.
  ///
  /// Nothing separates them.
  public static func of(_ parts: [UInt8]...) -> SHA256Digest {
    var stream = SHA256Stream()
    for part in parts { stream.update(part) }
    return stream.finish()
  }
}

/// SHA-256 of what comes piece by piece.
public struct SHA256Stream: Sendable {
  private var state = SHA256()

  /// Starts with nothing.
  public init() {}

  /// Adds bytes.
  public mutating func update(_ bytes: [UInt8]) { state.update(data: bytes) }

  /// Adds bytes.
  public mutating func update(_ bytes: ArraySlice<UInt8>) { state.update(data: bytes) }

  /// The value of everything added so far; more may follow.
  public func finish() -> SHA256Digest { SHA256Digest(state.finalize()) }
}
