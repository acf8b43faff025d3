import ByteText

/// How many records went where.
///
/// `read` is the sum of the others (DESIGN section 1, principle 5).
public struct ImportTotals: Hashable, Sendable {
  /// Records met.
  public var read = 0
  /// Records that tell something new.
  public var used = 0
  /// Records that were there already.
  public var duplicate = 0
  /// New records that a later one of the same investigation tells anew.
  public var superseded = 0
  /// Records refused.
  public var rejected = 0

  /// Makes totals of nothing.
  public init() {}

  init(_ body: LedgerBody) {
    read = body.number("read") ?? 0
    used = body.number("used") ?? 0
    duplicate = body.number("duplicate") ?? 0
    superseded = body.number("superseded") ?? 0
    rejected = body.number("rejected") ?? 0
  }

  /// Whether they reconcile.
  public var reconcile: Bool { read == used + duplicate + superseded + rejected }

  /// Adds another import's.
  public mutating func add(_ other: ImportTotals) {
    read += other.read
    used += other.used
    duplicate += other.duplicate
    superseded += other.superseded
    rejected += other.rejected
  }
}
