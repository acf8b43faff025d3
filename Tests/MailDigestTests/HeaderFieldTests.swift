import ByteText
import Testing

@testable import MailDigest

@Suite struct HeaderFieldTests {
  private func text(_ field: HeaderField) -> String { String(decoding: field.bytes, as: UTF8.self) }

  @Test(arguments: [
    ("Ivy Marsh", "To: Ivy Marsh <ivy@desk.example>\r\n"), ("", "To: ivy@desk.example\r\n"),
    ("Marsh, Ivy", "To: \"Marsh, Ivy\" <ivy@desk.example>\r\n"),
    (#"I "V" \ y"#, #"To: "I \"V\" \\ y" <ivy@desk.example>"# + "\r\n"),
    ("Zoë", "To: =?UTF-8?B?Wm/Dqw==?= <ivy@desk.example>\r\n"),
    ("=?UTF-8?Q?x?=", "To: =?UTF-8?B?PT9VVEYtOD9RP3g/PQ==?= <ivy@desk.example>\r\n"),
  ])
  func writesNames(_ name: String, _ expected: String) throws {
    let address = try #require(MailAddress(name: ByteString(name), address: "ivy@desk.example"))
    #expect(text(HeaderField("To", address)) == expected)
  }

  /// A line break becomes its picture, which is no ASCII, which is encoded: nothing ends a header but its own end.
  @Test(arguments: ["a\r\nBcc: x@y.example", "a\nb", "a\rb", "\u{0}", "a\r\n\r\nbody", "\u{2028}Bcc: x"])
  func letsNoNameBeginAnotherHeader(_ name: String) throws {
    let address = try #require(MailAddress(name: ByteString(name), address: "ivy@desk.example"))
    let lines = text(HeaderField("To", address)).components(of: "\r\n")
    #expect(lines.last == "" && lines.dropLast().dropFirst().allSatisfy { $0.hasPrefix(" ") })
    #expect(lines.joined().allSatisfy { $0.isASCII && $0 >= " " })
    #expect(!text(HeaderField("To", address)).contains("Bcc"))
  }

  @Test func foldsAtBlanksAndEncodesWholeCharacters() {
    let long = ByteString(String(repeating: "prüfung der Nachrichten 🎡 ", count: 12))
    let lines = text(HeaderField("Subject", text: long)).components(of: "\r\n")
    #expect(lines.count > 5 && lines.allSatisfy { $0.utf8.count <= 78 })
    for word in lines.joined().split(separator: " ").dropFirst() {
      #expect(word.hasPrefix("=?UTF-8?B?") && word.hasSuffix("?=") && word.utf8.count <= 75)
      let content = Base64.decode(Array(word.dropFirst(10).dropLast(2).utf8))
      #expect(content.map { UTF8Text.isValid($0) } == true)
    }
    let plain = text(HeaderField("Subject", text: ByteString(String(repeating: "words ", count: 40))))
    #expect(plain.components(of: "\r\n").allSatisfy { $0.utf8.count <= 78 })
    let word = text(HeaderField("Subject", text: ByteString(String(repeating: "x", count: 300))))
    #expect(word.components(of: "\r\n").allSatisfy { $0.utf8.count <= 78 })
  }
}

extension String {
  /// The pieces between a separator; bytes, for a line end is one character otherwise.
  func components(of separator: String) -> [String] {
    Array(utf8).split(separator: Array(separator.utf8), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
  }
}
