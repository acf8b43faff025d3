import ByteText
import CaseModel
import Testing

@testable import ReportSite

/// Models for the drawings: the sample cases, and some that are larger, emptier or odder than any of them.
enum DrawingSamples {
  static func all() throws -> [(name: String, model: CasePageModel)] {
    [
      ("phish", try Samples.invoicePhish()), ("forwarding", try Samples.forwarding()),
      ("payroll", try Samples.payrollAttachment()), ("hostile", try Samples.hostile()),
      ("remediated", try Samples.remediated()), ("quiet", try Samples.quietReport()), ("large", try large()),
      ("wide", try wide()),
    ]
  }

  static func entity(_ type: EntityType?, _ name: EntityField.Name, _ text: ByteString, _ verdict: Verdict?) -> Entity {
    Entity(
      type: Recognised(type, raw: "thing"), verdict: Recognised(verdict, raw: ""), fields: [.init(name, .text(text))])
  }

  /// Hundreds of entities of seven types, 14 actions, 9 alerts.
  static func large() throws -> CasePageModel {
    var record = try Samples.record(
      "urn:ZappedFileInvestigation:large", "Malware campaign: weaponised remittance advice sent to the whole company",
      Recognised(.pendingAction, raw: "Pending Action"), Recognised(.high, raw: "High"), day: 9)
    for number in 1...9 {
      record.alerts.append(
        Alert(
          sourceID: "a", title: ByteString("Malware campaign detected after delivery, wave \(number)"),
          severity: Recognised(number % 2 == 0 ? .high : .medium, raw: "")))
    }
    let verdicts: [Verdict?] = [.noThreatsFound, .malicious, .unknown, .suspicious, nil, .notFound, .verified]
    for number in 0..<300 {
      let verdict = verdicts[number % 7]
      switch number % 6 {
      case 0: record.entities.append(entity(.file, .fileName, ByteString("remittance-\(number).xlsm"), verdict))
      case 1: record.entities.append(entity(.mailMessage, .subject, ByteString("Remittance advice \(number)"), verdict))
      case 2: record.entities.append(entity(.url, .url, ByteString("https://cdn\(number).example.net/a"), verdict))
      case 3: record.entities.append(entity(.mailbox, .mailbox, ByteString("user\(number)@larkfield.example"), verdict))
      case 4: record.entities.append(entity(.ip, .address, ByteString("198.51.100.\(number % 250)"), verdict))
      default: record.entities.append(entity(number < 40 ? .host : nil, .hostName, ByteString("ws-\(number)"), verdict))
      }
    }
    var actions: [Sample] = []
    for number in 0..<14 {
      let targets =
        number == 0
        ? record.entities.filter { $0.type.known == .file }
        : [record.entities[number * 7], record.entities[number * 3]]
      actions.append(
        try Sample(
          ids[number], number == 0 ? .blockFile : .quarantineMessage, "Remediation", targets,
          deadline: try Samples.at(number % 3 == 2 ? 8 : 12, 7, 11)))
    }
    return try Samples.model(try Samples.id("zapfile-a2b3c4d5e6f7a2b3c4d5"), record, actions)
  }

  /// Names that are wider than any box, and kinds with long words.
  static func wide() throws -> CasePageModel {
    var record = try Samples.record(
      "urn:Manual:wide", "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
      Recognised(.terminatedByThrottling, raw: ""), Recognised(nil, raw: "?"), day: 9)
    record.alerts = [
      Alert(
        sourceID: "a", title: "\u{FDFD}\u{FDFD}\u{FDFD}\u{12031}\u{12031} 件名件名件名件名件名件名件名件名件名件名件名",
        severity: Recognised(.informational, raw: ""))
    ]
    record.entities = [
      entity(.mailMessage, .subject, "\u{FDFD}\u{FDFD}\u{FDFD}\u{FDFD}\u{FDFD}\u{FDFD}\u{FDFD}", .noThreatsFound),
      entity(.mailMessage, .subject, "请尽快支付逾期发票否则我们将采取法律行动并通知您的上级主管部门", .malicious),
      entity(.mailMessage, .subject, "تحديث عاجل لحسابك المصرفي انقر هنا الآن قبل الإغلاق", .compromised),
      entity(.file, .fileName, "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW.exe", .unknown),
      entity(.url, .url, "https://iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii.example/login", .suspicious),
    ]
    let kinds: [ActionKind] = [
      .collectInvestigationPackage, .turnOffForwarding, .removeDelegation, .stopAndQuarantineFile, .blockURL,
    ]
    let actions = try kinds.enumerated().map { index, kind in
      try Sample(ids[index], kind, "X", [record.entities[index]], deadline: try Samples.at(12, 7, 11))
    }
    return try Samples.model(try Samples.id("manual-a2b3c4d5e6f7a2b3c4d5"), record, actions)
  }

