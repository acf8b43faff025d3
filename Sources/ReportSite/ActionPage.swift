import ByteText
import CaseModel
import WebRendering

/// One action: what will happen, why, until when, and the way to decide it.
struct ActionPage: Sendable {
  private let shape: ActionShape
  let fields: FieldRows
  private let entities: EntityRows
  private let forms: MailForms
  private let template: Template

  init(_ set: TemplateSet, _ fields: FieldRows, _ entities: EntityRows) throws(TemplateError) {
    forms = try MailForms()
    shape = try ActionShape(fields, entities, forms)
    self.fields = fields
    self.entities = entities
    template = try set.compile("action.mustache", schema: shape.page.schema)
  }

  /// The row with everything that no case changes.
  func base(_ frame: SiteFrame) -> Row {
    var row = shape.page.row
    shape.frame.fill(
      &row, frame, at: nil, root: "../../", isDated: false, of: template, hasMailForm: frame.decisionsTo != nil)
    return row
  }

  func render(
    _ model: CasePageModel, _ one: ActionPageModel, _ frame: SiteFrame, base: Row, into out: inout [UInt8]
  ) throws(TemplateError) {
    var row = base
    let action = one.action.action
    let title = Words.bytes(action.kind.title) + [0x3A, 0x20] + (action.targets.first?.label.bytes ?? [])
    shape.frame.setTitle(&row, Sanitizer.sanitized(title, limit: Sanitizer.nameLimit))
    fillHead(&row, model, one)
    fillEffect(&row, model, one)
    fillReasons(&row, model, one)
    fillDecision(&row, model, one, frame)
    fillPolicy(&row, one)
    fillRounds(&row, model, one)
    try template.render(row.values, into: &out)
  }

  private func fillHead(_ row: inout Row, _ model: CasePageModel, _ one: ActionPageModel) {
    let action = one.action.action
    let record = model.case.investigation
    row[shape.id] = .text(one.action.id.text.bytes)
    row[shape.investigation] = link(PagePaths.investigation(model.case.id))
    row[shape.investigationName] = .html(
      Shown.text(record.name.isEmpty ? record.investigationID : record.name, limit: Sanitizer.nameLimit))
    row[shape.kind] = .html(HTML(trusted: action.kind.title))
    row[shape.target] = .html(
      action.targets.first.map(FieldValue.label) ?? "<span class=\"none\">No target named</span>")
    if action.targets.count > 1 { row[shape.moreTargets] = .number(action.targets.count - 1) }
    row[shape.decision] = .html(
      one.about != nil && one.isPending && one.standing.votes.isEmpty
        ? "<span class=\"badge plain\">Can be decided</span>" : Shown.badge(Words.of(one.standing)))
    if !one.isPending || one.standing.execution != .notStarted {
      row[shape.execution] = .html(Shown.badge(Words.execution(one.standing)))
    }
    row[shape.severity] = .html(Shown.severity(record.severity))
    row[shape.latest] = .html(Shown.time(model.head.latestRecord))
  }

  private func fillReasons(_ row: inout Row, _ model: CasePageModel, _ one: ActionPageModel) {
    let action = one.action.action
    let record = model.case.investigation
    if !action.description.isEmpty { row[shape.description] = .html(Shown.text(action.description, limit: 4_096)) }
    row[shape.entities] = .list(action.targets.map { entities.row($0, isOpen: true) })
    let named = record.alerts.filter { action.alerts.contains($0.sourceID) }
    row[shape.alerts] = .list((named.isEmpty ? record.alerts : named).map(entities.row))
    row[shape.sourceID] = .html(Shown.code(action.sourceID))
    row[shape.sourceStatus] = .html(Shown.text(action.status.raw, orElse: Shown.notStated))
    row[shape.sourceApproval] = .html(Shown.text(action.approval.raw, orElse: Shown.notStated))
    var rows: [TemplateRow] = []
    func add(_ name: StaticString, _ html: HTML?) { if let html { rows.append(fields.row(name, html)) } }
    add("Decided by", action.decidedBy.isEmpty ? nil : Shown.text(action.decidedBy))
    add("Decided", action.decidedAt.map(Shown.time))
    add("Comment", action.decisionComment.isEmpty ? nil : Shown.text(action.decisionComment))
    add("Began", action.started.map(Shown.time))
    add("Updated", action.updated.map(Shown.time))
    add("Ended", action.ended.map(Shown.time))
    if !one.action.isNamedByLatest { add("Latest record", "Names this action no more") }
    row[shape.sourceFields] = .list(rows)
  }

