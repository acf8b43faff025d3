public import ByteText
public import CaseModel

/// The keys of reviewers: `keys/allowed_signers`, as ssh-keygen(1) describes it under *ALLOWED SIGNERS*.
///
/// Stricter than ssh-keygen: principals are reviewers' ids and namespaces are names, neither are patterns; times carry `Z`;
/// certificates are not taken. What is taken here means the same to `ssh-keygen -Y verify`
/// (docs/formats/file-signature.md).
public struct AllowedSigners: Hashable, Sendable {
  /// A line that lists a key.
  public struct Entry: Hashable, Sendable {
    /// The line's number, from 1.
    public let line: Int
    /// The ids of those who sign with the key, in the line's order, at least one.
    public let principals: [ByteString]
    /// The key.
    public let key: SSHPublicKey
    /// For which namespaces it counts; `nil` for every one.
    public let namespaces: [SSHNamespace]?
    /// The first second in which it counts; `nil` for no beginning.
    public let validAfter: Instant?
    /// The last second in which it counts; `nil` for no end.
    public let validBefore: Instant?

    /// Whether the key may sign for that purpose.
    func allows(_ namespace: SSHNamespace) -> Bool { namespaces?.contains(namespace) ?? true }
  }

  /// The file's name in a workspace, as diagnostics give it.
  public static let fileName: ByteString = "keys/allowed_signers"
  /// Longer files are refused.
  static let greatestLength = 1 << 20

  /// The good lines in the file's order.
  public let entries: [Entry]
  /// The bad lines in the file's order: ``fileName``, `record` the line's number.
  public let diagnostics: [Diagnostic]

  /// Reads a file; a bad line costs that line only.
  public init(parsing file: [UInt8]) {
    guard file.count <= Self.greatestLength else {
      entries = []
      diagnostics = [
        Diagnostic(.error, file: Self.fileName, message: ByteString("longer than \(Self.greatestLength) bytes"))
      ]
      return
    }
    var entries: [Entry] = []
    var diagnostics: [Diagnostic] = []
    for (index, line) in file.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      do {
        if let entry = try AllowedSignersLine.read(line, number: index + 1) { entries.append(entry) }
      } catch {
        diagnostics.append(
          Diagnostic(
            .error, file: Self.fileName, record: index + 1, field: error.field, message: error.message,
            hint: error.hint))
      }
    }
    self.entries = entries
    self.diagnostics = diagnostics
  }
}
