import ApprovalTokens
import ByteText
import CaseModel
import DecisionIntake
import DecisionLedger

/// A decision on its way through a run of `apply`.
struct ApplyRow {
  var file: ByteString
  var sha256: ByteString
  var unit: Int
  var submitted: SubmittedDecision
  /// Whom the file names as its maker.
  var named: ByteString?
  var signer: FileSigner?
  /// SHA-256 (hex) of the detached signature's file.
  var signatureFile: ByteString?
  /// Whether somebody typed it in from a signed paper ballot.
  var isTranscribed = false
  var signed: SignedClaims?
  var verified: VerifiedDecision?
  var record: ByteString = ""
  var receipt: Receipt.Result?
  /// Whether the token's signature held, so that its refusal is an entry of its own.
  var wasSigned = false

  init(_ unit: ReturnedBatch.Unit, _ decision: SubmittedDecision) {
    file = unit.file.name
    sha256 = unit.file.sha256
    self.unit = unit.content.unit
    submitted = decision
    named = unit.content.reviewer
    signer = unit.signer
    signatureFile = unit.signatureFile
  }

  init(file: ByteString, sha256: ByteString, row: Int, refused code: RefusalCode, _ diagnostic: Diagnostic) {
    self.file = file
    self.sha256 = sha256
    unit = 1
    submitted = SubmittedDecision(row: row, token: "", verdict: nil, action: nil, comment: "")
    receipt = .refused(
      code, detail: diagnostic.field.isEmpty ? diagnostic.message : diagnostic.field + ": " + diagnostic.message,
      hint: diagnostic.hint)
  }

  /// Who decides, as far as the row can tell: for finding what was said before.
  var presumedPrincipal: ByteString? {
    guard let claims = signed?.claims else { return nil }
    return signer?.principal ?? (claims.isShared ? VerifiedDecision.anyone : claims.aud)
  }

  /// The reviewer in whose stead the principal decides; `nil` where it is their own token.
  var actsFor: ByteString? {
    guard let verified, !verified.claims.isShared, verified.claims.aud != verified.principal else { return nil }
    return verified.claims.aud
  }
}
