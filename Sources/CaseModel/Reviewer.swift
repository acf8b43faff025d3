public import ByteText

/// A person who may decide.
public struct Reviewer: Hashable, Sendable {
  /// Somebody who may act for the reviewer for some days.
  public struct Delegate: Hashable, Sendable {
    /// The id of the reviewer who acts.
    public var to: ByteString
    /// From when on: the start of the first day, UTC.
    public var from: Instant
    /// Until when: the end of the last day, UTC.
    public var until: Instant

    /// Makes a delegate.
    public init(to: ByteString, from: Instant, until: Instant) {
      self.to = to
      self.from = from
      self.until = until
    }

    /// Whether it holds at a time.
    public func holds(at now: Instant) -> Bool { from <= now && now < until }
  }

  /// Id in tokens, ledger and file names: `[a-z0-9-]{1,16}`.
  public var id: ByteString
  /// The name that pages show.
  public var name: ByteString
  /// Mail addresses.
  public var addresses: [ByteString]
  /// Roles held now.
  public var roles: [ByteString]
  /// Who may act for the reviewer, and when.
  public var delegates: [Delegate]

  /// Makes a reviewer.
  public init(
    id: ByteString, name: ByteString, addresses: [ByteString] = [], roles: [ByteString] = [], delegates: [Delegate] = []
  ) {
    self.id = id
    self.name = name
    self.addresses = addresses
    self.roles = roles
    self.delegates = delegates
  }
}

/// Roles of the source system that let people approve (AIR section 6), by the words of our configuration.
///
/// Other roles may be configured: `policy check` tells of names that are not among these, in case one is misspelt.
public enum KnownRole: String, Hashable, Sendable, CaseIterable {
  case searchAndPurge = "search-and-purge"
  case securityOperator = "security-operator"
  case securityAdministrator = "security-administrator"
  case securityReader = "security-reader"
  case globalReader = "global-reader"
  case globalAdministrator = "global-administrator"
  case organizationManagement = "organization-management"
  case dataInvestigator = "data-investigator"
  case emailAdvancedActions = "email-advanced-actions"
  case emailContentRead = "email-content-read"

  /// The role's name in the source system.
  public var title: StaticString {
    switch self {
    case .searchAndPurge: "Search and Purge"
    case .securityOperator: "Security Operator"
    case .securityAdministrator: "Security Administrator"
    case .securityReader: "Security Reader"
    case .globalReader: "Global Reader"
    case .globalAdministrator: "Global Administrator"
    case .organizationManagement: "Organization Management"
    case .dataInvestigator: "Data Investigator"
    case .emailAdvancedActions: "Email & collaboration advanced actions (manage)"
    case .emailContentRead: "Email & collaboration content (read)"
    }
  }
}
