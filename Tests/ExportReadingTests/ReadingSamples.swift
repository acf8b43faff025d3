import ByteText
import CaseModel
import ExportReading
import Foundation

/// What tests of this target share: small records, and the items of a file.
enum ReadingSamples {
  static let shared = ProcessInfo.processInfo.environment["COUNTERSIGN_SHARED"]
  static let tenant: ByteString = "7e10109e-b0f4-5ba3-9e4e-a0812d215bd1"

  /// The six audit records of the format description.
  static func airSamples() throws -> [[UInt8]] {
    let path = (shared ?? "") + "/formats/air-samples.jsonl"
    return try Array(Data(contentsOf: URL(fileURLWithPath: path))).split(separator: 0x0A).map(Array.init)
  }

  /// Folder of the project's own sample exports; empty where there is none.
  static func sampleExports() -> [URL] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder = root.appendingPathComponent("sample-data/exports")
    let found = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    return (found ?? []).sorted { $0.path < $1.path }
  }

  /// A JSON text of a Foundation object.
  static func json(_ object: Any) -> [UInt8] {
    let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? JSONSerialization.data(withJSONObject: object, options: options) else { return [] }
    return Array(data)
  }

  static func text(_ object: Any) -> String { String(decoding: json(object), as: UTF8.self) }

  /// The keys that every audit record has, changed.
  static func record(_ changes: [String: Any?] = [:]) -> [String: Any] {
    var keys: [String: Any] = [
      "CreationTime": "2026-03-09T07:52:07", "Id": "record-1", "Operation": "AirInvestigationData",
      "OrganizationId": "7e10109e-b0f4-5ba3-9e4e-a0812d215bd1", "RecordType": 64,
      "InvestigationId": "urn:ZappedUrlInvestigation:72dfec", "Status": "Pending Action",
    ]
    for (key, value) in changes { keys[key] = value }
    return keys
  }

  /// An action of the older dialect, changed.
  static func action(_ changes: [String: Any?] = [:]) -> [String: Any] {
    var keys: [String: Any] = [
      "$id": "1", "ActionId": "urn:EmailZapper:1", "ActionApproval": "None", "ActionType": "EmailRemediation",
      "ActionStatus": "Pending", "Entities": [message()],
    ]
    for (key, value) in changes { keys[key] = value }
    return keys
  }

  static func message(_ changes: [String: Any?] = [:]) -> [String: Any] {
    var keys: [String: Any] = [
      "Type": "mailMessage", "Urn": "urn:MailEntity:1", "Recipient": "ivy@larkfield.example.com",
      "NetworkMessageId": "812ef21b-1cc1-550e-b032-d1d55111f988", "Subject": "Invoice",
    ]
    for (key, value) in changes { keys[key] = value }
    return keys
  }

  static func cluster(_ changes: [String: Any?] = [:]) -> [String: Any] {
    var keys: [String: Any] = [
      "Type": "mailCluster", "Urn": "urn:MailClusterEntity:1", "Query": "(Subject:\"x\")", "MailCount": 8,
      "NetworkMessageIds": ["a", "b"],
    ]
    for (key, value) in changes { keys[key] = value }
    return keys
  }

  /// Everything that comes out of a file.
  static func items(
    _ bytes: [UInt8], chunk: Int = .max, tenants: Set<ByteString> = [], file: ByteString = "in"
  ) -> [ExportItem] {
    var reader = ExportReader(file: file, acceptedTenants: tenants)
    var items: [ExportItem] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      reader.feed(rest.prefix(chunk))
      rest = rest.dropFirst(chunk)
      while let item = reader.next() { items.append(item) }
    }
    reader.finish()
    while let item = reader.next() { items.append(item) }
    return items
  }

  /// Reads one record.
  static func read(_ object: [String: Any]) -> Result<ReadRecord, RecordRefusal> {
    RecordReading.read(json(object), as: .air)
  }

  /// What is said about a file, one line each: `severity record field: message | hint`.
  static func lines(_ items: [ExportItem]) -> [String] {
    items.compactMap { item in
      switch item {
      case .refused(let refused): line(refused.diagnostic)
      case .diagnostic(let diagnostic): line(diagnostic)
      case .record, .refusedMore: nil
      }
    }
  }

  static func line(_ diagnostic: Diagnostic) -> String {
    let hint = diagnostic.hint.isEmpty ? "" : " | \(diagnostic.hint)"
    return "\(diagnostic.severity.rawValue): \(String(decoding: diagnostic.text, as: UTF8.self))\(hint)"
  }

  static func records(_ items: [ExportItem]) -> [ExportedRecord] {
    items.compactMap { item in
      if case .record(let record) = item { record } else { nil }
    }
  }
}

extension Result where Success == ReadRecord, Failure == RecordRefusal {
  /// The refusal in one line; empty where there is none.
  var refusal: String {
    switch self {
    case .success: ""
    case .failure(let refusal): ReadingSamples.line(refusal.diagnostic)
    }
  }

  var lines: [String] { ((try? get())?.diagnostics ?? []).map(ReadingSamples.line) }
  var record: InvestigationRecord? { (try? get())?.record }
}
