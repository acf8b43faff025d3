public import ByteText
public import CaseModel

/// Who signed a file: a listed key made the signature over exactly these bytes, for this purpose, in its time.
///
/// Only ``FileSignatureVerifier`` makes one. Whether the principal is a reviewer, and may decide, is judged afterwards.
public struct FileSigner: Hashable, Sendable {
  /// The reviewer's id that allowed_signers gives the key.
  public let principal: ByteString
  /// How sure it is: ``IdentityLevel/sshsig`` for keys in files, ``IdentityLevel/sshsigTouch`` and
  /// ``IdentityLevel/sshsigPIN`` for hardware keys.
  public let identity: IdentityLevel
  /// `SHA256:...`, as `ssh-keygen -l` prints it.
  public let fingerprint: ByteString
  /// The key's type.
  public let keyType: SSHKeyType

  init(principal: ByteString, identity: IdentityLevel, key: SSHPublicKey) {
    self.principal = principal
    self.identity = identity
    fingerprint = key.fingerprint
    keyType = key.type
  }
}

/// Why a file's signature proves nobody.
///
/// It refuses the whole file (SECURITY section 2.2).
public struct RefusedFileSignature: Error, Hashable, Sendable {
  /// The reason of the closed list (DESIGN section 5).
  public var code: RefusalCode { .badFileSignature }
  /// What is wrong: lower case, no final stop.
  ///
  /// Printable ASCII; of the refused text it holds at most names of 64 bytes and the key's fingerprint.
  public let detail: ByteString
  /// What to do next: lower case, no final stop; empty where there is nothing to say.
  public let hint: ByteString

  init(_ detail: ByteString, hint: ByteString = "") {
    self.detail = detail
    self.hint = hint
  }
}