  private func fillPolicy(_ row: inout Row, _ one: ActionPageModel) {
    let policy = one.policy
    row[shape.policy] = .list([
      fields.row("Approvals", "\(PolicyWords.quorum(policy)); one rejection rejects"),
      fields.row("Proof of who", PolicyWords.identity(policy)),
      fields.row("Comment", PolicyWords.comment(policy)),
      fields.row("Roles", PolicyWords.roles(policy.roles)),
      fields.row("Who may not", PolicyWords.selfApproval(policy)),
      fields.row("Alone in an emergency", PolicyWords.override(policy)),
      fields.row("Tokens", PolicyWords.shared(policy)),
    ])
    let votes = one.standing.votes
    let approvals = votes.count { $0.verdict == .approve }
    let text =
      votes.isEmpty
      ? Array("Nobody has voted in round \(one.standing.round).".utf8)
      : Array("\(approvals) of \(policy.quorum) approvals, \(votes.count - approvals) rejections in round ".utf8)
        + Array("\(one.standing.round).".utf8)
    row[shape.votesText] = .text(text)
    if one.isPending && one.missing > 0 { row[shape.missing] = .html(Self.missing(one)) }
    row[shape.hasVotes] = .flag(!votes.isEmpty)
    row[shape.votes] = .list(
      votes.map { vote in
        var row = shape.vote.row
        row[shape.voteVerdict] = .html(Shown.badge(Words.of(vote.verdict)))
        row[shape.votePrincipal] = .text(
          vote.principal.bytes + (vote.actsFor.map { Array(" for ".utf8) + $0.bytes } ?? []))
        row[shape.voteAt] = .html(Shown.time(vote.at))
        row[shape.voteIdentity] = .text(Words.bytes(Words.of(vote.identity)))
        row[shape.voteEntry] = .number(vote.entry)
        if !vote.comment.isEmpty { row[shape.voteComment] = .html(Shown.text(vote.comment, limit: 1_024)) }
        return row.values
      })
  }
}

// MARK: - Rounds

extension ActionPage {
  /// What happened to earlier decisions, and the ways to take this one back.
  private func fillRounds(_ row: inout Row, _ model: CasePageModel, _ one: ActionPageModel) {
    if let about = one.about { row[shape.about] = link(PagePaths.action(about)) }
    let own = model.ownActions.filter { $0.about == one.action.id }
    row[shape.hasOwn] = .flag(!own.isEmpty)
    row[shape.own] = .list(
      own.map { other in
        var row = shape.ownLink.row
        row[shape.ownPage] = link(PagePaths.action(other.action.id))
        row[shape.ownTitle] = .text(Words.bytes(other.action.action.kind.title))
        row[shape.ownState] = .html(
          other.isPending && other.standing.votes.isEmpty
            ? "<span class=\"badge plain\">Can be decided</span>" : Shown.badge(Words.of(other.standing)))
        return row.values
      })
    row[shape.hasEvents] = .flag(!one.standing.events.isEmpty)
    row[shape.events] = .list(
      one.standing.events.reversed().map { event in
        var row = shape.event.row
        row[shape.eventWhat] = .html(Shown.badge(Words.of(event.what)))
        row[shape.eventAt] = .html(Shown.time(event.at))
        row[shape.eventRound] = .number(event.round)
        row[shape.eventEntry] = .number(event.entry)
        return row.values
      })
  }
}

// MARK: - The effect

extension ActionPage {
  private func fillEffect(_ row: inout Row, _ model: CasePageModel, _ one: ActionPageModel) {
    let action = one.action.action
    row[shape.effectHeading] = .text(Array((one.isPending ? "What will happen" : "What was asked for").utf8))
    row[shape.reversible] = .html(
      one.about == nil
        ? EffectWords.reversible(action.kind) + (one.reversal.map { ". " + $0.sentence } ?? "")
        : "Yes: what it takes back can be decided again")
    if let plan = one.reversal?.details { row[shape.plan] = .html(plan) }
    // The offered bytes are what the tokens bind; without an offer it is the effect as it stands.
    guard let canonical = (one.offer?.effect ?? one.effect)?.bytes, let effect = EffectWords(canonical: canonical)
    else {
      return fillWithoutEffect(&row, model, one)
    }
    row[shape.kindWord] = .text(effect.kindWord.bytes)
    row[shape.sentence] = .html(effect.sentence)
    row[shape.rawType] = .html(Shown.code(effect.rawType))
    row[shape.targets] = .list(
      effect.targets.enumerated().map { index, target in
        var row = shape.effectTarget.row
        let number = effect.targets.count > 1 ? Array(" \(index + 1)".utf8) : []
        row[shape.targetHeading] = .text(EffectWords.heading(target) + number)
        row[shape.targetFields] = .list(
          target.members.compactMap { key, value in
            if key == "type" { return nil }
            let (label, html) = EffectWords.member(key, value)
            return fields.row(label, html)
          })
        return row.values
      })
    row[shape.parameters] = .list(
      effect.parameters.map { key, value in
        fields.row(effect.label(ofParameter: key), EffectWords.html(value, key))
      })
    row[shape.ceiling] = .html(effect.ceiling(now: action.mailCount))
    row[shape.tenant] = .html(Shown.code(effect.tenant))
    row[shape.round] = .number(effect.round)
    if let digest = one.offer?.digest ?? one.digest {
      row[shape.digest] = .text(digest.bytes)
      row[shape.digestGroups] = .text(PrintedDigest.groups(digest).bytes)
      row[shape.effect] = .text(canonical)
      if one.isEffectRedacted {
        row[shape.effectNote] = .html(
          "Something in it is replaced: the digest is of the effect as it was, which cannot be checked here.")
      }
    }
  }

