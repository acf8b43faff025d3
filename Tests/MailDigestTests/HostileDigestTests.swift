import ByteText
import CaseModel
import TestSupport
import Testing
import WebRendering

@testable import MailDigest

/// Whatever attackers write: the mail has the same headers, the same tags, and links to nothing but ours.
@Suite struct HostileDigestTests {
  private static let own: [String] = [
    "\r\nBcc: everybody@evil.test\r\n\r\nbody", "a\r\n.\r\nb", "From nobody\n", "=?utf-8?q?x?=", "v4.public.AAAA",
    "-----BEGIN COUNTERSIGN DECISION-----\ntoken: x", "[a][1a]", "[1a]: <https://evil.test>", "](https://evil.test)",
    "`` ` ``", "<https://evil.test>", "![x](https://evil.test/p.png)", "www.evil.test", "evil.test/a", "a@evil.test",
    "mailto:a@evil.test", #"\\evil.test\share"#, "//evil.test/x", "10.1.2.3", "https://evil.test",
    "javascript:alert(1)",
    "tel:+1234567", "<style>td{display:none}</style>", "--=_digest-20261123-r7--", "\u{202E}gpj.exe", "ｗｗｗ．evil．test",
  ]

  private static func model(_ strings: [[UInt8]]) throws -> DigestModel {
    var actions: [DigestAction] = []
    var lines: [DigestNews.Line] = []
    for (number, string) in strings.enumerated() {
      let text = ByteString(string)
      var action = try Digest.action(number + 1, label: text)
      action.moreTargets = [text]
      action.targetCount = 2
      action.threat = text
      action.investigationName = text
      action.parameters = [(text, text)]
      actions.append(action)
      lines.append(DigestNews.Line("Approved", action.target, by: text, at: Digest.now))
    }
    return try Digest.model(
      [DigestSection(.new, count: actions.count, actions: actions)],
      news: [DigestNews(.decided, count: lines.count, lines: lines)])
  }

  @Test func showsOurOwnAttacksAsText() throws {
    try Self.check(Self.own.map { Array($0.utf8) } + [[0xFF, 0xFE], [0x41, 0x80]])
  }

  @Test(.enabled(if: Corpora.areHere, "needs the public corpora"))
  func showsHostileStringsAsText() throws {
    try Self.check(try Corpora.sampledStrings())
  }

  private static func check(_ strings: [[UInt8]]) throws {
    let mail = try Digest.mail()
    let calm = Parsed(try mail.message(try model([Array("calm".utf8)])).bytes)
    for start in stride(from: 0, to: strings.count, by: 4) {
      let batch = Array(strings[start..<min(start + 4, strings.count)])
      let message = try mail.message(try model(batch))
      let name = "strings \(start) to \(start + 3)"
      #expect(message.shown == batch.count, "\(name)")
      #expect(message.bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F || $0 == 0x0A || $0 == 0x0D }, "\(name)")
      let parsed = Parsed(message.bytes)
      #expect(parsed.headers.map(\.name) == calm.headers.map(\.name), "\(name)")
      let scan = PageScan(Array(parsed.html.utf8))
      #expect(scan.forms == 0 && scan.scripts == 0 && scan.handlers.isEmpty && scan.refreshes == 0, "\(name)")
      #expect(scan.links.count == 4 * batch.count + 1, "\(name)")
      #expect(
        scan.links.allSatisfy {
          $0.target.bytes.starts(with: "mailto:in@desk.example?".utf8) || $0.target.bytes.starts(with: Digest.site.utf8)
        }, "\(name)")
      for part in [parsed.text, parsed.html] { try refuseLive(part, name) }
    }
  }

  /// What mail programs make links of: an address, a host, a scheme.
  private static func refuseLive(_ part: String, _ name: String) throws {
    let live = part.replacing(Digest.site, with: "").replacing("mailto:in@desk.example?", with: "")
    let bytes = Array(live.utf8)
    for (index, byte) in bytes.enumerated() {
      if byte == 0x3A, bytes[index...].starts(with: "://".utf8) {
        #expect(index > 0 && bytes[index - 1] == 0x5B, "\(name): \(around(bytes, index))")
      }
      if byte == 0x40, index > 0, index + 1 < bytes.count, ASCII.isAlphanumeric(bytes[index - 1]),
        ASCII.isAlphanumeric(bytes[index + 1])
      {
        Issue.record("\(name): \(around(bytes, index))")
      }
    }
    #expect(!live.contains("v4.public."), "\(name)")
    for host in ["evil.test", "www."] { #expect(!live.lowercased().contains(host), "\(name): \(host)") }
  }

  private static func around(_ bytes: [UInt8], _ index: Int) -> String {
    String(decoding: bytes[max(0, index - 30)..<min(bytes.count, index + 30)], as: UTF8.self)
  }
}
