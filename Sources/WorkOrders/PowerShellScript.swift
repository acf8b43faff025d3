import ByteText
import CaseModel

/// One script for all orders of a batch: nothing is changed without `-Execute`, and each order asks before it is carried out.
///
/// What works stands in `templates/orders/carry-out.ps1`, the same in every script; what is generated is one call for each order, made
/// of literals alone.
enum PowerShellScript {
  /// - Parameter functions: the text of `carry-out.ps1`.
  static func bytes(_ batch: OrderBatch, functions: [UInt8]) -> [UInt8] {
    var lines: [ByteString] = []
    func say(_ text: ByteString) { lines.append(text.isEmpty ? "#" : "# " + PowerShellText.comment(text)) }
    let plans = batch.orders.map(plan)
    let scripted = plans.compactMap { try? $0.get() }
    say("Countersign work orders, batch " + batch.name)
    say(
      batch.source.organization + ", tenant " + batch.tenant + ", issuer " + batch.source.issuer
        + batch.marking(before: ", "))
    say(
      "Written " + batch.made.rfc3339
        + ByteString(": \(batch.orders.count) orders, \(plans.count - scripted.count) of them by hand (checklist.md)"))
    say("")
    say(
      "Nothing is changed without -Execute: each order says what it would do. With it, each asks before it is carried out."
    )
    say("  ." + "\\carry-out.ps1")
    say("  ." + "\\carry-out.ps1 -Execute")
    say("  ." + "\\carry-out.ps1 -Execute -Only wo-...")
    say(
      "Needs sessions of the services that its orders name: Connect-ExchangeOnline (module 3.9.0 or later), Connect-MgGraph."
    )
    say("What came of it goes into the result file, for: countersign results FILE")
    lines += [
      "#Requires -Version 5.1", "[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]", "param(",
      "    [switch] $Execute,", "    [string[]] $Only,",
      "    [string] $ResultPath = " + PowerShellText.text("." + "/results-" + batch.name + ".jsonl"), ")",
      "Set-StrictMode -Version 2.0", "$ErrorActionPreference = 'Stop'",
      "if (-not $Execute) { $WhatIfPreference = $true }", "",
    ]
    var out: [UInt8] = []
    func flush() {
      for line in lines { out += line.bytes + [0x0A] }
      lines = []
    }
    flush()
    out += functions
    let services = Set(scripted.joined().map(\.service))
    lines.append("")
    lines.append(
      "Assert-OrderSession -Tenant " + PowerShellText.text(batch.tenant) + " -Exchange:"
        + (services.contains(.exchange) ? "$true" : "$false") + " -Graph:"
        + (services.contains(.graph) ? "$true" : "$false"))
    for (order, plan) in zip(batch.orders, plans) {
      lines.append("")
      lines.append("# " + ByteString([UInt8](repeating: 0x2D, count: 70)))
      describe(order, batch, say)
      switch plan {
      case .success(let steps):
        lines.append(
          "Invoke-Order -Id " + PowerShellText.text(order.id) + " -What "
            + PowerShellText.text(ByteString(stringLiteral: order.deed.title)) + " -Approver "
            + PowerShellText.text(order.approverAddress) + " -Until (ConvertTo-OrderTime '" + order.until.rfc3339
            + "') -Steps @(")
        for step in steps { lines.append("    " + source(step)) }
        lines.append(")")
      case .failure(let byHand): say("by hand, see checklist.md: " + byHand.reason)
      }
      flush()
    }
    lines.append("")
    lines.append("Complete-Orders")
    flush()
    return out
  }

  private static func plan(_ order: WorkOrder) -> Result<[ScriptStep], ScriptSteps.ByHand> {
    Result { () throws(ScriptSteps.ByHand) in try ScriptSteps.of(order.assignment) }
  }

  private static func describe(_ order: WorkOrder, _ batch: OrderBatch, _ say: (ByteString) -> Void) {
    say(order.id + "  " + ByteString(stringLiteral: order.deed.title))
    if let before = order.handedBefore { say("handed over before, at " + before.rfc3339 + ": it may be done already") }
    say(order.approval.words + "; effect digest " + PrintedDigest.groups(order.digest))
    if let most = order.effect.atMost { say(ByteString("at most \(most) messages")) }
    for finding in batch.findings(of: order) { say("note: " + finding.message) }
    guard let plan = ReversalPlan(of: order.effect) else { return }
    if let step = plan.step, let days = plan.days {
      say(
        "taken back by: " + ByteString(stringLiteral: step.title)
          + ByteString(", within \(days) days, as an undo that is approved"))
    } else {
      say("no way back: " + plan.absence)
    }
  }

  private static func source(_ step: ScriptStep) -> ByteString {
    let done: ByteString =
      switch step.done {
      case .present: "'present'"
      case .absent: "'absent'"
      case .never: "'never'"
      }
    let look = PowerShellText.pipeline(step.look)
    // What is shown when the script asks. No stranger's text stands in a comment: PowerShell obeys some of them (`#requires`), and refuses
    // a script in which one looks like the begin of a signature.
    let shown = PowerShellText.text(joined(step.work.map(\.words), by: " | "))
    return "@{ Show = " + shown + "; Done = " + done + "; Later = " + (step.isLater ? "$true" : "$false")
      + "; Look = { "
      + (look.isEmpty ? "" : look + " ") + "}; Work = { " + PowerShellText.pipeline(step.work) + " } }"
  }
}

extension WorkOrder {
  /// The address of the first approver who has one; empty where nobody has.
  var approverAddress: ByteString {
    for vote in approval.votes {
      if let address = approval.addresses[vote.principal], MailAddress.isPlain(address.bytes) { return address }
    }
    return ""
  }
}
