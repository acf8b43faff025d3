public import ByteText
public import CaseModel
import WebRendering

/// An action by the words that people know it by.
public struct DigestTarget: Sendable {
  /// The action.
  public var id: CaseID
  /// What it does.
  public var kind: ActionKind
  /// The one line by which people know the target.
  public var label: ByteString
  /// The kind as the source names it, where we do not know it; empty otherwise.
  public var rawKind: ByteString

  /// Makes a target.
  public init(id: CaseID, kind: ActionKind, rawKind: ByteString = "", label: ByteString) {
    self.id = id
    self.kind = kind
    self.rawKind = kind == .unrecognised ? rawKind : ""
    self.label = label
  }
}

/// A pending action as a digest tells it.
public struct DigestAction: Sendable {
  /// What may be said about an effect beyond its kind, each with a name.
  public typealias Parameter = (name: ByteString, value: ByteString)

  /// The action and its first target.
  public var target: DigestTarget
  /// Further targets.
  public var moreTargets: [ByteString]
  /// How many targets there are.
  public var targetCount: Int
  /// Settings of the effect.
  public var parameters: [Parameter]
  /// The investigation's name, or its source id.
  public var investigationName: ByteString
  /// How bad it is.
  public var severity: Recognised<Severity>
  /// Threats named for the target.
  public var threat: ByteString
  /// How many messages it would change now; `nil` where nothing says so.
  public var mailCount: Int?
  /// The most messages that an approval covers; `nil` where there is no ceiling.
  public var atMost: Int?
  /// Until when it can be decided.
  public var deadline: Instant
  /// What it takes to decide it.
  public var policy: KindPolicy
  /// How many have approved it in this round.
  public var approvals: Int
  /// What is not as the last digest said, in words.
  public var changes: [ByteString]
  /// The effect digest, 43 base64url characters; `nil` where the action has no effect.
  public var digest: ByteString?
  /// Why it has no effect that could be approved; empty where it has one.
  public var problem: ByteString
  /// The token that approves and the one that rejects; `nil` where there are none.
  public var tokens: (approve: [UInt8], reject: [UInt8])?

  /// Makes an action of what every one has.
  public init(
    target: DigestTarget, investigationName: ByteString, severity: Recognised<Severity>,
    deadline: Instant, policy: KindPolicy
  ) {
    self.target = target
    self.investigationName = investigationName
    self.severity = severity
    self.deadline = deadline
    self.policy = policy
    moreTargets = []
    targetCount = 1
    parameters = []
    threat = ""
    approvals = 0
    changes = []
    problem = ""
  }
}

/// Where the site is published, and how a mail leads there.
public enum DigestSite: Sendable {
  /// Mails link to it.
  case published(SiteAddress)
  /// Mails name the path, which people know.
  case path(ByteString)
  /// Mails name pages by their place in it.
  case unknown

  /// Takes what the workspace is configured with.
  public init(_ text: ByteString) {
    if text.isEmpty {
      self = .unknown
    } else if let address = SiteAddress(text.bytes) {
      self = .published(address)
    } else {
      self = .path(text)
    }
  }

  /// The link to a page; `nil` where mails only name it.
  func link(_ page: ByteString) -> SitePath? {
    guard case .published(let address) = self, let path = SitePath(page.bytes) else { return nil }
    return .page(path, at: address)
  }

  /// Where a page is, in words.
  func place(_ page: ByteString) -> ByteString {
    guard case .path(let path) = self else { return page }
    let separator: ByteString = path.bytes.contains(0x5C) && !path.bytes.contains(0x2F) ? "\\" : "/"
    return (path.bytes.last == separator.bytes.first ? path : path + separator)
      + ByteString(page.bytes.map { $0 == 0x2F ? separator.bytes[0] : $0 })
  }
}
