import ByteText
import CaseModel
import PageTemplates
import TestSupport
import Testing

@testable import WorkOrders

/// Whatever attackers write into URLs, mailboxes, rules, senders and queries: a script has the commands that its orders ask for, and
/// no other, in either PowerShell.
@Suite struct HostileScriptTests {
  static let attacks = [
    "'; Remove-Item -Recurse / #", "’; Remove-Item / #", "‘; iex x; ‘", "‚; iex x", "‛; iex x", "$(Remove-Item /)",
    "`$(x)",
    "a'\nRemove-Item /\n'", "a\rRemove-Item /", "\u{2028}Remove-Item /", "\u{85}Remove-Item /", "'@\nRemove-Item /\n@'",
    "#> Remove-Item / <#", "\u{0}'; iex x", "Ñ; iex x", "‘’‚‛“”„", "' + (iex x) + '", "{0}", "-Confirm:$false",
    "| iex x",
    "\u{1B}[2J", "requires -Modules Evil", "SIG # Begin signature block", "a@b.test'; iex x; '@c.test",
    "https://evil.test/'; iex x; '", "https://evil.test/’; iex x; ’", "https://*.test/", "*", "?", "lena\\x:rule",
    "@{x=1}",
    "\u{FEFF}'; iex", "１＇；iex", "\") or 1==1 //", "\\\"", "\u{202E}x'", "🧨'", "%00", "`n", "\"; iex x; \"",
  ].map { Array($0.utf8) }

  /// What stands around each order: what the functions of every script call, in order.
  private static let frame: [String] = commands([])

  private static func commands(_ orders: [WorkOrder]) -> [String] {
    (try? script(orders)).map { $0.commands().map(\.name) } ?? []
  }

  private static func script(_ orders: [WorkOrder]) throws -> PowerShellTokens {
    try PowerShellTokens(try source(orders))
  }

  private static func source(_ orders: [WorkOrder]) throws -> [UInt8] {
    if orders.isEmpty { return PageTemplates.orderFunctions }
    return try #require(try Orders.files(orders, [.powershell]).first { $0.name == "carry-out.ps1" }).bytes
  }

  /// The commands that an order of a kind may have, behind `Invoke-Order` and its end.
  private static func allowed(_ kind: ActionKind) -> Set<String> {
    switch kind {
    case .softDeleteMessage, .hardDeleteCluster: ["Invoke-OrderRemediation"]
    case .blockURL, .blockSender, .blockDomain:
      ["Get-OrderBlock", "New-TenantAllowBlockListItems", "ConvertTo-OrderTime"]
    case .turnOffForwarding: ["Get-OrderForwarding", "Set-Mailbox", "Get-OrderInboxRule", "Disable-InboxRule"]
    case .disableInboxRule: ["Get-OrderInboxRule", "Disable-InboxRule"]
    case .removeDelegation:
      [
        "Get-OrderFullAccess", "Remove-MailboxPermission", "Get-RecipientPermission", "Remove-RecipientPermission",
        "Get-OrderSendOnBehalf", "Set-Mailbox",
      ]
    case .disableAccount: ["Get-OrderAccount", "Update-MgUser"]
    default: []
    }
  }

  /// Orders with a text in every place where an export can have one.
  private static func orders(_ text: [UInt8]) throws -> [WorkOrder] {
    let text = String(decoding: text, as: UTF8.self)
    func setting(_ fields: [(EntityField.Name, String)]) -> Entity { Orders.entity(.mailboxConfiguration, fields) }
    let mailbox = "lena@larkfield.example"
    let parameter: (ByteString) -> [JSONTree.Member] = { [.init($0, .string(ByteString(text)))] }
    return try [
      Orders.order(.blockURL, [Orders.entity(.url, [(.url, text)])]),
      Orders.order(.blockURL, [Orders.entity(.url, [(.url, "https://evil.test/" + text)])]),
      Orders.order(.blockURL, [Orders.url], parameter("until")),
      Orders.order(.blockSender, [Orders.message], parameter("sender")),
      Orders.order(.blockDomain, [Orders.url], parameter("domain")),
      Orders.order(
        .softDeleteMessage, [Orders.entity(.mailMessage, [(.networkMessageID, text), (.recipient, mailbox)])]),
      Orders.order(
        .softDeleteMessage,
        [Orders.entity(.mailMessage, [(.networkMessageID, Orders.guid), (.recipient, text + mailbox)])]),
      Orders.order(.hardDeleteCluster, [Orders.entity(.mailCluster, [(.query, text)], ids: [Orders.guid])]),
      Orders.order(.turnOffForwarding, [setting([(.mailbox, text), (.forwardTo, mailbox)])]),
      Orders.order(.turnOffForwarding, [setting([(.mailbox, mailbox), (.forwardTo, text)])]),
      Orders.order(.turnOffForwarding, [setting([(.mailbox, mailbox), (.forwardTo, mailbox), (.rule, text)])]),
      Orders.order(.disableInboxRule, [setting([(.mailbox, mailbox), (.rule, text)])]),
      Orders.order(.disableInboxRule, [setting([(.mailbox, text + mailbox), (.rule, "tidy")])]),
      Orders.order(.removeDelegation, [setting([(.mailbox, mailbox), (.delegate, text)])]),
      Orders.order(
        .removeDelegation, [setting([(.mailbox, mailbox), (.delegate, mailbox)])], parameter("accessRights")),
      Orders.order(.disableAccount, [Orders.entity(.account, [(.upn, text)])]),
      Orders.order(.unrecognised, [Orders.entity(.other, [(.other, text), (.subject, text)])]),
    ]
  }

