import ApprovalTokens
import ArgumentParser
import ByteText
import CaseModel
import CaseStore
import DecisionLedger
import DurableFiles

/// `init`: makes a workspace.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Make a workspace: configuration, folders, keys.")

  @OptionGroup var general: GeneralOptions
  @Argument(help: ArgumentHelp("The folder to make it in.", valueName: "dir")) var folder: String?
  @Option(help: "The organisation's name.") var organization = "My organisation"
  @Option(help: "The deployment's id: a-z, 0-9 and -, at most 16 characters.") var issuer = "hq1"
  @Option(help: "system, or given for demos and tests: then every command needs --at.") var clock = "system"
  @Option(
    help: ArgumentHelp(
      "Take mint.pem, log.pem and archive.pem from this folder instead of making new keys.", valueName: "dir"))
  var keys: String?

  func run() throws {
    try CommandRun.run(general) { console in
      let issuer = ByteString(issuer)
      guard CaseStore.Configuration.isID(issuer) else {
        throw CommandFailure(.usage, "--issuer: expected 1 to 16 of the characters a-z, 0-9 and -")
      }
      guard clock == "system" || clock == "given" else {
        throw CommandFailure(.usage, "--clock: expected system or given")
      }
      // A given clock has no present: a workspace made under it begins before everything that will be played.
      let now = try general.at.map(Session.parseTime) ?? (clock == "given" ? Instant(seconds: 0) : Clock.now())
      let path = folder.map { ByteString($0) } ?? general.workspacePath
      // Keys that cannot be read leave no half-made workspace behind.
      let signing = try keys.map { try Self.readKeys(ByteString($0)) } ?? Self.newKeys()
      let root = try Self.emptyFolder(path)
      let workspace = Workspace(root: root)
      for name in [Workspace.Name.evidence, Workspace.Name.returned, Workspace.Name.rejected, Workspace.Name.outbox] {
        _ = try workspace.folder(name)
      }
      try Self.write(signing, to: workspace, now: now)
      // The configuration makes the folder a workspace, so it comes when the rest is there, durably.
      try root.sync()
      if let above = UserPath.split(path)?.folder { try Folder.open(above).sync() }
      try root.replace(
        CaseStore.Configuration.fileName,
        with: ConfigurationTemplate.text(
          organization: ByteString(organization), issuer: issuer, clock: ByteString(clock)),
        mode: 0o644, durable: true)
      var options = general
      options.workspace = path.description
      if clock == "given" { options.at = now.rfc3339.description }
      let session = try Session(options, .writing, console)
      // Opening an empty ledger writes the keys of the ring into it: here, and where this run is cut short, in the next.
      let ledger = try session.openLedger()
      try session.seal(ledger)
      if console.isJSON {
        console.result(json: ["issuer": .string(issuer), "workspace": .string(path)])
      } else {
        console.say("made a workspace in " + path)
        console.say("  countersign.yaml   organisation, reviewers and policy: look through it once")
        console.say(
          "  keys/              "
            + ByteString(Array(signing.map { Array("\($0)".utf8) }.joined(separator: [0x2C, 0x20]))))
        let at: ByteString = clock == "given" ? " --at TIME" : ""
        console.say("next: countersign -C " + path + at + " import EXPORT...")
      }
      return .success
    }
  }

  private static func emptyFolder(_ path: ByteString) throws -> Folder {
    let root: Folder
    let names: [ByteString]
    do throws(FileError) {
      root = try Folder.open(path, create: true)
      names = try root.names()
    } catch {
      throw CommandFailure(error.kind == .permission ? .permission : .cannotCreate, error.message, file: error.path)
    }
    guard names.isEmpty else {
      let isWorkspace = names.contains(CaseStore.Configuration.fileName)
      throw CommandFailure(
        .cannotCreate, isWorkspace ? "there is a workspace already" : "the folder is not empty", file: path,
        hint: isWorkspace
          ? "use it: countersign -C " + path + " status"
          : names.contains(Workspace.Name.keys) && names.contains(Workspace.Name.evidence)
            ? "an init that was cut short left it: remove it, and run init again" : "name a new folder")
    }
    return root
  }

  private static let purposes: [KeyPurpose] = [.mint, .log, .archive]

  private static func newKeys() throws -> [SigningKey] {
    try purposes.map { try SigningKey(seed: Randomness.bytes(32), purpose: $0) }
  }

  private static func readKeys(_ path: ByteString) throws -> [SigningKey] {
    try purposes.map { purpose in
      let file = path + "/" + KeyFiles.name(purpose)
      let pem: [UInt8]
      do throws(FileError) {
        pem = try UserPath.open(file).readAll(limit: 1 << 16)
      } catch {
        throw CommandFailure(InputFiles.status(of: error), error.message, file: error.path)
      }
      do throws(KeyProblem) {
        return try SigningKey(pem: pem, purpose: purpose)
      } catch {
        throw CommandFailure(.configuration, error.message, file: file)
      }
    }
  }

  private static func write(_ keys: [SigningKey], to workspace: Workspace, now: Instant) throws {
    let files = try KeyFiles(workspace)
    var ring = KeyRing.empty
    for key in keys {
      try files.write(key)
      // A run may take an earlier time than the system clock by five minutes; its keys must be in use then.
      let entry = RingKey(
        key.verifyingKey, purpose: key.purpose, notBefore: Instant(seconds: max(0, now.seconds - 600)), notAfter: nil,
        status: .active)
      guard let next = ring.adding(entry) else { throw CommandFailure(.failure, "two keys have the same id") }
      ring = next
    }
    try files.write(ring)
    try files.folder.replace(
      KeyFiles.signersName,
      with: Array(
        """
        # Reviewers' SSH keys, one a line: reviewer id, options, key type, key (see ssh-keygen(1), ALLOWED SIGNERS).
        # r1 namespaces="decisions.v1@countersign" ssh-ed25519 AAAA...

        """.utf8), mode: 0o644, durable: true)
  }
}
