import ApprovalTokens
import ArgumentParser
import ByteText
import CaseModel

/// `keys`: the keys of the workspace.
struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "The keys of the workspace.", subcommands: [List.self], defaultSubcommand: List.self)

  /// `keys list`: every public key and its status.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List keys and their status.")
    @OptionGroup var general: GeneralOptions

    func run() throws {
      try CommandRun.run(general) { console in
        var options = general
        if options.at == nil { options.at = "1970-01-01T00:00:00Z" }
        let session = try Session(options, .reading, console)
        for entry in session.ring.keys {
          let status = ByteString(stringLiteral: entry.status.word)
          let purpose = ByteString(entry.purpose.rawValue)
          if console.isJSON {
            var members: [JSONTree.Member] = [
              .init("kid", .string(entry.kid)), .init("purpose", .string(purpose)), .init("status", .string(status)),
              .init("notBefore", .string(entry.notBefore.rfc3339)),
              .init("publicKey", .string(ByteString(Base64URL.encode(entry.key.bytes)))),
            ]
            if let end = entry.notAfter { members.append(.init("notAfter", .string(end.rfc3339))) }
            console.result(json: .object(members))
          } else {
            let padding = ByteString([UInt8](repeating: 0x20, count: max(1, 9 - purpose.count)))
            console.result(
              entry.kid + "  " + purpose + padding + status + "  since " + entry.notBefore.rfc3339)
          }
        }
        return .success
      }
    }
  }
}
