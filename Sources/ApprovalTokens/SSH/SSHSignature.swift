public import ByteText
import Digests

/// A detached SSH signature, taken apart but not trusted (OpenSSH PROTOCOL.sshsig; SECURITY section 2.3).
///
/// ```
/// blob   = "SSHSIG" | uint32 1 | string key | string namespace | string reserved | string hash name | string proof
/// signed = "SSHSIG" | string namespace | string "" | string hash name | string hash of the message
/// ```
///
/// The key in it is a claim: ``FileSignatureVerifier`` asks whether it is listed. Two different texts can be signatures of
/// one message by one key (ECDSA, `reserved`), so a signature identifies nothing.
public struct SSHSignature: Sendable {
  /// How the message was hashed.
  public enum Hash: String, Hashable, Sendable, CaseIterable {
    case sha256
    case sha512

    func digest(of message: [UInt8]) -> [UInt8] {
      switch self {
      case .sha256: SHA256Sum.of(message).bytes
      case .sha512: SHA512Sum.of(message).bytes
      }
    }
  }

  /// The key that claims to have signed.
  public let publicKey: SSHPublicKey
  /// What it was signed for; not empty, else whatever it says.
  public let namespace: ByteString
  /// How the message was hashed.
  public let hash: Hash

  let proof: SSHProof

  static let magic = Array("SSHSIG".utf8)
  static let version: UInt32 = 1

  /// Reads the text that `ssh-keygen -Y sign` writes, and nothing around it.
  public init(armour: [UInt8]) throws(SSHSignatureProblem) {
    try self.init(blob: SSHArmour.read(armour))
  }

  /// Reads the bytes within the text; nothing may follow.
  init(blob: [UInt8]) throws(SSHSignatureProblem) {
    var reader = SSHWireReader(blob)
    guard let magic = reader.take(Self.magic.count), magic.elementsEqual(Self.magic) else {
      throw .malformed("its bytes do not start with SSHSIG")
    }
    guard reader.uint32() == Self.version else { throw .malformed("its version is not 1") }
    // `reserved` is not looked at: OpenSSH signs an empty one whatever stands here.
    guard let key = reader.string(), let namespace = reader.string(), reader.string() != nil,
      let hashName = reader.string(), let proof = reader.string()
    else { throw .malformed("its bytes end too early") }
    guard reader.isAtEnd else { throw .malformed("bytes follow its end") }
    do {
      publicKey = try SSHPublicKey(blob: Array(key))
    } catch {
      switch error {
      case .malformed(let detail): throw .malformed("its key: " + detail)
      case .unsupportedType(let name): throw .unsupportedKeyType(name)
      }
    }
    guard !namespace.isEmpty else { throw .malformed("its namespace is empty") }
    guard let hash = Hash.allCases.first(where: { $0.rawValue.utf8.elementsEqual(hashName) }) else {
      throw .malformed("its hash is neither sha256 nor sha512")
    }
    self.namespace = ByteString(namespace)
    self.hash = hash
    self.proof = try SSHProof(proof, by: publicKey.type)
  }

  /// What a key signs for a message.
  static func signed(_ message: [UInt8], namespace: ByteString, hash: Hash) -> [UInt8] {
    magic + SSHWire.string(namespace.bytes) + SSHWire.string([]) + SSHWire.string(Array(hash.rawValue.utf8))
      + SSHWire.string(hash.digest(of: message))
  }

  /// Whether the key in the signature made it over the message; says nothing about whose key that is.
  func holds(for message: [UInt8]) -> Bool {
    guard
      let covered = proof.covered(
        Self.signed(message, namespace: namespace, hash: hash), application: publicKey.application)
    else { return false }
    return publicKey.isValid(signature: proof.signature, for: covered)
  }

  /// Whether one of our own keys made it over the message for that purpose.
  public func isMade(by key: VerifyingKey, over message: [UInt8], for namespace: SSHNamespace) -> Bool {
    publicKey.blob == key.sshBlob && self.namespace == namespace.text && holds(for: message)
  }
}

extension SSHSignature {
  /// Signs a message with one of our own keys; the text is what `ssh-keygen -Y sign` would write.
  ///
  /// SHA-512, lines of 70 characters, a line feed at the end. Deterministic on Linux: the same message, namespace and key
  /// give the same bytes.
  public static func armoured(
    signing message: [UInt8], namespace: SSHNamespace, with key: SigningKey
  ) throws(KeyProblem) -> [UInt8] {
    let hash = Hash.sha512
    let signature = try key.signature(of: signed(message, namespace: namespace.text, hash: hash))
    let proof = SSHWire.string(SSHKeyType.ed25519.name.bytes) + SSHWire.string(signature)
    return SSHArmour.write(
      magic + SSHWire.uint32(version) + SSHWire.string(key.verifyingKey.sshBlob) + SSHWire.string(namespace.text.bytes)
        + SSHWire.string([]) + SSHWire.string(Array(hash.rawValue.utf8)) + SSHWire.string(proof))
  }
}
