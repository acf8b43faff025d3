import ByteText
import CaseModel
import WebRendering

/// Forms that make a mail with decisions in it, without any script: the browser hands the filled fields to the mail program, and
/// a person still presses Send (UX 4.1).
///
/// The fields are named so that the text of the mail holds the labelled block of docs/formats/decisions.md.
struct MailForms: Sendable {
  let shape: Shape
  private let mailTo, rows: FieldKey
  private let row: Shape
  private let id, kind, target, approveToken, rejectToken, commentHint: FieldKey

  /// The most actions of one form.
  private static let most = 4
  /// The most characters of a mail link, after which some programs cut it (UX section 3).
  private static let room = 1_600
  /// What a block takes beside its token, and a comment of some eighty characters, as `%XX` where it must be.
  private static let beside = 320

  init() throws(TemplateError) {
    var rowList = FieldList("decision in a mail form")
    id = rowList.text("mailID")
    kind = rowList.html("mailKind")
    target = rowList.html("mailTarget")
    approveToken = rowList.text("mailApprove")
    rejectToken = rowList.text("mailReject")
    commentHint = rowList.text("mailHint", optional: true)
    row = try rowList.shape()
    var list = FieldList("mail form")
    mailTo = list.link("mailTo")
    rows = list.list("mailRows", row)
    shape = try list.shape()
  }

  /// The forms for actions with tokens; none where no address is configured.
  func rows(_ actions: [ActionPageModel], _ frame: SiteFrame) -> [TemplateRow] {
    guard let address = frame.decisionsTo,
      let to = SitePath.mail(to: address.bytes, subject: Array("Decisions for ".utf8) + frame.issuer.bytes)
    else { return [] }
    var forms: [TemplateRow] = []
    var group: [TemplateRow] = []
    var left = Self.room - to.bytes.count
    func close() {
      guard !group.isEmpty else { return }
      var form = shape.row
      form[mailTo] = .link(to)
      form[rows] = .list(group)
      forms.append(form.values)
      group = []
      left = Self.room - to.bytes.count
    }
    for action in actions {
      guard action.isPending, let offer = action.offer else { continue }
      let length = max(offer.approve.count, offer.reject.count) + Self.beside
      if group.count == Self.most || length > left { close() }
      left -= length
      group.append(fields(action, offer))
    }
    close()
    return forms
  }

  private func fields(_ action: ActionPageModel, _ offer: TokenOffer) -> TemplateRow {
    var fields = row.row
    fields[id] = .text(action.action.id.text.bytes)
    fields[kind] = .html(HTML(trusted: action.action.action.kind.title))
    fields[target] = .html(
      action.action.action.targets.first.map(FieldValue.label) ?? "<span class=\"none\">No target named</span>")
    fields[approveToken] = .text(offer.approve)
    fields[rejectToken] = .text(offer.reject)
    if let hint = PolicyWords.commentHint(action.policy) { fields[commentHint] = .text(hint) }
    return fields.values
  }
}
