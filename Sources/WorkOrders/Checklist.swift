import ByteText
import CaseModel
import WebRendering

/// The orders of a batch as Markdown for a person at the portals: to be read, printed and ticked off.
///
/// Whatever comes from an export stands in code spans, cleaned, and broken where a reader would make a link of it.
struct Checklist {
  private let batch: OrderBatch

  init(_ batch: OrderBatch) {
    self.batch = batch
  }

  /// The Markdown.
  var markdown: [UInt8] {
    var out: [UInt8] = []
    func line(_ text: ByteString = "") { out += text.bytes + [0x0A] }
    if !batch.source.tlp.isEmpty {
      line("TLP:" + Self.plain(batch.source.tlp))
      line()
    }
    line("# Work orders " + Self.code(batch.name))
    line()
    line(
      Self.plain(batch.source.organization) + ", issuer " + Self.code(batch.source.issuer) + ", tenant "
        + Self.code(batch.tenant) + "; written "
        + batch.made.rfc3339
        + ByteString("; \(batch.orders.count) ") + (batch.orders.count == 1 ? "order." : "orders."))
    line()
    line(
      "URLs and addresses are broken on purpose, with `[.]`, `[:]` and `[@]`: the exact values stand in the `.json` file of each order. "
        + "An order that is approved is not carried out: tick what you have done and seen, and hand the result back.")
    for order in batch.orders {
      line()
      append(order, line)
    }
    if !batch.source.tlp.isEmpty {
      line()
      line("TLP:" + Self.plain(batch.source.tlp))
    }
    return out
  }

  private func append(_ order: WorkOrder, _ line: (ByteString) -> Void) {
    line("## " + ByteString(stringLiteral: order.deed.title))
    line("")
    line("- order " + Self.code(order.id))
    line("- effect digest " + Self.code(PrintedDigest.groups(order.digest)))
    line("- valid until " + order.until.rfc3339)
    line("- " + Self.plain(order.approval.words))
    if let most = order.effect.atMost { line(ByteString("- at most \(most) messages")) }
    if let before = order.handedBefore {
      line("- **handed over before**, at " + before.rfc3339 + ": it may be done already")
    }
    line(
      "- action " + Self.code(order.source.actionID) + " of investigation " + Self.code(order.source.investigationID))
    for target in order.targets.prefix(50) {
      for (name, value) in Self.fields(target) { line("- " + name + " " + Self.code(value)) }
      if case .success(let entry)? = BlockEntry.of(order.assignment, target) {
        line("- entry of the list " + Self.code(entry.text))
      }
    }
    if order.targets.count > 50 { line(ByteString("- and \(order.targets.count - 50) more, in its `.json` file")) }
    if let end = order.assignment.blockEnd { line("- the block ends " + end.rfc3339) }
    for (name, value) in Self.parameters(order) { line("- " + name + " " + Self.code(value)) }
    for finding in batch.findings(of: order) { line("- **note:** " + Self.plain(finding.message)) }
    line("")
    for step in PortalSteps.of(order) { line("- [ ] " + step) }
    line("- [ ] Result: succeeded / already gone / failed, at `____-__-__T__:__:__Z`, by `____`")
    line("")
    guard let plan = ReversalPlan(of: order.effect) else { return }
    if let step = plan.step, let days = plan.days {
      line(
        "To take it back: " + ByteString(stringLiteral: step.title)
          + ByteString(", within \(days) days, after an undo was approved."))
      for (name, value) in plan.restores { line("- set back: " + name + " " + Self.code(value)) }
    } else {
      line("**No way back:** " + plan.absence + ".")
    }
  }

  private static func fields(_ target: OrderTarget) -> [(ByteString, ByteString)] {
    let all: [(ByteString, ByteString)] =
      switch target {
      case .message(let one):
        [
          ("network message id", one.networkMessageID), ("message id", one.internetMessageID),
          ("recipient", one.recipient),
        ]
      case .cluster(let one):
        cluster(one)
      case .url(let url): [("URL", url)]
      case .file(let file):
        [("file", file.name), ("SHA-256", file.sha256), ("SHA-1", file.sha1), ("MD5", file.md5)]
      case .mailbox(let address): [("mailbox", address)]
      case .setting(let one):
        [
          ("mailbox", one.mailbox), ("forwards to", one.forwardTo), ("delegate", one.delegate), ("rule", one.rule),
          ("setting", one.configType),
        ]
      case .account(let name): [("account", name)]
      case .host(let name): [("device", name)]
      case .other: [("target", target.label)]
      }
    return all.filter { !$0.1.isEmpty }
  }

  /// The parameters; an undo has those of what was done.
  ///
  /// What a script takes for granted is said too.
  private static func parameters(_ order: WorkOrder) -> [(ByteString, ByteString)] {
    let prefix = Effect.donePrefix.bytes
    var found: [(ByteString, ByteString)] = []
    for parameter in order.effect.parameters {
      let isDone = parameter.key.bytes.starts(with: prefix)
      if order.effect.kind == .undo && !isDone { continue }
      let name = isDone ? ByteString(parameter.key.bytes.dropFirst(prefix.count)) : parameter.key
      found.append(("parameter " + code(name), text(parameter.value)))
    }
    if order.deed.kind == .removeDelegation, order.assignment.value("accessRights") == nil {
      found.append(("right, none was named:", "FullAccess"))
    }
    return found
  }

  private static func cluster(_ cluster: OrderTarget.Cluster) -> [(ByteString, ByteString)] {
    var fields: [(ByteString, ByteString)] = [("query", cluster.query)]
    let ids = cluster.networkMessageIDs
    for id in ids.prefix(20) { fields.append(("network message id", id)) }
    if ids.count > 20 { fields.append(("more message ids, in its .json file:", ByteString("\(ids.count - 20)"))) }
    return fields
  }

  private static func text(_ value: JSONTree) -> ByteString {
    if case .string(let text) = value { text } else { ByteString(CanonicalJSON.bytes(value)) }
  }

  /// Text from outside: one code span, that nothing makes a link of.
  private static func code(_ text: ByteString) -> ByteString {
    let shown = Defanging.deadened(Sanitizer.sanitized(text.bytes, limit: Sanitizer.urlLimit))
    return ByteString(Markdown.codeSpan(shown))
  }

  /// Words of configuration and ours.
  private static func plain(_ text: ByteString) -> ByteString {
    var out: [UInt8] = []
    Markdown.escape(Sanitizer.sanitized(text.bytes), to: &out)
    return ByteString(out)
  }
}
