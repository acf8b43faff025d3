import ByteText
import CaseModel

/// What the events of single messages come to for an order.
///
/// *Succeeded* takes an event for every copy that the order is about; what somebody or something else removed before is told apart.
struct MailOutcome {
  private enum Copy {
    case removed, gone, failed, running
  }

  private struct Event {
    var copy: Copy
    var at: Instant
  }

  private let order: ExpectedOrder
  private var copies: [ByteString: Event] = [:]
  private var messages: Set<ByteString> = []

  init(_ order: ExpectedOrder) {
    self.order = order
  }

  /// Takes an event; whether it says anything of the order.
  mutating func take(
    id: ByteString, recipient: ByteString, action: ByteString, by: ByteString, _ result: ResultRow.MessageResult,
    at: Instant
  ) -> Bool {
    guard order.isAbout(id: id, recipient: recipient), let done = Self.deed(action) else { return false }
    let isWanted = done == order.wanted
    // Further than was asked counts as gone; back, or elsewhere, says nothing.
    guard isWanted || Self.isFurther(done, than: order.wanted) else { return false }
    let byOrder = ResultReading.word(by)
    let isOurs =
      isWanted && at >= order.made
      && (byOrder == "manualremediation" || byOrder.isEmpty)
    let copy: Copy
    switch result {
    case .done: copy = isOurs ? .removed : .gone
    case .alreadyThere: copy = .gone
    case .failed: copy = .failed
    case .running: copy = .running
    }
    if !isOurs && (copy == .failed || copy == .running) { return false }
    messages.insert(id)
    let key = id + " " + recipient
    // The latest event of a copy counts, but what is away stays away.
    if let known = copies[key] {
      let isAway = known.copy == .removed || known.copy == .gone
      if known.at > at || (isAway && (copy == .failed || copy == .running)) { return true }
      if known.copy == .removed && copy == .gone { return true }
    }
    copies[key] = Event(copy: copy, at: at)
    return true
  }

  /// What they come to; `nil` for none.
  var report: (state: ExecutionState, at: Instant, detail: ByteString)? {
    guard let at = copies.values.map(\.at).max() else { return nil }
    func count(_ copy: Copy) -> Int { copies.values.count { $0.copy == copy } }
    let removed = count(.removed)
    let gone = count(.gone)
    let failed = count(.failed)
    let running = count(.running)
    let isWhole = order.messages.isSubset(of: messages) && copies.count >= order.copies && running == 0
    var parts: [ByteString] = []
    if removed > 0 { parts.append(ByteString("\(removed) ") + order.participle) }
    if gone > 0 { parts.append(ByteString("\(gone) already gone")) }
    if failed > 0 { parts.append(ByteString("\(failed) failed")) }
    if running > 0 { parts.append(ByteString("\(running) under way")) }
    let missing = max(order.copies - copies.count, order.messages.subtracting(messages).count)
    if missing > 0 { parts.append(ByteString("nothing said of \(missing)")) }
    let state: ExecutionState =
      failed > 0 ? .failed : !isWhole ? .running : removed > 0 ? .succeeded : .alreadyGone
    return (state, at, joined(parts, by: ", "))
  }

  // MARK: Words

  /// What can be done to a message, in order of how far it goes.
  enum Deed: Int {
    case inbox, junk, quarantine, softDelete, hardDelete
  }

  private static func deed(_ action: ByteString) -> Deed? {
    switch ResultReading.word(action) {
    case "movedtoinbox", "movetoinbox", "restored": .inbox
    case "movedtojunkfolder", "movedtojunk", "movetojunk", "movetojunkfolder": .junk
    case "movedtoquarantine", "movetoquarantine", "quarantined", "quarantine": .quarantine
    case "softdelete", "softdeleted": .softDelete
    case "harddelete", "harddeleted": .hardDelete
    default: nil
    }
  }

  private static func isFurther(_ one: Deed, than other: Deed) -> Bool {
    other != .inbox && one.rawValue > other.rawValue
  }
}
