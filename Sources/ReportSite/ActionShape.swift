import CaseModel
import WebRendering

/// What the page of an action is made of.
struct ActionShape: Sendable {
  let page: Shape
  let frame: FrameFields
  let id, investigation, investigationName, kind, kindWord, target, moreTargets, decision, execution, severity: FieldKey
  let effectHeading, sentence, rawType, targets, parameters, ceiling, reversible, plan, tenant, round: FieldKey
  let effectNote: FieldKey
  let digest, digestGroups, effect, description, entities, alerts, sourceID, sourceStatus, sourceApproval: FieldKey
  let sourceFields, decideHeading, isOpen, deadline, hasOffer, approveName, approveFile, rejectName: FieldKey
  let rejectFile, approveToken, rejectToken, expires, signing, commentHint, latest, absence, hasOutcome: FieldKey
  let mailForms: FieldKey
  let approveWords, rejectWords: FieldKey
  let together, hasMailForms, outcome, policy, about, hasOwn, own, hasEvents, events: FieldKey
  let ownLink: Shape
  let ownPage, ownTitle, ownState: FieldKey
  let event: Shape
  let eventWhat, eventAt, eventRound, eventEntry: FieldKey
  let missing, votesText, hasVotes, votes: FieldKey
  let effectTarget: Shape
  let targetHeading, targetFields: FieldKey
  let vote: Shape
  let voteVerdict, votePrincipal, voteAt, voteIdentity, voteEntry, voteComment: FieldKey

  init(_ fields: FieldRows, _ rows: EntityRows, _ forms: MailForms) throws(TemplateError) {
    var targetList = FieldList("target of an effect")
    targetHeading = targetList.text("heading")
    targetFields = targetList.list("fields", fields.shape)
    effectTarget = try targetList.shape()
    var voteList = FieldList("vote")
    voteVerdict = voteList.html("verdict")
    votePrincipal = voteList.untrusted("principal")
    voteAt = voteList.html("at")
    voteIdentity = voteList.text("identity")
    voteEntry = voteList.number("entry")
    voteComment = voteList.html("comment", optional: true)
    vote = try voteList.shape()

    var ownList = FieldList("own action")
    ownPage = ownList.link("page")
    ownTitle = ownList.text("title")
    ownState = ownList.html("state")
    ownLink = try ownList.shape()
    var eventList = FieldList("event")
    eventWhat = eventList.html("what")
    eventAt = eventList.html("at")
    eventRound = eventList.number("round")
    eventEntry = eventList.number("entry")
    event = try eventList.shape()

    var list = FieldList("action")
    frame = try FrameFields(&list)
    id = list.text("id")
    investigation = list.link("investigation")
    investigationName = list.html("investigationName")
    kind = list.html("kind")
    kindWord = list.text("kindWord")
    target = list.html("target")
    moreTargets = list.number("moreTargets", optional: true)
    decision = list.html("decision")
    execution = list.html("execution", optional: true)
    severity = list.html("severity")
    effectHeading = list.text("effectHeading")
    sentence = list.html("sentence")
    rawType = list.html("rawType")
    targets = list.list("targets", effectTarget)
    parameters = list.list("parameters", fields.shape)
    ceiling = list.html("ceiling")
    reversible = list.html("reversible")
    plan = list.html("plan", optional: true)
    tenant = list.html("tenant")
    round = list.number("round")
    digest = list.text("digest", optional: true)
    digestGroups = list.text("digestGroups", optional: true)
    effectNote = list.html("effectNote", optional: true)
    effect = list.untrusted("effect", optional: true)
    description = list.html("description", optional: true)
    entities = list.list("entities", rows.entity)
    alerts = list.list("alerts", rows.alert)
    sourceID = list.html("sourceID")
    sourceStatus = list.html("sourceStatus")
    sourceApproval = list.html("sourceApproval")
    sourceFields = list.list("sourceFields", fields.shape)
    decideHeading = list.text("decideHeading")
    isOpen = list.flag("isOpen")
    deadline = list.html("deadline")
    hasOffer = list.flag("hasOffer")
    approveName = list.text("approveName", optional: true)
    approveFile = list.link("approveFile", optional: true)
    rejectName = list.text("rejectName", optional: true)
    rejectFile = list.link("rejectFile", optional: true)
    approveToken = list.text("approveToken", optional: true)
    rejectToken = list.text("rejectToken", optional: true)
    expires = list.html("expires", optional: true)
    signing = list.flag("signing")
    commentHint = list.text("commentHint", optional: true)
    latest = list.html("latest")
    absence = list.html("absence", optional: true)
    hasOutcome = list.flag("hasOutcome")
    outcome = list.list("outcome", fields.shape)
    together = list.link("together", optional: true)
    hasMailForms = list.flag("hasMailForms")
    approveWords = list.text("approveWords")
    rejectWords = list.text("rejectWords")
    mailForms = list.list("mailForms", forms.shape)
    policy = list.list("policy", fields.shape)
    about = list.link("about", optional: true)
    hasOwn = list.flag("hasOwn")
    own = list.list("own", ownLink)
    hasEvents = list.flag("hasEvents")
    events = list.list("events", event)
    votesText = list.text("votesText")
    missing = list.html("missing", optional: true)
    hasVotes = list.flag("hasVotes")
    votes = list.list("votes", vote)
    page = try list.shape()
  }
}
