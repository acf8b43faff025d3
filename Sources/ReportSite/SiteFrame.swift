public import ByteText
public import CaseModel

/// What every page shows: the part of the configuration that pages depend on, and the build itself.
///
/// `at` and `head` stand only on the overview and on the first page of each list, so that a page of a case is the same
/// bytes until the case changes (DESIGN section 1, principle 7).
public struct SiteFrame: Sendable {
  /// The organisation's name.
  public var organization: ByteString
  /// The id of this deployment in tokens and decisions files.
  public var issuer: ByteString
  /// The TLP 2.0 label without `TLP:` (`AMBER+STRICT`); `nil` where none is configured.
  public var tlp: ByteString?
  /// Where mailed decisions go; `nil` where none is configured.
  public var decisionsTo: ByteString?
  /// `*`, or the id of the reviewer the site is built for.
  public var audience: ByteString
  /// The reviewer's name; empty for everybody.
  public var audienceName: ByteString
  /// The time at which the site was built.
  public var at: Instant
  /// Whether that time was given, and is not of today.
  public var hasGivenClock: Bool
  /// The ledger's head before the build, in words (`412 · 3fa9c1d2e4b5`).
  public var head: ByteString
  /// The version of the program.
  public var version: ByteString
  /// What an archive says of itself on every page; `nil` in a site that people decide with.
  public var archive: ArchiveNotice?

  /// Makes a frame.
  public init(
    organization: ByteString, issuer: ByteString, tlp: ByteString?, decisionsTo: ByteString? = nil,
    audience: ByteString = "*",
    audienceName: ByteString = "", at: Instant, hasGivenClock: Bool = false, head: ByteString,
    version: ByteString
  ) {
    self.organization = organization
    self.issuer = issuer
    self.tlp = tlp
    self.decisionsTo = decisionsTo
    self.audience = audience
    self.audienceName = audienceName
    self.at = at
    self.hasGivenClock = hasGivenClock
    self.head = head
    self.version = version
  }

  /// Whether pages may carry tokens.
  var offersDecisions: Bool { archive == nil }
  /// Whether the site is for everybody.
  var isShared: Bool { audience == "*" }
  /// The name of the site in decisions files: `hq1/all` or `hq1/r7`.
  var site: ByteString { ByteString(issuer.bytes + [0x2F] + (isShared ? Array("all".utf8) : audience.bytes)) }
}

/// What every page of an archive says.
public struct ArchiveNotice: Hashable, Sendable {
  /// Up to when the archive is true.
  public var at: Instant
  /// What was replaced in it: `recipients`, `subjects`, `comments`; empty where nothing was.
  public var redacted: [ByteString]

  /// Makes a notice.
  public init(at: Instant, redacted: [ByteString] = []) {
    self.at = at
    self.redacted = redacted
  }
}
