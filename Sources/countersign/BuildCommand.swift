import ArgumentParser
import ByteText
import CaseStore
import DurableFiles

/// `build`: brings the site, or one reviewer's pack, up to date.
struct BuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build", abstract: "Bring the review site up to date; writes only what changed.")

  @OptionGroup var general: GeneralOptions
  @Option(help: ArgumentHelp("Where to build it, instead of site/ in the workspace.", valueName: "dir")) var out:
    String?
  @Option(help: ArgumentHelp("Build this reviewer's own pack.", valueName: "id")) var reviewer: String?
  @Flag(help: "Make every page again, in a fresh tree that replaces the old one.") var full = false
  @Option(help: ArgumentHelp("How many pages to make at a time.", valueName: "n")) var jobs = 2
  @Option(help: ArgumentHelp("Templates that replace the built-in ones, file by file.", valueName: "dir"))
  var templates: String?
  @Option(
    name: .customLong("single-file"),
    help: ArgumentHelp("Put the whole site into this one HTML file instead.", valueName: "file")) var singleFile:
    String?

  func run() throws {
    try CommandRun.run(general) { console in
      guard jobs >= 1 && jobs <= 64 else { throw CommandFailure(.usage, "--jobs: expected a number from 1 to 64") }
      guard singleFile == nil || out == nil else {
        throw CommandFailure(.usage, "--single-file and --out exclude each other")
      }
      let session = try Session(general, .writing, console)
      let ledger = try session.openLedger()
      try session.checkClock(ledger)
      let judged = try Rejudgement.afterPolicyChange(session, ledger)
      var options = BuildRun.Options()
      options.out = out.map { ByteString($0) }
      options.reviewer = reviewer.map { ByteString($0) }
      options.isFull = full
      options.jobs = jobs
      options.templates = templates.map { ByteString($0) }
      if let singleFile {
        try SingleFileRun(session, ledger, options).run(ByteString(singleFile))
        try session.seal(ledger)
        Rejudgement.report(judged, session.console)
        return .success
      }
      let result = try BuildRun(session, ledger, options).run()
      try session.seal(ledger)
      result.report(session.console, judged: judged)
      return .success
    }
  }
}
