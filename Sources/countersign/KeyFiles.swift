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

  let folder: Folder

  init(_ workspace: Workspace) throws {
    folder = try workspace.folder(Workspace.Name.keys)
  }

  static func name(_ purpose: KeyPurpose) -> ByteString { ByteString("\(purpose.rawValue).pem") }

  /// Reads a private key; refuses one that others may read, and a link.
  func signingKey(_ purpose: KeyPurpose) throws -> SigningKey {
    let name = Self.name(purpose)
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
}
