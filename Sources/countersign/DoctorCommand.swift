import ApprovalTokens
import ArgumentParser
import ByteText
import CaseModel
import CaseStore
import DecisionLedger
import Digests
import DurableFiles

/// `doctor`: looks whether everything is as it should be.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Look whether the workspace is sound; change nothing.",
    discussion: """
      With --scanner-drill it does what mail scanners and crawlers do: it opens every page of the site and the packs, fetches
      every link on them, and shows that nothing was decided by it. Only a file that a person made and handed back decides.
      """)

  @OptionGroup var general: GeneralOptions
  @Flag(help: "Fetch every link of site and packs, and show that none decides.") var scannerDrill = false

  func run() throws {
    try CommandRun.run(general) { console in
      var options = general
      if options.at == nil { options.at = "1970-01-01T00:00:00Z" }
      // Reading commands take any time; with a given clock there is no present to compare with.
      let session = try Session(options, .reading, console)
      return scannerDrill ? try ScannerDrill.run(session) : try HealthCheck.run(session, hasTime: general.at != nil)
    }
  }
}

/// A finding of `doctor`, as a line.
struct Finding {
  var name: ByteString
  var isSound: Bool
  var text: ByteString

  func show(_ console: Console) {
    if console.isJSON {
      return console.result(json: ["check": .string(name), "ok": .bool(isSound), "text": .string(text)])
    }
    let padding = ByteString([UInt8](repeating: 0x20, count: max(1, 14 - name.count)))
    console.result((isSound ? "ok     " : "WRONG  ") + name + padding + text)
  }
}

/// The workspace's own health: what a run would trip over.
enum HealthCheck {
  static func run(_ session: Session, hasTime: Bool) throws -> ExitStatus {
    var findings: [Finding] = []
    func check(_ name: ByteString, _ body: () throws -> ByteString) {
      do {
        findings.append(Finding(name: name, isSound: true, text: try body()))
      } catch {
        let failure = CommandFailure(error)
        let text = failure.diagnostics.first.map { ByteString(UTF8Text.lossy($0.text)) } ?? "failed"
        findings.append(Finding(name: name, isSound: false, text: text))
      }
    }
    let configuration = session.configuration
    check("configuration") {
      "issuer " + configuration.issuer + ", " + counted(configuration.reviewers.count, "reviewer")
    }
    check("keys") {
      for purpose in KeyPurpose.allCases {
        let key = try session.signingKey(purpose)
        guard session.ring[key.kid]?.status == .active else {
          throw CommandFailure(
            .failure, ByteString("the \(purpose.rawValue) key is not active in the ring"), file: KeyFiles.name(purpose))
        }
      }
      return counted(session.ring.keys.count, "key") + " in the ring, private ones readable by their owner alone"
    }
    check("signers") {
      let signers = try session.allowedSigners()
      guard signers.diagnostics.isEmpty else {
        throw CommandFailure(
          .failure, counted(signers.diagnostics.count, "line") + " cannot be used", file: "keys/allowed_signers")
      }
      return counted(signers.entries.count, "SSH key") + " of reviewers"
    }
    var state: LedgerState?
    check("ledger") {
      let (reading, read) = try session.readLedger()
      state = read
      return counted(reading.count, "entry", "entries") + ", chain, sums and checkpoint hold"
    }
    if let state {
      check("evidence") {
        _ = try EvidenceStore(
          in: try session.workspace.folder(Workspace.Name.evidence), session.ledgerFiles(state), checking: true)
        return counted(state.evidence.count, "file") + ", each as the ledger names it"
      }
      check("returned") {
        try ReturnedFiles.check(session, state)
        return counted(state.returned.count + state.signatures.count, "file") + ", each as the ledger names it"
      }
    }
    check("manifest") {
      guard try Manifest.read(session.workspace.root, skippingCases: true, { _ in }) || state?.evidence.isEmpty ?? true
      else { return "missing or damaged: the next build makes it again" }
      return "whole"
    }
    check("disk") {
      let system = try session.workspace.root.fileSystemKind
      guard system.keepsPromises else {
        throw CommandFailure(.failure, "on " + system.name + ": locks and durable writes may not hold there")
      }
      return "on " + system.name
    }
    if configuration.clock == .system || hasTime {
      check("clock") {
        let now = configuration.clock == .system ? Clock.now() : session.now
        guard let floor = state?.lastEntry, now < floor.adding(seconds: -TokenVerifier.clockTolerance) else {
          return now.rfc3339
        }
        throw CommandFailure(.failure, "behind: the ledger already stands at " + floor.rfc3339)
      }
    }
    for finding in findings { finding.show(session.console) }
    let wrong = findings.count { !$0.isSound }
    if wrong > 0 { return .verificationFailed }
    session.console.say("everything is sound")
    return .success
  }
}
