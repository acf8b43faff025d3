import ByteText
import CaseModel
import Foundation
import PageTemplates
import WebRendering

@testable import MailDigest

enum Digest {
  static let now = Instant(seconds: 1_795_420_800)  // 2026-11-23T08:00:00Z
  static let site = "https://desk.example/site"

  static func mail() throws -> DigestMail { try DigestMail(try TemplateSet(files: PageTemplates.all)) }

  static func frame(site: ByteString = ByteString(Digest.site), decisionsTo: ByteString? = "in@desk.example") throws
    -> DigestFrame
  {
    struct NoAddress: Error {}
    guard let from = MailAddress("Desk <triage@desk.example>"), let to = MailAddress("Ivy Marsh <ivy@desk.example>")
    else {
      throw NoAddress()
    }
    return DigestFrame(
      id: "digest-20261123-r7", from: from, to: to, decisionsTo: decisionsTo, organization: "Larkfield", issuer: "hq1",
      tlp: "AMBER", site: DigestSite(site), at: now, since: now.adding(seconds: -86_400),
      next: now.adding(seconds: 86_400), head: "6 · 0123456789ab", version: "0.1.0")
  }

  static func action(
    _ number: Int = 1, label: ByteString = "https://evil.test/pay",
    kind: ActionKind = .blockURL, policy: KindPolicy = .standard
  ) throws -> DigestAction {
    struct NoID: Error {}
    let digits = String(number)
    let id = "act-" + String(repeating: "a", count: 20 - digits.count) + digits.map { "bcdefghijk"[$0] }
    guard let id = CaseID(ByteString(id)) else { throw NoID() }
    var action = DigestAction(
      target: DigestTarget(id: id, kind: kind, label: label), investigationName: "Invoice lure",
      severity: Recognised(.high, raw: "High"),
      deadline: now.adding(seconds: 3_600 * Int64(number)), policy: policy)
    action.digest = "4K6QmFercn59udqlT9uQrNDBdCqJPAERYCEXIeTIUOw"
    let token = Array(("v4.public." + String(repeating: "x", count: 430) + ".eyJraWQiOiJVaDdodTBXVCJ9").utf8)
    action.tokens = (token + [0x61], token + [0x72])
    return action
  }

  static func counts(pending: Int, others: Int = 0) -> DigestCounts {
    DigestCounts(
      states: [.undecided: pending + others, .approved: 3], others: others > 0 ? [.role: others] : [:],
      investigations: 4, records: (9, 5, 1, 2, 1))
  }

  static func model(
    _ sections: [DigestSection], news: [DigestNews] = [], frame: DigestFrame? = nil, others: Int = 0
  ) throws -> DigestModel {
    DigestModel(
      frame: try frame ?? Digest.frame(), sections: sections, news: news,
      counts: counts(pending: sections.reduce(0) { $0 + $1.count }, others: others))
  }
}

extension String {
  fileprivate subscript(_ digit: Character) -> Character { Array(self)[digit.wholeNumberValue ?? 0] }
}

/// A message taken apart again.
struct Parsed {
  var headers: [(name: String, value: String)] = []
  var text = ""
  var html = ""

  init(_ message: [UInt8]) {
    let lines = String(decoding: message, as: UTF8.self).components(of: "\r\n")
    let end = lines.firstIndex(of: "") ?? 0
    for line in lines[..<end] {
      if line.hasPrefix(" "), !headers.isEmpty {
        headers[headers.count - 1].value += line
      } else if let colon = line.firstIndex(of: ":") {
        headers.append((String(line[..<colon]), String(line[line.index(after: colon)...].dropFirst())))
      }
    }
    let boundary = (headers.last?.value ?? "").components(of: "boundary=\"").last.map { "--" + $0.dropLast() } ?? ""
    let parts = Array(lines[(end + 1)...]).split { $0.hasPrefix(boundary) }.map(Array.init)
    text = parts.first.map(Self.content) ?? ""
    html = parts.dropFirst().first.map(Self.content) ?? ""
  }

  private static func content(_ part: [String]) -> String {
    let body = part.drop { !$0.isEmpty }.dropFirst().joined(separator: "\n").replacing("=\n", with: "")
    var bytes: [UInt8] = []
    var rest = Array(body.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == 0x3D {
        bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
