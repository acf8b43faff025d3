import ArgumentParser
import ByteText
import CaseStore

/// `digest`: the daily triage mail.
struct DigestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "digest", abstract: "Write the daily triage mail of each reviewer into outbox/, or send it.")

  @OptionGroup var general: GeneralOptions
  @Option(help: ArgumentHelp("Only this reviewer.", valueName: "id")) var reviewer: String?
  @Option(help: ArgumentHelp("Tell what happened since: last, or a duration like 24h.", valueName: "last|duration"))
  var since = "last"
  @Option(help: ArgumentHelp("Write the mails here, instead of outbox/ in the workspace.", valueName: "dir")) var out:
    String?
  @Flag(help: "Hand each mail to the program of mail.sendmail.") var send = false
  @Option(
    help: ArgumentHelp("Send this mail of the outbox again; its id, or its Message-ID.", valueName: "id")) var resend:
    String?
  @Option(help: ArgumentHelp("Templates that replace the built-in ones, file by file.", valueName: "dir"))
  var templates: String?

  func run() throws {
    try CommandRun.run(general) { console in
      let options = try options()
      let session = try Session(general, .writing, console)
      let ledger = try session.openLedger()
      try session.checkClock(ledger)
      let status: ExitStatus
      if let resend {
        status = try DigestOutbox(session, ledger, options).resend(ByteString(resend))
      } else {
        _ = try Rejudgement.afterPolicyChange(session, ledger)
        status = try DigestRun(session, ledger, options).run()
      }
      try session.seal(ledger)
      return status
    }
  }

  private func options() throws -> DigestRun.Options {
    if out != nil && (send || resend != nil) {
      throw CommandFailure(.usage, "--out and --send exclude each other: what is sent lies in outbox/")
    }
    if resend != nil && (reviewer != nil || since != "last") {
      throw CommandFailure(
        .usage, "--resend takes neither --reviewer nor --since: it sends a mail as it lies in outbox/")
    }
    var options = DigestRun.Options()
    options.reviewer = reviewer.map { ByteString($0) }
    options.out = out.map { ByteString($0) }
    options.isSending = send
    options.templates = templates.map { ByteString($0) }
    if since != "last" {
      guard let length = Duration.milliseconds(ByteString(since)), length >= 1_000 else {
        throw CommandFailure(
          .usage, "--since: expected last, or a duration like 24h", hint: "countersign digest --since 24h")
      }
      options.since = Int64(length / 1_000)
    }
    return options
  }
}
