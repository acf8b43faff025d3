public import ByteText
public import CaseModel
import Digests

/// An approved action, ready to be handed to whoever carries it out (docs/formats/work-order.md).
public struct WorkOrder: Sendable {
  /// What is to be done, with the work-order id: the join key of every format and of results.
  public let assignment: Assignment
  /// `investigation/action`.
  public let action: ByteString
  /// Its digest, 43 characters of base64url.
  public let digest: ByteString
  /// Who approved, and under what rules.
  public let approval: OrderApproval
  /// Where it comes from.
  public let source: OrderSource
  /// From when on it holds.
  public let made: Instant
  /// Until when it may be carried out.
  public let until: Instant
  /// When it was handed over before; `nil` where it is new.
  public let handedBefore: Instant?
  /// Why it is written.
  public let occasion: Occasion

  /// Why an order is written.
  public enum Occasion: String, Hashable, Sendable {
    /// It is handed over; for the first time as far as anybody knows, unless ``WorkOrder/handedBefore`` says otherwise.
    case new
    /// It was handed over, and holds still: the same once more.
    case copy
    /// Its time was over, and it holds again.
    case renewal
  }

  /// Makes an order; `nil` where the effect asks for nothing that could be carried out.
  public init?(
    action: ByteString, effect: Effect, digest: ByteString, approval: OrderApproval,
    source: OrderSource, made: Instant, until: Instant, handedBefore: Instant? = nil, occasion: Occasion = .new
  ) {
    guard let deed = Deed(effect) else { return nil }
    let id = Self.id(issuer: source.issuer, action: action, round: effect.round, digest: digest)
    assignment = Assignment(id: id, effect: effect, deed: deed)
    self.action = action
    self.digest = digest
    self.approval = approval
    self.source = source
    self.made = made
    self.until = until
    self.handedBefore = handedBefore
    self.occasion = occasion
  }

  /// `wo-` and 20 base32 characters of SHA-256("countersign/order/v1" LF issuer LF action LF round LF digest).
  public static func id(issuer: ByteString, action: ByteString, round: Int, digest: ByteString) -> ByteString {
    let name = "countersign/order/v1\n" + issuer + "\n" + action + ByteString("\n\(round)\n") + digest
    return "wo-" + ByteString(Base32.encode(SHA256Sum.of(name.bytes).bytes).prefix(20))
  }

  /// The work-order id.
  public var id: ByteString { assignment.id }
  /// The approved effect, as the ledger keeps it.
  public var effect: Effect { assignment.effect }
  /// What is to be done.
  public var deed: Deed { assignment.deed }
  /// What it is to be done to.
  public var targets: [OrderTarget] { assignment.targets }

  /// The name of a UUID of ours: the same for the same order, whatever else changes.
  func uuid(_ name: ByteString) -> ByteString { OrderIDs.uuid(id + "/" + name) }
}

/// Where an order comes from, as far as instructions and records of it tell.
public struct OrderSource: Sendable {
  /// The deployment's id.
  public var issuer: ByteString
  /// The organisation's name.
  public var organization: ByteString
  /// The marking: `AMBER`, ...; empty where there is none.
  public var tlp: ByteString
  /// Our id of the investigation.
  public var investigation: ByteString
  /// The source system's id of it.
  public var investigationID: ByteString
  /// The source system's id of the action.
  public var actionID: ByteString
  /// Its severity as OCSF has it: 1 informational to 4 high; 0 where it is not known.
  public var severity: Int
  /// How many messages it would change, by the latest record; `nil` where nothing says so.
  public var mailCount: Int?
  /// The version of this program.
  public var version: ByteString

  /// Makes a source.
  public init(
    issuer: ByteString, organization: ByteString, tlp: ByteString, investigation: ByteString,
    investigationID: ByteString, actionID: ByteString, severity: Int, mailCount: Int?, version: ByteString
  ) {
    self.issuer = issuer
    self.organization = organization
    self.tlp = tlp
    self.investigation = investigation
    self.investigationID = investigationID
    self.actionID = actionID
    self.severity = severity
    self.mailCount = mailCount
    self.version = version
  }
}

