import ApprovalTokens
import ByteText
import CaseModel
import CaseStore
import ReportSite

/// The tokens of pending actions for rows of lists: those that the actions' own pages carry, put together again from the digests
/// and signatures that the build remembers, without a look into the evidence.
struct RowTokens: Sendable {
  /// What the tree holds of each case.
  let states: PageStates
  /// The signatures of all tokens so far, settled.
  let signatures: TokenSignatures
  /// `nil` where rows carry none.
  let mint: TokenMint?
  let issuer: ByteString
  let audience: ByteString

  /// The offer of an undecided action; `nil` where its page has none.
  ///
  /// - Parameter number: its number among the undecided actions of its case.
  func offer(
    in investigation: CaseID, _ action: CaseID, undecided number: Int, round: Int, until deadline: Instant
  ) throws -> RowOffer? {
    guard var mint, let digest = states[investigation]?.digest(ofUndecided: number) else { return nil }
    func token(_ verdict: DecisionVerdict) throws -> [UInt8]? {
      guard
        let claims = DecisionClaims(
          offering: verdict, on: digest, investigation: investigation, action: action, round: round, to: audience,
          by: issuer, until: deadline), let jti = Base64URL.decode(claims.jti.bytes)
      else { return nil }
      let signature = try signatures.signature(of: jti) ?? mint.signature(for: claims)
      return mint.token(claims, signature: signature).bytes
    }
    guard let approve = try token(.approve), let reject = try token(.reject) else { return nil }
    return RowOffer(approve: approve, reject: reject, digest: digest)
  }
}
