import ApprovalTokens
import ByteText
import CaseStore
import DecisionLedger
import DurableFiles

/// A head of the ledger from earlier, kept elsewhere: whoever has one can tell a ledger that was rewritten whole.
struct OlderHead {
  private let session: Session
  private let name: ByteString
  private let size: Int
  private let short: ByteString

  /// Takes an older `ledger.checkpoint`, or the text that pages and receipts print (`412 · 3fa9c1d2e4b5`).
  init(_ text: ByteString, _ session: Session) throws {
    self.session = session
    if let size = Checkpoint.size(short: text) {
      name = "--against"
      self.size = size
      short = text
      return
    }
    name = text
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try UserPath.open(text).readAll(limit: 1 << 16)
    } catch {
      throw CommandFailure(
        InputFiles.status(of: error), error.message, file: text,
        hint: "name an older ledger.checkpoint, or a head as pages print it")
    }
    guard let note = try? SignedNote(parsing: bytes), let checkpoint = Checkpoint(body: note.text) else {
      throw CommandFailure(.verificationFailed, "not a checkpoint", file: text)
    }
    guard checkpoint.origin == session.origin else {
      throw CommandFailure(
        .verificationFailed, "the checkpoint is of " + checkpoint.origin + ", this ledger is " + session.origin,
        file: text)
    }
    guard session.isSigned(note, at: checkpoint.size) else {
      throw CommandFailure(.verificationFailed, "no log key of this workspace signed the checkpoint", file: text)
    }
    size = checkpoint.size
    short = checkpoint.short
  }

  /// Checks that the ledger begins with what the head was made of.
  ///
  /// - Returns: the head as pages print it.
  func check() throws -> ByteString {
    guard let root = try Ledger.roots(session.workspace.root, at: [size])[size] else {
      throw CommandFailure(
        .verificationFailed, ByteString("the ledger is shorter than that head, which counts \(size) entries"),
        file: name,
        hint: "it was cut: restore ledger.jsonl from a backup")
    }
    guard Checkpoint(origin: session.origin, size: size, root: root).short == short else {
      throw CommandFailure(
        .verificationFailed, "the ledger does not continue that head: its first entries are others", file: name,
        hint: "it was rewritten: compare it with a backup")
    }
    return short
  }
}

/// The SSH signature over the checkpoint's file, for stock tools.
enum CheckpointSignature {
  /// Tells where it does not fit; the note in the checkpoint itself is what counts.
  static func check(_ session: Session) throws {
    let root = session.workspace.root
    guard try root.exists(Ledger.checkpointName) else { return }
    func note(_ message: ByteString) {
      session.console.report(
        Diagnostic(
          .note, file: Ledger.checkpointSignatureName, message: message, hint: "the next writing command makes it again"
        ))
    }
    guard try root.exists(Ledger.checkpointSignatureName) else { return note("missing") }
    let message = try root.read(Ledger.checkpointName, limit: 1 << 16)
    let armour = try root.read(Ledger.checkpointSignatureName, limit: 1 << 16)
    let holds = (try? SSHSignature(armour: armour)).map { signature in
      session.ring.keys.contains {
        $0.purpose == .log && signature.isMade(by: $0.key, over: message, for: .checkpoint)
      }
    }
    if holds != true { note("not of this checkpoint: a run was cut short before it was made again") }
  }
}
