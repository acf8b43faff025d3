public import ByteText
import Crypto
import Digests

/// An Ed25519 public key (RFC 8032).
public struct VerifyingKey: Hashable, Sendable {
  /// The 32 bytes of RFC 8032.
  public let bytes: [UInt8]
  /// The key's id: the first 8 characters of b64url(SHA-256 of its SubjectPublicKeyInfo).
  ///
  /// A hint, never a proof.
  public let kid: ByteString

  private let key: Curve25519.Signing.PublicKey

  /// Takes the 32 bytes of RFC 8032.
  public init(bytes: [UInt8]) throws(KeyProblem) {
    guard bytes.count == 32, let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else {
      throw .notAKey
    }
    self.bytes = bytes
    self.key = key
    kid = ByteString(SHA256Sum.of(KeyPEM.der(bytes, .publicKey)).base64url.bytes.prefix(8))
  }

  /// Reads `-----BEGIN PUBLIC KEY-----`: exactly the 44 bytes of RFC 8410.
  public init(pem: [UInt8]) throws(KeyProblem) {
    try self.init(bytes: KeyPEM.read(pem, .publicKey))
  }

  /// The key as `-----BEGIN PUBLIC KEY-----` text, which openssl and every other tool read.
  public var pem: [UInt8] { KeyPEM.write(bytes, .publicKey) }

  /// The key's SubjectPublicKeyInfo (RFC 8410), 44 bytes of DER.
  public var subjectPublicKeyInfo: [UInt8] { KeyPEM.der(bytes, .publicKey) }

  /// Whether 64 bytes are the key's signature of a message.
  public func isValid(signature: [UInt8], for message: [UInt8]) -> Bool {
    signature.count == 64 && key.isValidSignature(signature, for: message)
  }

  /// Equal where the 32 bytes are.
  public static func == (left: VerifyingKey, right: VerifyingKey) -> Bool { left.bytes == right.bytes }

  /// Hashes the 32 bytes.
  public func hash(into hasher: inout Hasher) { hasher.combine(bytes) }
}
