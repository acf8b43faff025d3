import ApprovalTokens
import ByteText
import CaseStore
import DecisionLedger
import DurableFiles

/// Why a run cannot go on: what to say, and with which status.
struct CommandFailure: Error {
  var status: ExitStatus
  var diagnostics: [Diagnostic]

  init(_ status: ExitStatus, _ message: ByteString, file: ByteString = "", hint: ByteString = "") {
    self.status = status
    diagnostics = [Diagnostic(.error, file: file, message: message, hint: hint)]
  }

  init(_ status: ExitStatus, _ diagnostics: [Diagnostic]) {
    self.status = status
    self.diagnostics = diagnostics
  }

  /// A failure of a file of the workspace.
  init(_ error: FileError) {
    let hint: ByteString =
      switch error.kind {
      case .full: "make room on the disk; nothing that was acknowledged is lost, run the command again"
      case .readOnly: "the disk is read-only"
      case .permission: "the files of a workspace belong to one user: run as that user"
      default: ""
      }
    self.init(error.kind == .permission ? .permission : .io, error.message, file: error.path, hint: hint)
  }

  /// A failure of the workspace as a whole.
  init(_ error: WorkspaceError) {
    switch error {
    case .notAWorkspace(let path):
      self.init(
        .configuration, "no countersign.yaml here: not a workspace", file: path,
        hint: "make one with: countersign init " + path + "   or name one with -C DIR")
    case .configuration(let mistakes): self.init(.configuration, mistakes.mistakes.map(\.diagnostic))
    case .file(let error): self.init(error)
    case .evidence(let name, let problem):
      self.init(
        .verificationFailed, problem, file: Workspace.Name.evidence + "/" + name,
        hint: "evidence never changes: restore the file from a backup")
    }
  }

  /// A ledger that does not hold together.
  init(_ error: Ledger.OpenError) {
    switch error {
    case .file(let error): self.init(error)
    case .fault(let fault):
      self.init(
        fault.reason == .newer ? .configuration : .verificationFailed,
        [
          Diagnostic(
            .error, file: fault.reason == .badCheckpoint ? Ledger.checkpointName : Ledger.fileName,
            record: fault.line == 0 ? nil : fault.line, message: fault.message,
            hint: fault.reason == .newer
              ? "use that version" : "restore ledger.jsonl and ledger.checkpoint from a backup")
        ])
    }
  }

  /// Whatever was thrown, as a failure.
  init(_ error: any Error) {
    switch error {
    case let failure as CommandFailure: self = failure
    case let error as FileError: self.init(error)
    case let error as WorkspaceError: self.init(error)
    case let error as Ledger.OpenError: self.init(error)
    case let error as KeyProblem: self.init(.failure, error.message)
    default: self.init(.failure, ByteString("unexpected failure: \(error)"))
    }
  }
}
