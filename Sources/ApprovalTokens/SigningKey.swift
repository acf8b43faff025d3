public import ByteText
import Crypto

/// An Ed25519 private key and what it is for.
///
/// No description, dump or debugger view of it shows the secret.
public struct SigningKey: Sendable {
  /// What the key is for.
  public let purpose: KeyPurpose
  /// Its public half.
  public let verifyingKey: VerifyingKey

  private let key: Curve25519.Signing.PrivateKey

  /// Makes a key of 32 random bytes (RFC 8032 section 5.1.5).
  ///
  /// Where they come from is the caller's.
  public init(seed: [UInt8], purpose: KeyPurpose) throws(KeyProblem) {
    guard seed.count == 32, let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
      throw .notAKey
    }
    self.key = key
    self.purpose = purpose
    verifyingKey = try VerifyingKey(bytes: Array(key.publicKey.rawRepresentation))
  }

  /// Reads `-----BEGIN PRIVATE KEY-----`: exactly the 48 bytes of RFC 8410, unencrypted.
  public init(pem: [UInt8], purpose: KeyPurpose) throws(KeyProblem) {
    try self.init(seed: KeyPEM.read(pem, .privateKey), purpose: purpose)
  }

  /// The id of its public half.
  public var kid: ByteString { verifyingKey.kid }

  /// The key as `-----BEGIN PRIVATE KEY-----` text.
  ///
  /// Secret: for the key file and nothing else.
  public func secretPEM() -> [UInt8] { KeyPEM.write(Array(key.rawRepresentation), .privateKey) }

  /// The signature of a message, 64 bytes; the same each time on Linux (RFC 8032 section 5.1.6).
  public func signature(of message: [UInt8]) throws(KeyProblem) -> [UInt8] {
    guard let signature = try? key.signature(for: message) else { throw .signingFailed }
    return Array(signature)
  }
}

extension SigningKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Purpose and id.
  public var description: String { "\(purpose.rawValue) key \(kid)" }

  /// The same: a debugger's console ends in tickets too.
  public var debugDescription: String { description }

  /// Without children, so that `dump` finds nothing.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
