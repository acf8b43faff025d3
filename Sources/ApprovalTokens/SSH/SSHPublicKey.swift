public import ByteText
import Crypto
import Digests

/// A public key in the form SSH gives it (RFC 4253 section 6.6, RFC 5656, RFC 8709, OpenSSH PROTOCOL.u2f).
///
/// ```
/// ssh-ed25519                         string type | string key, 32 bytes
/// ecdsa-sha2-nistp256                 string type | string "nistp256" | string point, 65 bytes from 0x04
/// sk-ssh-ed25519@openssh.com          as ssh-ed25519 | string application
/// sk-ecdsa-sha2-nistp256@openssh.com  as ecdsa-sha2-nistp256 | string application
/// ```
public struct SSHPublicKey: Sendable {
  /// The key's type.
  public let type: SSHKeyType
  /// The key's bytes as above.
  public let blob: [UInt8]
  /// For which application a hardware key was made, usually `ssh:`; empty for other keys.
  public let application: ByteString

  private let curve: Curve

  private enum Curve: Sendable {
    case ed25519(Curve25519.Signing.PublicKey)
    case p256(P256.Signing.PublicKey)
  }

  /// Reads the bytes; nothing may follow.
  public init(blob: [UInt8]) throws(SSHKeyProblem) {
    var reader = SSHWireReader(blob)
    guard let name = reader.string() else { throw .malformed("it ends too early") }
    guard let type = SSHKeyType(name: name) else {
      guard let shown = SSHKeyType.shown(name) else { throw .malformed("its type is no name") }
      throw .unsupportedType(shown)
    }
    switch type {
    case .ed25519, .hardwareEd25519: curve = try Self.ed25519(&reader)
    case .ecdsaP256, .hardwareECDSAP256: curve = try Self.p256(&reader)
    }
    var application: ArraySlice<UInt8> = []
    if type.isHardware {
      guard let found = reader.string() else { throw .malformed("it ends too early") }
      // OpenSSH hashes it as text that ends at the first NUL.
      guard !found.contains(0) else { throw .malformed("its application holds a NUL") }
      application = found
    }
    guard reader.isAtEnd else { throw .malformed("bytes follow it") }
    self.type = type
    self.blob = blob
    self.application = ByteString(application)
  }

  /// Reads type and base64 text as they stand in public key files and allowed_signers.
  public init(typeName: ArraySlice<UInt8>, base64: ArraySlice<UInt8>) throws(SSHKeyProblem) {
    if SSHKeyType(name: typeName) == nil, let shown = SSHKeyType.shown(typeName) { throw .unsupportedType(shown) }
    guard let blob = Base64.decode(base64) else { throw .malformed("its text is not base64") }
    try self.init(blob: blob)
    guard type.name.bytes == Array(typeName) else { throw .malformed("its bytes are of another type") }
  }

  private static func ed25519(_ reader: inout SSHWireReader) throws(SSHKeyProblem) -> Curve {
    guard let bytes = reader.string() else { throw .malformed("it ends too early") }
    guard bytes.count == 32, let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else {
      throw .malformed("not the 32 bytes of an Ed25519 key")
    }
    return .ed25519(key)
  }

  private static func p256(_ reader: inout SSHWireReader) throws(SSHKeyProblem) -> Curve {
    guard let curve = reader.string(), let point = reader.string() else { throw .malformed("it ends too early") }
    guard curve.elementsEqual("nistp256".utf8) else { throw .malformed("its curve is not nistp256") }
    // Only the uncompressed form, so that a key has one spelling.
    guard point.count == 65, point.first == 0x04, let key = try? P256.Signing.PublicKey(x963Representation: point)
    else { throw .malformed("not an uncompressed point of P-256") }
    return .p256(key)
  }

  /// `SHA256:` and 43 characters of base64 without padding, as `ssh-keygen -l` prints it.
  public var fingerprint: ByteString {
    let digest = Base64.encode(SHA256Sum.of(blob).bytes)
    return ByteString(Array("SHA256:".utf8) + digest.prefix { $0 != 0x3D })
  }

  /// `type base64`, as public key files and allowed_signers have it, without comment.
  public var text: ByteString { type.name + " " + ByteString(Base64.encode(blob)) }

  /// Whether 64 bytes are the key's signature of what was signed: R and S of RFC 8032, or r and s of ECDSA with SHA-256.
  func isValid(signature: [UInt8], for signed: [UInt8]) -> Bool {
    guard signature.count == 64 else { return false }
    switch curve {
    case .ed25519(let key): return key.isValidSignature(signature, for: signed)
    case .p256(let key):
      guard let pair = try? P256.Signing.ECDSASignature(rawRepresentation: signature) else { return false }
      return key.isValidSignature(pair, for: signed)
    }
  }
}

extension SSHPublicKey: Hashable {
  /// Equal where the bytes are.
  public static func == (left: SSHPublicKey, right: SSHPublicKey) -> Bool { left.blob == right.blob }

  /// Hashes the bytes.
  public func hash(into hasher: inout Hasher) { hasher.combine(blob) }
}

extension VerifyingKey {
  /// The key's bytes as ``SSHPublicKey`` has them: 51.
  var sshBlob: [UInt8] { SSHWire.string(SSHKeyType.ed25519.name.bytes) + SSHWire.string(bytes) }

  /// `ssh-ed25519 AAAA...`: the key as ssh-keygen and allowed_signers take it, without comment and line end.
  public var sshText: ByteString { SSHKeyType.ed25519.name + " " + ByteString(Base64.encode(sshBlob)) }
}
