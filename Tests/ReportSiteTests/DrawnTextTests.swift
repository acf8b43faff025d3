import ByteText
import CaseModel
import Testing

@testable import ReportSite

@Suite struct DrawnTextTests {
  private func line(_ text: String, _ ems: Int) -> String {
    String(decoding: DrawnText.line(Array(text.utf8), ems: ems), as: UTF8.self)
  }

  private func lines(_ text: String, _ ems: Int, _ count: Int) -> [String] {
    DrawnText.lines(Array(text.utf8), ems: ems, atMost: count).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func cutsWhereTheRoomEnds() {
    #expect(line("Overdue invoice", 1_500) == "Overdue invoice")
    #expect(line("iiiiiiiiii", 280) == "iiiiiiiiii")
    #expect(line("WWWWWWWWWW", 280) == "W…")
    #expect(line("", 280) == "")
  }

  @Test(arguments: ["éééééééééé", "件名件名件名件名件名", "🎣🎣🎣🎣🎣🎣🎣🎣", "e\u{301}\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}"])
  func cutsOnScalarBoundaries(_ text: String) {
    for ems in stride(from: 0, through: 1_200, by: 25) {
      let cut = DrawnText.line(Array(text.utf8), ems: ems)
      #expect(UTF8Text.isValid(cut))
      for line in DrawnText.lines(Array(text.utf8), ems: ems, atMost: 3) { #expect(UTF8Text.isValid(line)) }
    }
  }

  @Test func breaksLinesAtSpaces() {
    #expect(lines("Mail with malicious URL removed", 800, 3) == ["Mail with", "malicious URL", "removed"])
    #expect(lines("Mail with malicious URL removed", 800, 2) == ["Mail with", "malicious UR…"])
    #expect(lines("Mail with malicious", 470, 2) == ["Mail with", "malicio…"])
    #expect(lines("short", 1_000, 3) == ["short"])
    #expect(lines("", 1_000, 3) == [""])
    #expect(lines("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", 620, 2) == ["xxxxxxxxxx", "xxxxxxxx…"])
  }

  @Test func killsWhatItNames() {
    func whole(_ text: ByteString, _ name: EntityField.Name?) -> String {
      String(decoding: DrawnText.whole(text, as: name), as: UTF8.self)
    }
    #expect(whole("https://evil.example/a", .url) == "hxxps[://]evil[.]example/a")
    #expect(whole("dana@larkfield.example", .mailbox) == "dana[@]larkfield[.]example")
    #expect(whole("203.0.113.7", .address) == "203[.]0[.]113[.]7")
    #expect(whole("see http://evil.example now", .subject) == "see hxxp[://]evil[.]example now")
    #expect(whole("\u{202E}fdp.exe", .fileName) == "⟨U+202E⟩fdp.exe")
    #expect(whole(ByteString([0x61, 0xFF]), .subject) == "a\u{FFFD}")
  }

  @Test func namesAnEntityAsListsDo() {
    let fields: [EntityField] = [
      .init(.sha256, .text("aa")), .init(.mailbox, .text("b@c")), .init(.url, .text("")), .init(.fileName, .text("d")),
    ]
    for count in 0...fields.count {
      let entity = Entity(sourceID: "id", type: Recognised(.file, raw: ""), fields: Array(fields.prefix(count)))
      #expect(EntityName(entity).raw == entity.label)
    }
  }
}
