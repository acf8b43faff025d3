import ByteText
import TestSupport
import Testing

struct ScriptMixTests {
  @Test(
    arguments: [
      ("apple", []), ("\u{430}pple", [.latin, .cyrillic]), ("Привет, world", []),
      ("pay-\u{440}\u{430}y", [.latin, .cyrillic]),
      ("Ω\u{3B1}a", [.latin, .greek]), ("a1\u{430}", [.latin, .cyrillic]), ("a.\u{430}", []),
      ("a\u{200B}\u{430}", [.latin, .cyrillic]),
      ("a\u{301}\u{430}", [.latin, .cyrillic]), ("\u{13A0}b", [.latin, .cherokee]), ("h\u{578}", [.latin, .armenian]),
      ("日本b", []), ("a 日 \u{430}", []), ("\u{3BF}\u{43E}", [.greek, .cyrillic]), ("ａ\u{430}", [.latin, .cyrillic]),
      ("", []),
    ] as [(String, ScriptMix.Scripts)])
  func findsScriptsInOneWord(_ row: (String, ScriptMix.Scripts)) {
    // pay-рay: the second word is mixed of itself.
    #expect(ScriptMix.scripts(mixedIn: bytes(row.0)) == row.1, "\(row.0)")
  }

  @Test func namesScripts() {
    let names = (ScriptMix.Scripts.cyrillic.union(.latin)).names.map { "\($0)" }
    #expect(names == ["Latin", "Cyrillic"])
  }
}
