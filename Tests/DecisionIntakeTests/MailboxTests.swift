import ByteText
import CaseModel
import Testing

@testable import DecisionIntake

@Suite struct MailboxTests {
  private static let from = "From ivy@larkfield.example Mon Mar  9 09:12:00 2026\n"

  private func mailbox(_ messages: [String]) -> String { messages.map { Self.from + $0 + "\n" }.joined() }

  private static func reply(_ tokens: String...) -> String {
    MailSamples.plain(tokens.map { MailSamples.blockText($0) }.joined())
  }

  @Test(arguments: [false, true]) func numbersMessagesAndRows(hasCRLF: Bool) throws {
    let attachment = MailSamples.multipart([
      "Content-Type: text/plain\n\n" + MailSamples.blockText("v4.public.C"),
      MailSamples.file("d.json", Array(IntakeSamples.file(#"{"token":"D"},{"token":""},{"token":"E"}"#).utf8)),
    ])
    let text = mailbox([
      Self.reply("v4.public.A", "v4.public.B"), MailSamples.plain("nothing here\n"), attachment, "no header at all\n",
      Self.reply("v4.public.F"),
    ])
    let files = try IntakeSamples.files(hasCRLF ? MailSamples.withCRLF(text) : Array(text.utf8))
    #expect(files.map(\.unit) == [1, 3, 3, 5])
    #expect(
      files.flatMap(\.decisions).map(\.token) == ["v4.public.A", "v4.public.B", "v4.public.C", "D", "E", "v4.public.F"])
    #expect(files.flatMap(\.decisions).map(\.row) == [1, 2, 3, 4, 6, 7])
    #expect(
      files.flatMap(\.refused)
        == [IntakeSamples.refused(5, field: "message 3: attachment 1: decisions[1].token", "missing")])
    #expect(Set(files.map(\.name)) == [IntakeSamples.name])
  }

  @Test func refusesAMessageAndReadsTheOthers() throws {
    let long = "Subject: " + String(repeating: "x", count: 990) + "\n"
    let open = MailSamples.plain("-----BEGIN COUNTERSIGN DECISION-----\ntoken: a\n")
    let files = try IntakeSamples.files(mailbox([Self.reply("A"), long + Self.reply("B"), open, Self.reply("C")]))
    #expect(files.flatMap(\.decisions).map(\.token) == ["A", "C"])
    #expect(files.map(\.unit) == [1, 2, 3, 4])
    #expect(
      files.flatMap(\.refused) == [
        IntakeSamples.refused(
          2, field: "message 2", "a header line is longer than 998 bytes",
          hint: "send the decisions file instead, or hand it over by another road"),
        IntakeSamples.refused(
          3, field: "message 3: block 1", "the block has no end",
          hint: "its last line is -----END COUNTERSIGN DECISION-----"),
      ])
  }

  @Test func beginsAMessageBehindAnEmptyLineOnly() throws {
    let text = MailSamples.plain(
      "one\nFrom here on: no message\n>From there: neither\n\n>From me\n" + MailSamples.blockText("A"))
    let files = try IntakeSamples.files(mailbox([text]))
    #expect(files.map(\.unit) == [1])
    let split = try IntakeSamples.files(mailbox([text.replacing("\n\n>From me\n", with: "\n\nFrom me\nX: y\n\n")]))
    #expect(split.map(\.unit) == [2])
  }

  @Test(
    arguments: [
      (">From a\n>>From b\n>from c\n> From d\nFrom e\n\n", "From a\n>From b\n>from c\n> From d\nFrom e\n"),
      ("a\r\n>From b\r\n\r\n", "a\r\nFrom b\r\n"), ("a\n", "a"), ("", ""), (">From ", "From "),
    ])
  func unquotesFromLines(stored: String, expected: String) {
    #expect(String(decoding: Mailbox.message(Array(stored.utf8)[...]), as: UTF8.self) == expected)
  }

  private static let hint: ByteString =
    "only an attached decisions file counts, or a block as the page made it, at the start of a line and outside of quoted text"

  @Test func saysOnceThatNothingCounts() {
    let quoted = MailSamples.plain("yes\n" + MailSamples.original.map { "> \($0)\n" }.joined())
    for text in [mailbox([quoted, quoted]), Self.from, "From \n", "From x\n\nFrom y\n\n"] {
      #expect(
        IntakeSamples.refusal(text)
          == IntakeError(
            diagnostic: IntakeSamples.diagnostic("no message in the mailbox holds a decision", hint: Self.hint)))
    }
  }

  @Test func limitsTheNumberOfMessages() throws {
    let small = "\nFrom x\nTo: y\n"
    let most = String((Self.from + String(repeating: small, count: 9_998) + "\n" + Self.from + Self.reply("A")))
    #expect(try IntakeSamples.files(most).map(\.unit) == [10_000])
    let files = try IntakeSamples.files(most + "\n" + Self.from + Self.reply("B") + "\n" + Self.from + Self.reply("C"))
    #expect(files.map(\.unit) == [10_000, 10_001])
    #expect(files.flatMap(\.decisions).map(\.token) == ["A"])
    #expect(
      files.flatMap(\.refused) == [
        IntakeSamples.refused(
          2, field: "message 10001", "more than 10000 messages; the rest was not read",
          hint: "hand in the mailbox in parts")
      ])
  }

  @Test func limitsTheNumberOfRowsOverAllMessages() throws {
    let half = MailSamples.plain(String(repeating: MailSamples.blockText("A"), count: 5_000))
    let json = IntakeSamples.file(#"{"token":"C"}"#)
    let attached = MailSamples.multipart([MailSamples.file("d.json", Array(json.utf8))])
    #expect(try IntakeSamples.files(mailbox([half, half])).flatMap(\.decisions).count == 10_000)
    let files = try IntakeSamples.files(mailbox([half, half, Self.reply("B"), attached]))
    #expect(files.flatMap(\.decisions).map(\.row) == Array(1...10_000))
    #expect(
      files.flatMap(\.refused) == [
        IntakeSamples.refused(
          10_001, field: "message 3: block 1", "more than 10000 decisions; the rest was not read")
      ])
    let full = try IntakeSamples.files(mailbox([half, half, attached]))
    #expect(full.flatMap(\.decisions).count == 10_000)
    #expect(full.flatMap(\.refused).map(\.row) == [10_001])
  }
}
