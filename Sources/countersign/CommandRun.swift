import ArgumentParser
import ByteText

/// Runs a command's work and turns how it ended into words and an exit status.
enum CommandRun {
  static func run(_ options: GeneralOptions, _ body: (Console) throws -> ExitStatus) throws {
    let console = options.console
    var status: ExitStatus
    do {
      status = try body(console)
    } catch {
      let failure = CommandFailure(error)
      console.flush()
      for diagnostic in failure.diagnostics { console.report(diagnostic) }
      status = failure.status
    }
    console.flush()
    if console.failure != nil {
      console.report(
        Diagnostic(
          .error, message: "the results could not be written to standard output",
          hint: "what the command did is done; see countersign log"))
      status = status.merged(with: .io)
    }
    guard status == .success else { throw ExitCode(status.rawValue) }
  }
}
