import ArgumentParser
import ByteText
import CaseModel
import CaseStore

/// `policy`: what it takes to decide.
struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy", abstract: "What it takes to decide.", subcommands: [Check.self],
    defaultSubcommand: Check.self)

  /// `policy check`: every mistake in configuration and policy, by line.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "Name every mistake in countersign.yaml by line, and what nobody could ever decide.")
    @OptionGroup var general: GeneralOptions

    func run() throws {
      try CommandRun.run(general) { console in
        var options = general
        if options.at == nil { options.at = "1970-01-01T00:00:00Z" }
        let session = try Session(options, .reading, console)
        let check = PolicyCheck(session.configuration, try session.allowedSigners())
        for diagnostic in check.findings { console.report(diagnostic) }
        let errors = check.findings.count { $0.severity == .error }
        let warnings = check.findings.count - errors
        if console.isJSON {
          console.result(json: ["errors": .int(errors), "ok": .bool(errors == 0), "warnings": .int(warnings)])
        } else if errors == 0 {
          let configuration = session.configuration
          console.result(
            "OK: " + counted(configuration.reviewers.count, "reviewer") + ", "
              + counted(configuration.policy.kinds.count, "kind") + " of action with rules of their own"
              + (warnings > 0 ? ", " + counted(warnings, "warning") : ""))
        } else {
          console.result(counted(errors, "mistake") + ", " + counted(warnings, "warning"))
        }
        return errors == 0 ? .success : .configuration
      }
    }
  }
}
