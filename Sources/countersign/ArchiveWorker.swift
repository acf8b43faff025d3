import ApprovalTokens
import ByteText
import CaseArchive
import CaseModel
import CaseStore
import DecisionLedger
import Digests
import ExportReading
import ReportSite
import Synchronization

/// Makes everything an archive holds of one investigation; one for each thread.
final class ArchiveWorker: Sendable {
  /// A file of the payload.
  struct File {
    var path: ByteString
    var bytes: [UInt8]
  }

  /// What one investigation comes to.
  struct Made {
    /// In which order it was asked for.
    var index: Int
    var files: [File] = []
    var map: [ArchiveMap.Line] = []
    var records = 0
    var effects = 0
    /// Effects that are not told, because something in them was replaced.
    var withheld = 0
  }

  private struct State {
    var pages: CasePages
    var plan: CasePlan
    let redaction: Redaction?
    var made: [Made] = []
    var failure: (any Error)?
  }

  private let state: Mutex<State>

  init(pages: CasePages, plan: CasePlan, redaction: Redaction?) {
    state = Mutex(State(pages: pages, plan: plan, redaction: redaction))
  }

  /// Makes an investigation.
  func make(_ index: Int, _ row: ManifestCase, _ ledger: LedgerState, _ evidence: EvidenceStore) {
    state.withLock { state in
      guard state.failure == nil else { return }
      do {
        state.made.append(try Self.make(index, row, ledger, evidence, &state))
      } catch {
        state.failure = error
      }
    }
  }

  /// Hands over what all of them made, in the order in which it was asked for.
  static func take(_ workers: [ArchiveWorker]) throws -> [Made] {
    var all: [Made] = []
    for worker in workers {
      all += try worker.state.withLock { state in
        if let failure = state.failure { throw failure }
        defer { state.made = [] }
        return state.made
      }
    }
    return all.sorted { $0.index < $1.index }
  }

  private static func make(
    _ index: Int, _ row: ManifestCase, _ ledger: LedgerState, _ evidence: EvidenceStore, _ state: inout State
  ) throws -> Made {
    var made = Made(index: index)
    var ranked: [RankedRecord] = []
    var records: [ArchiveMap.Record] = []
    for place in row.places {
      let stored = try evidence.read(place)
      ranked.append(RankedRecord(sha256: stored.sha256, record: stored.record))
      let hash = stored.sha256.hex
      guard !records.contains(where: { $0.sha256 == hash }) else { continue }
      records.append(
        ArchiveMap.Record(
          sha256: hash, dialect: ByteString(stored.envelope.dialect.rawValue),
          source: (stored.envelope.source, stored.envelope.number)))
      if state.redaction == nil {
        made.files.append(File(path: ArchivePaths.record(hash), bytes: stored.envelope.raw))
        made.records += 1
      }
    }
    guard let merged = CaseMerge.merge(ranked) else { return made }
    var model = try state.plan.model(merged, row, ledger).model
    if let redaction = state.redaction {
      guard let shown = try RedactedCase(row, evidence, redaction) else { return made }
      let whole = model
      model = try state.plan.model(shown.merged, shown.row, ledger, redacted: shown).model
      made.withheld = Self.hide(&model, whole)
    }
    try addPages(model, records, &state.pages, &made)
    var summary: [UInt8] = []
    try state.pages.summary(model, into: &summary)
    made.files.append(File(path: ArchivePaths.summary(row.head.id), bytes: summary))
    return made
  }

  /// Gives a redacted model the effect digests of the whole one.
  ///
  /// - Returns: how many effects are not what their digest is of any more.
  private static func hide(_ model: inout CasePageModel, _ whole: CasePageModel) -> Int {
    var withheld = 0
    func hide(_ action: inout ActionPageModel, _ whole: ActionPageModel) {
      action.digest = whole.digest
      if action.effect != whole.effect {
        action.isEffectRedacted = true
        withheld += 1
      }
    }
    for index in model.actions.indices { hide(&model.actions[index], whole.actions[index]) }
    for index in model.ownActions.indices { hide(&model.ownActions[index], whole.ownActions[index]) }
    return withheld
  }

  private static func addPages(
    _ model: CasePageModel, _ records: [ArchiveMap.Record], _ pages: inout CasePages, _ made: inout Made
  ) throws {
    let id = model.case.id
    var bytes: [UInt8] = []
    try pages.investigation(model, into: &bytes)
    let page = "site/" + PagePaths.investigation(id)
    made.files.append(File(path: page, bytes: bytes))
    made.map.append(ArchiveMap.Line(investigation: id, page: page, records: records))
    for (index, action) in (model.actions + model.ownActions).enumerated() {
      let isOwn = index >= model.actions.count
      var page: ByteString = ""
      if isOwn || action.action.wasEverUndecided || action.isPending {
        bytes = []
        if isOwn {
          try pages.action(model, action, into: &bytes)
        } else {
          try pages.action(model, index: index, into: &bytes)
        }
        page = "site/" + PagePaths.action(action.action.id)
        made.files.append(File(path: page, bytes: bytes))
      }
      if let effect = action.effect, action.digest != nil, !action.isEffectRedacted {
        made.files.append(File(path: ArchivePaths.effect(action.action.id), bytes: effect.bytes))
        made.effects += 1
      }
      made.map.append(
        ArchiveMap.Line(investigation: id, action: action.action.id, page: page, records: [], digest: action.digest))
    }
  }
}
