import ApprovalTokens
import ByteText
import CaseModel
import CaseStore
import DecisionLedger
import Digests
import ReportSite

/// What pages of a case depend on, apart from the case: configuration, templates, key, audience.
struct PageInputs {
  var templatesHash: [UInt8]
  var configurationHash: [UInt8]
  var kid: ByteString
  var audience: ByteString
  var policy: Policy
  var reviewers: [Reviewer]
  var now: Instant

  init(_ session: Session, _ templates: SiteTemplates, kid: ByteString, audience: ByteString) {
    let configuration = session.configuration
    templatesHash = templates.hash
    configurationHash =
      SHA256Sum.of(
        configuration.organization.bytes, [0], configuration.issuer.bytes, [0], configuration.tlp?.bytes ?? [], [0],
        PolicyText.of(configuration).bytes, [0], Array(configuration.clock.rawValue.utf8), [0],
        configuration.mail.decisionsTo.bytes
      ).bytes
    self.kid = kid
    self.audience = audience
    policy = configuration.policy
    reviewers = configuration.reviewers
    now = session.now
  }

  /// Changes whenever the same model would be rendered differently.
  static let rendererVersion: ByteString = "2"

  /// The key of all lists together: over the keys of all cases in order, and whatever else they show.
  func lists(
    _ cases: SHA256Stream, _ frame: SiteFrame, _ reviewers: [Reviewer], lastImport: Instant?
  ) -> Fingerprint {
    Fingerprint(
      SHA256Sum.of(
        Self.rendererVersion.bytes, [0], templatesHash, configurationHash, audience.bytes, [0], cases.finish().bytes,
        frame.at.rfc3339.bytes, frame.head.bytes, [0], frame.version.bytes, [0], lastImport?.rfc3339.bytes ?? [], [0],
        Array(reviewers.flatMap(\.addresses).map(\.bytes).joined(separator: [0]))))
  }

  /// The key of one part of a long list.
  ///
  /// - Parameter content: stands for its rows.
  func part(_ content: Fingerprint, _ frame: SiteFrame) -> Fingerprint {
    Fingerprint(
      SHA256Sum.of(
        Self.rendererVersion.bytes, [0], templatesHash, configurationHash, audience.bytes, [0], frame.version.bytes,
        [0],
        content.bytes))
  }

  /// The key of a case's pages (DESIGN section 4, *Flow A*).
  func key(of row: ManifestCase, _ state: LedgerState) -> Fingerprint {
    var sum = SHA256Stream()
    func add(_ bytes: [UInt8]) {
      sum.update(Array(String(bytes.count).utf8) + [0x3A] + bytes)
    }
    add(Self.rendererVersion.bytes)
    add(templatesHash)
    add(configurationHash)
    add(kid.bytes)
    add(audience.bytes)
    add(row.head.id.text.bytes)
    add(row.head.recordsHash.bytes)
    for action in row.head.actions {
      let facts = state.facts(of: action.id)
      for own in state.own[action.id] ?? [] {
        guard let about = state.facts(of: own.id) else { continue }
        for vote in about.votes { add(Array("own \(vote.entry) \(about.outcomeEntry ?? 0)".utf8)) }
        for line in state.lines[own.id] ?? [] { add(Array("own line \(line.number)".utf8)) }
      }
      let (standing, deadline) = Standing.of(action, in: row.head, facts: facts, policy, now: now)
      add(Array(standing.decision.rawValue.utf8))
      // Whether a withdrawal or an undo can still be offered.
      if facts?.outcome != nil { add([now < deadline ? 1 : 0]) }
      if let end = OwnOffer.undoDeadline(action, in: row.head, facts), standing.execution == .succeeded {
        add([now < end ? 1 : 0])
      }
      if let facts {
        add(Array("\(facts.round) \(facts.outcomeEntry ?? 0) \(facts.events.last?.entry ?? 0)".utf8))
        for vote in facts.votes { add(Array("\(vote.entry)".utf8)) }
      }
      for line in state.lines[action.id] ?? [] { add(Array("\(line.number)".utf8)) }
    }
    return Fingerprint(sum.finish())
  }
}
