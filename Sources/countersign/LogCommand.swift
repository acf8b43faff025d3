import ArgumentParser
import ByteText
import CaseModel
import DecisionLedger

/// `log`: the ledger as text.
struct LogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "log", abstract: "Print the ledger as text.")

  @OptionGroup var general: GeneralOptions
  @Option(name: [.customShort("n"), .long], help: "Only the last so many entries.") var last: Int?

  func run() throws {
    try CommandRun.run(general) { console in
      var options = general
      // The ledger carries its own times: no present is needed to read it.
      if options.at == nil { options.at = "1970-01-01T00:00:00Z" }
      let session = try Session(options, .reading, console)
      let (reading, _) = try session.readLedger()
      let first = last.map { reading.count - $0 } ?? 0
      _ = try session.readLedger { entry in
        guard entry.number > first else { return }
        if console.isJSON {
          console.result(json: [
            "body": entry.body, "n": .int(entry.number), "t": .string(entry.at.rfc3339),
            "type": .string(ByteString(entry.kind.rawValue)),
          ])
        } else {
          console.result(LedgerWords.line(entry))
        }
      }
      return .success
    }
  }
}
