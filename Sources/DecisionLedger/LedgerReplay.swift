public import ByteText
public import CaseModel

// How entries about actions change what is known of them.

extension LedgerState {
  mutating func takeDecision(_ entry: LedgerEntry, _ body: LedgerBody) {
    guard let path = body.text("action"), let id = LedgerBody.action(path), let principal = body.text("principal"),
      let verdict = body.text("verdict").flatMap({ text in
        DecisionVerdict.allCases.first { ByteString($0.rawValue) == text }
      }), let round = body.number("round")
    else { return }
    if let file = body.text("file") { note(returned: file) }
    if let signature = body.text("signature") { note(signature: signature) }
    if let jti = body.text("jti") { accept(jti, by: principal) }
    var known = facts(of: id) ?? LedgerFacts()
    // An effect of our own is always of round 1: what it is about stands in its id.
    guard round == known.round else { return }
    known.path = path
    let identity = body.text("identity").flatMap { text in
      IdentityLevel.allCases.first { ByteString(stringLiteral: $0.word) == text }
    }
    known.votes.removeAll { $0.principal == principal }
    known.votes.append(
      Vote(
        principal: principal, identity: identity ?? .bearer, verdict: verdict, comment: body.text("comment") ?? "",
        at: entry.at, entry: entry.number, actsFor: body.text("for")))
    switch body["effect"] {
    case .object(let effect)?:
      known.effect = ByteString(CanonicalJSON.bytes(.object(effect)))
      if case .int(let ceiling)? = effect.first(where: { $0.key == "atMost" })?.value {
        known.atMost = max(known.atMost ?? 0, ceiling)
      }
    case .string(let canonical)?: known.effect = canonical
    default: break
    }
    known.digest = body.text("dig") ?? known.digest
    known.record = body.text("record") ?? known.record
    known.policy = policyHash
    set(known, of: id)
    let stead = body.text("for").map { " for " + $0 } ?? ""
    add(
      Line(number: entry.number, at: entry.at, text: ByteString(verdict.rawValue) + " by " + principal + stead), to: id)
  }

  mutating func takeJudgement(_ entry: LedgerEntry, _ body: LedgerBody) {
    guard let path = body.text("action"), let id = LedgerBody.action(path), let outcome = body.text("outcome"),
      var known = facts(of: id), body.number("round") == known.round
    else { return }
    let why = body.text("why").flatMap { text in RoundEvent.What.allCases.first { ByteString($0.rawValue) == text } }
    let event = why.map { RoundEvent($0, at: entry.at, round: known.round, entry: entry.number) }
    known.record = body.text("record") ?? known.record
    known.policy = policyHash
    switch outcome {
    case "approved":
      // A retained approval keeps the entry that made it.
      if why != .retained || known.outcome != .approve {
        known.outcomeEntry = entry.number
        known.outcomeAt = entry.at
      }
      known.outcome = .approve
      known.needed = body.number("needed")
      known.overriddenBy = body.number("override")
      known.withdrawn = nil
      if let event { known.events.append(event) }
    case "rejected":
      known.outcome = .reject
      known.outcomeEntry = entry.number
      known.outcomeAt = entry.at
      known.overriddenBy = nil
      known.withdrawn = nil
    case "replaced":
      known.beginRound(RoundEvent(.replaced, at: entry.at, round: known.round, entry: entry.number))
    default:
      // Awaiting again: the votes stay, the outcome does not.
      known.outcome = nil
      known.outcomeEntry = nil
      known.outcomeAt = nil
      known.overriddenBy = nil
      if let event { known.events.append(event) }
    }
    set(known, of: id)
    let text = why.map { word in
      outcome == "approved" ? "approval " + ByteString(word.rawValue) : ByteString(word.rawValue)
    }
    add(Line(number: entry.number, at: entry.at, text: text ?? outcome), to: id)
  }

  /// A decision that was taken back, or an undo that was approved: a new round of the action it is about.
  mutating func takeOwn(_ entry: LedgerEntry, _ body: LedgerBody) {
    guard let path = body.text("action"), let id = LedgerBody.action(path),
      let own = body.text("by").flatMap({ CaseID($0) }).flatMap({ OwnAction($0) }), own.about == id,
      body.number("round") == own.round
    else { return }
    // An undo may be of something that was decided in the source system.
    var known = facts(of: id) ?? LedgerFacts()
    guard body.number("round") == known.round else { return }
    known.path = path
    let isUndo = entry.kind == .undo
    let event = RoundEvent(isUndo ? .undone : .withdrawn, at: entry.at, round: known.round, entry: entry.number)
    if isUndo {
      // What was decided and done stays on record; its tokens and votes are of an old round from here on.
      known.events.append(event)
      known.round += 1
      // Votes that came to nothing are of the old round; an order that was carried out is.
      if known.outcome == nil { known.votes = [] }
    } else {
      known.beginRound(event)
      known.withdrawn = entry.at
    }
    set(known, of: id)
    add(Line(number: entry.number, at: entry.at, text: isUndo ? "undo approved" : "decision withdrawn"), to: id)
  }

  mutating func takeOverride(_ entry: LedgerEntry, _ body: LedgerBody) {
    guard let path = body.text("action"), let id = LedgerBody.action(path) else { return }
    if let vote = body.number("vote") { note(override: vote) }
    add(
      Line(
        number: entry.number, at: entry.at, text: "emergency override by " + (body.text("principal") ?? ""),
        said: body.text("reason") ?? ""), to: id)
  }
}

/// A change of the deployment's keys, as the ledger tells it.
public struct KeyChange: Hashable, Sendable {
  /// The entry's number: what a ring calls `statusSequence`.
  public var entry: Int
  /// When.
  public var at: Instant
  /// The key's id.
  public var kid: ByteString
  /// What it is for.
  public var purpose: ByteString
  /// The 32 bytes in base64url.
  public var publicKey: ByteString
  /// `active`, `retired` or `revoked`.
  public var status: ByteString

  init(_ entry: LedgerEntry, _ body: LedgerBody) {
    self.entry = entry.number
    at = entry.at
    kid = body.text("kid") ?? ""
    purpose = body.text("purpose") ?? ""
    publicKey = body.text("publicKey") ?? ""
    status = body.text("status") ?? ""
  }
}
