import ApprovalTokens
import ArgumentParser
import ByteText
import CaseModel
import CaseStore
import DecisionLedger
import Digests
import DurableFiles

/// `verify`: OK, or what differs.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Verify an archive, a token or the ledger: OK, or what differs.")

  @OptionGroup var general: GeneralOptions
  @Argument(help: ArgumentHelp("Archives.", valueName: "path")) var paths: [String] = []
  @Option(help: "A decision token.") var token: String?
  @Flag(help: "The ledger: chain, sums, checkpoint, evidence.") var ledger = false
  @Option(
    help: ArgumentHelp(
      "With --ledger: an older ledger.checkpoint, or a head as pages print it, which the ledger must continue.",
      valueName: "checkpoint")) var against: String?

  func run() throws {
    try CommandRun.run(general) { console in
      guard [!paths.isEmpty, token != nil, ledger].count(where: { $0 }) == 1 else {
        throw CommandFailure(.usage, "name what to verify: an archive's folder, --token TOKEN, or --ledger")
      }
      guard against == nil || ledger else { throw CommandFailure(.usage, "--against goes with --ledger") }
      if !paths.isEmpty { return try verify(paths: paths.map { ByteString($0) }, console) }
      if let token {
        return try verify(token: ByteString(token), console)
      }
      var options = general
      if options.at == nil { options.at = "1970-01-01T00:00:00Z" }
      let session = try Session(options, .reading, console)
      let (reading, state) = try session.readLedger()
      if !reading.tail.isEmpty {
        throw CommandFailure(
          .verificationFailed,
          [
            Diagnostic(
              .error, file: Ledger.fileName, record: reading.count + 1,
              message: LedgerFault(line: 0, reason: .torn).message,
              hint: "the next writing command moves it aside")
          ])
      }
      _ = try EvidenceStore(
        in: try session.workspace.folder(Workspace.Name.evidence), session.ledgerFiles(state), checking: true)
      try ReturnedFiles.check(session, state)
      try CheckpointSignature.check(session)
      let older = try against.map { try OlderHead(ByteString($0), session).check() }
      let head = Checkpoint(origin: session.origin, size: reading.count, root: reading.tree.root)
      let text =
        ByteString("OK: \(reading.count) ledger entries, ") + counted(state.evidence.count, "evidence file") + ", "
        + counted(state.returned.count, "returned file")
      if console.isJSON {
        var members: [JSONTree.Member] = [
          .init("head", .string(head.short)), .init("ok", true), .init("root", .string(head.root.hex)),
          .init("size", .int(head.size)),
        ]
        if let older { members.append(.init("continues", .string(older))) }
        console.result(json: .object(members))
      } else {
        console.result(text)
        if let older { console.result("it continues " + older) }
        console.result("head: " + head.short)
      }
      return .success
    }
  }

  /// Verifies what stands at some paths; needs no workspace.
  private func verify(paths: [ByteString], _ console: Console) throws -> ExitStatus {
    var status = ExitStatus.success
    for path in paths {
      do throws(FileError) {
        let root = try Folder.open(path)
        status = status.merged(with: try ArchiveVerification.run(root, console))
      } catch {
        let isFile = error.kind == .notADirectory
        console.report(
          Diagnostic(
            .error, file: error.path, message: error.message,
            hint: isFile ? "name the folder of an archive; one that is packed has to be unpacked first" : ""))
        status = status.merged(with: InputFiles.status(of: error))
      }
    }
    return status
  }

  private func verify(token: ByteString, _ console: Console) throws -> ExitStatus {
    let session = try Session(general, .reading, console)
    let verifier = TokenVerifier(keyRing: session.ring, issuer: session.configuration.issuer)
    let (reading, state) = try session.readLedger()
    let opened = verifier.open(token.bytes, at: session.now)
    var result: Result<SignedClaims, RefusedToken> = opened
    var note: ByteString = ""
    if case .success(let signed) = opened {
      let cases = try PresentActions(session, state, wanted: [signed.claims.investigation])
      let presenter = TokenPresenter(reviewers: Set(session.configuration.reviewers.map(\.id)))
      let standing = verifier.verify(
        signed, from: presenter, at: session.now, ledgerFloor: reading.latest, against: cases.pending)
      if case .failure(let refusal) = standing { result = .failure(refusal) }
      note = signed.claims.vd.rawValue == "approve" ? "approves " : "rejects "
      note += signed.claims.sub + " for " + signed.claims.aud + " until " + signed.claims.exp.rfc3339
    }
    switch result {
    case .success(let signed):
      if console.isJSON {
        console.result(json: [
          "action": .string(signed.claims.sub), "aud": .string(signed.claims.aud), "dig": .string(signed.claims.dig),
          "exp": .string(signed.claims.exp.rfc3339), "iss": .string(signed.claims.iss), "kid": .string(signed.kid),
          "ok": true, "verdict": .string(ByteString(signed.claims.vd.rawValue)),
        ])
      } else {
        console.result("OK: " + note)
      }
      return .success
    case .failure(let refusal):
      if console.isJSON {
        console.result(json: [
          "code": .string(ByteString(refusal.code.rawValue)), "detail": .string(refusal.detail),
          "hint": .string(refusal.hint), "ok": false,
        ])
      } else {
        console.result("refused: " + ByteString(refusal.code.rawValue) + ": " + refusal.detail)
        if !note.isEmpty { console.result("it " + note) }
        if !refusal.hint.isEmpty { console.report(Diagnostic(.error, message: refusal.detail, hint: refusal.hint)) }
      }
      return .verificationFailed
    }
  }
}
