public import ByteText

/// One thing that a work order acts on: the identifiers that the approval binds, read back from the effect.
///
/// Nothing else of a record goes into an instruction: a subject or a sender can change without voiding an approval.
public enum OrderTarget: Hashable, Sendable {
  case message(Message)
  case cluster(Cluster)
  case url(ByteString)
  case file(File)
  case mailbox(ByteString)
  case setting(Setting)
  case account(ByteString)
  case host(ByteString)
  /// Anything else, as the effect has it.
  case other(JSONTree)

  /// A copy of a message in a mailbox.
  public struct Message: Hashable, Sendable {
    var networkMessageID: ByteString
    var internetMessageID: ByteString
    var recipient: ByteString
  }

  /// Messages that a query found.
  public struct Cluster: Hashable, Sendable {
    var query: ByteString
    var networkMessageIDs: [ByteString]
  }

  /// A file, by its hashes; hexadecimal digits in lower case.
  public struct File: Hashable, Sendable {
    var sha256: ByteString
    var sha1: ByteString
    var md5: ByteString
    var name: ByteString

    /// A kind of hash.
    enum Hash {
      case md5, sha1, sha256
    }

    /// The hashes that are whole, weakest first; lower case.
    var hashes: [(kind: Hash, digits: ByteString)] {
      [(Hash.md5, md5, 32), (.sha1, sha1, 40), (.sha256, sha256, 64)].compactMap { kind, digits, count in
        digits.count == count && digits.bytes.allSatisfy(ASCII.isHexDigit) ? (kind, digits) : nil
      }
    }

    /// The hash of a kind; `nil` where there is none that is whole.
    func hash(_ kind: Hash) -> ByteString? { hashes.first { $0.kind == kind }?.digits }
  }

  /// A setting of a mailbox.
  public struct Setting: Hashable, Sendable {
    var mailbox: ByteString
    var configType: ByteString
    var configID: ByteString
    var forwardTo: ByteString
    var delegate: ByteString
    var rule: ByteString
  }

  /// Reads a target of an effect (docs/formats/effect.md).
  init(_ tree: JSONTree) {
    guard case .object(let members) = tree else {
      self = .other(tree)
      return
    }
    func value(_ key: ByteString) -> JSONTree? { members.first { $0.key == key }?.value }
    func text(_ key: ByteString) -> ByteString {
      if case .string(let text)? = value(key) { text } else { "" }
    }
    switch text("type") {
    case "mail-message":
      self = .message(
        Message(
          networkMessageID: text("networkMessageId"), internetMessageID: text("internetMessageId"),
          recipient: text("recipient")))
    case "mail-cluster":
      var ids: [ByteString] = []
      if case .array(let items)? = value("networkMessageIds") {
        ids = items.compactMap { if case .string(let id) = $0 { id } else { nil } }
      }
      self = .cluster(Cluster(query: text("query"), networkMessageIDs: ids))
    case "url": self = .url(text("url"))
    case "file":
      self = .file(File(sha256: text("sha256"), sha1: text("sha1"), md5: text("md5"), name: text("name")))
    case "mailbox": self = .mailbox(text("mailbox"))
    case "mailbox-configuration":
      self = .setting(
        Setting(
          mailbox: text("mailbox"), configType: text("configType"), configID: text("configId"),
          forwardTo: text("forwardTo"), delegate: text("delegate"), rule: text("rule")))
    case "account": self = .account(text("upn"))
    case "host": self = .host(text("host"))
    default: self = .other(tree)
    }
  }

  /// The ids of the messages it is about.
  var networkMessageIDs: [ByteString] {
    switch self {
    case .message(let one): one.networkMessageID.isEmpty ? [] : [one.networkMessageID]
    case .cluster(let one): one.networkMessageIDs
    default: []
    }
  }

  /// What people know it by, from what the approval binds; not sanitised.
  var label: ByteString {
    switch self {
    case .message(let one):
      [one.networkMessageID, one.internetMessageID].first { !$0.isEmpty } ?? one.recipient
    case .cluster(let one): one.query.isEmpty ? one.networkMessageIDs.first ?? "" : one.query
    case .url(let url): url
    case .file(let file): [file.name, file.sha256, file.sha1, file.md5].first { !$0.isEmpty } ?? ""
    case .mailbox(let address): address
    case .setting(let one): one.mailbox
    case .account(let name): name
    case .host(let name): name
    case .other(let tree): ByteString(CanonicalJSON.bytes(tree))
    }
  }
}
