import ByteText
import TestSupport
import Testing

struct TerminalTextTests {
  @Test(.enabled(if: Corpora.areHere)) func printsNoControlOfAnyNaughtyString() throws {
    let naughty = try Corpora.naughty()
    #expect(naughty.count > 7_000)
    for string in naughty {
      let scalars = try #require(UTF8Text.scalars(TerminalText.safe(string)))
      #expect(!scalars.contains { $0 < 0x20 || 0x7F...0x9F ~= $0 || 0x202A...0x202E ~= $0 })
    }
  }

  @Test func showsEscapeSequences() {
    #expect(text(TerminalText.safe(bytes("\u{1B}]0;x\u{7}\u{9B}2J\r\n"))) == "␛]0;x␇⟨U+009B⟩2J␍␊")
  }
}
