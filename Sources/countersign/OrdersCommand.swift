import ArgumentParser
import ByteText
import CaseStore
import WorkOrders

/// `orders`: approved actions as orders for whoever carries them out.
struct OrdersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "orders", abstract: "Hand approved actions over: signed work orders, scripts and checklists.")

  @OptionGroup var general: GeneralOptions
  @Option(
    name: .customLong("format"),
    help: ArgumentHelp(
      "Only this form; may be repeated: json, cacao, openc2, stix, ocsf, graph, powershell, checklist.",
      valueName: "name")) var formats: [String] = []
  @Flag(help: "Every order that is open, also those handed over before.") var all = false
  @Option(help: ArgumentHelp("Write the batch here, instead of outbox/orders in the workspace.", valueName: "dir"))
  var out: String?

  func run() throws {
    try CommandRun.run(general) { console in
      var options = OrdersRun.Options()
      options.isAll = all
      options.out = out.map { ByteString($0) }
      if !formats.isEmpty { options.formats = try Set(formats.map(Self.format)) }
      let session = try Session(general, .writing, console)
      let ledger = try session.openLedger()
      try session.checkClock(ledger)
      let status = try OrdersRun(session, ledger, options).run()
      try session.seal(ledger)
      return status
    }
  }

  private static func format(_ name: String) throws -> OrderFormat {
    guard let format = OrderFormat(rawValue: name) else {
      let known = OrderFormat.allCases.map { ByteString($0.rawValue) }
      throw CommandFailure(
        .usage, ByteString("--format: no form is called '\(name)'"),
        hint: "one of " + ByteString(Array(known.map(\.bytes).joined(separator: [0x2C, 0x20]))))
    }
    return format
  }
}
