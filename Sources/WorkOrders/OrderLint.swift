public import ByteText
public import CaseModel

/// What is looked at before an order is written: what the services take, what cannot be undone, what will be split (AIR section 4, UX
/// section 6.7).
///
/// Errors stop the order; warnings go with it.
public enum OrderLint {
  /// Messages above which Defender always waits for a person.
  static let alwaysWaits = 10_000
  /// Messages that one remediation should have at most.
  public static let batch = 50_000
  /// Messages above which nothing else is remediated until it is done.
  static let blocksOthers = 1_000_000
  /// Remediations that run side by side in an organisation.
  static let concurrent = 50
  /// Block entries that the list holds.
  static let blockEntries = 10_000
  /// Seconds after which an approval is old.
  static let oldApproval: Int64 = 7 * 86_400
  /// Seconds within which the same remediation is not processed again.
  public static let repeats: Int64 = 3_600

  /// What is to be said of one order.
  public static func findings(_ order: WorkOrder, now: Instant) -> [OrderFinding] {
    var found: [OrderFinding] = []
    if order.deed.isFinal {
      found.append(
        .warning(
          .irreversible,
          order.deed == .action(.unrecognised) ? "nobody here knows whether it can be undone" : "it cannot be undone"))
    }
    if order.deed.movesMail { found += mail(order) }
    for target in order.targets {
      switch BlockEntry.of(order.assignment, target) {
      case .failure(let refusal)?: found.append(.error(.notAnEntry, refusal.message, hint: refusal.hint))
      case .success(let entry)?:
        if entry.isWholeHost, order.deed == .action(.blockURL) {
          found.append(.warning(.wholeHost, "the URL has no path: the entry blocks every page of its host"))
        }
      case nil: continue
      }
    }
    for key in ["until", "domain", "sender", "accessRights"] as [ByteString] {
      guard let value = order.assignment.value(key) else { continue }
      if case .string = value { continue }
      found.append(
        .error(
          .badParameter, "its parameter " + key + " is no text",
          hint: "withdraw the approval, and have the action exported with it as text"))
    }
    if order.approval.at.adding(seconds: oldApproval) < order.made {
      found.append(
        .warning(
          .oldApproval, "it was approved at " + order.approval.at.rfc3339 + ": what it acts on may have changed since",
          hint: "import the newest records first"))
    }
    if let text = order.assignment.text("until"), order.deed.isBlock {
      if let until = order.assignment.blockEnd {
        if until <= now {
          found.append(
            .error(
              .expired, "the block was to end at " + until.rfc3339 + ", which is over",
              hint: "withdraw the approval, and have the action exported with a later end"))
        }
      } else {
        found.append(
          .error(
            .badParameter, "its end is no time: '" + ByteString(Sanitizer.sanitized(text.bytes, limit: 60)) + "'",
            hint: "RFC 3339, like 2026-11-23T09:12:00Z"))
      }
    } else if order.deed.isBlock, order.assignment.value("until") == nil {
      found.append(.warning(.defaultExpiry, "it names no end: the list keeps a block for 30 days"))
    }
    do throws(ScriptSteps.ByHand) {
      _ = try ScriptSteps.of(order.assignment)
    } catch {
      if !found.contains(where: \.isError) {
        found.append(
          .warning(
            .byHand, "no script carries it out: " + error.reason, hint: "the checklist tells how to do it by hand"))
      }
    }
    return found
  }

