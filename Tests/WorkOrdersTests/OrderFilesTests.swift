import ByteText
import CaseModel
import TestSupport
import Testing
import WebRendering

@testable import WorkOrders

/// The files of a batch: one id joins them, every kind has them, and strangers' texts stay texts.
@Suite struct OrderFilesTests {
  @Test func writesEveryKindInEveryForm() throws {
    for order in try Orders.ofEveryKind() {
      let names = try Orders.files([order]).map(\.name.description)
      let id = order.id.description
      for ending in [".json", ".cacao.json", ".stix.json", ".graph.json"] {
        #expect(names.contains(id + ending), "\(order.effect.kind)")
      }
      // Nobody knows what an unrecognised kind does: no machine is asked to do it.
      let isKnown = order.effect.kind != .unrecognised
      #expect(names.contains { $0.hasSuffix(".openc2.json") } == isKnown, "\(order.effect.kind)")
      for name in ["carry-out.ps1", "checklist.md", "orders.ocsf.jsonl"] { #expect(names.contains(name)) }
    }
  }

  @Test func joinsEveryFileByTheOrdersID() throws {
    for order in try Orders.ofEveryKind() {
      for file in try Orders.files([order]) {
        let content = text(file.bytes)
        #expect(content.contains(order.id.description), "\(file.name)")
      }
    }
  }

  @Test func makesTheSameBytes() throws {
    let one = try Orders.files(try Orders.ofEveryKind())
    let other = try Orders.files(try Orders.ofEveryKind().reversed())
    #expect(one.map(\.name) == other.map(\.name))
    #expect(one.map(\.bytes) == other.map(\.bytes))
  }

  @Test func bindsTheIDToWhatWasApproved() {
    func id(_ issuer: ByteString, _ action: ByteString, _ round: Int, _ digest: ByteString) -> ByteString {
      WorkOrder.id(issuer: issuer, action: action, round: round, digest: digest)
    }
    let one = id("hq1", "i/a", 1, "d")
    #expect(one == id("hq1", "i/a", 1, "d"))
    #expect(one.count == 23 && one.bytes.allSatisfy { $0 > 0x20 && $0 < 0x7F })
    #expect(
      Set([one, id("hq2", "i/a", 1, "d"), id("hq1", "i/b", 1, "d"), id("hq1", "i/a", 2, "d"), id("hq1", "i/a", 1, "e")])
        .count == 5)
  }

  @Test func asksNoMoreThanWasApproved() throws {
    let cluster = Orders.entity(.mailCluster, [(.query, "q")], ids: [Orders.guid])
    var counted = cluster
    counted.fields.append(EntityField(.mailCount, .number(7)))
    let order = try Orders.order(.softDeleteCluster, [counted], mailCount: 7)
    #expect(order.effect.atMost == 10)
    let script = text(try #require(try Orders.files([order]).first { $0.name == "carry-out.ps1" }).bytes)
    #expect(script.contains("-Action softDelete -AtMost 10 "))
  }

  private static func hostile(_ text: [UInt8]) throws -> [WorkOrder] {
    let text = String(decoding: text, as: UTF8.self)
    return try [
      Orders.order(.blockURL, [Orders.entity(.url, [(.url, text)])], [.init("note", .string(ByteString(text)))]),
      Orders.order(.softDeleteMessage, [Orders.entity(.mailMessage, [(.networkMessageID, text), (.recipient, text)])]),
      Orders.order(.softDeleteCluster, [Orders.entity(.mailCluster, [(.query, text)], ids: [text])]),
      Orders.order(.quarantineAttachment, [Orders.entity(.file, [(.fileName, text), (.md5, text)])]),
      Orders.order(
        .disableInboxRule,
        [Orders.entity(.mailboxConfiguration, [(.mailbox, text), (.rule, text), (.forwardTo, text)])]),
      Orders.order(.isolateDevice, [Orders.entity(.host, [(.hostName, text)])]),
      Orders.order(.disableAccount, [Orders.entity(.account, [(.upn, text)])]),
    ]
  }

  /// Every string of every JSON file, and the text of code spans of the checklist.
  private static func check(_ attacks: [[UInt8]]) throws {
    let attacks = Set(attacks).filter { UTF8Text.isValid($0) && !$0.isEmpty }
    guard !attacks.isEmpty else { return }
    let name = attacks.map { text($0) }.joined(separator: " / ")
    let orders = try attacks.map { try hostile($0) }
    let files = try Orders.files(orders.flatMap { $0 })
    for file in files where !file.name.bytes.elementsEqual("checklist.md".utf8) {
      #expect(file.bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F || $0 == 0x0A }, "\(file.name): \(name)")
      guard text(file.name.bytes).contains(".json") else { continue }
      for line in text(file.name.bytes).hasSuffix("l") ? file.bytes.split(separator: 0x0A) : [file.bytes[...]] {
        let limits = JSONLimits(bytes: 1 << 24, stringBytes: 1 << 24, depth: 32)
        #expect(throws: Never.self, "\(file.name): \(name)") { try JSONDocument.parse(Array(line), limits: limits) }
      }
    }
    let markdown = try #require(files.first { $0.name == "checklist.md" }).bytes
    var html: [UInt8] = []
    Markdown.render(trusted: markdown, into: &html)
    let scan = PageScan(html)
    #expect(scan.links.isEmpty && scan.scripts == 0 && scan.forms == 0, "\(name)")
    // Lines of what may be found of an attack come and go; no other element does.
    #expect(Self.tags(html).subtracting(Self.calmTags).isEmpty, "\(name)")
    // The order itself holds the text whole.
    for (attack, orders) in zip(attacks, orders) {
      let document = try #require(files.first { $0.name == orders[5].id + ".json" })
      let limits = JSONLimits(bytes: 1 << 24, stringBytes: 1 << 24, depth: 32)
      let root = try JSONDocument.parse(document.bytes, limits: limits).root
      #expect(root["effect"]?["targets"]?.elements.first?["host"]?.string == ByteString(attack), "\(text(attack))")
    }
  }

  private static let calmTags: Set<String> = {
    var html: [UInt8] = []
    let files = (try? hostile(bytes("calm"))).flatMap { try? Orders.files($0) } ?? []
    Markdown.render(trusted: files.first { $0.name == "checklist.md" }?.bytes ?? [], into: &html)
    return tags(html)
  }()

  private static func tags(_ html: [UInt8]) -> Set<String> {
    Set(
      html.split(separator: 0x3C).dropFirst().map { part in
        text(Array(part.prefix { $0 != 0x3E && $0 != 0x20 }))
      })
  }

  @Test(
    arguments: HostileScriptTests.attacks
      + ["`` ` ``", "- [ ] Approve", "\n# Heading\n", "[x](https://evil.test)", "<script>", "&lt;", "\\"].map {
        bytes($0)
      })
  func keepsAttacksTexts(_ attack: [UInt8]) throws { try Self.check([attack]) }

  @Test(.enabled(if: Corpora.areHere, "needs the public corpora"))
  func keepsTheCorporaTexts() throws {
    let strings = try Corpora.sampledStrings(each: 40)
    for start in stride(from: 0, to: strings.count, by: 40) {
      try Self.check(Array(strings[start..<min(start + 40, strings.count)]))
    }
  }
}
