import ByteText
public import CaseModel

/// Tells who signed a file, given whose keys are whose (SECURITY sections 2.2 and 2.3).
///
/// Stricter than `ssh-keygen -Y verify`: a hardware key must have been touched, a key counts for one principal, and
/// signatures and lists are read as strictly as their readers say.
public struct FileSignatureVerifier: Sendable {
  private let entries: [[UInt8]: [AllowedSigners.Entry]]

  /// Verifies with the good lines of a list.
  public init(_ signers: AllowedSigners) {
    entries = Dictionary(grouping: signers.entries) { $0.key.blob }
  }

  /// Checks a detached signature: form, key type, namespace, listed, namespace listed, time, one principal, signature,
  /// touch; in this order.
  ///
  /// - Parameters:
  ///   - message: the signed file, byte for byte.
  ///   - armour: the `.sig` file.
  ///   - namespace: what it must have been signed for.
  ///   - now: the time of the run, in whole seconds. When a past decision is checked again: the time it was accepted.
  public func verify(
    message: [UInt8], armour: [UInt8], namespace: SSHNamespace = .decisions, at now: Instant
  ) -> Result<FileSigner, RefusedFileSignature> {
    let signature: SSHSignature
    do {
      signature = try SSHSignature(armour: armour)
    } catch {
      return .failure(RefusedFileSignature(error.message, hint: error.hint))
    }
    guard signature.namespace == namespace.text else {
      return .failure(Self.otherNamespace(signature.namespace, than: namespace))
    }
    let principal: ByteString
    switch self.principal(of: signature.publicKey, for: namespace, at: now) {
    case .failure(let refusal): return .failure(refusal)
    case .success(let found): principal = found
    }
    guard signature.holds(for: message) else {
      return .failure(
        RefusedFileSignature(
          "the signature does not hold", hint: "hand in file and signature as they were when it was signed"))
    }
    var identity = IdentityLevel.sshsig
    if let hardware = signature.proof.hardware {
      // ssh-keygen takes such signatures too, so a list checked with it proves no touch (SECURITY section 0).
      guard hardware.isTouched else {
        return .failure(
          RefusedFileSignature(
            "the hardware key was not touched when it signed",
            hint: "use a hardware key made without -O no-touch-required"))
      }
      identity = hardware.isVerified ? .sshsigPIN : .sshsigTouch
    }
    return .success(FileSigner(principal: principal, identity: identity, key: signature.publicKey))
  }

  /// Whose key it is for that purpose at that time, as the list says.
  private func principal(
    of key: SSHPublicKey, for namespace: SSHNamespace, at now: Instant
  ) -> Result<ByteString, RefusedFileSignature> {
    func refuse(_ detail: ByteString, hint: ByteString = "see keys/allowed_signers") -> Result<
      ByteString, RefusedFileSignature
    > {
      .failure(RefusedFileSignature("key " + key.fingerprint + detail, hint: hint))
    }
    guard let listed = entries[key.blob] else { return refuse(" is not listed") }
    let allowed = listed.filter { $0.allows(namespace) }
    guard !allowed.isEmpty else { return refuse(" is not listed for namespace " + namespace.text) }
    let now = Instant(seconds: now.seconds)
    let begun = allowed.filter { $0.validAfter.map { now >= $0 } ?? true }
    let current = begun.filter { $0.validBefore.map { now <= $0 } ?? true }
    if current.isEmpty {
      // The line that begins next says more than the one that ended.
      if let start = allowed.compactMap(\.validAfter).filter({ now < $0 }).min() {
        return refuse(" is not valid before " + start.rfc3339)
      }
      let end = begun.compactMap(\.validBefore).max()
      return refuse(" is no longer valid" + (end.map { " after " + $0.rfc3339 } ?? ""))
    }
    let principals = Set(current.flatMap(\.principals)).sorted()
    guard principals.count == 1, let principal = principals.first else {
      return refuse(
        " is listed for several principals: "
          + ByteString(Array(principals.map(\.bytes).joined(separator: [0x2C, 0x20]))),
        hint: "give every reviewer a key of their own")
    }
    return .success(principal)
  }

  private static func otherNamespace(_ found: ByteString, than expected: SSHNamespace) -> RefusedFileSignature {
    let name = SSHNamespace(found).map { "namespace " + $0.text } ?? "another namespace"
    return RefusedFileSignature(
      "signed for " + name + ", not for " + expected.text,
      hint: "sign with ssh-keygen -Y sign -n " + expected.text)
  }
}
