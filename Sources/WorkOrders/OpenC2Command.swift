import ByteText
import CaseModel

/// Commands of OpenC2 (Open Command and Control Language Specification 1.0, CS02), one for each target.
///
/// The language has no target for mail and mailboxes: these are extension targets of the namespace `x-mdo` (section 3.1.4).
struct OpenC2Command {
  /// The command's id: the work-order id, with the target's number where there are several.
  let id: ByteString
  /// The command.
  let tree: JSONTree

  /// The commands of an order; none where nobody knows what it does, or no target has a form in the language.
  static func all(of order: WorkOrder) -> [OpenC2Command] {
    guard let verb = verb(order.deed) else { return [] }
    let targets = targets(order.assignment)
    return targets.enumerated().map { index, target in
      let id = targets.count == 1 ? order.id : order.id + ByteString(".\(index + 1)")
      return OpenC2Command(id: id, tree: tree(order, id: id, verb, target))
    }
  }

  /// Into how many parts an order falls, each of which can have a result of its own.
  static func parts(_ order: Assignment) -> Int { verb(order.deed) == nil ? 1 : max(1, targets(order).count) }

  /// The targets that have a form in the language, each once: two may come to the same entry of a list.
  private static func targets(_ order: Assignment) -> [JSONTree] {
    var seen: Set<JSONTree> = []
    return order.targets.compactMap { form(order, $0) }.filter { seen.insert($0).inserted }
  }

  private static func tree(_ order: WorkOrder, id: ByteString, _ verb: StaticString, _ target: JSONTree) -> JSONTree {
    var extra: [JSONTree.Member] = [
      .init("effect_digest", .string(order.digest)), .init("mode", .string(order.deed.word)),
      .init("tenant", .string(order.effect.tenant)), .init("work_order", .string(order.id)),
    ]
    if let most = order.effect.atMost { extra.append(.init("at_most", .int(most))) }
    let hosts = order.targets.compactMap { if case .host(let name) = $0 { name } else { nil } }
    if order.deed.kind == .stopAndQuarantineFile, !hosts.isEmpty {
      extra.append(.init("devices", .array(hosts.map { .string($0) })))
    }
    if !order.effect.parameters.isEmpty { extra.append(.init("parameters", .object(order.effect.parameters))) }
    // What it denies ends when the approval says: section 3.3.1.4, in milliseconds.
    var args: [JSONTree.Member] = [.init("response_requested", "complete"), .init("x-mdo", .object(extra))]
    if let end = order.assignment.blockEnd { args.append(.init("stop_time", .int(Int(end.seconds) * 1_000))) }
    return [
      "action": .string(ByteString(stringLiteral: verb)), "args": .object(args),
      "actuator": ["x-mdo": ["endpoint": .string(endpoint(order.deed))]], "command_id": .string(id), "target": target,
    ]
  }

  private static func verb(_ deed: Deed) -> StaticString? {
    switch deed {
    case .action(let kind):
      switch kind {
      case .softDeleteMessage, .softDeleteCluster, .hardDeleteMessage, .hardDeleteCluster, .removeDelegation,
        .turnOffForwarding:
        "delete"
      case .moveToJunkMessage, .moveToJunkCluster, .quarantineMessage, .quarantineCluster, .quarantineAttachment,
        .isolateDevice, .stopAndQuarantineFile, .disableAccount:
        "contain"
      case .blockURL, .blockDomain, .blockSender, .blockFile: "deny"
      case .disableInboxRule, .revokeSessions: "stop"
      case .runAntivirusScan: "scan"
      case .collectInvestigationPackage: "investigate"
      case .restrictCodeExecution: "create"
      case .withdraw, .undo, .unrecognised: nil
      }
    case .reversal(let reversal, _):
      switch reversal {
      case .restoreMessages, .moveToInbox, .releaseFromQuarantine, .restoreFile: "restore"
      // Not `allow`: that would open what was only closed for a time.
      case .removeBlock, .removeRestriction: "delete"
      case .enableInboxRule: "start"
      case .restoreForwarding, .restoreDelegation: "create"
      case .enableAccount, .releaseFromIsolation: "allow"
      }
    }
  }

  private static func endpoint(_ deed: Deed) -> ByteString {
    switch deed.kind {
    case .blockURL, .blockDomain, .blockSender, .blockFile: "tenant-allow-block-list"
    case .disableAccount, .revokeSessions: "directory"
    case .isolateDevice, .runAntivirusScan, .collectInvestigationPackage, .stopAndQuarantineFile,
      .restrictCodeExecution:
      "device"
    default: "mailbox"
    }
  }

  // MARK: Targets