  private static func mail(_ order: WorkOrder) -> [OrderFinding] {
    var found: [OrderFinding] = []
    let most = order.effect.atMost ?? order.source.mailCount
    let isCluster = order.effect.kind.countsMail
    if isCluster, order.effect.atMost == nil {
      found.append(
        .warning(.noCeiling, "the records name no number of messages: nothing limits how many it touches"))
    }
    if let count = order.source.mailCount ?? most {
      if count > blocksOthers {
        found.append(
          .error(
            .aboveMillion,
            ByteString("it covers \(count) messages: above a million nothing else is remediated until it is done"),
            hint: "narrow the cluster at its source, and have it exported again"))
      } else if count > batch {
        let parts = (count + batch - 1) / batch
        found.append(
          .warning(.split, ByteString("\(count) messages: to be split into \(parts) batches of at most \(batch)")))
      } else if count > alwaysWaits {
        found.append(
          .warning(
            .aboveTenThousand, ByteString("\(count) messages: above \(alwaysWaits) Defender always waits for a person"))
        )
      }
      let known = Set(order.targets.flatMap(\.networkMessageIDs)).count
      if isCluster, known < count {
        found.append(
          .warning(
            .incomplete,
            ByteString("the records name \(known) of \(count) messages: scripts and requests reach only these"),
            hint: "the portal reaches the whole cluster"))
      }
    }
    return found
  }

  /// What is to be said of orders that go together, and of those handed over shortly before.
  ///
  /// - Parameters:
  ///   - recent: work-order ids and effects that were handed over within the hour.
  ///   - standing: those of blocks that were handed over and not undone.
  /// - Returns: findings by work-order id.
  public static func findings(
    together orders: [WorkOrder], after recent: [(id: ByteString, effect: Effect, at: Instant)],
    beside standing: [(id: ByteString, effect: Effect, at: Instant)] = []
  ) -> [ByteString: [OrderFinding]] {
    var found: [ByteString: [OrderFinding]] = [:]
    var seen: [ByteString: (id: ByteString, at: Instant)] = [:]
    for one in recent { for key in keys(one.effect) { seen[key] = (one.id, one.at) } }
    var mails = 0
    var entries = 0
    var acting: [ByteString: (id: ByteString, word: ByteString)] = [:]
    for one in recent + standing {
      guard let deed = Deed(one.effect) else { continue }
      for key in targets(one.effect) { acting[key] = (one.id, deed.word) }
    }
    for order in orders {
      if order.deed.movesMail { mails += 1 }
      if order.deed.isBlock { entries += order.targets.count }
      for key in keys(order.effect) {
        if let other = seen[key], other.id != order.id {
          found[order.id, default: []].append(
            .warning(
              .repeated,
              "order " + other.id
                + " asked the same of the same target within the hour: Defender does not process it again",
              hint: "hand it over after " + other.at.adding(seconds: repeats).rfc3339 + " if it is still needed"))
          break
        }
        seen[key] = (order.id, order.made)
      }
      for key in targets(order.effect) {
        if let other = acting[key], other.id != order.id, other.word != order.deed.word {
          found[order.id, default: []].append(
            .warning(
              .overlap, "order " + other.id + " acts on the same target: " + other.word,
              hint: "see that the two do not undo one another"))
          break
        }
        acting[key] = (order.id, order.deed.word)
      }
    }
    guard let first = orders.first else { return found }
    if mails > concurrent {
      found[first.id, default: []].append(
        .warning(
          .queue,
          ByteString("\(mails) mail orders together: an organisation runs \(concurrent) at a time, the others wait")))
    }
    if entries > blockEntries {
      found[first.id, default: []].append(
        .warning(.listFull, ByteString("\(entries) entries together: the block list holds \(blockEntries)")))
    }
    return found
  }

  /// What an effect does to each target: for two of them to be the same.
  private static func keys(_ effect: Effect) -> [ByteString] {
    guard let deed = Deed(effect) else { return [] }
    if deed.movesMail { return targets(effect).map { deed.word + " " + $0 } }
    return [deed.word + ByteString(CanonicalJSON.bytes(.object(effect.parameters))) + joined(targets(effect), by: " ")]
  }

  /// What an effect acts on, in which tenant.
  private static func targets(_ effect: Effect) -> [ByteString] {
    effect.targets.map { effect.tenant + " " + ByteString(CanonicalJSON.bytes($0)) }
  }
}
