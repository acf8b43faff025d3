public import ByteText
public import CaseModel

/// What the overview is made from.
public struct OverviewModel: Sendable {
  /// Every record of every import, counted once.
  public struct Records: Hashable, Sendable {
    /// How many were read.
    public var read: Int
    /// Those that pages are made from.
    public var used: Int
    /// Those whose id and bytes were known already.
    public var duplicate: Int
    /// Those of an investigation that a later record tells anew.
    public var superseded: Int
    /// Those refused, with a reason.
    public var rejected: Int
    /// Those of them, used or superseded, that archives took out.
    public var archived: Int

    /// Makes counts.
    public init(read: Int, used: Int, duplicate: Int, superseded: Int, rejected: Int, archived: Int = 0) {
      self.archived = archived
      self.read = read
      self.used = used
      self.duplicate = duplicate
      self.superseded = superseded
      self.rejected = rejected
    }
  }

  /// Something that is not as it was at the build before.
  public struct Change: Hashable, Sendable {
    /// What happened.
    public enum What: String, Hashable, Sendable, CaseIterable {
      case new
      case changed
      case decided
      case lapsed
      case gone
    }

    /// What happened.
    public var what: What
    /// The page that tells more (``PagePaths``).
    public var page: ByteString
    /// Its name, from an export or ours.
    public var label: ByteString

    /// Makes a change.
    public init(_ what: What, page: ByteString, label: ByteString) {
      self.what = what
      self.page = page
      self.label = label
    }
  }

  /// The records.
  public var records: Records
  /// The key of every pending action, in any order.
  public var pending: [ListKey]
  /// Loads a pending action.
  public var load: @Sendable (_ reference: Int) throws -> ListRow
  /// How many actions stand where.
  public var states: [DecisionState: Int]
  /// How many investigations have which status.
  public var statuses: [Recognised<InvestigationStatus>: Int]
  /// When the build before this one was made; `nil` for the first.
  public var since: Instant?
  /// What changed since.
  public var changes: [Change]
  /// Pending and decided by day, oldest first.
  public var trend: [TrendDay]

  /// Makes a model.
  public init(
    records: Records, pending: [ListKey], load: @escaping @Sendable (_ reference: Int) throws -> ListRow,
    states: [DecisionState: Int], statuses: [Recognised<InvestigationStatus>: Int], since: Instant? = nil,
    changes: [Change] = [], trend: [TrendDay] = []
  ) {
    self.trend = trend
    self.records = records
    self.pending = pending
    self.load = load
    self.states = states
    self.statuses = statuses
    self.since = since
    self.changes = changes
  }

  /// Makes a model of rows that are held anyway.
  public init(
    records: Records, pending rows: [ListRow], states: [DecisionState: Int],
    statuses: [Recognised<InvestigationStatus>: Int], since: Instant? = nil, changes: [Change] = [],
    trend: [TrendDay] = []
  ) {
    let sorted = rows.sorted { ($0.action.id, $0.investigation) < ($1.action.id, $1.investigation) }
    self.init(
      records: records, pending: ListKey.keys(of: rows).keys, load: { sorted[$0] }, states: states, statuses: statuses,
      since: since, changes: changes, trend: trend)
  }
}
