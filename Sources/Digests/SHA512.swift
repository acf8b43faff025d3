public import ByteText
import Crypto

/// A SHA-512 value (FIPS 180-4): 64 bytes.
public struct SHA512Digest: Hashable, Comparable, Sendable {
  /// The 64 bytes.
  public let bytes: [UInt8]

  init(_ digest: SHA512.Digest) {
    bytes = Array(digest)
  }

  /// Takes a value from a file or a command line; `nil` where it is not 64 bytes.
  public init?(bytes: [UInt8]) {
    guard bytes.count == SHA512.byteCount else { return nil }
    self.bytes = bytes
  }

  /// Reads 128 lower-case hexadecimal digits; `nil` for anything else.
  public init?(hex: ByteString) {
    guard let bytes = Hex.decode(hex.bytes) else { return nil }
    self.init(bytes: bytes)
  }

  /// 128 lower-case hexadecimal digits.
  public var hex: ByteString { ByteString(Hex.encode(bytes)) }

  /// 86 characters of unpadded base64url (RFC 4648 section 5).
  public var base64url: ByteString { ByteString(Base64URL.encode(bytes)) }

  /// Orders by bytes.
  public static func < (left: SHA512Digest, right: SHA512Digest) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}

/// SHA-512 of what is at hand.
public enum SHA512Sum {
  /// The value of the parts one after another, as if they were one text.
  ///
  /// Nothing separates them.
  public static func of(_ parts: [UInt8]...) -> SHA512Digest {
    var stream = SHA512Stream()
    for part in parts { stream.update(part) }
    return stream.finish()
  }
}

/// SHA-512 of what comes piece by piece.
public struct SHA512Stream: Sendable {
  private var state = SHA512()

  /// Starts with nothing.
  public init() {}

  /// Adds bytes.
  public mutating func update(_ bytes: [UInt8]) { state.update(data: bytes) }

  /// Adds bytes.
  public mutating func update(_ bytes: ArraySlice<UInt8>) { state.update(data: bytes) }

  /// The value of everything added so far; more may follow.
  public func finish() -> SHA512Digest { SHA512Digest(state.finalize()) }
}
