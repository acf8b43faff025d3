import ByteText
import CaseModel

/// The hunting query that finds the messages of an order, and what is done with them through Microsoft Graph (AIR section 4A).
///
/// The ids that Graph wants are not in the records: `EmailEvents` has them for each copy. Messages are found by network message id
/// and recipient alone, which the approval binds. In Kusto, text between quotes knows escapes that differ between its dialects; a value
/// that is no GUID or plain address therefore has no place in a query.
struct MailQuery: Hashable {
  /// The query.
  let kusto: ByteString
  /// The most copies that may be touched.
  let atMost: Int

  /// The word of the `action` member; `nil` where Graph has none for the deed.
  static func action(_ deed: Deed) -> StaticString? {
    switch deed {
    case .action(.softDeleteMessage), .action(.softDeleteCluster): "softDelete"
    case .action(.hardDeleteMessage), .action(.hardDeleteCluster): "hardDelete"
    case .action(.moveToJunkMessage), .action(.moveToJunkCluster): "moveToJunk"
    case .reversal(.restoreMessages, _), .reversal(.moveToInbox, _): "moveToInbox"
    default: nil
    }
  }

  /// Where copies must lie: what somebody else moved since is not ours to move back, and nothing is lifted out of quarantine.
  private static func place(_ deed: Deed) -> ByteString {
    switch deed {
    case .reversal(.restoreMessages, _): " | where LatestDeliveryAction =~ \"Soft delete\""
    case .reversal(.moveToInbox, _): " | where LatestDeliveryAction =~ \"Moved to junk folder\""
    case .action(.moveToJunkMessage), .action(.moveToJunkCluster): " | where LatestDeliveryLocation !~ \"Quarantine\""
    default: ""
    }
  }

  /// The most ids in one query: its text stays far below the 100,000 characters that hunting takes.
  private static let mostIDs = 1_000

  init(_ order: Assignment) throws(ScriptSteps.ByHand) {
    var conditions: [ByteString] = []
    var copies = 0
    var ids = 0
    for target in order.targets {
      let own = target.networkMessageIDs
      guard !own.isEmpty else { throw ScriptSteps.ByHand(reason: "a message is not named by its network message id") }
      guard own.allSatisfy(Self.isGUID) else {
        throw ScriptSteps.ByHand(reason: "a network message id is no GUID, and no query can hold it")
      }
      ids += own.count
      var condition = "NetworkMessageId in (" + joined(own.map { "\"" + $0 + "\"" }, by: ", ") + ")"
      if case .message(let message) = target, !message.recipient.isEmpty {
        guard MailAddress.isPlain(message.recipient.bytes) else {
          throw ScriptSteps.ByHand(reason: "a recipient is not named by a plain address")
        }
        condition = "(" + condition + " and RecipientEmailAddress =~ \"" + message.recipient + "\")"
        copies += 1
      } else {
        copies += own.count
      }
      conditions.append(condition)
    }
    guard ids <= Self.mostIDs else {
      throw ScriptSteps.ByHand(
        reason: ByteString("it names \(ids) messages, and one query here takes \(Self.mostIDs)"))
    }
    atMost = order.effect.atMost ?? copies
    kusto =
      "EmailEvents | where Timestamp > ago(30d) | where " + joined(conditions, by: " or ")
      + Self.place(order.deed) + " | distinct NetworkMessageId, RecipientEmailAddress, ReportId"
  }

  /// Whether a text is 8-4-4-4-12 hexadecimal digits.
  static func isGUID(_ text: ByteString) -> Bool {
    guard text.count == 36 else { return false }
    for (index, byte) in text.bytes.enumerated() {
      let isDash = index == 8 || index == 13 || index == 18 || index == 23
      guard isDash ? byte == 0x2D : ASCII.isHexDigit(byte) else { return false }
    }
    return true
  }
}
