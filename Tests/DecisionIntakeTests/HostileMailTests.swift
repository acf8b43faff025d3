import ByteText
import CaseModel
import TestSupport
import Testing

@testable import DecisionIntake

/// Limits, and input made to take long: anything but linear time would not end within the limit of a test here.
@Suite(.serialized) struct HostileMailTests {
  private static let block = MailSamples.blockText("A")
  private static let roads: ByteString = "send the decisions file instead, or hand it over by another road"

  private func problem(_ message: String) -> Diagnostic? { IntakeSamples.refusal(message)?.diagnostic }

  // MARK: Limits

  @Test(arguments: ["Subject: ", " ", "no field "]) func limitsHeaderLines(start: String) throws {
    func message(_ count: Int, inPart: Bool) -> String {
      let line = start + String(repeating: "x", count: count - start.utf8.count) + "\n"
      let part = "Content-Type: text/plain\n" + (inPart ? line : "") + "\n" + Self.block
      let whole = MailSamples.multipart([part])
      return inPart ? whole : "From: x\n" + line + whole
    }
    for inPart in [false, true] {
      #expect(try IntakeSamples.read(message(998, inPart: inPart)).decisions.count == 1)
      #expect(try IntakeSamples.read(MailSamples.withCRLF(message(998, inPart: inPart))).decisions.count == 1)
      #expect(
        problem(message(999, inPart: inPart))
          == IntakeSamples.diagnostic("a header line is longer than 998 bytes", hint: Self.roads))
    }
  }

  @Test func limitsDepth() throws {
    func nested(_ depth: Int, _ leaf: String) -> String {
      (0..<depth).reduce(leaf) { MailSamples.container([$0], subtype: "mixed", boundary: "b\($1)") }
    }
    let leaf = "Content-Type: text/plain\n\n" + Self.block
    let forwarded = "Content-Type: message/rfc822\n\nTo: x\n\n"
    #expect(try IntakeSamples.read("From: x\n" + nested(8, leaf)).decisions.count == 1)
    #expect(try IntakeSamples.read(MailSamples.multipart([leaf, nested(6, forwarded)])).decisions.count == 1)
    let deep = IntakeSamples.diagnostic("parts lie more than 8 deep in the message", hint: Self.roads)
    #expect(problem("From: x\n" + nested(9, leaf)) == deep)
    #expect(problem(MailSamples.multipart([leaf, nested(7, forwarded)])) == deep)
    #expect(problem("From: x\n" + nested(300, leaf)) == deep)
  }

  @Test(.timeLimit(.minutes(1))) func limitsParts() throws {
    let leaf = "Content-Type: text/plain\n\n" + Self.block
    func message(_ count: Int) -> String { MailSamples.multipart([leaf] + Array(repeating: "\nx", count: count - 2)) }
    #expect(try IntakeSamples.read(message(200)).decisions.count == 1)
    let many = IntakeSamples.diagnostic("the message has more than 200 parts", hint: Self.roads)
    #expect(problem(message(201)) == many)
    #expect(problem(message(10_000)) == many)
  }

  @Test(.timeLimit(.minutes(1))) func limitsTheSizeOfAMessage() throws {
    let head = Array(MailSamples.plain(Self.block).utf8)
    let full = head + [UInt8](repeating: 0x78, count: IntakeLimits.messageBytes - head.count)
    #expect(try IntakeSamples.read(full).decisions.count == 1)
    let long = IntakeSamples.diagnostic("the message is longer than 26214400 bytes", hint: Self.roads)
    #expect(IntakeSamples.refusal(full + [0x78])?.diagnostic == long)
    let mailbox = Array("From x\n".utf8) + full + Array("xxx\n\nFrom y\n".utf8) + head
    let files = try IntakeSamples.files(mailbox)
    #expect(files.map(\.unit) == [1, 2])
    #expect(files.flatMap(\.refused) == [IntakeSamples.refused(1, field: "message 1", long.message, hint: Self.roads)])
    #expect(files.flatMap(\.decisions).map(\.row) == [2])
  }

  @Test func limitsTheSizeOfAMailbox() {
    let bytes = Array("From x\n\n".utf8) + [UInt8](repeating: 0x0A, count: IntakeLimits.mailboxBytes - 7)
    #expect(
      IntakeSamples.refusal(bytes)?.diagnostic
        == IntakeSamples.diagnostic(
          "the mailbox is longer than 67108864 bytes", hint: "hand in the messages one by one"))
  }

  // MARK: Time

  /// Long enough for a reader that looks back or ahead at each unit not to end in time.
  private static let size = 256 << 10

  private static func filled(_ unit: String, _ size: Int) -> String {
    String(repeating: unit, count: size / unit.utf8.count)
  }

  /// Text that repeats what makes a reader look ahead or back; the block in front of it is read all the same.
  @Test(
    .timeLimit(.minutes(2)),
    arguments: [
      "\n", " ", ">", ">\n", "> ", "De:\n", "De:\n\n\n", "wrote:\n", "-----x-----\n", "____________________\n\n",
      "\u{A0}",
      "From: \n", "- -", "COUNTERSIG", "BEGIN COUNTERSIGN DECISION----", "-----BEGIN COUNTERSIGN DECISION-----x\n",
      "\u{200B}",
      "x \n", "a\r", "=", "=\n", "==0", "A=",
    ], ["text/plain", "text/plain; format=flowed; delsp=yes"])
  func readsPathologicalTextInLinearTime(unit: String, type: String) throws {
    let text = Self.block + "\n" + Self.filled(unit, Self.size)
    let encoding = unit.contains("=") ? "quoted-printable" : "8bit"
    let file = try IntakeSamples.read(MailSamples.plain(text, type: type, encoding: encoding))
    #expect(file.decisions.map(\.token) == ["A"])
  }

  @Test(
    .timeLimit(.minutes(2)),
    arguments: ["-----BEGIN COUNTERSIGN DECISION-----\n", "x\n", "comment:\n", "A A\n", "\n", "token:\n"])
  func readsPathologicalBlocksInLinearTime(unit: String) throws {
    let open = "-----BEGIN COUNTERSIGN DECISION-----\ntoken: a\n"
    let file = try IntakeSamples.read(MailSamples.plain(Self.block + open + Self.filled(unit, Self.size)))
    #expect(file.decisions.map(\.token) == ["A"])
    #expect((1...10_000).contains(file.refused.count))
  }

  @Test(
    .timeLimit(.minutes(2)),
    arguments: [
      "<", "<a ", "<a href=\"", "<!--", "<!-", "<script>", "<style></", "&", "&#", "&amp", "<div>", "</div>", "<table>",
      "</table>", "<blockquote>", "<div class=gmail_quote>", "<b></i>", "<p id=", "<a x=x", "<pre>", "</pre>\n", "<br>",
      "<a/",
      "<td><div>", "<a class='", "</script", "<?", "<hr>",
    ])
  func readsPathologicalPagesInLinearTime(unit: String) throws {
    let page = MailSamples.block("A").joined(separator: "<br>") + "<p>" + Self.filled(unit, Self.size)
    let file = try IntakeSamples.read(MailSamples.plain(page, type: "text/html"))
    #expect(file.decisions.map(\.token) == ["A"])
  }

  @Test(.timeLimit(.minutes(2))) func readsALargePageOfTagOpeners() throws {
    let page = MailSamples.block("A").joined(separator: "<br>") + "<p>"
    let bytes = Array(MailSamples.plain(page, type: "text/html").utf8)
    let filled = bytes + [UInt8](repeating: 0x3C, count: IntakeLimits.messageBytes - bytes.count)
    #expect(try IntakeSamples.read(filled).decisions.map(\.token) == ["A"])
  }

  @Test(
    .timeLimit(.minutes(1)),
    arguments: ["--b", "--b\n", "--bb\n", "-", "--", "--b--\n", "--" + String(repeating: "b", count: 500) + "\n"])
  func readsPathologicalBoundariesInLinearTime(unit: String) {
    for boundary in ["b", String(repeating: "b", count: 900)] {
      let header = "From: x\nContent-Type: multipart/mixed; boundary=\(boundary)\n\n"
      // Delimiters with nothing between are parts, and soon too many; all else is no part.
      let message = problem(header + Self.filled(unit, Self.size))?.message
      #expect(message == "the message holds no decision" || message == "the message has more than 200 parts")
    }
  }

  @Test(.timeLimit(.minutes(1)), arguments: ["a=b;", ";", "a*0*=x;", "\"", "a=\"\\", "'", "a=%%;"])
  func readsPathologicalParametersInLinearTime(unit: String) throws {
    let line = " " + Self.filled(unit, 900) + "\n"
    let value = "Content-Type: text/plain;\n" + String(repeating: line, count: 1_000)
    #expect(try IntakeSamples.read("From: x\n" + value + "\n" + Self.block).decisions.map(\.token) == ["A"])
  }

  @Test(.timeLimit(.minutes(1))) func readsDeepQuotes() throws {
    let deep = String(repeating: ">", count: 100_000)
    let text =
      "\(deep) -----BEGIN COUNTERSIGN DECISION-----\n\(deep) token: Q\n\(deep) -----END COUNTERSIGN DECISION-----\n"
    for type in ["text/plain", "text/plain; format=flowed"] {
      #expect(try IntakeSamples.read(MailSamples.plain(text + Self.block, type: type)).decisions.map(\.token) == ["A"])
    }
    let open = Self.filled("<blockquote><table><div>", 2 * Self.size)
    let block = MailSamples.block("A").joined(separator: "<br>")
    #expect(problem(MailSamples.plain(open + block, type: "text/html"))?.message == "the message holds no decision")
  }

  @Test(.timeLimit(.minutes(1)), arguments: ["From x\n\n", "From x\nTo: y\n\n\n", ">From x\n", "\n", "From x\n"])
  func readsPathologicalMailboxesInLinearTime(unit: String) throws {
    let text = "From x\n" + MailSamples.plain(Self.block) + "\n" + Self.filled(unit, 4 * Self.size)
    let files = try IntakeSamples.files(text)
    #expect(files.first?.decisions.map(\.token) == ["A"])
  }

  // MARK: Chance

  /// Bytes of no meaning behind the beginnings of every form: no trap.
  @Test func survivesNoise() {
    var random = SplitMix(state: 23)
    let heads = [
      "From x\nTo: y\n\n", "From: x\n\n", "From: x\nContent-Type: text/html\n\n", "token,comment\n", "token\tx\n",
      "-----BEGIN COUNTERSIGN DECISIONS-----\n", "{", "v4.public.A ",
      "From: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n",
      "From: x\nContent-Type: text/plain; format=flowed\nContent-Transfer-Encoding: quoted-printable\n\n",
      "From: x\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nQ09VTlRFUlNJR04g",
    ]
    let words = [
      "COUNTERSIGN ", "-----BEGIN COUNTERSIGN DECISION-----\n", "-----END COUNTERSIGN DECISION-----\n", "token: ",
      "comment: ",
      "<div class=gmail_quote>", "</div>", "<br>", "<!--", "-->", "&#x", "=\n", "=3D", "> ", "\n", "\r\n", "--b\n",
      "--b--",
      "Content-Type: ", "application/json", "; name*0=", "\"", ",", "\u{FEFF}", "\0", "From ", "'", "é",
    ]
    for _ in 0..<20_000 {
      guard let head = heads.randomElement(using: &random) else { continue }
      var bytes = Array(head.utf8)
      for _ in 0..<Int.random(in: 0...12, using: &random) {
        if Bool.random(using: &random), let word = words.randomElement(using: &random) {
          bytes += word.utf8
        } else {
          bytes.append(UInt8.random(in: 0...255, using: &random))
        }
      }
      guard let files = try? IntakeSamples.files(bytes) else { continue }
      let rows = files.flatMap { $0.decisions.map(\.row) + $0.refused.map(\.row) }
      #expect(Set(rows).count == rows.count)
    }
  }
}