  private func fillWithoutEffect(_ row: inout Row, _ model: CasePageModel, _ one: ActionPageModel) {
    let action = one.action.action
    row[shape.kindWord] = .text(Array(action.kind.rawValue.utf8))
    row[shape.sentence] = .html("There is nothing here that could be approved: the action has no effect of its own.")
    row[shape.rawType] = .html(Shown.code(action.rawType))
    row[shape.targets] = .list([])
    row[shape.parameters] = .list([])
    row[shape.ceiling] = .html("<span class=\"none\">None</span>")
    row[shape.tenant] = .html(Shown.code(model.case.investigation.tenant))
    row[shape.round] = .number(one.standing.round)
  }
}

// MARK: - The decision

extension ActionPage {
  private func fillDecision(_ row: inout Row, _ model: CasePageModel, _ one: ActionPageModel, _ frame: SiteFrame) {
    row[shape.isOpen] = .flag(one.isPending)
    row[shape.deadline] = .html(Shown.time(one.deadline))
    row[shape.decideHeading] = .text(Array((one.isPending ? "Your decision" : "Outcome").utf8))
    // A token never stands on the page of an action that is not pending, whatever the model says.
    let offer = one.isPending ? one.offer : nil
    let words: (StaticString, StaticString) =
      switch one.action.action.kind {
      case .withdraw: ("Approve the withdrawal", "Keep the decision")
      case .undo: ("Approve the undo", "Leave it as it is")
      default: ("Download approval", "Download rejection")
      }
    row[shape.approveWords] = .text(Words.bytes(words.0))
    row[shape.rejectWords] = .text(Words.bytes(words.1))
    row[shape.hasOffer] = .flag(offer != nil)
    let mail = forms.rows([one], frame)
    row[shape.hasMailForms] = .flag(!mail.isEmpty)
    row[shape.mailForms] = .list(mail)
    row[shape.signing] = .flag(one.policy.identity >= .sshsig)
    if let hint = PolicyWords.commentHint(one.policy) { row[shape.commentHint] = .text(hint) }
    if let offer {
      let (investigation, action) = (model.case.id, one.action.id)
      row[shape.approveName] = .text(DecisionDownload.name(of: action, .approve))
      row[shape.rejectName] = .text(DecisionDownload.name(of: action, .reject))
      row[shape.approveFile] = .link(
        DecisionDownload.link(
          investigation: investigation, action: action, verdict: .approve, token: offer.approve, frame: frame))
      row[shape.rejectFile] = .link(
        DecisionDownload.link(
          investigation: investigation, action: action, verdict: .reject, token: offer.reject, frame: frame))
      if one.about == nil {
        row[shape.together] = link(
          PagePaths.pending + "#select=" + action.text + "&day=" + one.deadline.dateText)
      }
      row[shape.approveToken] = .text(offer.approve)
      row[shape.rejectToken] = .text(offer.reject)
      row[shape.expires] = .html(Shown.time(offer.expires))
    } else if let words = absence(one, model) {
      row[shape.absence] = .html(words)
    }
    let rows = one.isPending ? [] : outcome(one)
    row[shape.hasOutcome] = .flag(!rows.isEmpty)
    row[shape.outcome] = .list(rows)
  }

  private func absence(_ one: ActionPageModel, _ model: CasePageModel) -> HTML? {
    switch one.absence {
    case nil, .decided?:
      switch one.standing.decision {
      case .gone where one.about != nil:
        "What it would take back is no longer there. There is nothing left to hand back."
      case .approved, .rejected: "It was decided here. There is nothing left to hand back."
      case .decidedElsewhere: "It was decided in the source system. There is nothing left to hand back."
      case .gone: "Its investigation names it no more. There is nothing left to hand back."
      case .withdrawn: "It was withdrawn. There is nothing left to hand back."
      case .lapsed: "Nobody decided in time, so it lapsed. A lapse is never an approval."
      case .undecided: "This page carries no token."
      }
    case .lapsed?: "Nobody decided in time, so it lapsed. A lapse is never an approval."
    case .sharedTokensOff?:
      "The site for everybody carries no tokens for this kind of action. Ask for a pack of your own: "
        + "<code>countersign build --reviewer ID</code>"
    case .noEffect(let reason)?: "It cannot be approved here: \(Shown.text(reason))."
    case .archived?: "This is an archive: it carries no approval links. As of its date, nobody had decided."
    case .tooLate?: "Less time is left than the policy's margin, so no token is given out any more."
    }
  }
}
