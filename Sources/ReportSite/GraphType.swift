import CaseModel

/// A type of entity, with its words and its place from top to bottom.
struct GraphType: Hashable {
  /// Its place; what is unrecognised comes last.
  let order: Int

  init(order: Int) { self.order = order }

  init(_ type: EntityType?) {
    order =
      switch type {
      case .mailMessage?: 0
      case .mailCluster?: 1
      case .url?: 2
      case .file?: 3
      case .mailbox?: 4
      case .ip?: 5
      case .mailboxConfiguration?: 6
      case .submission?: 7
      case .account?: 8
      case .host?: 9
      case .teamsMessage?: 10
      case .other?: 11
      case nil: 12
      }
  }

  /// How many there are.
  static let count = 13

  /// The word for one.
  var one: StaticString { Self.words[order].one }

  /// The heading of a group.
  var heading: StaticString { Self.words[order].heading }

  /// What follows `and 1 more`.
  func more(_ count: Int) -> StaticString { count == 1 ? Self.words[order].moreOne : Self.words[order].more }

  private static let words: [(one: StaticString, heading: StaticString, moreOne: StaticString, more: StaticString)] = [
    ("Mail message", "Mail messages", "mail message", "mail messages"),
    ("Mail cluster", "Mail clusters", "mail cluster", "mail clusters"),
    ("URL", "URLs", "URL", "URLs"),
    ("File", "Files", "file", "files"),
    ("Mailbox", "Mailboxes", "mailbox", "mailboxes"),
    ("IP address", "IP addresses", "IP address", "IP addresses"),
    ("Mailbox configuration", "Mailbox configurations", "mailbox configuration", "mailbox configurations"),
    ("Submission", "Submissions", "submission", "submissions"),
    ("Account", "Accounts", "account", "accounts"),
    ("Host", "Hosts", "host", "hosts"),
    ("Teams message", "Teams messages", "Teams message", "Teams messages"),
    ("Other", "Other", "of another type", "of other types"),
    ("Unrecognised", "Unrecognised", "of an unrecognised type", "of unrecognised types"),
  ]
}