  private static let ids: [StaticString] = [
    "act-a2b3c4d5e6f7a2b3c4d0", "act-a2b3c4d5e6f7a2b3c4d1", "act-a2b3c4d5e6f7a2b3c4d2", "act-a2b3c4d5e6f7a2b3c4d3",
    "act-a2b3c4d5e6f7a2b3c4d4", "act-a2b3c4d5e6f7a2b3c4d5", "act-a2b3c4d5e6f7a2b3c4d6", "act-a2b3c4d5e6f7a2b3c4d7",
    "act-a2b3c4d5e6f7a2b3c4d8", "act-a2b3c4d5e6f7a2b3c4d9", "act-a2b3c4d5e6f7a2b3c4e0", "act-a2b3c4d5e6f7a2b3c4e1",
    "act-a2b3c4d5e6f7a2b3c4e2", "act-a2b3c4d5e6f7a2b3c4e3",
  ]

  static let trends: [(name: String, days: [TrendDay])] = [
    ("month", days(30)), ("week", days(7)), ("two", days(2)), ("one", days(1)), ("none", []),
    ("zero", (1...9).map { TrendDay(day: ByteString("2026-03-0\($0)"), pending: 0, decided: 0) }),
    ("high", (1...9).map { TrendDay(day: ByteString("2026-03-0\($0)"), pending: 12_000 - $0 * 731, decided: $0 * 90) }),
  ]

  /// Days up to 2026-03-30, the last ones of the same month.
  static func days(_ count: Int) -> [TrendDay] {
    (31 - count...30).map { day in
      TrendDay(
        day: ByteString("2026-03-\(day < 10 ? "0" : "")\(day)"), pending: 12 + (day * 7 + day * day) % 11 - day / 5,
        decided: day % 7 < 2 ? 0 : (day * 5) % 8)
    }
  }
}

// MARK: - Looking at what was drawn

extension DrawingSamples {
  /// How often each element is opened and closed; an end without a start stands under its name too.
  static func tags(_ html: String) -> [String: (open: Int, close: Int)] {
    var tags: [String: (open: Int, close: Int)] = [:]
    for part in html.utf8.split(separator: 0x3C, omittingEmptySubsequences: false).dropFirst() {
      let isEnd = part.first == 0x2F
      let name = String(
        decoding: part.drop { $0 == 0x2F }.prefix { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }, as: UTF8.self)
      if isEnd { tags[name, default: (0, 0)].close += 1 } else { tags[name, default: (0, 0)].open += 1 }
    }
    return tags
  }

  /// The values of an attribute, in order.
  static func attributes(_ name: String, _ html: String) -> [String] {
    values(html).compactMap { $0.name == name ? $0.value : nil }
  }

  /// The names of all attributes.
  static func attributeNames(_ html: String) -> Set<String> { Set(values(html).map(\.name)) }

  /// Every attribute with its value: a quotation mark that is no attribute's is always escaped.
  private static func values(_ html: String) -> [(name: String, value: String)] {
    let parts = html.utf8.split(separator: 0x22, omittingEmptySubsequences: false)
    return stride(from: 0, to: parts.count - 1, by: 2).map { index in
      let name = parts[index].suffix(while: { $0 != 0x20 }).filter { $0 != 0x3D }
      return (String(decoding: name, as: UTF8.self), String(decoding: parts[index + 1], as: UTF8.self))
    }
  }
}

extension BidirectionalCollection {
  /// The longest end whose elements are all wanted.
  fileprivate func suffix(while isWanted: (Element) -> Bool) -> SubSequence {
    self[(lastIndex { !isWanted($0) }.map(index(after:)) ?? startIndex)...]
  }
}

extension String {
  /// How often a text stands in it.
  func components(of text: String) -> Int {
    let (bytes, wanted) = (Array(utf8), Array(text.utf8))
    guard let first = wanted.first else { return 0 }
    var count = 0
    for index in bytes.indices where bytes[index] == first {
      if bytes[index...].starts(with: wanted) { count += 1 }
    }
    return count
  }
}