  private static func form(_ order: Assignment, _ target: OrderTarget) -> JSONTree? {
    if let entry = BlockEntry.of(order, target) {
      guard case .success(let entry) = entry else { return nil }
      if order.deed.isBlock { return denied(order, target, entry) }
      return [
        "x-mdo:list_entry": ["list": .string(ByteString(stringLiteral: entry.list.word)), "value": .string(entry.text)]
      ]
    }
    switch target {
    case .message(let one):
      return object(
        "x-mdo:email",
        [
          ("network_message_id", one.networkMessageID), ("internet_message_id", one.internetMessageID),
          ("recipient", one.recipient),
        ])
    case .cluster(let one):
      var members: [JSONTree.Member] = []
      if !one.query.isEmpty { members.append(.init("query", .string(one.query))) }
      if !one.networkMessageIDs.isEmpty {
        members.append(.init("network_message_ids", .array(one.networkMessageIDs.map { .string($0) })))
      }
      return members.isEmpty ? nil : .object([.init("x-mdo:email", .object(members))])
    case .setting(let one):
      let name: ByteString =
        switch order.deed.kind {
        case .removeDelegation: "x-mdo:delegation"
        case .disableInboxRule: "x-mdo:inbox_rule"
        default: "x-mdo:forwarding"
        }
      return object(
        name,
        [
          ("mailbox", one.mailbox), ("forward_to", one.forwardTo), ("delegate", one.delegate), ("rule", one.rule),
          ("setting_id", one.configID),
        ])
    case .mailbox(let address): return object("x-mdo:mailbox", [("address", address)])
    case .account(let name): return object("x-mdo:account", [("upn", name)])
    case .host(let name) where order.deed.kind == .restrictCodeExecution:
      return object("x-mdo:restriction", [("device", name)])
    // The file is stopped, on the devices that the arguments name.
    case .host where order.deed.kind == .stopAndQuarantineFile: return nil
    case .host(let name):
      return isHostname(name) ? ["device": ["hostname": .string(name)]] : object("x-mdo:device", [("name", name)])
    case .file(let file): return Self.file(file)
    case .url(let url): return object("x-mdo:url", [("url", url)])
    case .other: return nil
    }
  }

  private static func denied(_ order: Assignment, _ target: OrderTarget, _ entry: BlockEntry) -> JSONTree? {
    switch order.deed.kind {
    case .blockURL:
      guard case .url(let url) = target else { return nil }
      // Only a URI may stand there: RFC 3986 has no other characters.
      return isURI(url) ? ["uri": .string(url)] : ["x-mdo:url": ["url": .string(url)]]
    case .blockDomain: return ["domain_name": .string(entry.text)]
    case .blockSender: return ["email_addr": .string(entry.text)]
    default:
      guard case .file(let file) = target else { return nil }
      return Self.file(file)
    }
  }

  /// A file by its hashes: upper-case hexadecimal digits (section 3.4.2.6, RFC 4648 section 8).
  private static func file(_ file: OrderTarget.File) -> JSONTree? {
    let hashes = file.hashes.map { hash in
      let name: ByteString =
        switch hash.kind {
        case .md5: "md5"
        case .sha1: "sha1"
        case .sha256: "sha256"
        }
      return JSONTree.Member(name, .string(ByteString(hash.digits.bytes.map { $0 >= 0x61 ? $0 & 0xDF : $0 })))
    }
    var members: [JSONTree.Member] = hashes.isEmpty ? [] : [.init("hashes", .object(hashes))]
    if !file.name.isEmpty { members.append(.init("name", .string(file.name))) }
    return members.isEmpty ? nil : .object([.init("file", .object(members))])
  }

  private static func object(_ name: ByteString, _ texts: [(ByteString, ByteString)]) -> JSONTree? {
    let members = texts.filter { !$0.1.isEmpty }.map { JSONTree.Member($0.0, .string($0.1)) }
    return members.isEmpty ? nil : .object([.init(name, .object(members))])
  }

  /// Whether a name is a host name (RFC 1123 section 2.1).
  static func isHostname(_ name: ByteString) -> Bool {
    !name.isEmpty && name.count <= 253
      && name.bytes.split(separator: 0x2E, omittingEmptySubsequences: false).allSatisfy { label in
        !label.isEmpty && label.count <= 63 && label.first != 0x2D && label.last != 0x2D
          && label.allSatisfy { ASCII.isAlphanumeric($0) || $0 == 0x2D }
      }
  }

  /// Whether text is a URI with an authority (RFC 3986): its characters only, and escapes whole.
  static func isURI(_ text: ByteString) -> Bool {
    let bytes = text.bytes
    guard ASCII.hasPrefixIgnoringCase(bytes[...], "http://") || ASCII.hasPrefixIgnoringCase(bytes[...], "https://")
    else { return false }
    for (index, byte) in bytes.enumerated() {
      if byte == 0x25 {
        guard index + 2 < bytes.count, ASCII.isHexDigit(bytes[index + 1]), ASCII.isHexDigit(bytes[index + 2]) else {
          return false
        }
      } else if !ASCII.isAlphanumeric(byte) && !Self.marks.contains(byte) {
        return false
      }
    }
    return true
  }

  private static let marks: Set<UInt8> = Set("-._~:/?#@!$&'()*+,;=".utf8)
}
