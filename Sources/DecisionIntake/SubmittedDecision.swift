public import ByteText
public import CaseModel

/// A decision as somebody handed it back: nothing in it is believed yet.
public struct SubmittedDecision: Hashable, Sendable {
  /// Its place in the input, from 1; no other row of the same input has it.
  public var row: Int
  /// The token as it stood, the white space of a wrapped one taken out.
  public var token: ByteString
  /// The verdict written beside the token; the token's own must agree.
  ///
  /// `nil` where none was written.
  public var verdict: DecisionVerdict?
  /// The `investigation/action` written beside the token; the token's own must agree.
  ///
  /// `nil` where none was written.
  public var action: ByteString?
  /// What the reviewer wrote, at most 1,024 bytes.
  public var comment: ByteString

  /// Makes a decision.
  public init(row: Int, token: ByteString, verdict: DecisionVerdict?, action: ByteString?, comment: ByteString) {
    self.row = row
    self.token = token
    self.verdict = verdict
    self.action = action
    self.comment = comment
  }
}
