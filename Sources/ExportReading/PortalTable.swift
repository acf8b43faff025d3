import ByteText

/// Tables that people save from the portal's pages (AIR section 3.4): they name no ids that an approval could be bound to, so
/// they are told apart from foreign files and refused with the way to the audit records.
///
/// Columns depend on what was visible, and one file name has two layouts, so a header is known by the labels that it shares with
/// a layout.
enum PortalTable: CaseIterable {
  case investigations, log, pending, pendingHistory, actionCenter

  /// What the table is, for messages.
  var name: ByteString {
    switch self {
    case .investigations: "the portal's table of investigations"
    case .log: "the portal's log of an investigation"
    case .pending: "the portal's table of pending actions"
    case .pendingHistory: "the portal's history of pending actions"
    case .actionCenter: "the history of the Action center"
    }
  }

  static let hint: ByteString =
    "it names no ids that an approval could be bound to: search the audit log for AirInvestigationData and export that"

  /// Labels of the layout in lower case, those first that no other layout has.
  private var labels: [StaticString] {
    switch self {
    case .investigations:
      [
        "detection source", "last changed time", "threat count", "action count", "duration of investigation", "id",
        "status", "investigation", "users", "creation time",
      ]
    case .log:
      [
        "execution start time", "pending duration", "queued duration", "time created", "device name", "id",
        "action type", "action", "status", "description", "comments", "duration",
      ]
    case .pending:
      [
        "investigation id", "first seen", "email count", "high confidence phish", "not in mailbox", "on-prem/external",
        "entity type", "threat type", "details", "malware", "phish", "spam", "delivered", "junked", "replaced",
        "blocked", "mailbox", "subject",
      ]
    case .pendingHistory: ["wait time", "handled by", "action type", "entity", "status", "time"]
    case .actionCenter:
      [
        "actionstatus", "actiontype", "actiondecision", "decidedby", "actionautomationtype", "actionsource",
        "computername", "investigationid", "actionid", "starttime", "endtime", "entitytype", "undo", "comment",
      ]
    }
  }

  /// The layout of a header line; `nil` where it shares fewer than three labels, or fewer than half of its own, with any.
  init?(header: [UInt8]) {
    var best: (layout: PortalTable, shared: Int)?
    for separator in [0x2C, 0x3B, 0x09] as [UInt8] {
      guard case .record(let record)? = CSVReader.events(in: header, separator: separator).first else { continue }
      let fields = record.fields.map { ASCII.lowercased(Array(ASCII.trim($0[...]))) }
      for layout in Self.allCases {
        let shared = fields.count { field in
          layout.labels.contains { label in label.withUTF8Buffer { unsafe $0.elementsEqual(field) } }
        }
        if shared >= 3, shared * 2 >= fields.count, shared > best?.shared ?? 0 { best = (layout, shared) }
      }
    }
    guard let best else { return nil }
    self = best.layout
  }
}
