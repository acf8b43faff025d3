import ByteText
import CaseModel
import WebRendering

extension ActionPage {
  /// How many approvals are missing, and who could give them.
  static func missing(_ one: ActionPageModel) -> HTML {
    let count = Words.count(one.missing, "more approval", "more approvals")
    let start: HTML = "Still missing: <strong>\(text: count)</strong>, or one rejection."
    guard !one.mayApprove.isEmpty else {
      return one.policy.roles.isEmpty && one.policy.quorum == 1
        ? start : start + " No reviewer has what policy asks for."
    }
    var names = HTML()
    for (index, name) in one.mayApprove.prefix(Self.shownReviewers).enumerated() {
      names +=
        index == 0 ? Shown.text(name, limit: Sanitizer.nameLimit) : ", \(Shown.text(name, limit: Sanitizer.nameLimit))"
    }
    let rest = one.mayApprove.count - Self.shownReviewers
    if rest > 0 { names += " and \(rest) more" }
    return start + " Of the reviewers may approve: \(names)."
  }

  private static let shownReviewers = 12
}
