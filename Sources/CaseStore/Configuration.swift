public import ByteText
public import CaseModel

/// `countersign.yaml` (DESIGN section 5, *Configuration*).
public struct Configuration: Hashable, Sendable {
  /// Where "now" comes from.
  public enum Clock: String, Hashable, Sendable, CaseIterable {
    /// The machine's clock; `--at` may differ from it by five minutes.
    case system
    /// `--at`, always.
    case given
  }

  /// The organisation's name.
  public var organization: ByteString
  /// Tenants whose records are taken; empty: any one, the first seen.
  public var tenants: [ByteString]
  /// The deployment's id, `[a-z0-9-]{1,16}`.
  public var issuer: ByteString
  /// Where "now" comes from.
  public var clock: Clock
  /// Traffic Light Protocol 2.0 label without `TLP:`; `nil` where none is set.
  public var tlp: ByteString?
  /// Who may decide.
  public var reviewers: [Reviewer]
  /// What it takes to decide.
  public var policy: Policy
  /// Settings of the daily mail.
  public var mail: Mail
  /// Where each key stands in the file: for what is found wrong with values that are well-formed.
  public var places = ConfigurationPlaces()

  /// Settings of the daily mail.
  public struct Mail: Hashable, Sendable {
    /// The sender; `nil` where none is set.
    public var from: MailAddress?
    /// Where replies go.
    public var decisionsTo: ByteString = ""
    /// Path of the program that sends.
    public var sendmail: ByteString = "/usr/sbin/sendmail"
    /// Where the site is published: a URL, or a path that people know; empty for nowhere.
    public var siteURL: ByteString = ""
    /// Seconds from one digest to the next.
    public var digestEvery: Int64 = 86_400
    /// Whether a reviewer for whom there is nothing gets a mail that says so.
    public var whenEmpty = WhenEmpty.skip

    /// What happens where there is nothing to tell.
    public enum WhenEmpty: String, Hashable, Sendable, CaseIterable {
      /// No mail, but once a week one that says that the digest still runs.
      case skip
      /// A mail that says so.
      case send
    }

    /// Makes the defaults.
    public init() {}
  }

  /// Makes a configuration of what every one must have.
  public init(organization: ByteString, issuer: ByteString) {
    self.organization = organization
    self.issuer = issuer
    tenants = []
    clock = .system
    reviewers = []
    policy = Policy()
    mail = Mail()
  }

  /// The file's name in a workspace.
  public static let fileName: ByteString = "countersign.yaml"

  /// Whether a text can be a deployment's or reviewer's id.
  public static func isID(_ text: ByteString) -> Bool {
    text.count >= 1 && text.count <= 16
      && text.bytes.allSatisfy { $0 == 0x2D || ASCII.isDigit($0) || $0 >= 0x61 && $0 <= 0x7A }
  }
}

/// A place in the configuration file.
public struct ConfigurationPlace: Hashable, Sendable {
  /// The line, from 1.
  public var line: Int
  /// The column, from 1.
  public var column: Int

  /// Makes a place.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

/// Where the keys of a configuration stand, by path (`policy.kinds.block-url.quorum`).
///
/// No part of what a configuration says: two that say the same are equal.
public struct ConfigurationPlaces: Hashable, Sendable {
  private var places: [ByteString: ConfigurationPlace] = [:]

  init(_ places: [ByteString: ConfigurationPlace] = [:]) { self.places = places }

  /// The place of a key, or of the nearest one around it; the start of the file where none is there.
  public subscript(key: ByteString) -> ConfigurationPlace {
    var path = key.bytes[...]
    while !path.isEmpty {
      if let place = places[ByteString(path)] { return place }
      path = path[..<(path.lastIndex { $0 == 0x2E || $0 == 0x5B } ?? 0)]
    }
    return ConfigurationPlace(line: 1, column: 1)
  }

  /// Equal always.
  public static func == (_: ConfigurationPlaces, _: ConfigurationPlaces) -> Bool { true }

  /// Hashes nothing.
  public func hash(into _: inout Hasher) {}
}

/// A mistake in the configuration, with its place.
public struct ConfigurationError: Error, Hashable, Sendable {
  /// The line, from 1.
  public var line: Int
  /// The column, from 1.
  public var column: Int
  /// The key it stands at, as a path; empty where there is none.
  public var key: ByteString
  /// What is wrong.
  public var message: ByteString
  /// What to do; may be empty.
  public var hint: ByteString

  /// Makes a mistake.
  public init(line: Int, column: Int, key: ByteString = "", message: ByteString, hint: ByteString = "") {
    self.line = line
    self.column = column
    self.key = key
    self.message = message
    self.hint = hint
  }

  /// The mistake as a diagnostic of the file.
  public var diagnostic: Diagnostic {
    Diagnostic(
      .error, file: Configuration.fileName + ByteString(":\(line):\(column)"), field: key, message: message, hint: hint)
  }
}
