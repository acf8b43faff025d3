import ByteText
public import CaseModel
public import Digests

extension CaseHead {
  /// The head of a case: what lists show.
  ///
  /// - Parameter records: the hashes of all its records, in any order.
  public init(of merged: Case, records: [SHA256Digest]) {
    let investigation = merged.investigation
    self.init(
      id: merged.id, sourceID: investigation.investigationID, tenant: investigation.tenant,
      name: Self.cut(investigation.name, 300), type: Self.cut(investigation.type, 100),
      engine: Self.cut(investigation.engine.isEmpty ? investigation.source : investigation.engine, 100),
      status: Recognised(investigation.status.known, raw: Self.cut(investigation.status.raw, 60)),
      severity: Recognised(investigation.severity.known, raw: Self.cut(investigation.severity.raw, 60)),
      started: investigation.started, ended: investigation.ended, firstRecord: merged.firstRecord,
      latestRecord: investigation.created,
      recordsHash: SHA256Sum.of(records.sorted().reduce(into: []) { $0 += $1.bytes }).hex,
      alertCount: investigation.alerts.count, entityCount: investigation.entities.count,
      actions: merged.actions.map(ActionHead.init(of:)))
  }

  /// Cuts a text for a list, at the start of a scalar.
  static func cut(_ text: ByteString, _ limit: Int) -> ByteString {
    guard text.count > limit else { return text }
    var end = limit
    while end > 0 && text.bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return ByteString(text.bytes[..<end]) + "…"
  }
}

extension ActionHead {
  init(of merged: CaseAction) {
    let action = merged.action
    let first = action.targets.first
    let threats = action.targets.flatMap { $0.list(.threats) }
    var seen: Set<ByteString> = []
    var distinct = threats.filter { seen.insert($0).inserted }
    if distinct.isEmpty {
      distinct = (first?.counts(.countByThreat) ?? []).filter { $0.count > 0 }.map(\.name)
    }
    self.init(
      id: merged.id, sourceID: action.sourceID, kind: action.kind, rawType: CaseHead.cut(action.rawType, 100),
      status: CaseHead.cut(action.status.raw, 60), target: CaseHead.cut(first?.label ?? "", 200),
      targetType: first.map { $0.type.known.map { ByteString($0.rawValue) } ?? CaseHead.cut($0.type.raw, 60) } ?? "",
      targetCount: action.targets.count,
      threat: CaseHead.cut(ByteString(Array(distinct.prefix(6).map(\.bytes).joined(separator: [0x2C, 0x20]))), 120),
      locations: Array((first?.counts(.countByLocation) ?? []).prefix(8)), mailCount: action.mailCount,
      started: action.started, exported: merged.exported, decidedAt: action.decidedAt ?? action.ended,
      comment: CaseHead.cut(action.decisionComment, 300),
      wasEverUndecided: merged.wasEverUndecided)
  }
}