  /// Looks at one script for all of the texts: reading it takes longer than the orders do.
  static func check(_ texts: [[UInt8]]) throws {
    // What is no text, or empty, has no effect that could be approved.
    let orders = try Set(texts).filter { UTF8Text.isValid($0) && !$0.isEmpty }.flatMap { try Self.orders($0) }
    guard !orders.isEmpty else { return }
    let source = try Self.source(orders)
    let name = texts.map { TestSupport.text($0) }.joined(separator: " / ")
    #expect(source.allSatisfy { $0 >= 0x20 && $0 < 0x7F || $0 == 0x0A }, "\(name)")
    let script = try PowerShellTokens(source)
    var kinds: [ByteString: ActionKind] = [:]
    for order in orders { kinds[order.id] = order.effect.kind }
    var rest = script.commands()[...]
    // What comes before the first order is what every script has, and two lines of its own.
    let before = rest.prefix { $0.name != "Invoke-Order" }.map(\.name)
    #expect(before == ["#requires", "Set-StrictMode"] + frame + ["Assert-OrderSession"], "\(name)")
    rest = rest.dropFirst(before.count)
    while let call = rest.popFirst() {
      guard case .literal(let id)? = call.arguments.first(where: { $0.parameter == "Id" })?.value,
        let kind = kinds.removeValue(forKey: ByteString(id))
      else {
        Issue.record("\(name): \(call)")
        return
      }
      let own = rest.prefix { $0.name != "Invoke-Order" }
      rest = rest.dropFirst(own.count)
      for command in own {
        #expect(
          allowed(kind).union(["Complete-Orders", "ConvertTo-OrderTime", "ConvertFrom-OrderText"]).contains(
            command.name),
          "\(name): \(command)")
        for argument in command.arguments { #expect(isStill(argument.value), "\(name): \(command)") }
      }
    }
    #expect(script.memberCalls() == frameCalls, "\(name)")
    // Read in the code page of an old machine it is the same script.
    #expect(try PowerShellTokens(asWindows1252: source).shape() == script.shape(), "\(name)")
  }

  private static let frameCalls: [String] = (try? PowerShellTokens(PageTemplates.orderFunctions).memberCalls()) ?? []

  /// Whether a value is what it is when it is read: nothing is worked out but the decoding of text and times.
  private static func isStill(_ value: PowerShellTokens.Value) -> Bool {
    switch value {
    case .none, .literal, .word: true
    case .variable(let name): ["true", "false", "null"].contains(name.lowercased())
    case .list(let values): values.allSatisfy(isStill)
    case .expression(let text):
      text.hasPrefix("(ConvertFrom-OrderText '") || text.hasPrefix("(ConvertTo-OrderTime '") || text.hasPrefix("@{")
        || text.hasPrefix("$false")
    case .expandable, .block: false
    }
  }

  @Test(arguments: attacks) func runsNothingThatAttackersWrite(_ text: [UInt8]) throws { try Self.check([text]) }

  @Test(.enabled(if: Corpora.areHere, "needs the public corpora"))
  func runsNothingOfTheCorpora() throws {
    let strings = try Corpora.sampledStrings()
    for start in stride(from: 0, to: strings.count, by: 100) {
      try Self.check(Array(strings[start..<min(start + 100, strings.count)]))
    }
  }

  @Test func runsNothingOfRandomText() throws {
    var random = SplitMix(state: 11)
    let pieces: [[UInt8]] =
      Self.attacks + ["'", "’", "\"", "`", "$", "(", ")", "{", "}", ";", "\n", "#", " ", "é"].map { Array($0.utf8) }
    var texts: [[UInt8]] = []
    for _ in 0..<400 {
      var text: [UInt8] = []
      for _ in 0..<Int(random.next() % 6 + 1) { text += pieces[Int(random.next() % UInt64(pieces.count))] }
      texts.append(text)
    }
    for start in stride(from: 0, to: texts.count, by: 40) { try Self.check(Array(texts[start..<start + 40])) }
  }

  /// A rule's name goes to the command whole, whatever it is.
  @Test(arguments: attacks) func handsRuleNamesOverWhole(_ text: [UInt8]) throws {
    let rule = Orders.entity(
      .mailboxConfiguration,
      [(.mailbox, "lena@larkfield.example"), (.rule, String(decoding: text, as: UTF8.self))])
    let script = try Self.script([try Orders.order(.disableInboxRule, [rule])])
    let decoded = script.literals().compactMap { Base64.decode($0) }
    #expect(script.literals().contains(text) || decoded.contains(text))
  }
}