/// Who approved, and under what rules.
public struct OrderApproval: Sendable {
  /// The votes that count, in order of the ledger.
  public var votes: [Vote]
  /// The first address of each reviewer among them, by principal.
  public var addresses: [ByteString: ByteString]
  /// How many approvals policy asked for.
  public var needed: Int
  /// The rules in words, one each.
  public var rules: [ByteString]
  /// The ledger entry that made the outcome.
  public var entry: Int
  /// When.
  public var at: Instant
  /// Whether one person approved alone in an emergency.
  public var isOverride: Bool

  /// Makes an approval.
  public init(
    votes: [Vote], addresses: [ByteString: ByteString], needed: Int, rules: [ByteString], entry: Int, at: Instant,
    isOverride: Bool
  ) {
    self.votes = votes
    self.addresses = addresses
    self.needed = needed
    self.rules = rules
    self.entry = entry
    self.at = at
    self.isOverride = isOverride
  }

  /// Who approved in words: `approved by r7 (sshsig), r8 (bearer); 2 of 2`.
  var words: ByteString {
    let names = votes.map { vote in
      vote.principal + (vote.actsFor.map { " for " + $0 } ?? "") + " (" + ByteString(stringLiteral: vote.identity.word)
        + ")"
    }
    return "approved by " + joined(names, by: ", ") + ByteString("; \(votes.count) of \(needed)")
      + (isOverride ? ", by emergency override" : "")
  }
}

/// Texts with something between them.
func joined(_ texts: [ByteString], by separator: ByteString) -> ByteString {
  ByteString(Array(texts.map(\.bytes).joined(separator: separator.bytes)))
}

/// UUIDs of what orders tell of.
enum OrderIDs {
  /// The namespace of ours: the UUID of the name `countersign.example` in the namespace of domain names (RFC 9562 section 6.6).
  private static let namespace: [UInt8] = [
    0x6B, 0xA7, 0xB8, 0x10, 0x9D, 0xAD, 0x11, 0xD1, 0x80, 0xB4, 0x00, 0xC0, 0x4F, 0xD4, 0x30, 0xC8,
  ]

  static func uuid(_ name: ByteString) -> ByteString {
    NamedUUID.version5(namespace: namespace, ("countersign.example/" + name).bytes)
  }

  /// The namespace of CACAO playbooks (CACAO 2.0 section 10.10).
  private static let playbooks: [UInt8] = [
    0xAA, 0x7C, 0xAF, 0x3A, 0xD5, 0x5A, 0x4E, 0x9A, 0xB3, 0x4E, 0x05, 0x62, 0x15, 0xFB, 0xA5, 0x6A,
  ]

  static func cacao(_ properties: JSONTree) -> ByteString {
    NamedUUID.version5(namespace: playbooks, CanonicalJSON.bytes(properties))
  }

  /// A UUID in the form of version 4.
  static func fourth(_ uuid: ByteString) -> ByteString {
    var bytes = uuid.bytes
    if bytes.count > 14 { bytes[14] = 0x34 }
    return ByteString(bytes)
  }

  /// The namespace of STIX cyber-observables (STIX 2.1 section 2.9).
  private static let stix: [UInt8] = [
    0x00, 0xAB, 0xED, 0xB4, 0xAA, 0x42, 0x46, 0x6C, 0x9C, 0x01, 0xFE, 0xD2, 0x33, 0x15, 0xA9, 0xB7,
  ]

  /// The deterministic id of an observable: over the canonical JSON of the properties that tell it apart.
  static func observable(_ type: ByteString, _ properties: JSONTree) -> ByteString {
    type + "--" + NamedUUID.version5(namespace: stix, CanonicalJSON.bytes(properties))
  }
}
