import ByteText
import CaseModel
import WebRendering

/// Who may decide, and what it takes.
struct ReviewersPage: Sendable {
  private let template: Template
  private let page, reviewer, kind: Shape
  private let frame: FrameFields
  private let name, id, roles, addresses, delegates: FieldKey
  private let kindName, quorum, identity, comment, kindRoles, shared, bulk, selfApproval, override: FieldKey
  private let countText, hasReviewers, reviewers, kinds: FieldKey

  init(_ set: TemplateSet) throws(TemplateError) {
    var reviewerList = FieldList("reviewer")
    name = reviewerList.html("name")
    id = reviewerList.text("id")
    roles = reviewerList.html("roles", optional: true)
    addresses = reviewerList.html("addresses", optional: true)
    delegates = reviewerList.html("delegates", optional: true)
    reviewer = try reviewerList.shape()
    var kindList = FieldList("policy of a kind")
    kindName = kindList.html("name")
    quorum = kindList.html("quorum")
    identity = kindList.html("identity")
    comment = kindList.html("comment")
    kindRoles = kindList.html("roles")
    shared = kindList.html("shared")
    bulk = kindList.html("bulk")
    selfApproval = kindList.html("selfApproval")
    override = kindList.html("override")
    kind = try kindList.shape()
    var list = FieldList("reviewers")
    frame = try FrameFields(&list)
    countText = list.text("countText")
    hasReviewers = list.flag("hasReviewers")
    reviewers = list.list("reviewers", reviewer)
    kinds = list.list("kinds", kind)
    page = try list.shape()
    template = try set.compile("reviewers.mustache", schema: page.schema)
  }

  func render(
    _ people: [Reviewer], _ policy: Policy, _ site: SiteFrame, into out: inout [UInt8]
  ) throws(TemplateError) {
    var row = page.row
    frame.fill(&row, site, at: .reviewers, root: "../", isDated: false, of: template)
    frame.setTitle(&row, Words.bytes("Reviewers"))
    row[countText] = .text(Words.count(people.count, "person", "people"))
    row[hasReviewers] = .flag(!people.isEmpty)
    row[reviewers] = .list(people.map(personRow))
    let special = ActionKind.allCases.compactMap { one in
      policy.kinds[one].map { kindRow(HTML(trusted: one.title), $0) }
    }
    row[kinds] = .list(special + [kindRow(special.isEmpty ? "Every kind" : "Every other kind", policy.standard)])
    try template.render(row.values, into: &out)
  }

  private func personRow(_ person: Reviewer) -> TemplateRow {
    var row = reviewer.row
    row[name] = .html(Shown.text(person.name.isEmpty ? person.id : person.name, limit: Sanitizer.nameLimit))
    row[id] = .text(person.id.bytes)
    if let html = joined(person.roles.map { PolicyWords.role($0) }) { row[roles] = .html(html) }
    if let html = joined(person.addresses.map { Shown.code($0) }) { row[addresses] = .html(html) }
    let stead = person.delegates.map { one -> HTML in
      // The end is the first moment that no longer counts: the day before is the last.
      let last = one.until.adding(seconds: -1)
      return "\(Shown.code(one.to)) \(text: one.from.dateText.bytes) to \(text: last.dateText.bytes)"
    }
    if let html = joined(stead) { row[delegates] = .html(html) }
    return row.values
  }

  private func joined(_ items: [HTML]) -> HTML? {
    guard var html = items.first else { return nil }
    for item in items.dropFirst() { html += ", \(item)" }
    return html
  }

  private func kindRow(_ title: HTML, _ policy: KindPolicy) -> TemplateRow {
    var row = kind.row
    row[kindName] = .html("<span class=\"go\">\(title)</span>")
    row[quorum] = .html(.text(Digits.grouped(policy.quorum)))
    row[identity] = .html(PolicyWords.identity(policy))
    row[comment] = .html(PolicyWords.comment(policy))
    row[kindRoles] = .html(PolicyWords.roles(policy.roles))
    row[selfApproval] = .html(policy.allowsSelfApproval ? "Allowed" : "Not allowed")
    row[override] = .html(PolicyWords.override(policy))
    row[shared] = .html(PolicyWords.shared(policy))
    row[bulk] = .html(PolicyWords.bulk(policy))
    return row.values
  }
}
