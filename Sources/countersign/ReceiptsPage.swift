import ByteText
import CaseModel
import CaseStore
import DecisionLedger
import Digests
import DurableFiles
import PageTemplates
import ReportSite
import WebRendering

/// The receipts of a run as a page to carry back: `outbox/receipts/NNNNNN-HASH.html`, by the number of ledger entries after the
/// run and the start of the hash over the files that were handed in.
enum ReceiptsPage {
  static let folder: ByteString = "receipts"

  /// Writes the page.
  ///
  /// - Returns: its path as the user would type it; `nil` where there is no receipt.
  static func write(
    _ receipts: [Receipt], _ batch: ReturnedBatch, _ session: Session, _ ledger: Ledger
  ) throws -> ByteString? {
    guard !receipts.isEmpty else { return nil }
    let configuration = session.configuration
    let frame = SiteFrame(
      organization: configuration.organization, issuer: configuration.issuer, tlp: configuration.tlp, at: session.now,
      head: ledger.checkpoint(origin: session.origin).short, version: ByteString(Countersign.version))
    var page: [UInt8] = []
    do throws(TemplateError) {
      try SiteTemplates(files: PageTemplates.all).receipts(
        receipts.map(row), files: batch.kept, frame, into: &page)
    } catch {
      throw CommandFailure(.failure, [error.diagnostic])
    }
    var sum = SHA256Stream()
    for file in batch.kept { sum.update(file.sha256.bytes) }
    let name = ByteString(
      Digits.padded(ledger.count) + [0x2D] + sum.finish().hex.bytes.prefix(12) + Array(".html".utf8))
    let outbox = try session.workspace.folder(Workspace.Name.outbox)
    try outbox.subfolder(folder, create: true, mode: 0o700).compareAndReplace(name, page, mode: 0o600)
    return session.path(Workspace.Name.outbox + "/" + folder + "/" + name)
  }

  private static func row(_ receipt: Receipt) -> ReceiptRow {
    var detail: ByteString = ""
    var hint: ByteString = ""
    let result: ReceiptRow.Result
    switch receipt.result {
    case .applied(.rejected, _): result = .rejected
    case .applied(_, let overridden): result = overridden ? .approvedByOverride : .approved
    case .duplicate: result = .duplicate
    case .awaitingQuorum(let have, let need): result = .awaiting(have: have, need: need)
    case .refused(let code, let why, let what):
      result = .refused(code)
      detail = why
      hint = what
    }
    return ReceiptRow(
      result, action: receipt.action, verdict: receipt.verdict, principal: receipt.principal,
      identity: receipt.identity, detail: detail, hint: hint, file: receipt.file, row: receipt.row)
  }
}
