import ByteText
import TestSupport
import Testing

struct HTMLEscapingTests {
  @Test(arguments: [
    ("", ""), ("plain, and longer than a word", "plain, and longer than a word"),
    ("<>&\"'`", "&lt;&gt;&amp;&quot;&#39;&#96;"),
    ("%=?;:|~#!^", "%=?;:|~#!^"),
    ("12345678<12345678", "12345678&lt;12345678"), ("1234567\"", "1234567&quot;"), ("a&amp;b", "a&amp;amp;b"),
  ])
  func escapesSixBytes(_ row: (String, String)) {
    #expect(text(HTMLEscaping.escaped(bytes(row.0))) == row.1)
  }

  @Test func escapesEachByteAtEachPlace() {
    for byte in UInt8.min...UInt8.max {
      for place in 0..<17 {
        var input = [UInt8](repeating: 0x61, count: 17)
        input[place] = byte
        let raw = bytes("<>\"'`&").contains(byte)
        let out = HTMLEscaping.escaped(input)
        #expect(raw ? out.count > 17 : out == input)
      }
    }
  }

  @Test func readsSlicesFromTheirStart() {
    var out: [UInt8] = []
    HTMLEscaping.append(bytes("<<<<<<a<b")[6...], to: &out)
    #expect(text(out) == "a&lt;b")
  }

  /// The grid of SECURITY section 0: five metacharacters, each glued to every code point that joins them to one Character.
  @Test func leavesNoGluedMetacharacterRaw() {
    let metacharacters = bytes("<>&\"'")
    var before: [[UInt8]] = []
    var after: [[UInt8]] = []
    for scalar in everyScalar where scalar.value >= 0x80 {
      let glue = String(scalar)
      if (glue + "<").count == 1 { before.append(Array(glue.utf8)) }
      if ("<" + glue).count == 1 { after.append(Array(glue.utf8)) }
    }
    #expect(before.count >= 27)
    #expect(before.count + after.count >= 2_646)
    var cases = 0
    for metacharacter in metacharacters {
      for glued in before.map({ $0 + [metacharacter] }) + after.map({ [metacharacter] + $0 }) {
        cases += 1
        let input = bytes("x ") + glued + bytes(" onmouseover=alert(1) y")
        for out in [HTMLEscaping.escaped(input), HTMLEscaping.escaped(Sanitizer.sanitized(input))] {
          #expect(!out.contains { $0 == 0x3C || $0 == 0x3E || $0 == 0x22 || $0 == 0x27 || $0 == 0x60 })
          #expect(out.count(where: { $0 == 0x26 }) == 1)
        }
      }
    }
    #expect(cases >= 13_230)
    // No Prepend character outlives the sanitiser.
    #expect(before.allSatisfy { Sanitizer.sanitized($0).starts(with: bytes("⟨U+")) })
  }

  @Test(.enabled(if: Corpora.areHere)) func unescapesToEveryNaughtyString() throws {
    for string in try Corpora.naughty() {
      let out = HTMLEscaping.escaped(string)
      #expect(!out.contains { $0 == 0x3C || $0 == 0x3E || $0 == 0x22 || $0 == 0x27 || $0 == 0x60 })
      #expect(unescaped(out) == string)
    }
  }

  private func unescaped(_ text: [UInt8]) -> [UInt8] {
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#96;", "`"), ("&amp;", "&")]
    var out: [UInt8] = []
    var index = 0
    while index < text.count {
      let entity = entities.first { text[index...].starts(with: $0.0.utf8) }
      out += entity.map { bytes($0.1) } ?? [text[index]]
      index += entity?.0.utf8.count ?? 1
    }
    return out
  }
}
