import ArgumentParser
import ByteText
import CaseStore

/// `run`: the daily job in one command, under one lock: import, build, digest.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "The daily job: import, build the site, write or send the digests.")

  @OptionGroup var general: GeneralOptions
  @Argument(help: ArgumentHelp("Export files or folders; - is standard input.", valueName: "path")) var paths: [String]
  @Flag(help: "Hand each mail to the program of mail.sendmail.") var send = false

  func run() throws {
    try CommandRun.run(general) { console in
      let session = try Session(general, .writing, console)
      let ledger = try session.openLedger()
      try session.checkClock(ledger)
      var importing = try ImportRun(session, ledger, strict: false)
      for path in paths { try importing.read(ByteString(path)) }
      // What was refused is told; what is there already is still worth a site and a mail.
      var status = try importing.finish(isLast: false)
      let result = try BuildRun(session, ledger, BuildRun.Options()).run()
      try session.seal(ledger)
      result.report(console)
      if session.configuration.mail.from == nil {
        if send { status = status.merged(with: .configuration) }
        console.report(
          Diagnostic(
            send ? .error : .note, file: Configuration.fileName, message: "mail.from: missing; no digest is made",
            hint: "add a line like: mail: {from: triage@example.org, decisions_to: decisions@example.org}"))
        return status
      }
      var options = DigestRun.Options()
      options.isSending = send
      status = status.merged(with: try DigestRun(session, ledger, options).run())
      try session.seal(ledger)
      return status
    }
  }
}
