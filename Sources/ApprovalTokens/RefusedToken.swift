public import ByteText
public import CaseModel

/// Why a token does not decide anything.
///
/// A value: nothing is thrown, and the rows beside it are judged on.
public struct RefusedToken: Error, Hashable, Sendable {
  /// The reason of the closed list (DESIGN section 5).
  public let code: RefusalCode
  /// What is wrong: lower case, no final stop.
  ///
  /// Holds nothing of a text whose signature did not hold.
  public let detail: ByteString
  /// What to do next: lower case, no final stop; empty where there is nothing to say.
  public let hint: ByteString
  /// Stands for the token.
  public let label: TokenLabel
  /// What the token says; `nil` before its signature held.
  public let claims: DecisionClaims?

  /// Whether the signature held.
  ///
  /// Before it does, refusals are one ledger entry for the whole file (DESIGN section 5).
  public var isSigned: Bool { isAfterSignature }

  private let isAfterSignature: Bool

  /// Refuses a text before or without its claims being known.
  init(
    _ code: RefusalCode, _ detail: ByteString, hint: ByteString = "", label: TokenLabel, isSigned: Bool = false
  ) {
    self.code = code
    self.detail = detail
    self.hint = hint
    self.label = label
    claims = nil
    isAfterSignature = isSigned
  }

  /// Refuses a token that is ours.
  init(_ code: RefusalCode, _ detail: ByteString, hint: ByteString = "", _ signed: SignedClaims) {
    self.code = code
    self.detail = detail
    self.hint = hint
    label = signed.label
    claims = signed.claims
    isAfterSignature = true
  }
}
