import ByteText
import CaseModel

/// A cyber-observable object of STIX 2.1 (section 6), with its deterministic id, and the pattern that matches it.
struct STIXObservable {
  let type: ByteString
  private let properties: [JSONTree.Member]
  private let identity: JSONTree
  /// The pattern; `nil` where the object is no sign of malice by itself.
  let pattern: ByteString?

  /// - Parameter identity: the properties that its id is made of (section 6, *ID Contributing Properties*).
  private init(
    _ type: ByteString, _ properties: [JSONTree.Member], identity: [JSONTree.Member]? = nil, pattern: ByteString?
  ) {
    self.type = type
    self.properties = properties
    self.identity = .object(identity ?? properties)
    self.pattern = pattern
  }

  /// The object.
  func object(marking: ByteString?) -> JSONTree {
    var all: [JSONTree.Member] = [
      .init("id", .string(OrderIDs.observable(type, identity))), .init("spec_version", "2.1"),
      .init("type", .string(type)),
    ]
    if let marking { all.append(.init("object_marking_refs", [.string(marking)])) }
    return .object(all + properties)
  }

  /// What an order acts on, as far as STIX has objects for it.
  static func all(of order: WorkOrder) -> [STIXObservable] { order.targets.compactMap { of(order, $0) } }

  private static func of(_ order: WorkOrder, _ target: OrderTarget) -> STIXObservable? {
    // What is unblocked, or was a mistake, is no indicator; nor is what nobody knows.
    let isMalicious = if case .action(let kind) = order.deed { kind != .unrecognised } else { false }
    func single(_ type: ByteString, _ path: ByteString, _ key: ByteString, _ text: ByteString) -> STIXObservable {
      STIXObservable(
        type, [.init(key, .string(text))], pattern: isMalicious ? "[" + path + " = " + literal(text) + "]" : nil)
    }
    switch (order.deed.kind, target) {
    case (.blockDomain, _):
      // Whether a name of other letters is one that IDNA allows is not known here: such an observable could be refused.
      guard case .success(let entry)? = BlockEntry.of(order.assignment, target),
        OpenC2Command.isHostname(entry.text),
        !entry.text.bytes.split(separator: 0x2E).contains(where: { $0.starts(with: Array("xn--".utf8)) })
      else { return nil }
      return single("domain-name", "domain-name:value", "value", entry.text)
    case (.blockSender, _):
      guard case .success(let entry)? = BlockEntry.of(order.assignment, target) else { return nil }
      return single("email-addr", "email-addr:value", "value", entry.text)
    case (_, .url(let url)):
      guard let uri = uri(url) else { return nil }
      return single("url", "url:value", "value", uri)
    case (_, .file(let file)): return self.file(file, isMalicious)
    case (_, .mailbox(let address)), (_, .account(let address)):
      return STIXObservable(
        "user-account", [.init("account_login", .string(address))], pattern: nil)
    default: return nil
    }
  }

  /// A URL as RFC 3986 has it (section 6.12.1 of STIX demands that); `nil` where it has no such form.
  private static func uri(_ url: ByteString) -> ByteString? {
    if OpenC2Command.isURI(url) { return url }
    guard case .success(let entry) = BlockEntry.url(url) else { return nil }
    let isPlain = ASCII.hasPrefixIgnoringCase(url.bytes[...], "http://")
    let uri = (isPlain ? "http://" : "https://") + entry.text
    return OpenC2Command.isURI(uri) ? uri : nil
  }

  private static func file(_ file: OrderTarget.File, _ isMalicious: Bool) -> STIXObservable? {
    let hashes = file.hashes.map { hash in
      let name: ByteString =
        switch hash.kind {
        case .md5: "MD5"
        case .sha1: "SHA-1"
        case .sha256: "SHA-256"
        }
      return JSONTree.Member(name, .string(hash.digits))
    }
    guard let strongest = hashes.last, case .string(let value) = strongest.value else { return nil }
    var properties: [JSONTree.Member] = [.init("hashes", .object(hashes))]
    if !file.name.isEmpty { properties.append(.init("name", .string(file.name))) }
    // Of several hashes the first of MD5, SHA-1, SHA-256 makes the id (section 6.7).
    var identity = properties
    if let first = hashes.first { identity[0] = .init("hashes", .object([first])) }
    return STIXObservable(
      "file", properties, identity: identity,
      pattern: isMalicious ? "[file:hashes.'" + strongest.key + "' = " + literal(value) + "]" : nil)
  }

  /// A string of the pattern language: `'` and `\` are escaped by a backslash (section 9.2).
  private static func literal(_ text: ByteString) -> ByteString {
    var out: [UInt8] = [0x27]
    for byte in text.bytes {
      if byte == 0x27 || byte == 0x5C { out.append(0x5C) }
      out.append(byte)
    }
    return ByteString(out + [0x27])
  }
}
