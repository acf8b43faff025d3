import ArgumentParser
import ByteText
import CaseModel
import CaseStore

/// `archive`: a sealed bag that verifies without us.
struct ArchiveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "archive", abstract: "Write a sealed, verifiable archive of investigations.")

  @OptionGroup var general: GeneralOptions
  @Option(help: ArgumentHelp("This investigation; its id, or the source's.", valueName: "id")) var investigation:
    [String] = []
  @Flag(help: "Every investigation.") var all = false
  @Flag(
    help: "Every investigation that is over: final, with nothing undecided or approved and still to be carried out.")
  var closed = false
  @Option(help: ArgumentHelp("With --closed: whose latest record is older.", valueName: "date")) var before: String?
  @Flag(help: "With --closed: take them out of the workspace once the archive verifies.") var prune = false
  @Option(help: ArgumentHelp("The archive's folder; it may not exist yet.", valueName: "dir")) var out: String
  @Flag(help: "Also write it as one DIR.tar.gz.") var tar = false
  @Option(help: ArgumentHelp("Replace recipients, subjects, comments: any of these, with commas.", valueName: "list"))
  var redact: String?
  @Option(help: ArgumentHelp("How many investigations to make at a time.", valueName: "n")) var jobs = 2

  func run() throws {
    try CommandRun.run(general) { console in
      let options = try options()
      let session = try Session(general, .sealing, console)
      let ledger = try session.openLedger()
      try session.settle(ledger)
      return try ArchiveRun(session, ledger, options).run()
    }
  }

  private func options() throws -> ArchiveRun.Options {
    let ways = [!investigation.isEmpty, all, closed].count { $0 }
    guard ways == 1 else {
      throw CommandFailure(.usage, "name what to archive: --investigation ID, --all, or --closed")
    }
    guard closed || before == nil && !prune else {
      throw CommandFailure(.usage, "--before and --prune go with --closed")
    }
    guard redact == nil || !prune else {
      throw CommandFailure(.usage, "--redact and --prune exclude each other: what is taken out must be kept whole")
    }
    guard jobs >= 1 && jobs <= 64 else { throw CommandFailure(.usage, "--jobs: expected a number from 1 to 64") }
    var options = ArchiveRun.Options(out: ByteString(out))
    options.chosen =
      all ? .all : closed ? .closed(before: try before.map(Self.day)) : .these(investigation.map { ByteString($0) })
    options.hasTar = tar
    options.isPruning = prune
    options.jobs = jobs
    if let redact {
      let words = redact.utf8.split(separator: 0x2C, omittingEmptySubsequences: false).map { ByteString(Array($0)) }
      for word in words where !Redaction.words.contains(word) {
        throw CommandFailure(
          .usage, "--redact: '" + word + "' is nothing that can be redacted",
          hint: "known: recipients, subjects, comments")
      }
      options.redacted = Redaction.words.filter(words.contains)
    }
    return options
  }

  /// Reads `2026-11-01`, or a whole time.
  private static func day(_ text: String) throws -> Instant {
    if let at = Instant(rfc3339: ByteString(text)) ?? Instant(rfc3339: ByteString(text + "T00:00:00Z")) { return at }
    throw CommandFailure(.usage, ByteString("--before: '\(text)' is not a date"), hint: "like 2026-11-01")
  }
}
