import ArgumentParser
import ByteText
import CaseStore

/// `apply`: takes decisions back.
struct ApplyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply", abstract: "Verify and apply returned decisions; prints one receipt a line.")

  @OptionGroup var general: GeneralOptions
  @Argument(help: ArgumentHelp("Decisions files or folders of them; - is standard input.", valueName: "path"))
  var paths: [String]
  @Flag(name: [.customShort("n"), .long], help: "Say what would happen; change nothing.") var dryRun = false
  @Flag(help: "Do not bring the site up to date afterwards.") var noBuild = false

  func run() throws {
    try CommandRun.run(general) { console in
      let session = try Session(general, .writing, console)
      let ledger = try session.openLedger()
      try session.checkClock(ledger)
      var applying = ApplyRun(session, ledger, isDryRun: dryRun)
      for path in paths { try applying.read(ByteString(path)) }
      let status = try applying.finish()
      // Also where nothing was new: a run that was killed before its pages were made is finished by applying again.
      if !dryRun && !noBuild {
        let result = try BuildRun(session, ledger, BuildRun.Options()).run()
        try session.seal(ledger)
        result.report(console)
      }
      return status
    }
  }
}
