import Foundation
import WebRendering

/// UTF-8 of a literal.
func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// Text of bytes, for comparison and messages.
func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

/// The public corpora; tests that need them are skipped where they are not at hand.
enum Corpora {
  static let folder = ProcessInfo.processInfo.environment["COUNTERSIGN_SHARED"].map { $0 + "/corpora/" }
  static var areHere: Bool { folder != nil }

  static func read(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: (folder ?? "") + path)))
  }

  /// Every hostile string of the naughty strings list and the XSS payload list.
  static func hostileStrings() throws -> [[UInt8]] {
    let naughty = try JSONDecoder().decode([String].self, from: Data(try read("blns/blns.json")))
    let payloads = try read("xss/xss-payload-list.txt").split(separator: 0x0A, omittingEmptySubsequences: true)
    return naughty.map { Array($0.utf8) } + payloads.map { Array($0) }
  }
}

/// The tags of an HTML text, in order: every `<` is one, since escaped text has none.
func tags(_ html: [UInt8]) -> [String] {
  var found: [String] = []
  var index = 0
  while index < html.count {
    if html[index] == 0x3C {
      let end = html[index...].firstIndex(of: 0x3E) ?? html.count - 1
      found.append(text(Array(html[index...end])))
      index = end
    }
    index += 1
  }
  return found
}

/// The text of an HTML text as a reader sees it: tags dropped, the references undone that our escapers and libcmark write.
func shown(_ html: [UInt8]) -> String {
  var plain: [UInt8] = []
  var inTag = false
  for byte in html {
    if byte == 0x3C { inTag = true }
    if !inTag { plain.append(byte) }
    if byte == 0x3E { inTag = false }
  }
  var shown = text(plain)
  let references = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#96;", "`"), ("&amp;", "&")]
  for (reference, character) in references { shown = shown.replacingOccurrences(of: reference, with: character) }
  return shown
}
