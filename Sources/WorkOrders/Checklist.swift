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
    for fact in OrderFacts.of(order) { line("- " + fact.name + " " + Self.code(fact.value)) }
    if order.targets.count > OrderFacts.most {
      line(ByteString("- and \(order.targets.count - OrderFacts.most) more, in its `.json` file"))
    }
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
