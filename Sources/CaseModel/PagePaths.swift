public import ByteText

/// Where pages stand in the tree (DESIGN section 5, *Site*): relative to its root, `/` between folders.
public enum PagePaths {
  /// The overview.
  public static let overview: ByteString = "index.html"
  /// The list of pending actions.
  public static let pending: ByteString = "pending/index.html"
  /// All pending actions on one page, where the list is in parts.
  public static let pendingAll: ByteString = "pending/all.html"
  /// The pending actions as a ballot to print.
  public static let ballot: ByteString = "ballot/index.html"
  /// The list of actions that are no longer pending.
  public static let history: ByteString = "history/index.html"
  /// The list of investigations.
  public static let investigations: ByteString = "investigations/index.html"
  /// The search.
  public static let search: ByteString = "search/index.html"
  /// The people who may decide.
  public static let reviewers: ByteString = "reviewers/index.html"
  /// The ledger.
  public static let log: ByteString = "log/index.html"
  /// The first pages of all lists, in the order of the navigation.
  public static let lists: [ByteString] = [
    overview, pending, ballot, history, investigations, search, reviewers, log,
  ]
  /// The style sheet.
  public static let styleSheet: ByteString = "assets/site.css"

  /// The page of an investigation: `i/<xx>/<id>.html`.
  public static func investigation(_ id: CaseID) -> ByteString { path(0x69, id) }

  /// The page of an action: `a/<xx>/<id>.html`.
  public static func action(_ id: CaseID) -> ByteString { path(0x61, id) }

  private static func path(_ kind: UInt8, _ id: CaseID) -> ByteString {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(id.text.count + 11)
    bytes += [kind, 0x2F]
    bytes += id.folder.bytes
    bytes.append(0x2F)
    bytes += id.text.bytes
    bytes += [0x2E, 0x68, 0x74, 0x6D, 0x6C]
    return ByteString(bytes)
  }
}
