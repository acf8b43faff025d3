import ByteText
import CaseModel
import Digests
import PageTemplates
import Testing

@testable import WorkOrders

/// Orders for tests: one action of any kind on any target.
enum Orders {
  static let made = Instant(seconds: 1_773_417_600)
  static let now = made

  static func entity(_ type: EntityType, _ fields: [(EntityField.Name, String)], ids: [String] = []) -> Entity {
    var entity = Entity(type: Recognised(type, raw: ""))
    entity.fields = fields.map { EntityField($0.0, .text(ByteString($0.1))) }
    if !ids.isEmpty { entity.fields.append(EntityField(.networkMessageIDs, .list(ids.map { ByteString($0) }))) }
    return entity
  }

  static func action(_ kind: ActionKind, _ targets: [Entity], _ parameters: [JSONTree.Member] = []) -> RemediationAction
  {
    var action = RemediationAction(
      sourceID: "act-1", kind: kind, rawType: ByteString(kind.rawValue), status: Recognised(.pending, raw: "pending"))
    action.targets = targets
    action.parameters = parameters
    return action
  }

  static func effect(_ kind: ActionKind, _ targets: [Entity], _ parameters: [JSONTree.Member] = []) throws -> Effect {
    let id = try #require(CaseID("act-1"))
    return try Effect(of: action(kind, targets, parameters), id: id, tenant: "t-1", round: 1)
  }

  static func order(_ effect: Effect, mailCount: Int? = nil) throws -> WorkOrder {
    let vote = Vote(principal: "r7", identity: .sshsig, verdict: .approve, comment: "seen", at: made, entry: 7)
    return try #require(
      WorkOrder(
        action: "inv-1/" + effect.action.text, effect: effect, digest: SHA256Sum.of(effect.canonical).base64url,
        approval: OrderApproval(
          votes: [vote], addresses: ["r7": "ivy@desk.example"], needed: 1, rules: ["1 approval"], entry: 8, at: made,
          isOverride: false),
        source: OrderSource(
          issuer: "hq1", organization: "Larkfield", tlp: "AMBER", investigation: "inv-1", investigationID: "case-1",
          actionID: "act-1", severity: 4, mailCount: mailCount, version: "0.1.0"), made: made,
        until: made.adding(seconds: 604_800)))
  }

  static func order(
    _ kind: ActionKind, _ targets: [Entity], _ parameters: [JSONTree.Member] = [], mailCount: Int? = nil
  ) throws -> WorkOrder {
    try order(try effect(kind, targets, parameters), mailCount: mailCount)
  }

  static func batch(_ orders: [WorkOrder]) throws -> OrderBatch {
    var findings: [ByteString: [OrderFinding]] = [:]
    for order in orders { findings[order.id] = OrderLint.findings(order, now: now) }
    return try #require(OrderBatch(orders, made: made, findings: findings))
  }

  static func files(
    _ orders: [WorkOrder], _ formats: Set<OrderFormat> = Set(OrderFormat.allCases)
  ) throws -> [OrderBatch.File] {
    try batch(orders).files(formats, functions: PageTemplates.orderFunctions)
  }

  static let guid = "fa80dd9e-4e21-58ac-9ada-09e223b4eaea"
  static let message = entity(.mailMessage, [(.networkMessageID, guid), (.recipient, "ivy@larkfield.example")])
  static let cluster = entity(.mailCluster, [(.query, "Subject:\"x\"")], ids: [guid])
  static let url = entity(.url, [(.url, "https://kiln.test/pay?id=88")])
  static let file = entity(
    .file,
    [
      (.sha256, String(repeating: "ab", count: 32)), (.sha1, String(repeating: "cd", count: 20)), (.fileName, "a.exe"),
    ])
  static let setting = entity(
    .mailboxConfiguration,
    [
      (.mailbox, "lena@larkfield.example"), (.configType, "mail-forwarding-rule"), (.forwardTo, "drop@kiln.test"),
      (.delegate, "svc@larkfield.example"),
    ])
  static let rule = entity(
    .mailboxConfiguration, [(.mailbox, "lena@larkfield.example"), (.configType, "user-inbox-rule"), (.rule, "tidy")])
  static let account = entity(.account, [(.upn, "lena@larkfield.example")])
  static let host = entity(.host, [(.hostName, "lark-lt-0142.larkfield.example")])
  static let other = entity(.other, [(.other, "thing")])

  /// An order of every kind that an export can bring.
  static func ofEveryKind() throws -> [WorkOrder] {
    try ActionKind.allCases.filter { !$0.isOwn }.map { kind in
      switch kind {
      case .softDeleteMessage, .hardDeleteMessage, .moveToJunkMessage, .quarantineMessage: try order(kind, [message])
      case .softDeleteCluster, .hardDeleteCluster, .moveToJunkCluster, .quarantineCluster:
        try order(kind, [cluster])
      case .quarantineAttachment, .blockFile: try order(kind, [file])
      case .blockURL: try order(kind, [url], [.init("until", "2026-06-01T00:00:00Z")])
      case .blockDomain: try order(kind, [url], [.init("domain", "kiln.test")])
      case .blockSender: try order(kind, [message], [.init("sender", "drop@kiln.test")])
      case .turnOffForwarding: try order(kind, [setting])
      case .removeDelegation: try order(kind, [setting], [.init("accessRights", "FullAccess")])
      case .disableInboxRule: try order(kind, [rule])
      case .disableAccount, .revokeSessions: try order(kind, [account])
      case .isolateDevice, .runAntivirusScan, .collectInvestigationPackage, .restrictCodeExecution:
        try order(kind, [host])
      case .stopAndQuarantineFile: try order(kind, [host, file])
      case .withdraw, .undo, .unrecognised: try order(kind, [other])
      }
    }
  }

  /// The counter-order of an order.
  static func undo(_ order: WorkOrder) throws -> WorkOrder? {
    guard let reversal = order.effect.kind.reversal else { return nil }
    let own = try #require(OwnAction(.undo, of: order.effect.action, round: 1))
    return try Orders.order(Effect(undoing: order.effect, by: reversal, digest: order.digest, own: own))
  }
}
