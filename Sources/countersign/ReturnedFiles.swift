import ByteText
import CaseStore
import DecisionLedger
import Digests
import DurableFiles

/// The returned files that the ledger names.
enum ReturnedFiles {
  /// Checks that every one, and every signature, is there and is what it was.
  ///
  /// A file that cannot be read is no finding: that is thrown as it is.
  static func check(_ session: Session, _ state: LedgerState) throws {
    let folder = try session.workspace.folder(Workspace.Name.returned)
    for name in state.returned.sorted() + state.signatures.sorted().map({ $0 + ".sig" }) {
      _ = try read(name, in: folder)
    }
  }

  /// Reads one, and makes sure that it is what it was.
  static func read(_ name: ByteString, in folder: Folder) throws -> [UInt8] {
    let path = Workspace.Name.returned + "/" + name
    guard try folder.exists(name) else { throw changed("the file is missing", path) }
    let bytes = try folder.read(name, limit: 64 << 20)
    guard SHA256Sum.of(bytes).hex == ByteString(name.bytes.prefix(64)) else {
      throw changed("the file was changed: its SHA-256 is not its name", path)
    }
    return bytes
  }

  /// Keeps one, durable before anything is said about it; one that is there stays as it is.
  static func keep(_ bytes: [UInt8], as name: ByteString, _ session: Session) throws {
    let folder = try session.workspace.folder(Workspace.Name.returned)
    if try folder.exists(name) { return }
    try folder.replace(name, with: bytes, mode: 0o600, durable: true)
  }

  private static func changed(_ message: ByteString, _ path: ByteString) -> CommandFailure {
    CommandFailure(
      .verificationFailed, message, file: path, hint: "returned files never change: restore it from a backup")
  }
}
