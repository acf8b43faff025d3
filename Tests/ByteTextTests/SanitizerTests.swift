import ByteText
import TestSupport
import Testing

struct SanitizerTests {
  @Test(arguments: [
    ("plain text, longer than eight bytes", "plain text, longer than eight bytes"),
    ("", ""),
    ("a\u{0}b\tc\nd\re\u{1B}[2J\u{7F}", "a␀b␉c␊d␍e␛[2J␡"),
    ("\r\n", "␍␊"),
    ("invoice\u{202E}fdp.exe", "invoice⟨U+202E⟩fdp.exe"),
    ("a\u{200B}b\u{FEFF}c\u{AD}d", "a⟨U+200B⟩b⟨U+FEFF⟩c⟨U+00AD⟩d"),
    ("\u{9B}31m\u{85}", "⟨U+009B⟩31m⟨U+0085⟩"),
    ("\u{2028}\u{2029}\u{2066}\u{2069}\u{61C}", "⟨U+2028⟩⟨U+2029⟩⟨U+2066⟩⟨U+2069⟩⟨U+061C⟩"),
    ("\u{E0041}\u{E0FFF}\u{10FFFF}\u{FFFE}", "⟨U+E0041⟩⟨U+E0FFF⟩⟨U+10FFFF⟩⟨U+FFFE⟩"),
    ("\u{600}<img>", "⟨U+0600⟩<img>"),
    ("❤\u{FE0F}", "❤⟨U+FE0F⟩"),
    ("Grüße, Привет, 你好, 한국어, 😀 e\u{301}", "Grüße, Привет, 你好, 한국어, 😀 e\u{301}"),
  ])
  func showsWhatIsHidden(_ row: (String, String)) {
    #expect(text(Sanitizer.sanitized(bytes(row.0))) == row.1)
  }

  @Test(
    arguments: [
      ([0x61, 0xFF, 0x62], "a\u{FFFD}b"),
      ([0xC0, 0xAF], "\u{FFFD}\u{FFFD}"),
      ([0xE0, 0x80, 0xAF], "\u{FFFD}\u{FFFD}\u{FFFD}"),
      ([0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"),
      ([0xF0, 0x9F, 0x98, 0x3C], "\u{FFFD}<"),
      ([0xE2, 0x80], "\u{FFFD}"),
      ([0x80, 0x9B], "\u{FFFD}\u{FFFD}"),
      ([0xF4, 0x90, 0x80, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
    ] as [([UInt8], String)])
  func replacesMaximalSubparts(_ row: ([UInt8], String)) {
    #expect(Sanitizer.sanitized(row.0) == bytes(row.1))
  }

  @Test(arguments: [
    ("abcdefghijkl", 12, "abcdefghijkl"),
    ("abcdefghijkl", 11, "abcdefghijk… 1 more byte"),
    ("abcdefghijkl", 0, "… 12 more bytes"),
    ("abcdefghijkl", -1, "… 12 more bytes"),
    ("aéééé", 4, "aé… 6 more bytes"),
    ("\u{202E}\u{202E}", 4, "⟨U+202E⟩… 3 more bytes"),
    ("a" + String(repeating: "b", count: 12_034), 1, "a… 12,034 more bytes"),
    ("a" + String(repeating: "b", count: 1_234_567), 1, "a… 1,234,567 more bytes"),
  ])
  func cutsAtScalarBoundaries(_ row: (String, Int, String)) {
    #expect(text(Sanitizer.sanitized(bytes(row.0), limit: row.1)) == row.2)
  }

  @Test func cutsRunsOfMarks() {
    let mark = "\u{301}"
    func run(_ count: Int) -> [UInt8] { bytes("e" + String(repeating: mark, count: count) + "x") }
    #expect(Sanitizer.sanitized(run(4)) == run(4))
    #expect(Sanitizer.sanitized(run(5)) == bytes("e\(mark)\(mark)\(mark)\(mark)⟨+1 mark⟩x"))
    #expect(Sanitizer.sanitized(run(1_004)) == bytes("e\(mark)\(mark)\(mark)\(mark)⟨+1,000 marks⟩x"))
    // A hidden character does not start the count over without a visible sign between.
    let parted = bytes("e\(mark)\(mark)\(mark)\(mark)\(mark)\u{200D}\(mark)")
    #expect(Sanitizer.sanitized(parted) == bytes("e\(mark)\(mark)\(mark)\(mark)⟨+1 mark⟩⟨U+200D⟩\(mark)"))
  }

  @Test func showsEveryInvisibleScalar() {
    var shown = 0
    for scalar in everyScalar where scalar.value >= 0x80 {
      let properties = scalar.properties
      let isHidden =
        properties.isDefaultIgnorableCodePoint || properties.isBidiControl || properties.isNoncharacterCodePoint
        || properties.isVariationSelector
        || [.format, .control, .lineSeparator, .paragraphSeparator].contains(properties.generalCategory)
      guard isHidden else { continue }
      shown += 1
      let number = String(scalar.value, radix: 16, uppercase: true)
      let padded = String(repeating: "0", count: max(0, 4 - number.utf8.count)) + number
      let out = Sanitizer.sanitized(Array(String(scalar).utf8))
      #expect(out == bytes("⟨U+\(padded)⟩"), "\(number)")
    }
    #expect(shown > 4_000)
  }

  @Test func readsSlicesFromTheirStart() {
    var out: [UInt8] = [0x7C]
    Sanitizer.append(bytes("xxxxab\ncd\u{202E}efghijklmnop")[4...], to: &out, limit: 9)
    #expect(text(out) == "|ab␊cd⟨U+202E⟩e… 11 more bytes")
  }

  @Test func isUnchangedByASecondPassAndAlwaysUTF8() {
    var random = SplitMix(state: 11)
    let pieces: [[UInt8]] = [
      bytes("abcdefgh"), bytes("<\u{301}"), bytes("\u{301}"), bytes("\u{302}\u{303}\u{304}"), bytes("\u{200D}"), [0xFF],
      [0xE2], [0x80], [0xF0, 0x9F], bytes("\u{1B}"), bytes("😀"), bytes("\u{600}"), bytes("⟨U+202E⟩"), [0x0A], [0x7F],
    ]
    for _ in 0..<20_000 {
      let input = random.text(of: pieces, upTo: 12)
      let once = Sanitizer.sanitized(input)
      #expect(UTF8Text.isValid(once))
      #expect(Sanitizer.sanitized(once) == once)
      #expect(!once.contains { $0 < 0x20 || $0 == 0x7F })
      let limit = Int.random(in: 0...40, using: &random)
      #expect(UTF8Text.isValid(Sanitizer.sanitized(input, limit: limit)))
    }
  }

  @Test(arguments: [
    ("plain\tand\nwrapped", false, false), ("\u{1B}[31m", true, false), ("a\u{202E}b", true, false),
    ("\u{430}pple", false, true), ("Привет world", false, false), ("p\u{200B}\u{430}y", true, true),
    ("日本語text", false, false),
    ("\u{7F}", true, false),
  ])
  func findsReasonsToLookTwice(_ row: (String, Bool, Bool)) {
    #expect(
      Sanitizer.findings(in: bytes(row.0)) == Sanitizer.Findings(hasHiddenCharacters: row.1, hasMixedScripts: row.2))
  }

  @Test func findsWhatIsNotUTF8() {
    #expect(Sanitizer.findings(in: [0x61, 0xC3]) == Sanitizer.Findings(wasInvalidUTF8: true))
  }
}
