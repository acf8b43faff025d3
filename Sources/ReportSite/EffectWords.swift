import ByteText
import CaseModel
import WebRendering

/// An effect in words: each member of its canonical JSON, and one sentence that says what will happen.
struct EffectWords {
  private(set) var kind: ActionKind
  private(set) var kindWord: ByteString = ""
  private(set) var rawType: ByteString = ""
  private(set) var tenant: ByteString = ""
  private(set) var round = 1
  private(set) var atMost: Int?
  private(set) var targets: [JSONValue] = []
  private(set) var parameters: [(key: ByteString, value: JSONValue)] = []

  private static let limits = JSONLimits(bytes: 64 << 20, stringBytes: 16 << 20, depth: 16)

  /// Reads an effect back from its canonical bytes, so that a page shows what a token binds and nothing else.
  ///
  /// - Returns: `nil` where the bytes are no effect.
  init?(canonical: [UInt8]) {
    guard let document = try? JSONDocument.parse(canonical, limits: Self.limits),
      let word = document.root["kind"]?.string
    else { return nil }
    let root = document.root
    kindWord = word
    kind = ActionKind(rawValue: word.description) ?? .unrecognised
    rawType = root["rawType"]?.string ?? ""
    tenant = root["tenant"]?.string ?? ""
    round = root["round"]?.int ?? 1
    atMost = root["atMost"]?.int
    targets = root["targets"]?.elements ?? []
    parameters = root["parameters"]?.members ?? []
  }

  /// What will happen, in one sentence.
  var sentence: HTML {
    if kind.countsMail { return clusterSentence }
    let one = targets.count == 1
    let number: HTML = one ? "" : "\(text: Digits.grouped(targets.count)) "
    switch kind {
    case .softDeleteMessage: return "Soft delete the \(number)\(one ? "one message" : "messages") below."
    case .hardDeleteMessage: return "Delete the \(number)\(one ? "one message" : "messages") below for good."
    case .moveToJunkMessage: return "Move the \(number)\(one ? "one message" : "messages") below to junk."
    case .quarantineMessage: return "Quarantine the \(number)\(one ? "one message" : "messages") below."
    case .quarantineAttachment: return "Quarantine the \(number)\(one ? "attachment" : "attachments") below."
    case .blockURL: return "Block the \(number)\(one ? "URL" : "URLs") below at the time of click."
    case .blockDomain: return "Block the \(number)\(one ? "domain" : "domains") below."
    case .blockSender: return "Block the \(number)\(one ? "sender" : "senders") below."
    case .blockFile: return "Block the \(number)\(one ? "file" : "files") below."
    case .turnOffForwarding:
      return "Turn off external forwarding of the \(number)\(one ? "mailbox" : "mailboxes") below."
    case .removeDelegation: return "Remove the \(number)\(one ? "delegation" : "delegations") below."
    case .disableInboxRule: return "Disable the \(number)\(one ? "inbox rule" : "inbox rules") below."
    case .disableAccount: return "Disable the \(number)\(one ? "account" : "accounts") below."
    case .revokeSessions: return "Revoke every session of the \(number)\(one ? "account" : "accounts") below."
    case .isolateDevice: return "Isolate the \(number)\(one ? "device" : "devices") below."
    case .runAntivirusScan: return "Run an antivirus scan on the \(number)\(one ? "device" : "devices") below."
    case .collectInvestigationPackage:
      return "Collect an investigation package from the \(number)\(one ? "device" : "devices") below."
    case .stopAndQuarantineFile: return "Stop and quarantine the \(number)\(one ? "file" : "files") below."
    case .withdraw: return withdrawSentence
    case .undo: return undoSentence
    case .restrictCodeExecution:
      return "Restrict code execution on the \(number)\(one ? "device" : "devices") below."
    default:
      return "Do what the source calls \(Shown.code(rawType)) to the \(number)\(one ? "target" : "targets") below. "
        + "Countersign does not know this kind of action."
    }
  }

  private func parameter(_ name: StaticString) -> JSONValue? {
    parameters.first { $0.key == ByteString(stringLiteral: name) }?.value
  }

  /// The name of a parameter: in words where the action is one of our own, as the export has it otherwise.
  func label(ofParameter key: ByteString) -> [UInt8] {
    let words: [(StaticString, StaticString)] = [
      ("decision", "Takes back"), ("digest", "Effect digest it was bound to"), ("ofRound", "Of round"),
      ("kind", "What was carried out"), ("reversal", "Step that reverses it"),
    ]
    if kind.isOwn, let label = words.first(where: { ByteString(stringLiteral: $0.0) == key })?.1 {
      return Words.bytes(label)
    }
    let prefix = Effect.donePrefix.bytes
    if kind == .undo && key.bytes.starts(with: prefix) {
      return Sanitizer.sanitized(Array(key.bytes.dropFirst(prefix.count)), limit: Sanitizer.nameLimit)
        + Words.bytes(", as it was carried out")
    }
    return Sanitizer.sanitized(key.bytes, limit: Sanitizer.nameLimit)
  }

  private var withdrawSentence: HTML {
    let what: HTML = parameter("decision")?.string == "reject" ? "rejection" : "approval"
    return
      "Take back the \(what) of round \(parameter("ofRound")?.int ?? 1). The action then waits for a decision again."
  }

