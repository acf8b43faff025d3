public import CaseModel
public import Digests

/// What a list sorts and cuts by, without the row's texts: a list of hundreds of thousands is held as keys, and rows are
/// loaded page by page.
public struct ListKey: Sendable {
  /// Where the caller finds the row again.
  ///
  /// Also the last word in every order, so equal keys keep the caller's order.
  public let reference: Int
  let deadline: Instant
  /// When it was decided; of what no record dates, when the latest record told of it.
  let settled: Instant
  let mailCount: Int
  let severity: Int8
  let isPending: Bool
  /// Stands for everything the row shows.
  let content: Fingerprint

  /// Makes the key of a row.
  ///
  /// - Parameter content: changes whenever the row would be rendered differently.
  public init(of row: ListRow, reference: Int, content: Fingerprint) {
    self.reference = reference
    self.content = content
    deadline = row.deadline
    settled = row.decidedAt ?? row.latestRecord
    mailCount = row.action.mailCount ?? 0
    severity = Int8(row.severity.known?.rawValue ?? -1)
    isPending = row.isPending
  }

  /// The order people need pending actions in: least time left, then severity, then blast radius.
  static func isMoreUrgent(_ left: ListKey, _ right: ListKey) -> Bool {
    if left.deadline != right.deadline { return left.deadline < right.deadline }
    if left.severity != right.severity { return left.severity > right.severity }
    if left.mailCount != right.mailCount { return left.mailCount > right.mailCount }
    return left.reference < right.reference
  }

  /// History, oldest first: chunks of it stay the same while it grows.
  static func isEarlier(_ left: ListKey, _ right: ListKey) -> Bool {
    if left.settled != right.settled { return left.settled < right.settled }
    return left.reference < right.reference
  }

  /// The keys of rows that are held anyway, and how to load them.
  static func keys(of rows: [ListRow]) -> (keys: [ListKey], load: (Int) -> ListRow) {
    let sorted = rows.sorted { ($0.action.id, $0.investigation) < ($1.action.id, $1.investigation) }
    let content = Fingerprint(SHA256Sum.of([]))
    return (
      sorted.indices.map { ListKey(of: sorted[$0], reference: $0, content: content.part($0)) }, { sorted[$0] }
    )
  }
}

/// What the list of investigations sorts and cuts by.
public struct CaseListKey: Sendable {
  /// Where the caller finds the head again.
  public let reference: Int
  /// When the first record was made.
  let firstRecord: Instant
  /// How many actions of it wait for a decision.
  let pending: Int
  /// Stands for everything the row shows.
  let content: Fingerprint

  /// Makes the key of a head.
  ///
  /// - Parameter content: changes whenever the row would be rendered differently.
  public init(of head: CaseHead, pending: Int, reference: Int, content: Fingerprint) {
    self.reference = reference
    self.content = content
    self.pending = pending
    firstRecord = head.firstRecord
  }
}
