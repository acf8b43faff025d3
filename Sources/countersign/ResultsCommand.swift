import ArgumentParser
import ByteText
import CaseStore

/// `results`: what came of the orders.
struct ResultsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "results", abstract: "Read back what came of the orders: result files, histories, newer exports.")

  @OptionGroup var general: GeneralOptions
  @Argument(help: ArgumentHelp("Result files, exports or folders of them; - is standard input.", valueName: "path"))
  var paths: [String]

  func run() throws {
    try CommandRun.run(general) { console in
      let session = try Session(general, .writing, console)
      let ledger = try session.openLedger()
      try session.checkClock(ledger)
      var run = try ResultsRun(session, ledger)
      for path in paths { try run.read(ByteString(path)) }
      let status = try run.finish()
      try session.seal(ledger)
      return status
    }
  }
}
