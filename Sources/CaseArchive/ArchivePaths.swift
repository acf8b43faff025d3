public import ByteText
public import CaseModel

/// Where things stand in an archive's payload.
public enum ArchivePaths {
  /// A source record, by its SHA-256 (hex).
  public static func record(_ sha256: ByteString) -> ByteString {
    "records/" + ByteString(sha256.bytes.prefix(2)) + "/" + sha256
  }

  /// The canonical effect of an action.
  public static func effect(_ action: CaseID) -> ByteString { "effects/" + action.folder + "/" + action.text + ".json" }

  /// The Markdown summary of an investigation.
  public static func summary(_ investigation: CaseID) -> ByteString {
    "summaries/" + investigation.folder + "/" + investigation.text + ".md"
  }
}
