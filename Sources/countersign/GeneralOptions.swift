import ArgumentParser
import ByteText

/// Options of every command; they may stand before or after it.
struct GeneralOptions: ParsableArguments {
  @Option(name: [.customShort("C"), .long], help: ArgumentHelp("The workspace folder.", valueName: "dir"))
  var workspace: String?

  @Option(help: ArgumentHelp("The time to take for now (RFC 3339, like 2026-11-23T09:12:00Z).", valueName: "time"))
  var at: String?

  @Flag(help: "Print results as JSON, one object a line.")
  var json = false

  @Flag(help: "Print results and errors only.")
  var quiet = false

  @Option(help: ArgumentHelp("How long to wait for another run, like 10s.", valueName: "duration"))
  var wait = "10s"

  @Flag(help: "Show no progress.")
  var noProgress = false

  /// Where the results go.
  var console: Console { Console(quiet: quiet, json: json, progress: !noProgress) }

  /// The workspace's folder: the option, else the environment, else the current folder.
  var workspacePath: ByteString { workspace.map { ByteString($0) } ?? Environment.workspace ?? "." }
}