  private var undoSentence: HTML {
    let word = parameter("reversal")?.string ?? ""
    let step = Reversal.allCases.first { ByteString($0.rawValue) == word }
    let limit: HTML = atMost.map { ", at most \(text: Words.count($0, "message", "messages"))" } ?? ""
    return "Reverse what was carried out in round \(parameter("ofRound")?.int ?? 1): "
      + "<strong>\(step.map { HTML(trusted: $0.title) } ?? Shown.code(word))</strong>, for what is named below\(limit)."
  }

  private var clusterSentence: HTML {
    let match: HTML = targets.count == 1 ? "the query below" : "the queries below"
    guard let atMost else {
      let all: HTML = "every message that matches \(match). The records name no number, so there is no ceiling."
      switch kind {
      case .moveToJunkCluster: return "Move to junk \(all)"
      case .quarantineCluster: return "Quarantine \(all)"
      case .hardDeleteCluster: return "Delete for good \(all)"
      default: return "Soft delete \(all)"
      }
    }
    let some: HTML = "<strong>at most \(text: Words.count(atMost, "message", "messages"))</strong>"
    switch kind {
    case .moveToJunkCluster: return "Move \(some) to junk: those that match \(match)."
    case .quarantineCluster: return "Quarantine \(some): those that match \(match)."
    case .hardDeleteCluster: return "Delete \(some) for good: those that match \(match)."
    default: return "Soft delete \(some): those that match \(match)."
    }
  }

  /// The ceiling in words.
  func ceiling(now count: Int?) -> HTML {
    guard kind.countsMail else { return "<span class=\"none\">None: it acts on exactly what is named</span>" }
    guard let atMost else { return "<span class=\"none\">None: the number of messages is not known</span>" }
    let words: HTML = "At most \(text: Words.count(atMost, "message", "messages"))"
    guard let count else { return words }
    return words + "; \(text: Words.count(count, "message", "messages")) by the latest record"
  }

  /// Whether it can be undone, in words.
  static func reversible(_ kind: ActionKind) -> HTML {
    if kind.isReversible { return "Yes" }
    return kind == .unrecognised ? "Not known: treat it as final" : "No"
  }

  /// The value of a target's member; `nil` for its type, which is the heading.
  static func member(_ key: ByteString, _ value: JSONValue) -> (label: [UInt8], html: HTML) {
    let label = labels.first { key.bytes.elementsEqual($0.key.utf8) }?.label ?? key.description
    return (Array(label.utf8), html(value, key))
  }

  static func html(_ value: JSONValue, _ key: ByteString) -> HTML {
    switch value.kind {
    case .string: return text(value.string ?? "", key)
    case .array:
      let items = value.elements
      var list: HTML = "<ul class=\"values\">"
      for item in items.prefix(FieldValue.listLimit) { list += "<li>\(html(item, key))</li>" }
      if items.count > FieldValue.listLimit {
        let rest = Digits.grouped(items.count - FieldValue.listLimit)
        list += "<li class=\"none\">and \(text: rest) more, all of them in the canonical JSON below</li>"
      }
      return list + "</ul>"
    default: return Shown.code(ByteString(value.raw))
    }
  }

  private static func text(_ text: ByteString, _ key: ByteString) -> HTML {
    for name in ["url", "expandedUrl"] where key.bytes.elementsEqual(name.utf8) { return Shown.url(text) }
    for name in addressKeys where key.bytes.elementsEqual(name.utf8) { return Shown.address(text) }
    return Shown.code(text)
  }

  private static let addressKeys = ["recipient", "mailbox", "forwardTo", "delegate", "address", "upn", "host"]

  private static let labels: [(key: String, label: String)] = [
    ("networkMessageId", "Network message ID"), ("networkMessageIds", "Network message IDs"),
    ("internetMessageId", "Internet message ID"), ("recipient", "Recipient"), ("query", "Query"), ("url", "URL"),
    ("sha256", "SHA-256"), ("sha1", "SHA-1"), ("md5", "MD5"), ("hash", "Other hash"), ("name", "Name"),
    ("mailbox", "Mailbox"), ("configType", "Setting"), ("configId", "Setting ID"), ("forwardTo", "Forwards to"),
    ("delegate", "Delegate"), ("rule", "Rule"), ("address", "Address"), ("upn", "User principal name"),
    ("host", "Host"), ("id", "Id"), ("rawType", "Type in the source"), ("action", "Action"),
  ]

  /// The heading of a target: its type.
  static func heading(_ target: JSONValue) -> [UInt8] {
    let type = target["type"]?.string ?? ""
    let known: [(StaticString, StaticString)] = [
      ("mail-message", "Message"), ("mail-cluster", "Mail cluster"), ("url", "URL"), ("file", "File"),
      ("mailbox", "Mailbox"), ("mailbox-configuration", "Mailbox setting"), ("ip", "IP address"),
      ("account", "Account"), ("host", "Device"), ("decision", "Decision"),
    ]
    return Words.bytes(known.first { ByteString(Words.bytes($0.0)) == type }?.1 ?? "Target")
  }
}
