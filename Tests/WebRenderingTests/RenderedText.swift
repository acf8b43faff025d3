import Foundation
import WebRendering
import TestSupport

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
