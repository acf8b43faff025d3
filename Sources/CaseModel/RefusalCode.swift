/// Why a decision was not applied.
///
/// A closed list (DESIGN section 5).
public enum RefusalCode: String, Hashable, Sendable, CaseIterable {
  case malformed
  case unknownKey = "unknown-key"
  case revokedKey = "revoked-key"
  case badSignature = "bad-signature"
  case wrongIssuer = "wrong-issuer"
  case unknownAction = "unknown-action"
  case wrongReviewer = "wrong-reviewer"
  case replayed
  case stale
  case expired
  case conflict
  case identityTooWeak = "identity-too-weak"
  case notPending = "not-pending"
  case alreadyDecided = "already-decided"
  case alreadyHandedOver = "already-handed-over"
  case roleMissing = "role-missing"
  case commentRequired = "comment-required"
  case selfApproval = "self-approval"
  case overBulk = "over-bulk"
  case clockBehind = "clock-behind"
  case badFileSignature = "bad-file-signature"
}
