import ArgumentParser
import ByteText

/// `schema`: prints a JSON Schema.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print a JSON Schema; without a name the names there are.")

  @OptionGroup var general: GeneralOptions
  @Argument(help: "The schema's name.") var name: String?

  func run() throws {
    try CommandRun.run(general) { console in
      guard let name else {
        for schema in Schemas.all { console.result(schema.name) }
        return .success
      }
      guard let schema = Schemas.all.first(where: { $0.name == ByteString(name) }) else {
        throw CommandFailure(
          .usage, ByteString("there is no schema '\(name)'"),
          hint: "known: " + ByteString(Array(Schemas.all.map(\.name.bytes).joined(separator: [0x2C, 0x20]))))
      }
      console.result(raw: schema.bytes)
      return .success
    }
  }
}
