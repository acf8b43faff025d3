import ByteText
import CaseModel
import CaseStore
import DecisionLedger
import MailDigest

/// One reviewer as a digest sees the cases go by: what waits for them, what happened, and what is for others.
struct DigestReader {
  /// A pending action of theirs.
  struct Pending {
    var reference: RowReference
    var what: DigestSection.What
    var deadline: Instant
    var severity: Int
    var mailCount: Int
    var changes: [ByteString]

    /// Least time left, then severity, then blast radius: as on the site.
    static func isMoreUrgent(_ left: Pending, _ right: Pending) -> Bool {
      if left.deadline != right.deadline { return left.deadline < right.deadline }
      if left.severity != right.severity { return left.severity > right.severity }
      if left.mailCount != right.mailCount { return left.mailCount > right.mailCount }
      return left.reference.number < right.reference.number
    }
  }

  /// Something that happened.
  struct Happening {
    var what: DigestNews.What
    var line: DigestNews.Line
    /// The newest first.
    var order: Instant
  }

  let reviewer: Reviewer
  let window: DigestWindow
  let mentions: AddressMentions
  private(set) var pending: [Pending] = []
  private(set) var news: [DigestNews.What: (count: Int, newest: [Happening])] = [:]
  private(set) var others: [DigestCounts.Reason: Int] = [:]
  /// News that are kept of each kind; the rest is only counted.
  private static let kept = 16

  init(_ reviewer: Reviewer, _ window: DigestWindow) {
    self.reviewer = reviewer
    self.window = window
    mentions = AddressMentions(reviewer.addresses)
  }

  mutating func add(_ one: Pending) { pending.append(one) }
  mutating func count(_ reason: DigestCounts.Reason) { others[reason, default: 0] += 1 }

  mutating func add(_ one: Happening) {
    var known = news[one.what] ?? (0, [])
    known.count += 1
    let place = known.newest.firstIndex { $0.order < one.order } ?? known.newest.count
    known.newest.insert(one, at: place)
    if known.newest.count > Self.kept { known.newest.removeLast() }
    news[one.what] = known
  }

  /// Whether there is anything to tell.
  var hasContent: Bool { !pending.isEmpty || !news.isEmpty }
}

/// One case as it goes by, with what its records said before.
struct DigestCase {
  let row: ManifestCase
  /// Where its line begins in the manifest.
  let offset: Int
  private let evidence: EvidenceStore
  private let files: [LedgerState.EvidenceFile]
  private var involved: Involvement?
  private var present: Case?
  private var earlier: [Int: Case?] = [:]

  init(_ row: ManifestCase, offset: Int, _ evidence: EvidenceStore, _ files: [LedgerState.EvidenceFile]) {
    self.row = row
    self.offset = offset
    self.evidence = evidence
    self.files = files
  }

  /// Whether a record of it came in a window.
  func isTouched(in window: DigestWindow) -> Bool { row.places.contains { isNews($0, window) } }

  private func isNews(_ place: RecordPlace, _ window: DigestWindow) -> Bool {
    guard files.indices.contains(place.file), let entry = files[place.file].entry, let at = files[place.file].at else {
      return true
    }
    return window.holds(entry: entry, at: at)
  }

  /// The case as its records told it before a window; `nil` where there were none.
  mutating func before(_ window: DigestWindow) throws -> Case? {
    let old = row.places.filter { !isNews($0, window) }
    // Windows differ by how many records lie before them, and by nothing else.
    if let known = earlier[old.count] { return known }
    let merged = old.isEmpty ? nil : try evidence.merge(old)
    earlier[old.count] = .some(merged)
    return merged
  }

  /// The case as its records tell it now.
  mutating func now() throws -> Case? {
    if let present { return present }
    present = try evidence.merge(row.places)
    return present
  }

  /// Whether a reviewer takes part in it.
  mutating func involves(_ reader: DigestReader) throws -> Bool {
    guard !reader.reviewer.addresses.isEmpty else { return false }
    if involved == nil {
      guard try evidence.mayMention(reader.mentions, in: row.places) else { return false }
      guard let merged = try now() else { return false }
      involved = Involvement(merged)
    }
    return involved?.of(reader.reviewer) != nil
  }
}
