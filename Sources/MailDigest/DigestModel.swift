public import ByteText
public import CaseModel

/// What one reviewer's digest is made from.
public struct DigestModel: Sendable {
  /// Where the mail comes from, whom it is for, and where the site stands.
  public var frame: DigestFrame
  /// What waits for the reviewer, in the order in which it is told.
  public var sections: [DigestSection]
  /// What happened since the last digest.
  public var news: [DigestNews]
  /// Counts as on the site's overview.
  public var counts: DigestCounts
  /// Whether it only says that the digest still runs.
  public var isAlive: Bool

  /// Makes a model.
  public init(
    frame: DigestFrame, sections: [DigestSection], news: [DigestNews], counts: DigestCounts, isAlive: Bool = false
  ) {
    self.frame = frame
    self.sections = sections
    self.news = news
    self.counts = counts
    self.isAlive = isAlive
  }

  /// How many actions wait for the reviewer.
  public var pendingCount: Int { sections.reduce(0) { $0 + $1.count } }

  /// How many of them lapse before the next digest.
  public var lapsingCount: Int { sections.first { $0.what == .lapsing }?.count ?? 0 }
}

/// Whom a digest is for, and what stands around its content.
public struct DigestFrame: Sendable {
  /// The digest's id, `digest-20261125-r7`: `[a-z0-9-]`.
  public var id: ByteString
  /// The sender.
  public var from: MailAddress
  /// The reviewer's name, or id, and address.
  public var to: MailAddress
  /// Where decisions are sent; `nil` where no address is configured.
  public var decisionsTo: ByteString?
  /// The organisation.
  public var organization: ByteString
  /// The deployment's id.
  public var issuer: ByteString
  /// Traffic Light Protocol label without `TLP:`; `nil` where none is set.
  public var tlp: ByteString?
  /// Where the site is published.
  public var site: DigestSite
  /// The run's time.
  public var at: Instant
  /// From when on news are told.
  public var since: Instant
  /// When the next digest is due.
  public var next: Instant
  /// The ledger's head as pages show it.
  public var head: ByteString
  /// The program's version.
  public var version: ByteString

  /// Makes a frame.
  public init(
    id: ByteString, from: MailAddress, to: MailAddress, decisionsTo: ByteString?, organization: ByteString,
    issuer: ByteString, tlp: ByteString?, site: DigestSite, at: Instant, since: Instant, next: Instant,
    head: ByteString, version: ByteString
  ) {
    self.id = id
    self.from = from
    self.to = to
    // Names may be as long as people like; a mail may not.
    self.from.name = DeadText.name(from.name)
    self.to.name = DeadText.name(to.name)
    self.decisionsTo = decisionsTo
    self.organization = DeadText.name(organization)
    self.issuer = issuer
    self.tlp = tlp
    self.site = site
    self.at = at
    self.since = since
    self.next = next
    self.head = head
    self.version = version
  }

  /// The Message-ID, in angle brackets: the same for the same reviewer and period.
  public var messageID: ByteString { "<" + id + "." + issuer + "@" + from.host + ">" }
}

/// Pending actions that belong together.
public struct DigestSection: Sendable {
  /// Why they stand together; an action stands in the first one that it fits.
  public enum What: String, Sendable, CaseIterable {
    /// They lapse before the next digest.
    case lapsing
    /// They came since the last one.
    case new
    /// They are not what the last one said.
    case changed
    /// The others.
    case open
  }

  /// Why they stand together.
  public var what: What
  /// How many there are.
  public var count: Int
  /// The most urgent of them, as many as may be shown.
  public var actions: [DigestAction]

  /// Makes a section.
  public init(_ what: What, count: Int, actions: [DigestAction]) {
    self.what = what
    self.count = count
    self.actions = actions
  }
}

/// What became of actions since the last digest.
public struct DigestNews: Sendable {
  /// What happened.
  public enum What: String, Sendable, CaseIterable {
    case decided, lapsed, executed
  }

  /// One action.
  public struct Line: Sendable {
    /// What happened, in the words of the site.
    public var what: ByteString
    /// The action.
    public var action: DigestTarget
    /// Who decided; empty where nobody did, or nothing says who.
    public var by: ByteString
    /// When; `nil` where nothing says so.
    public var at: Instant?

    /// Makes a line.
    public init(_ what: ByteString, _ action: DigestTarget, by: ByteString = "", at: Instant? = nil) {
      self.what = what
      self.action = action
      self.by = by
      self.at = at
    }
  }

  /// What happened.
  public var what: What
  /// How many there are.
  public var count: Int
  /// The newest, as many as may be shown.
  public var lines: [Line]

  /// Makes news.
  public init(_ what: What, count: Int, lines: [Line]) {
    self.what = what
    self.count = count
    self.lines = lines
  }
}

/// Counts as on the site's overview; they add up.
public struct DigestCounts: Sendable {
  /// How many actions stand where; all that are on record.
  public var states: [DecisionState: Int]
  /// Why pending actions are not for the reviewer.
  public var others: [Reason: Int]
  /// How many investigations there are.
  public var investigations: Int
  /// Records: read, used, duplicate, superseded, rejected.
  public var records: (read: Int, used: Int, duplicate: Int, superseded: Int, rejected: Int)

  /// Why a pending action is not for a reviewer.
  public enum Reason: String, Sendable, CaseIterable {
    case role = "for another role"
    case involved = "that you take part in"
    case voted = "that you have approved"
  }

  /// Makes counts.
  public init(
    states: [DecisionState: Int], others: [Reason: Int], investigations: Int,
    records: (read: Int, used: Int, duplicate: Int, superseded: Int, rejected: Int)
  ) {
    self.states = states
    self.others = others
    self.investigations = investigations
    self.records = records
  }
}
