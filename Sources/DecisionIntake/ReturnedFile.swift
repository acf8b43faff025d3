public import ByteText
public import CaseModel

/// What was found in one decisions file, table, text or mail message.
///
/// An mbox, and a mail with attachments, give several: those of one message have the same ``unit``, the text's before the
/// attachments'.
public struct ReturnedFile: Hashable, Sendable {
  /// The name of the whole input as the user named it, also for an attachment.
  public var name: ByteString
  /// The number of the message in the input, from 1; 1 for what is no mbox.
  ///
  /// Attachments have that of their message: approve and reject of one action in one unit contradict each other.
  public var unit: Int
  /// The decisions in it.
  public var decisions: [SubmittedDecision]
  /// Rows that are no decisions: the row and why.
  public var refused: [RefusedRow]
  /// Who made it, by its own word; `nil` where it does not say.
  public var reviewer: ByteString?
  /// The ledger head it was made against; `nil` where it does not say.
  public var checkpoint: ByteString?
  /// When it was made, by its own word and as it stood; `nil` where it does not say.
  public var made: ByteString?
  /// The signature that came with it, not yet verified; `nil` where none did.
  public var signature: SubmittedSignature?

  /// A row that is no decision.
  public struct RefusedRow: Hashable, Sendable {
    /// Its place in the input, from 1.
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

  /// Makes a file without rows.
  public init(name: ByteString, unit: Int = 1) {
    self.name = name
    self.unit = unit
    decisions = []
    refused = []
  }

  /// Whether it holds no row at all.
  var isEmpty: Bool { decisions.isEmpty && refused.isEmpty }

  /// Adds a row that is no decision.
  mutating func refuse(
    _ row: Int, code: RefusalCode = .malformed, field: ByteString = "", _ message: ByteString, hint: ByteString = ""
  ) {
    refused.append(
      RefusedRow(
        row: row, code: code,
        diagnostic: Diagnostic(.error, file: name, record: row, field: field, message: message, hint: hint)))
  }
}

/// A detached SSH signature as it came, and what it was made over (SECURITY section 2.2).
public struct SubmittedSignature: Hashable, Sendable {
  /// The exact bytes that were signed: those of the decisions file.
  public var message: [UInt8]
  /// The signature: from `-----BEGIN SSH SIGNATURE-----` to the line feed after `-----END SSH SIGNATURE-----`.
  ///
  /// Lines end in LF; what lies between the two lines was not looked at.
  public var armour: [UInt8]

  /// Makes a signature.
  public init(message: [UInt8], armour: [UInt8]) {
    self.message = message
    self.armour = armour
  }
}
