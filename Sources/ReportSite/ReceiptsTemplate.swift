public import ByteText
public import CaseModel
import Digests
public import WebRendering

/// A receipt as its page shows it.
public struct ReceiptRow: Sendable {
  /// What became of a decision.
  public enum Result: Sendable {
    case approved
    case approvedByOverride
    case rejected
    case duplicate
    case awaiting(have: Int, need: Int)
    case refused(RefusalCode)
  }

  /// What became of it.
  public var result: Result
  /// `investigation/action`; `nil` before the token's signature held.
  public var action: ByteString?
  /// What was decided; `nil` before the token's signature held.
  public var verdict: DecisionVerdict?
  /// Who decided; `nil` where nothing proved it.
  public var principal: ByteString?
  /// How that is known.
  public var identity: IdentityLevel?
  /// What is wrong; empty where nothing is.
  public var detail: ByteString
  /// What to do; may be empty.
  public var hint: ByteString
  /// The file it came in.
  public var file: ByteString
  /// Its row there; 0 where the whole file is meant.
  public var row: Int

  /// Makes a row.
  public init(
    _ result: Result, action: ByteString?, verdict: DecisionVerdict?, principal: ByteString?, identity: IdentityLevel?,
    detail: ByteString = "", hint: ByteString = "", file: ByteString, row: Int
  ) {
    self.result = result
    self.action = action
    self.verdict = verdict
    self.principal = principal
    self.identity = identity
    self.detail = detail
    self.hint = hint
    self.file = file
    self.row = row
  }
}

/// The page of receipts that people carry back: one file that needs nothing beside it.
struct ReceiptsTemplate: Sendable {
  private let template: Template
  private let page, receipt, file: Shape
  private let styleHash: [UInt8]
  private let hash, organization, tlp, tlpClass, at, countText, rows, files, issuer, head, version: FieldKey
  private let action, result, detail, hint, verdict, principal, identity, fileName, rowNumber: FieldKey
  private let keptName, sha256: FieldKey

  init(_ set: TemplateSet, styleSheet: [UInt8]) throws(TemplateError) {
    styleHash = Base64.encode(SHA256Sum.of(styleSheet).bytes)
    var rowList = FieldList("receipt")
    action = rowList.text("action", optional: true)
    result = rowList.html("result")
    detail = rowList.untrusted("detail", optional: true)
    hint = rowList.untrusted("hint", optional: true)
    verdict = rowList.html("verdict", optional: true)
    principal = rowList.untrusted("principal", optional: true)
    identity = rowList.text("identity", optional: true)
    fileName = rowList.untrusted("file")
    rowNumber = rowList.number("row", optional: true)
    receipt = try rowList.shape()
    var fileList = FieldList("file of receipts")
    keptName = fileList.untrusted("file")
    sha256 = fileList.text("sha256")
    file = try fileList.shape()
    var list = FieldList("receipts")
    hash = list.text("styleHash")
    organization = list.untrusted("organization")
    tlp = list.text("tlp", optional: true)
    tlpClass = list.text("tlpClass", optional: true)
    at = list.html("at")
    countText = list.text("countText")
    rows = list.list("rows", receipt)
    files = list.list("files", file)
    issuer = list.text("issuer")
    head = list.text("ledgerHead")
    version = list.text("version")
    page = try list.shape()
    template = try set.compile("receipts.mustache", schema: page.schema)
  }

  func render(
    _ receipts: [ReceiptRow], files names: [(name: ByteString, sha256: ByteString)], _ frame: SiteFrame,
    into out: inout [UInt8]
  ) throws(TemplateError) {
    var row = page.row
    row[hash] = .text(styleHash)
    row[organization] = .text(frame.organization.bytes)
    if let label = frame.tlp {
      row[tlp] = .text(FrameFields.marking(label))
      row[tlpClass] = .text(FrameFields.markingClass(label))
    }
    row[at] = .html(Shown.time(frame.at))
    row[countText] = .text(Self.sums(receipts))
    // What still needs somebody comes first; within each, in the order of files and rows.
    let groups = Dictionary(grouping: receipts) { Self.place(of: $0.result) }
    row[rows] = .list(groups.sorted { $0.key < $1.key }.flatMap(\.value).map(receiptRow))
    row[files] = .list(
      names.map { name, hash in
        var row = file.row
        row[keptName] = .text(name.bytes)
        row[sha256] = .text(hash.bytes)
        return row.values
      })
    row[issuer] = .text(frame.issuer.bytes)
    row[head] = .text(frame.head.bytes)
    row[version] = .text(frame.version.bytes)
    try template.render(row.values, into: &out)
  }

  private static func place(of result: ReceiptRow.Result) -> Int {
    switch result {
    case .refused: 0
    case .awaiting: 1
    case .approved, .approvedByOverride, .rejected: 2
    case .duplicate: 3
    }
  }

  /// The same sums as the command prints: they add up to what was read.
  private static func sums(_ receipts: [ReceiptRow]) -> [UInt8] {
    let counts = receipts.reduce(into: [0, 0, 0, 0]) { $0[place(of: $1.result)] += 1 }
    return Words.count(receipts.count, "decision", "decisions")
      + Array(": \(counts[2]) applied, \(counts[3]) duplicate, \(counts[1]) awaiting quorum, \(counts[0]) refused".utf8)
  }

  private func receiptRow(_ one: ReceiptRow) -> TemplateRow {
    var row = receipt.row
    if let text = one.action { row[action] = .text(text.bytes) }
    row[result] = .html(Self.badge(one.result))
    if !one.detail.isEmpty { row[detail] = .text(one.detail.bytes) }
    if !one.hint.isEmpty { row[hint] = .text(one.hint.bytes) }
    if let one = one.verdict { row[verdict] = .html(Shown.badge(Words.of(one))) }
    if let text = one.principal { row[principal] = .text(text.bytes) }
    if let one = one.identity { row[identity] = .text(Words.bytes(Words.of(one))) }
    row[fileName] = .text(one.file.bytes)
    if one.row > 0 { row[rowNumber] = .number(one.row) }
    return row.values
  }

  private static func badge(_ result: ReceiptRow.Result) -> HTML {
    switch result {
    case .approved: Shown.badge(("Applied: approved", .good))
    case .approvedByOverride: Shown.badge(("Applied: approved by emergency override", .warn))
    case .rejected: Shown.badge(("Applied: rejected", .bad))
    case .duplicate: Shown.badge(("Duplicate: said before", .plain))
    case .awaiting(let have, let need):
      Shown.badge(("Awaiting quorum", .blue)) + "<span class=\"sub\">\(have) of \(need) approvals</span>"
    case .refused(let code):
      Shown.badge(("Refused", .bad)) + "<span class=\"sub\"><code>\(text: Array(code.rawValue.utf8))</code></span>"
    }
  }
}

extension SiteTemplates {
  /// Adds the page of receipts.
  ///
  /// - Parameters:
  ///   - files: the files they came in, with their SHA-256 (hex).
  ///   - frame: its head is the ledger's after the run.
  public func receipts(
    _ receipts: [ReceiptRow], files: [(name: ByteString, sha256: ByteString)], _ frame: SiteFrame,
    into out: inout [UInt8]
  ) throws(TemplateError) {
    try self.receipts.render(receipts, files: files, frame, into: &out)
  }
}
