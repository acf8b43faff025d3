import ByteText
import CaseModel

/// What goes into the Tenant Allow/Block List: entries that mean what was approved and nothing more (AIR section 4C).
///
/// The list takes no scheme, port or credentials, at most 250 characters, and reads `*` and `~` as wildcards: an attacker who writes
/// one into a URL would have the list block what nobody approved. Such a URL is refused, never cut or escaped.
struct BlockEntry: Hashable {
  /// A list.
  enum List {
    case url, sender, file

    /// The word of `-ListType`.
    var word: StaticString {
      switch self {
      case .url: "Url"
      case .sender: "Sender"
      case .file: "FileHash"
      }
    }
  }

  var list: List
  var text: ByteString
  /// Whether it covers every page of a host.
  var isWholeHost = false

  /// Why there is no entry.
  struct Refusal: Error, Hashable {
    var message: ByteString
    var hint: ByteString
  }

  /// The most characters of an entry.
  static let limit = 250

  /// The entry that blocks a target of an order; `nil` where the order blocks nothing.
  static func of(_ order: Assignment, _ target: OrderTarget) -> Result<BlockEntry, Refusal>? {
    switch order.deed.kind {
    case .blockURL:
      guard case .url(let text) = target else { return .failure(unnamed("URL")) }
      return url(text)
    case .blockDomain:
      if let domain = order.text("domain") { return host(domain) }
      guard case .url(let text) = target else { return .failure(unnamed("domain")) }
      return url(text).flatMap { host(ByteString($0.text.bytes.prefix { $0 != 0x2F && $0 != 0x3F })) }
    case .blockSender:
      guard let sender = order.text("sender") else { return .failure(unnamed("sender")) }
      guard MailAddress.isPlain(sender.bytes), sender.count <= limit else {
        return .failure(
          Refusal(
            message: "the sender is no address that the block list takes",
            hint: "withdraw the approval, and have its domain blocked instead"))
      }
      return .success(BlockEntry(list: .sender, text: sender))
    case .blockFile:
      guard case .file(let file) = target else { return .failure(unnamed("file")) }
      guard let sha256 = file.hash(.sha256) else {
        return .failure(
          Refusal(
            message: "the file has no SHA-256: the block list takes no other hash",
            hint: "withdraw the approval, and have the action exported with the SHA-256"))
      }
      return .success(BlockEntry(list: .file, text: sha256))
    default: return nil
    }
  }

  private static func unnamed(_ what: ByteString) -> Refusal {
    Refusal(
      message: "the approved effect names no " + what + " to block",
      hint: "withdraw the approval, and have the action exported with it")
  }

  /// The entry of a URL.
  static func url(_ url: ByteString) -> Result<BlockEntry, Refusal> {
    func refused(_ message: ByteString) -> Result<BlockEntry, Refusal> {
      .failure(Refusal(message: message, hint: "withdraw the approval, and have the domain blocked instead"))
    }
    var rest = url.bytes[...]
    var defaultPort: ByteString = ""
    if ASCII.hasPrefixIgnoringCase(rest, "https://") {
      rest = rest.dropFirst(8)
      defaultPort = "443"
    } else if ASCII.hasPrefixIgnoringCase(rest, "http://") {
      rest = rest.dropFirst(7)
      defaultPort = "80"
    } else if rest.prefix(while: { $0 != 0x2F && $0 != 0x3F }).contains(0x3A) {
      return refused("the URL's scheme is neither http nor https")
    }
    let authority = rest.prefix { $0 != 0x2F && $0 != 0x3F && $0 != 0x23 }
    var path = Array(rest[authority.endIndex...])
    if authority.contains(0x40) { return refused("the URL holds credentials, and the block list takes none") }
    var name = authority
    if let colon = authority.lastIndex(of: 0x3A) {
      guard ByteString(authority[(colon + 1)...]) == defaultPort else {
        return refused("the URL names a port: without it the entry would block more than was approved")
      }
      name = authority[..<colon]
    }
    let host: ByteString
    switch Self.host(ByteString(name)) {
    case .success(let entry): host = entry.text
    case .failure: return refused("the URL's host is no name that the block list takes")
    }
    // What stands behind # never leaves the browser: no service can tell two of them apart.
    if let fragment = path.firstIndex(of: 0x23) { path.removeSubrange(fragment...) }
    if path == [0x2F] { path = [] }
    var text = host.bytes
    for byte in path {
      if byte >= 0x80 {
        // The same resource in the form that goes over the wire (RFC 3987 section 3.1).
        text += [0x25] + Hex.encode([byte]).map { $0 >= 0x61 ? $0 & 0xDF : $0 }
      } else if allowed.contains(byte) {
        text.append(byte)
      } else if byte == 0x2A || byte == 0x7E {
        return refused("the URL holds * or ~, which the block list reads as wildcards")
      } else {
        return refused("the URL holds a character that no entry of the block list may hold")
      }
    }
    guard text.count <= limit else {
      return refused(ByteString("the URL has \(text.count) characters, and the block list takes \(limit)"))
    }
    return .success(BlockEntry(list: .url, text: ByteString(text), isWholeHost: path.isEmpty))
  }

  /// The entry of a host or domain.
  static func host(_ name: ByteString) -> Result<BlockEntry, Refusal> {
    let refusal = Refusal(
      message: "the domain is no name that the block list takes",
      hint: "withdraw the approval, and have the action exported with a plain domain")
    guard let ascii = Punycode.asciiHost(name.bytes), ascii.count <= limit else { return .failure(refusal) }
    let text = ASCII.lowercased(ascii.last == 0x2E ? Array(ascii.dropLast()) : ascii)
    let labels = text.split(separator: 0x2E, omittingEmptySubsequences: false)
    guard labels.count >= 2 else { return .failure(refusal) }
    for label in labels {
      guard !label.isEmpty, label.count <= 63, label.first != 0x2D, label.last != 0x2D,
        label.allSatisfy({ ASCII.isAlphanumeric($0) || $0 == 0x2D || $0 == 0x5F })
      else { return .failure(refusal) }
    }
    return .success(BlockEntry(list: .url, text: ByteString(text), isWholeHost: true))
  }

  /// Characters of paths and queries (RFC 3986 section 3.3 and 3.4), but for `*` and `~`.
  private static let allowed: Set<UInt8> = Set(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._/?%:@!$&'()+,;=".utf8)
}
