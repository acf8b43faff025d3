import ApprovalTokens
import ByteText
import CaseModel
import CaseStore
import DecisionLedger
import Digests
import DurableFiles
import WorkOrders

/// Batches on their way out: `intent` first, then the folder as a whole, then an `order` entry for each.
///
/// The folder appears with all its files by one rename. From the `intent` on the approvals are taken for handed over: whoever finds the
/// folder may begin.
struct OrderOutbox {
  private let session: Session
  private let ledger: Ledger
  private let out: ByteString?
  private static let folderName: ByteString = "orders"
  private static let sumsName: ByteString = "SHA256SUMS"
  /// Orders in one `intent`: a line stays short enough to read.
  private static let most = 2_000

  init(_ session: Session, _ ledger: Ledger, out: ByteString?) {
    self.session = session
    self.ledger = ledger
    self.out = out
  }

  /// Finishes what a killed run left: a batch whose folder is there was handed over; one without is written by this run, and says
  /// that it may have been handed over before.
  func recover() throws {
    let unfinished = ledger.state.facts.filter { $0.value.order?.isWhole == false }.sorted { $0.key < $1.key }
    guard !unfinished.isEmpty else { return }
    let folder = try session.workspace.folder(Workspace.Name.outbox).subfolder(
      Self.folderName, create: true, mode: 0o700)
    for entry in try folder.entries()
    where entry.kind == .folder && entry.name.bytes.suffix(5).elementsEqual(".part".utf8) {
      try folder.removeTree(entry.name)
    }
    var finished = 0
    for (_, facts) in unfinished {
      guard let order = facts.order, try folder.exists(order.batch) else { continue }
      try session.append(
        ledger, .order,
        LedgerBody.order(
          OrderRecord(
            id: order.id, action: facts.path, round: facts.round, digest: facts.digest ?? "", batch: order.batch,
            made: order.made, until: order.until, sha256: order.sha256)))
      finished += 1
    }
    try ledger.sync()
    guard finished > 0 else { return }
    session.console.report(
      Diagnostic(
        .note, file: session.path(Workspace.Name.outbox + "/" + Self.folderName),
        message: "the last run was interrupted: " + counted(finished, "order") + " found written whole"))
  }

  /// Writes a batch and hands its new orders over.
  ///
  /// - Returns: its path, as the user would type it.
  func write(_ batch: OrderBatch, _ files: [OrderBatch.File]) throws -> ByteString {
    let parent = try openParent()
    if try parent.exists(batch.name) {
      throw CommandFailure(
        .cannotCreate, "is there already: a batch is never written over", file: path(of: batch),
        hint: "the same orders were written at the same time; move the folder away")
    }
    let records = batch.orders.compactMap { record($0, batch) }
    for start in stride(from: 0, to: records.count, by: Self.most) {
      try session.append(
        ledger, .intent, LedgerBody.intent(Array(records[start..<min(start + Self.most, records.count)])))
    }
    try ledger.sync()
    try write(files, as: batch.name, in: parent)
    for record in records { try session.append(ledger, .order, LedgerBody.order(record)) }
    try ledger.sync()
    return path(of: batch)
  }

  /// What the ledger is to say of an order; `nil` of one that it knows, and that still holds as it was.
  private func record(_ order: WorkOrder, _ batch: OrderBatch) -> OrderRecord? {
    if order.occasion == .copy { return nil }
    return OrderRecord(
      id: order.id, action: order.action, round: order.effect.round, digest: order.digest, batch: batch.name,
      made: order.made, until: order.until, sha256: SHA256Sum.of(batch.document(of: order)).hex)
  }

  private func write(_ files: [OrderBatch.File], as name: ByteString, in parent: Folder) throws {
    let unfinished = "." + name + ".part"
    try parent.removeTree(unfinished)
    let folder = try parent.subfolder(unfinished, create: true, mode: 0o700)
    let key = try session.signingKey(.log)
    var all: [(name: ByteString, bytes: [UInt8])] = []
    for file in files {
      all.append((file.name, file.bytes))
      guard file.order != nil else { continue }
      all.append(
        (file.name + ".sig", try SSHSignature.armoured(signing: file.bytes, namespace: .orders, with: key)))
    }
    all.sort { $0.name < $1.name }
    var sums: [UInt8] = []
    for file in all { sums += SHA256Sum.of(file.bytes).hex.bytes + [0x20, 0x20] + file.name.bytes + [0x0A] }
    all.append((Self.sumsName, sums))
    all.append((Self.sumsName + ".sig", try SSHSignature.armoured(signing: sums, namespace: .orders, with: key)))
    for file in all { try folder.replace(file.name, with: file.bytes, mode: 0o600, durable: true) }
    try folder.sync()
    try parent.rename(unfinished, to: name)
    try parent.sync()
  }

  private func openParent() throws -> Folder {
    guard let out else {
      return try session.workspace.folder(Workspace.Name.outbox).subfolder(Self.folderName, create: true, mode: 0o700)
    }
    return try OutFolder.open(out)
  }

  private func path(of batch: OrderBatch) -> ByteString {
    out.map { $0 + "/" + batch.name } ?? session.path(Workspace.Name.outbox + "/" + Self.folderName + "/" + batch.name)
  }
}
