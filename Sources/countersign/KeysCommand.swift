import ApprovalTokens
import ArgumentParser
import ByteText
import CaseModel

/// `keys`: the keys of the workspace.
struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "The keys of the workspace.",
    subcommands: [List.self, Rotate.self, Retire.self, Revoke.self], defaultSubcommand: List.self)

  /// `keys list`: every public key and its status.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List keys and their status.")
    @OptionGroup var general: GeneralOptions

    func run() throws {
      try CommandRun.run(general) { console in
        var options = general
        if options.at == nil { options.at = "1970-01-01T00:00:00Z" }
        let session = try Session(options, .reading, console)
        for entry in session.ring.keys { KeysCommand.show(entry, console) }
        return .success
      }
    }
  }

  /// `keys rotate`: a new key in the place of the active one, which is retired.
  struct Rotate: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rotate", abstract: "Make a new key and retire the active one: what that signed still holds.")
    @OptionGroup var general: GeneralOptions
    @Argument(help: "mint, log or archive.") var purpose: String

    func run() throws {
      try CommandRun.run(general) { console in
        guard let purpose = KeyPurpose.allCases.first(where: { ByteString($0.rawValue) == ByteString(purpose) }) else {
          throw CommandFailure(.usage, "expected mint, log or archive")
        }
        return try KeysCommand.change(general, console) { try $0.rotate(purpose) }
      }
    }
  }

  /// `keys retire`: a key that is not the active one signs no more.
  struct Retire: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "retire", abstract: "Retire a key: it signs no more, and what it signed still holds.")
    @OptionGroup var general: GeneralOptions
    @Argument(help: "The key's id, see keys list.") var kid: String

    func run() throws {
      try CommandRun.run(general) { console in
        try KeysCommand.change(general, console) { try $0.retire(ByteString(kid)) }
      }
    }
  }

  /// `keys revoke`: what the key signed, and was not taken yet, is refused from here on.
  struct Revoke: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "revoke",
      abstract: "Revoke a key that got into other hands; a new one takes the place of an active one.")
    @OptionGroup var general: GeneralOptions
    @Argument(help: "The key's id, see keys list.") var kid: String

    func run() throws {
      try CommandRun.run(general) { console in
        try KeysCommand.change(general, console) { try $0.revoke(ByteString(kid)) }
      }
    }
  }

  private static func change(
    _ options: GeneralOptions, _ console: Console, _ change: (inout KeyRotation) throws -> Void
  ) throws -> ExitStatus {
    let session = try Session(options, .writing, console)
    let ledger = try session.openLedger()
    try session.checkClock(ledger)
    var rotation = KeyRotation(session, ledger)
    try change(&rotation)
    try session.seal(ledger)
    for entry in session.ring.keys where rotation.changed.contains(entry.kid) { show(entry, console) }
    if rotation.changesTokens { console.say("next: countersign build, so that pages carry tokens of the new key") }
    return .success
  }

  private static func show(_ entry: RingKey, _ console: Console) {
    let status = ByteString(stringLiteral: entry.status.word)
    let purpose = ByteString(entry.purpose.rawValue)
    if console.isJSON {
      var members: [JSONTree.Member] = [
        .init("kid", .string(entry.kid)), .init("purpose", .string(purpose)), .init("status", .string(status)),
        .init("notBefore", .string(entry.notBefore.rfc3339)),
        .init("publicKey", .string(ByteString(Base64URL.encode(entry.key.bytes)))),
      ]
      if let end = entry.notAfter { members.append(.init("notAfter", .string(end.rfc3339))) }
      if let sequence = entry.status.sequence { members.append(.init("statusSequence", .int(sequence))) }
      console.result(json: .object(members))
      return
    }
    let padding = ByteString([UInt8](repeating: 0x20, count: max(1, 9 - purpose.count)))
    let since = entry.status.sequence.map { ByteString(" by ledger entry \($0)") } ?? ""
    console.result(entry.kid + "  " + purpose + padding + status + since + "  since " + entry.notBefore.rfc3339)
  }
}
