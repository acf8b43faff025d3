import ByteText
import CaseStore
import DecisionLedger
import Digests
import DurableFiles

/// The returned files that the ledger names.
enum ReturnedFiles {
  /// Checks that every one is there and is what it was.
  static func check(_ session: Session, _ state: LedgerState) throws {
    let folder = try session.workspace.folder(Workspace.Name.returned)
    for name in state.returned.sorted() {
      let path = Workspace.Name.returned + "/" + name
      do throws(FileError) {
        let bytes = try folder.read(name, limit: 64 << 20)
        guard SHA256Sum.of(bytes).hex == name else {
          throw FileError(path: path, operation: "verify", errno: 0)
        }
      } catch {
        throw CommandFailure(
          .verificationFailed,
          error.kind == .missing ? "the file is missing" : "the file was changed: its SHA-256 is not its name",
          file: path,
          hint: "returned files never change: restore it from a backup")
      }
    }
  }
}
