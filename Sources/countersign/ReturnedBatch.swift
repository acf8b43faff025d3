import ApprovalTokens
import ByteText
import CaseModel
import CaseStore
import DecisionIntake
import DecisionLedger
import Digests
import DurableFiles

/// The files that a run of `apply` was given: each kept in `returned/`, paired with its signature, and read.
///
/// All are read before anything is judged, so that the order of arguments never matters.
struct ReturnedBatch {
  /// A file as it came.
  struct File {
    var name: ByteString
    var sha256: ByteString
    var bytes: [UInt8]
  }

  /// A decisions file, or a message, found in one of them.
  struct Unit {
    var file: File
    var content: ReturnedFile
    /// SHA-256 (hex) of the detached signature's file.
    var signatureFile: ByteString?
    /// Who signed; `nil` where nobody did.
    var signer: FileSigner?
  }

  /// A file, or a unit of it, that was refused whole.
  struct Refusal {
    var file: File
    var code: RefusalCode
    var diagnostic: Diagnostic
  }

  private(set) var units: [Unit] = []
  private(set) var refusals: [Refusal] = []
  private(set) var status = ExitStatus.success
  private let session: Session
  private let isDryRun: Bool
  private var files: [File] = []
  private var signatures: [ByteString: File] = [:]
  private var seen: Set<ByteString> = []

  init(_ session: Session, isDryRun: Bool) {
    self.session = session
    self.isDryRun = isDryRun
  }

  /// Reads what a path names; a signature that stands beside a file is taken along with it.
  mutating func read(_ path: ByteString) throws {
    var inputs = InputFiles(path, session.console)
    for name in inputs.files {
      guard let file = try open(name, &inputs) else { continue }
      try take(file, path: name)
      let beside = name + ".sig"
      guard name != "-", !Self.isSignature(name), UserPath.exists(beside), let signature = try open(beside, &inputs)
      else { continue }
      try take(signature, path: beside)
    }
    status = status.merged(with: inputs.status)
  }

  /// Takes a file that this run made itself.
  mutating func take(made bytes: [UInt8], name: ByteString) throws {
    try take(File(name: name, sha256: SHA256Sum.of(bytes).hex, bytes: bytes), path: name)
  }

  private func open(_ name: ByteString, _ inputs: inout InputFiles) throws -> File? {
    do throws(FileError) {
      let bytes = try UserPath.open(name).readAll(limit: IntakeLimits.keptBytes)
      return File(name: UserPath.split(name)?.name ?? name, sha256: SHA256Sum.of(bytes).hex, bytes: bytes)
    } catch {
      inputs.report(error, session.console)
      return nil
    }
  }

  private mutating func take(_ file: File, path: ByteString) throws {
    guard path == "-" || seen.insert(path).inserted else { return }
    if Self.isSignature(path) {
      signatures[ByteString(path.bytes.dropLast(4))] = file
      try keep(file.bytes, as: file.sha256 + ".sig")
    } else {
      files.append(File(name: path, sha256: file.sha256, bytes: file.bytes))
      try keep(file.bytes, as: file.sha256)
    }
  }

  private static func isSignature(_ name: ByteString) -> Bool { name.bytes.suffix(4).elementsEqual(".sig".utf8) }

  private func keep(_ bytes: [UInt8], as name: ByteString) throws {
    if !isDryRun { try ReturnedFiles.keep(bytes, as: name, session) }
  }

  /// Every file that was handed in, signatures too, by name, with its SHA-256 (hex).
  var kept: [(name: ByteString, sha256: ByteString)] {
    files.map { (UserPath.split($0.name)?.name ?? $0.name, $0.sha256) }
      + signatures.sorted { $0.key < $1.key }.map { ($0.value.name, $0.value.sha256) }
  }

  // MARK: Reading

  /// Reads every file and checks every signature.
  mutating func finish() throws {
    let verifier = FileSignatureVerifier(try session.allowedSigners())
    for path in signatures.keys.sorted() where !files.contains(where: { $0.name == path }) {
      let name = (UserPath.split(path)?.name ?? path) + ".sig"
      session.console.report(
        Diagnostic(
          .error, file: name, message: "the file that it signs is missing", hint: "hand in both: FILE and FILE.sig"))
      status = status.merged(with: .refusedSome)
    }
    for file in files {
      let signature = signatures[file.name]
      let shown = File(name: UserPath.split(file.name)?.name ?? file.name, sha256: file.sha256, bytes: file.bytes)
      take(shown, signature: signature, verifier)
    }
  }

  private mutating func take(_ file: File, signature: File?, _ verifier: FileSignatureVerifier) {
    func refuse(_ code: RefusalCode, _ diagnostic: Diagnostic) {
      refusals.append(Refusal(file: file, code: code, diagnostic: diagnostic))
    }
    var outer: FileSigner?
    if let signature {
      switch verify(file.bytes, signature.bytes, verifier) {
      case .success(let signer): outer = signer
      case .failure(let refusal):
        return refuse(
          refusal.code,
          Diagnostic(.error, file: file.name, field: "signature", message: refusal.detail, hint: refusal.hint))
      }
    }
    let contents: [ReturnedFile]
    do throws(IntakeError) {
      contents = try DecisionIntake.read(file.bytes, name: file.name, issuer: session.configuration.issuer)
    } catch {
      return refuse(error.isForeign ? .wrongIssuer : .malformed, error.diagnostic)
    }
    for content in contents {
      var signer = outer
      if let inner = content.signature {
        switch verify(inner.message, inner.armour, verifier) {
        case .success(let found): signer = found
        case .failure(let refusal):
          refuse(
            refusal.code,
            Diagnostic(.error, file: file.name, field: "signature", message: refusal.detail, hint: refusal.hint))
          continue
        }
      }
      units.append(Unit(file: file, content: content, signatureFile: signature?.sha256, signer: signer))
    }
  }

  private func verify(
    _ message: [UInt8], _ armour: [UInt8], _ verifier: FileSignatureVerifier
  ) -> Result<FileSigner, RefusedFileSignature> {
    verifier.verify(message: message, armour: armour, at: session.now)
  }
}
