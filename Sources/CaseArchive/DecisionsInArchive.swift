import ApprovalTokens
import ByteText
import CaseModel
import DecisionLedger
import DurableFiles

/// The decisions of an archived ledger: each one's token, its effect, and who signed the file it came in.
struct DecisionsInArchive {
  private let verifier: TokenVerifier
  private let actions: Set<CaseID>
  private(set) var findings: [BagFinding] = []
  private(set) var tokens = 0
  private(set) var signatures = 0
  private var files: [(entry: LedgerEntry, file: ByteString?, signature: ByteString?, key: ByteString?)] = []

  init(ring: KeyRing, issuer: ByteString, actions: Set<CaseID>) {
    verifier = TokenVerifier(keyRing: ring, issuer: issuer)
    self.actions = actions
  }

  private mutating func find(_ entry: LedgerEntry, _ message: ByteString) {
    findings.append(BagFinding("data/ledger.jsonl", ByteString("line \(entry.number): ") + message))
  }

  /// Takes an entry as the ledger is read.
  mutating func take(_ entry: LedgerEntry) {
    let body = LedgerBody(entry.body)
    if entry.kind == .result, let action = body.text("action").flatMap(LedgerBody.action), actions.contains(action) {
      for case .string(let file) in body.list("files") { files.append((entry, file, nil, nil)) }
    }
    guard entry.kind == .decision else { return }
    guard let token = body.text("token") else { return find(entry, "the decision has no token") }
    tokens += 1
    switch verifier.open(token.bytes, at: entry.at, acceptedAs: entry.number) {
    case .failure(let refusal): find(entry, "the decision's token is refused: " + refusal.detail)
    case .success(let signed):
      let claims = signed.claims
      let isSame =
        claims.sub == body.text("action") && ByteString(claims.vd.rawValue) == body.text("verdict")
        && claims.dig == body.text("dig") && claims.jti == body.text("jti")
      if !isSame { find(entry, "the decision's token says something else than the entry") }
      if entry.at.seconds >= claims.exp.seconds { find(entry, "the decision's token had expired") }
      if let effect = body["effect"], EffectDigest.of(canonical: Self.canonical(effect)) != claims.dig {
        find(entry, "the effect in the entry is not the one that its token is bound to")
      }
    }
    if let action = body.text("action").flatMap(LedgerBody.action), actions.contains(action) {
      files.append((entry, body.text("file"), body.text("signature"), body.text("key")))
    }
  }

  private static func canonical(_ effect: JSONTree) -> [UInt8] {
    if case .string(let text) = effect { text.bytes } else { CanonicalJSON.bytes(effect) }
  }

  /// Checks that the files in which the archived decisions came back are there, and that detached signatures hold.
  ///
  /// - Parameters:
  ///   - returned: names of the returned files.
  ///   - inside: the signatures within a returned file.
  ///   - read: the contents of a payload file.
  mutating func checkFiles(
    _ returned: Set<ByteString>, _ signers: AllowedSigners,
    inside: ([UInt8]) -> [ArchiveCheck.InnerSignature], _ read: (ByteString) throws(FileError) -> [UInt8]?
  ) throws(FileError) {
    let verifier = FileSignatureVerifier(signers)
    var seen: Set<ByteString> = []
    for (entry, file, signature, key) in files {
      if let file, !returned.contains(file) { find(entry, "the file it came in is not in the archive: " + file) }
      guard let file, key != nil else { continue }
      guard let signature else {
        if let content = try read("returned/" + file) { check(entry, inside(content), verifier, &seen, in: file) }
        continue
      }
      guard returned.contains(signature + ".sig") else {
        find(entry, "the signature it came with is not in the archive: " + signature)
        continue
      }
      guard let message = try read("returned/" + file), let armour = try read("returned/" + signature + ".sig") else {
        continue
      }
      if seen.insert(signature).inserted { signatures += 1 }
      switch verifier.verify(message: message, armour: armour, at: entry.at) {
      case .failure(let refusal): find(entry, "the reviewer's signature is refused: " + refusal.detail)
      case .success(let signer):
        let body = LedgerBody(entry.body)
        if signer.principal != body.text("principal") || signer.fingerprint != key {
          find(entry, "the reviewer's signature is another one's")
        }
      }
    }
  }

  /// Checks a decision whose signature stands in the file it came in.
  private mutating func check(
    _ entry: LedgerEntry, _ found: [ArchiveCheck.InnerSignature], _ verifier: FileSignatureVerifier,
    _ seen: inout Set<ByteString>, in file: ByteString
  ) {
    let body = LedgerBody(entry.body)
    let holds = found.contains { one in
      guard case .success(let signer) = verifier.verify(message: one.message, armour: one.armour, at: entry.at) else {
        return false
      }
      return signer.principal == body.text("principal") && signer.fingerprint == body.text("key")
    }
    if seen.insert(file).inserted { signatures += 1 }
    if !holds { find(entry, "the reviewer's signature in the file it came in does not hold") }
  }
}
