import ArgumentParser
import ByteText
import CaseStore

/// `import`: adds evidence.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Add exports to the evidence; prints where every record went.")

  @OptionGroup var general: GeneralOptions
  @Argument(help: ArgumentHelp("Export files or folders; - is standard input.", valueName: "path")) var paths: [String]
  @Flag(help: "Let any refused record fail the run: nothing is added.") var strict = false

  func run() throws {
    try CommandRun.run(general) { console in
      let session = try Session(general, .writing, console)
      let ledger = try session.openLedger()
      try session.checkClock(ledger)
      var importing = try ImportRun(session, ledger, strict: strict)
      for path in paths { try importing.read(ByteString(path)) }
      return try importing.finish()
    }
  }
}
