import ArgumentParser
import ByteText

/// The command: one binary, no server, no network.
struct Countersign: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "countersign",
    abstract: "Review remediation actions offline: exports in, review site out, decisions back.",
    discussion: """
      Opening any link decides nothing. A decision is a file that a person made and handed back.

      General options (-C DIR, --at TIME, --json, --quiet, --wait DURATION, --no-progress) may stand before or after the
      command.

      Exit status: 0 done; 1 failure; 3 a verification failed; 4 some record or row was refused; 64 usage; 65 nothing usable
      in the input; 66 a named path is missing; 73 cannot create; 74 input or output; 77 permission; 78 configuration.
      """,
    version: version,
    subcommands: [
      InitCommand.self, ImportCommand.self, BuildCommand.self, DigestCommand.self, RunCommand.self,
      ApplyCommand.self, OrdersCommand.self, ResultsCommand.self, StatusCommand.self, LogCommand.self,
      ExplainCommand.self, DecideCommand.self, PolicyCommand.self, KeysCommand.self, VerifyCommand.self,
      ArchiveCommand.self,
      DoctorCommand.self, SchemaCommand.self,
    ])
}

/// Usage errors in the shape of all others.
enum UsageErrors {
  /// Prints what the parser found.
  ///
  /// - Returns: the process's exit status.
  static func report(_ error: any Error) -> Int32 {
    let code = Countersign.exitCode(for: error)
    if error is ExitCode { return code.rawValue }
    let message = Countersign.message(for: error)
    let console = Console(quiet: false, json: false, progress: false)
    if code == .success {
      // Help and version.
      console.result(raw: Array(Countersign.fullMessage(for: error).utf8) + [0x0A])
      return 0
    }
    var text = Array(message.utf8)
    if let first = text.first, first >= 0x41, first <= 0x5A, text.count > 1, text[1] > 0x5A || text[1] == 0x20 {
      text[0] = first | 0x20
    }
    while let last = text.last, last == 0x2E || last == 0x0A { text.removeLast() }
    let lines = text.split(separator: 0x0A)
    console.report(
      Diagnostic(
        .error, message: ByteString(lines.first ?? []), hint: "countersign help, or countersign help COMMAND"))
    return code.rawValue
  }
}
