/// How much of a returned file is taken (SECURITY section 5.5).
public enum IntakeLimits {
  /// Bytes of a file that is no mail.
  public static let fileBytes = 8 << 20
  /// Bytes of a file that is kept at all; what is longer was never made by a page.
  public static let keptBytes = 64 << 20
  /// Bytes of a mail message, attachments as they travel.
  public static let messageBytes = 25 << 20
  /// Bytes of an mbox: all that is kept.
  public static let mailboxBytes = keptBytes
  /// Messages of an mbox; the rest is not read.
  public static let messages = 10_000
  /// Bytes of a header line without its end (RFC 5322 section 2.1.1).
  public static let headerLineBytes = 998
  /// How deep the parts of a message may lie in one another.
  public static let mimeDepth = 8
  /// Parts of a message, those that only hold parts included.
  public static let mimeParts = 200
  /// Decisions in a file, over all its messages and attachments; rows that are refused count.
  public static let rows = 10_000
  /// Bytes of a token in a block of a mail (token.md allows no more).
  public static let tokenBytes = 1_024
  /// Bytes of a comment.
  public static let commentBytes = 1_024
  /// Bytes of a cell of a table.
  public static let cellBytes = 64 << 10
  /// Bytes of a signature in its armour.
  public static let signatureBytes = 16 << 10
}
