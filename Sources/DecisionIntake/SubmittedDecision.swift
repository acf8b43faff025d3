public import ByteText
public import CaseModel

/// A decision as somebody handed it back: nothing in it is believed yet.
public struct SubmittedDecision: Hashable, Sendable {
  /// Its place in the file, from 1.
  public var row: Int
  /// The token as it stood.
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

/// What was found in one returned file.
public struct ReturnedFile: Hashable, Sendable {
  /// The file's name as the user named it.
  public var name: ByteString
  /// The decisions in it.
  public var decisions: [SubmittedDecision]
  /// Rows that are no decisions: the row and why.
  public var refused: [RefusedRow]
  /// Who made it, by its own word; `nil` where it does not say.
  public var reviewer: ByteString?
  /// The ledger head it was made against; `nil` where it does not say.
  public var checkpoint: ByteString?

  /// A row that is no decision.
  public struct RefusedRow: Hashable, Sendable {
    /// Its place in the file, from 1.
    public var row: Int
    /// The code of the receipt.
    public var code: RefusalCode
    /// What is wrong.
    public var diagnostic: Diagnostic

    /// Makes a row.
    public init(row: Int, code: RefusalCode, diagnostic: Diagnostic) {
      self.row = row
      self.code = code
      self.diagnostic = diagnostic
    }
  }

  /// Makes a file.
  public init(name: ByteString) {
    self.name = name
    decisions = []
    refused = []
  }
}

/// How much of a returned file is taken (SECURITY section 5.5).
public enum IntakeLimits {
  /// Bytes of a file.
  public static let fileBytes = 8 << 20
  /// Bytes of a file that is kept at all; what is longer was never made by a page.
  public static let keptBytes = 64 << 20
  /// Decisions in a file.
  public static let rows = 10_000
  /// Bytes of a comment.
  public static let commentBytes = 1_024
}
