import ByteText
import CaseModel
import Testing

@testable import DecisionIntake

@Suite struct MailReaderTests {
  private static let json = Array(IntakeSamples.full.utf8)
  private static let signature = Array(MailSamples.signature.utf8)
  private static let text = "Content-Type: text/plain\n\nHello\n"

  private func tokens(_ message: String) throws -> [ByteString] {
    try IntakeSamples.files(message).flatMap(\.decisions).map(\.token)
  }

  // MARK: What is a message

  @Test(arguments: [
    "From: a", "to: a", "Date: a", "MESSAGE-ID: a", "MIME-Version: 1.0", "Received: a", "Subject:", "Return-Path: a",
    "Delivered-To: a", "X-A: b\n folded: c\nX-D: e\nFrom: a",
  ]) func isFoundByItsHeader(header: String) throws {
    #expect(try tokens(header + "\n\n" + MailSamples.blockText("A")) == ["A"])
    #expect(
      try IntakeSamples.files([0xEF, 0xBB, 0xBF] + MailSamples.withCRLF(header + "\n\n" + MailSamples.blockText("A")))
        .count == 1)
  }

  @Test(arguments: [
    "#From: x\nv4.public.A", "# x\nFrom: y\nv4.public.A", "v4.public.A From: x\n", "v4.public.A\nFrom: x\n",
    "#x: y\nFrom: z\nv4.public.A", "\nFrom: x\nv4.public.A", "X-A: b\n\nFrom: x\nv4.public.A", " From: x\nv4.public.A",
    "Dear: all\nv4.public.A",
  ]) func leavesTextLinesAlone(text: String) throws {
    #expect(try tokens(text) == ["v4.public.A"])
  }

  // MARK: Text

  @Test func takesEveryBlockOfAMessage() throws {
    let message = MailSamples.plain(
      MailSamples.blockText("A", comment: "x") + "and\n-----BEGIN COUNTERSIGN DECISION-----\n" + "comment: y\n"
        + "-----END COUNTERSIGN DECISION-----\n" + MailSamples.blockText("B"))
    let file = try IntakeSamples.read(message)
    #expect(file.decisions.map(\.token) == ["A", "B"])
    #expect(file.decisions.map(\.row) == [1, 3])
    #expect(
      file.refused == [
        IntakeSamples.refused(
          2, field: "block 2: token", "expected token: behind the begin line",
          hint: "leave the block as the page made it, above what is quoted")
      ])
  }

  @Test func readsACommentInItsCharacterSet() throws {
    let bytes = Array(
      MailSamples.plain(MailSamples.blockText("A", comment: "gr#n"), type: "text/plain; charset=ISO-8859-1").utf8)
    let file = try IntakeSamples.read(bytes.map { $0 == 0x23 ? 0xFC : $0 })
    #expect(file.decisions.map(\.comment) == ["grün"])
  }

  /// Both parts say the same; where they do not, the one that says better what is quoted counts.
  @Test func prefersPlainText() throws {
    func message(_ plain: String, _ page: String) -> String {
      MailSamples.multipart(
        ["Content-Type: text/plain\n\n" + plain, "Content-Type: text/html\n\n" + page], subtype: "alternative")
    }
    let page = "<p>" + MailSamples.block("P").joined(separator: "<br>") + "</p>"
    #expect(try tokens(message(MailSamples.blockText("A"), page)) == ["A"])
    #expect(try tokens(message("see the page", page)) == ["P"])
    #expect(throws: IntakeError.self) { try tokens(message("> " + MailSamples.blockText("A"), page)) }
  }

  @Test func looksIntoNoOtherMessage() {
    let inner = MailSamples.plain(MailSamples.blockText("A"))
    for type in ["message/rfc822", "message/external-body; access-type=local-file", "message/partial", "text/rtf"] {
      let message = MailSamples.multipart([Self.text, "Content-Type: \(type)\n\n" + inner])
      #expect(IntakeSamples.refusal(message)?.diagnostic.message == "the message holds no decision")
    }
    let digest = MailSamples.multipart(["\n" + inner], subtype: "digest")
    #expect(IntakeSamples.refusal(digest)?.diagnostic.message == "the message holds no decision")
  }

  @Test func countsNoTextThatIsAttached() {
    let block = Array(MailSamples.blockText("A").utf8)
    for type in ["text/plain", "text/html", "application/zip"] {
      for disposition in ["inline", "attachment", "attachment; filename=a.txt", "inline; filename=a.txt"] {
        let body = (type == "text/html" ? "<pre>" : "") + MailSamples.blockText("A")
        let part = "Content-Type: \(type)\nContent-Disposition: \(disposition)\n\n" + body
        let counted: [ByteString]? = type != "application/zip" && disposition == "inline" ? ["A"] : nil
        #expect((try? tokens(MailSamples.multipart([Self.text, part]))) == counted)
      }
      let message = MailSamples.multipart([Self.text, MailSamples.file("notes.txt", block, type: type)])
      #expect(IntakeSamples.refusal(message)?.diagnostic.message == "the message holds no decision")
    }
  }

  /// Apple Mail parts the text at attachments; an original that began goes on behind them.
  @Test func carriesTheOriginalOverParts() throws {
    let header = "-----Original Message-----\n"
    let block = "Content-Type: text/plain\n\n" + MailSamples.blockText("B")
    #expect(
      try tokens(MailSamples.multipart(["Content-Type: text/plain\n\n" + MailSamples.blockText("A"), block])) == [
        "A", "B",
      ])
    #expect(
      try tokens(MailSamples.multipart(["Content-Type: text/plain\n\n" + MailSamples.blockText("A") + header, block]))
        == ["A"])
  }

  @Test func readsATextSavedFromAMail() throws {
    let file = try IntakeSamples.read(
      "Hello,\n\n" + MailSamples.blockText("v4.public.A", comment: "x") + "\n> " + MailSamples.blockText("Q"))
    #expect(file.decisions.map(\.token) == ["v4.public.A"])
    #expect(file.decisions.map(\.comment) == ["x"])
  }

  // MARK: Attachments

  @Test(arguments: [
    MailSamples.file("decisions.json", json, type: "application/json"),
    MailSamples.file("decisions (1).JSON", json, type: "text/plain"),
    MailSamples.file("decisions.txt", json), MailSamples.file("decisions", json, encoding: "8bit"),
    "Content-Type: application/json\nContent-Transfer-Encoding: quoted-printable\n\n"
      + MailSamples.quotedPrintable(IntakeSamples.full),
    MailSamples.file("a.json", [0xEF, 0xBB, 0xBF] + json),
  ]) func readsAnAttachedFile(part: String) throws {
    let message = MailSamples.multipart([Self.text, part])
    for bytes in [Array(message.utf8), MailSamples.withCRLF(message)] {
      let file = try IntakeSamples.read(bytes)
      #expect(file.decisions == (try IntakeSamples.read(Self.json)).decisions)
      #expect(file.reviewer == "r7" && file.checkpoint == "12 · abc" && file.made == "2026-11-23T09:12:00Z")
      #expect(file.signature == nil)
    }
  }

  @Test func readsAMessageThatIsAFile() throws {
    #expect(try tokens(MailSamples.plain(IntakeSamples.full, type: "application/json")).count == 2)
  }

  @Test(arguments: [
    MailSamples.file("a.json", Array("{\"a\":1}".utf8)), MailSamples.file("a.zip", json, type: "application/zip"),
    MailSamples.file("a.json", Array("see countersign-decisions/1".utf8)), MailSamples.file("a.json", []),
    MailSamples.file("a.txt", Array(MailSamples.token("A").utf8)),
    MailSamples.file("a.json", json, type: "message/rfc822", encoding: "8bit"),
    MailSamples.file("a.json", json).replacing("base64", with: "x-unknown"),
  ]) func passesOverOtherAttachments(part: String) {
    #expect(
      IntakeSamples.refusal(MailSamples.multipart([Self.text, part]))?.diagnostic.message
        == "the message holds no decision")
  }

  @Test(
    arguments: [
      (
        #"{"format":"countersign-decisions/1""#, .malformed, "", "line 1, column 36: the text ends inside a value",
        "the file was damaged on its way; take the original"
      ),
      (
        #"{"format":"countersign-decisions/2"}"#, .malformed, "format", "made by a newer countersign",
        "this version reads countersign-decisions/1"
      ),
      (
        #"{"format":"countersign-decisions/1","issuer":"hq2","decisions":[]}"#, .wrongIssuer, "issuer",
        "made for deployment 'hq2', this one is 'hq1'", "hand it back where its page came from"
      ),
    ] as [(String, RefusalCode, ByteString, ByteString, ByteString)])
  func refusesABadFileByARowAndReadsTheOthers(
    bad: String, code: RefusalCode, field: ByteString, message: ByteString, hint: ByteString
  ) throws {
    let files = try IntakeSamples.files(
      MailSamples.multipart([
        Self.text, MailSamples.file("scan.pdf", [0], type: "application/pdf"),
        MailSamples.file("bad.json", Array(bad.utf8)), MailSamples.file("good.json", Self.json),
      ]))
    #expect(files.map(\.unit) == [1, 1])
    let place: ByteString = "attachment 2" + (field.isEmpty ? "" : ": " + field)
    #expect(files.flatMap(\.refused) == [IntakeSamples.refused(1, code: code, field: place, message, hint: hint)])
    #expect(files.flatMap(\.decisions).map(\.row) == [2, 3])
  }
}
