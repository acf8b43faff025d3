import ByteText
import CaseModel
import WebRendering

/// The place in the navigation that a page belongs to.
enum SitePlace {
  case overview, pending, history, investigations, search, reviewers, log
}

/// The fields that the head and the foot of every page name.
struct FrameFields: Sendable {
  private let pageTitle, organization, audienceName, tlp, tlpClass, tlpPage, root, issuer, version, asOf, ledgerHead,
    scripts, mailForm, archiveNotice: FieldKey
  private let script: Shape
  private let scriptHash: FieldKey
  private let atOverview, atPending, atHistory, atInvestigations, atSearch, atReviewers, atLog: FieldKey

  init(_ fields: inout FieldList) throws(TemplateError) {
    var scriptList = FieldList("script")
    scriptHash = scriptList.text("scriptHash")
    script = try scriptList.shape()
    pageTitle = fields.untrusted("pageTitle")
    organization = fields.untrusted("organization")
    audienceName = fields.untrusted("audienceName", optional: true)
    tlp = fields.text("tlp", optional: true)
    tlpClass = fields.text("tlpClass", optional: true)
    tlpPage = fields.text("tlpPage", optional: true)
    root = fields.link("root")
    issuer = fields.text("issuer")
    version = fields.text("version")
    asOf = fields.html("asOf", optional: true)
    ledgerHead = fields.text("ledgerHead", optional: true)
    scripts = fields.list("scripts", script)
    mailForm = fields.flag("hasMailForm")
    archiveNotice = fields.html("archiveNotice", optional: true)
    atOverview = fields.flag("atOverview")
    atPending = fields.flag("atPending")
    atHistory = fields.flag("atHistory")
    atInvestigations = fields.flag("atInvestigations")
    atSearch = fields.flag("atSearch")
    atReviewers = fields.flag("atReviewers")
    atLog = fields.flag("atLog")
  }

  /// Sets everything but the title.
  ///
  /// - Parameters:
  ///   - place: What the navigation marks; `nil` for pages of a case, which belong to the investigations.
  ///   - root: The way to the root of the tree: `./`, `../` or `../../`.
  ///   - isDated: Whether the page says up to when it is true and names the ledger's head.
  ///   - template: The page's template: the scripts that stand in it are the ones that may run.
  ///   - hasMailForm: Whether a form on it makes a mail.
  func fill(
    _ row: inout Row, _ frame: SiteFrame, at place: SitePlace?, root path: ByteString, isDated: Bool,
    of template: Template, hasMailForm: Bool = false
  ) {
    row[scripts] = .list(
      ScriptPolicy.hashes(of: template).map { hash in
        var row = script.row
        row[scriptHash] = .text(hash)
        return row.values
      })
    row[mailForm] = .flag(hasMailForm)
    if let notice = frame.archive { row[archiveNotice] = .html(Self.notice(notice)) }
    row[organization] = .text(frame.organization.bytes)
    if !frame.isShared {
      row[audienceName] = .text((frame.audienceName.isEmpty ? frame.audience : frame.audienceName).bytes)
    }
    if let label = frame.tlp {
      row[tlp] = .text(Self.marking(label))
      row[tlpClass] = .text(Self.markingClass(label))
      row[tlpPage] = .text(Self.markingPage(label))
    }
    row[root] = link(path)
    row[issuer] = .text(frame.issuer.bytes)
    row[version] = .text(frame.version.bytes)
    if isDated {
      row[asOf] = .html(Shown.time(frame.at))
      row[ledgerHead] = frame.head.isEmpty ? .missing : .text(frame.head.bytes)
    }
    row[atOverview] = .flag(place == .overview)
    row[atPending] = .flag(place == .pending)
    row[atHistory] = .flag(place == .history)
    row[atInvestigations] = .flag(place == .investigations || place == nil)
    row[atSearch] = .flag(place == .search)
    row[atReviewers] = .flag(place == .reviewers)
    row[atLog] = .flag(place == .log)
  }

  private static func notice(_ archive: ArchiveNotice) -> HTML {
    let start: HTML =
      "<strong>Archive</strong> as of \(Shown.time(archive.at)). It carries no approval links: nothing can be decided here."
    guard !archive.redacted.isEmpty else { return start }
    let words = Array(archive.redacted.map(\.bytes).joined(separator: Array(", ".utf8)))
    return start + " <strong>Redacted</strong>: \(text: words) are replaced by labels."
  }

  /// The TLP 2.0 marking: `TLP:AMBER+STRICT`.
  static func marking(_ label: ByteString) -> [UInt8] { Array("TLP:".utf8) + label.bytes }

  /// The class of the style sheet that colours it: `tlp-amber`.
  static func markingClass(_ label: ByteString) -> [UInt8] {
    Array("tlp-".utf8) + ASCII.lowercased(Array(label.bytes.prefix { ASCII.isLetter($0) }))
  }

  /// The printed page of the style sheet that carries it: `tlp-amber-strict`.
  static func markingPage(_ label: ByteString) -> [UInt8] {
    Array("tlp-".utf8) + ASCII.lowercased(label.bytes).map { $0 == 0x2B ? 0x2D : $0 }
  }

  func setTitle(_ row: inout Row, _ title: [UInt8]) { row[pageTitle] = .text(title) }
}
