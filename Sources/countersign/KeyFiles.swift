import ApprovalTokens
import ByteText
import CaseModel
import CaseStore
import DurableFiles

/// The key files of a workspace (SECURITY section 1.6): private keys as PKCS#8 PEM that only their owner may read, and the
/// ring of all public keys.
struct KeyFiles {
  static let ringName: ByteString = "ring.json"
  static let signersName: ByteString = "allowed_signers"
  static let deploymentSignersName: ByteString = "deployment_signers"

  let folder: Folder

  init(_ workspace: Workspace) throws {
    folder = try workspace.folder(Workspace.Name.keys)
  }

  static func name(_ purpose: KeyPurpose) -> ByteString { ByteString("\(purpose.rawValue).pem") }

  /// The name under which a new key waits until ledger and ring know it.
  private static func nextName(_ purpose: KeyPurpose) -> ByteString { ByteString("\(purpose.rawValue).next.pem") }

  /// Reads a private key; refuses one that others may read, and a link.
  func signingKey(_ purpose: KeyPurpose) throws -> SigningKey { try signingKey(purpose, Self.name(purpose)) }

  /// The new key that a rotation has not put in its place yet; `nil` where there is none.
  func nextKey(_ purpose: KeyPurpose) throws -> SigningKey? {
    guard try folder.exists(Self.nextName(purpose)) else { return nil }
    return try? signingKey(purpose, Self.nextName(purpose))
  }

  /// Writes a new key beside the one in use, durably.
  func writeNext(_ key: SigningKey) throws {
    try folder.replace(Self.nextName(key.purpose), with: key.secretPEM(), mode: 0o600, durable: true)
  }

  /// Puts the new key in the place of the old one, which is gone then.
  func installNext(_ purpose: KeyPurpose) throws {
    try folder.rename(Self.nextName(purpose), to: Self.name(purpose))
    try folder.sync()
  }

  /// Drops a new key that nothing knows of.
  func removeNext(_ purpose: KeyPurpose) throws {
    try folder.remove(Self.nextName(purpose))
    try folder.sync()
  }

  private func signingKey(_ purpose: KeyPurpose, _ name: ByteString) throws -> SigningKey {
    let path = Workspace.Name.keys + "/" + name
    guard let info = try folder.info(name) else {
      throw CommandFailure(.io, "the key is missing", file: path, hint: "restore the folder keys/ from a backup")
    }
    guard info.isRegular else {
      throw CommandFailure(.permission, "not a regular file: a key may not be a link", file: path)
    }
    guard info.mode & 0o077 == 0 else {
      let mode = String(info.mode & 0o7777, radix: 8)
      throw CommandFailure(
        .permission, ByteString("mode 0\(mode): others may read the key"), file: path,
        hint: "chmod 600 " + path + "   and think about who may have read it")
    }
    do {
      return try SigningKey(pem: try folder.read(name, limit: 1 << 16), purpose: purpose)
    } catch let problem as KeyProblem {
      throw CommandFailure(.configuration, problem.message, file: path)
    }
  }

  /// Writes a new private key.
  func write(_ key: SigningKey) throws {
    let file = try folder.create(Self.name(key.purpose), mode: 0o600)
    try file.append(key.secretPEM())
    try file.sync()
    try file.close()
    try folder.sync()
  }

  func ring() throws -> KeyRing {
    let path = Workspace.Name.keys + "/" + Self.ringName
    do {
      return try KeyRing.parse(try folder.read(Self.ringName, limit: 1 << 20))
    } catch let problem as KeyRingProblem {
      throw CommandFailure(.configuration, problem.message, file: path)
    } catch let error as FileError where error.kind == .missing {
      throw CommandFailure(.io, "the key ring is missing", file: path, hint: "restore the folder keys/ from a backup")
    }
  }

  func write(_ ring: KeyRing) throws {
    try folder.replace(Self.ringName, with: ring.file, mode: 0o644, durable: true)
  }

  /// The log and archive keys in the form of ssh-keygen's allowed_signers, for checking what they signed with stock tools.
  func writeSigners(_ ring: KeyRing, principal: ByteString) throws {
    var text: [UInt8] = Array(
      "# Keys of this deployment, for ssh-keygen -Y verify. Made by countersign from ring.json.\n".utf8)
    for entry in ring.keys {
      let namespaces: ByteString
      switch entry.purpose {
      case .mint: continue
      case .log: namespaces = SSHNamespace.checkpoint.text + "," + SSHNamespace.orders.text
      case .archive: namespaces = SSHNamespace.archive.text
      }
      if case .revoked = entry.status { continue }
      text += principal.bytes + Array(" namespaces=\"".utf8) + namespaces.bytes + Array("\" ".utf8)
      text += entry.key.sshText.bytes + [0x20] + entry.kid.bytes + [0x0A]
    }
    try folder.compareAndReplace(Self.deploymentSignersName, text, mode: 0o644)
  }
}
