import ByteText
import CaseModel
import Testing

@testable import DecisionIntake

@Suite struct DecisionBlockTests {
  private static let begin = "-----BEGIN COUNTERSIGN DECISION-----\n"
  private static let end = "-----END COUNTERSIGN DECISION-----\n"
  private static let unbroken: ByteString = "leave the block as the page made it, above what is quoted"

  private func scan(_ text: String) -> [DecisionBlock.Found] {
    var found: [DecisionBlock.Found] = []
    var isInOriginal = false
    DecisionBlock.scan(Array(text.utf8)[...], isInOriginal: &isInOriginal) {
      found.append($0)
      return true
    }
    return found
  }

  @Test(
    arguments: [
      ("token: v4.public.A.B\n", "v4.public.A.B", ""),
      ("token:v4.public.A.B\ncomment:ok\n", "v4.public.A.B", "ok"),
      ("\nToken:\n  v4.pub\n\tlic.\u{A0}A. B\u{200B}\n\nCOMMENT:\n a \n\n b\u{A0}\n", "v4.public.A.B", "a b"),
      ("token: v4.public.A.B\ncomment: comment: again\n", "v4.public.A.B", "comment: again"),
      ("token: v4.public.A.B\ncomment: as\nIvy wrote:\nyes\n", "v4.public.A.B", "as Ivy wrote: yes"),
      ("token: v4.public.A.B\ncomment: \n", "v4.public.A.B", ""),
      ("token=v4.public.A.B\ncomment=a=b\n", "v4.public.A.B", "a=b"),
      ("token=v4.public.A.B\ncomment=\n", "v4.public.A.B", ""),
    ] as [(String, ByteString, ByteString)])
  func readsWrappedLines(inside: String, token: ByteString, comment: ByteString) {
    #expect(scan(Self.begin + inside + Self.end) == [.decision(token: token, comment: comment)])
    let crlf = (Self.begin + inside + Self.end).replacing("\n", with: "\r\n")
    #expect(scan(crlf) == [.decision(token: token, comment: comment)])
  }

  @Test(
    arguments: [
      ("", "token", "missing", unbroken),
      ("token: \n", "token", "missing", unbroken),
      ("comment: x\ntoken: v4.public.A.B\n", "token", "expected token: behind the begin line", unbroken),
      ("Hello\ntoken: v4.public.A.B\n", "token", "expected token: behind the begin line", unbroken),
      ("token: a\ntoken: b\n", "token", "stands twice", "one block holds one decision"),
      ("token: a\ncomment: x\ntoken: b\n", "token", "stands twice", "one block holds one decision"),
      (
        "token: a\nI agree, Ivy\n", "token", "holds a byte that no token has",
        "write what there is to say behind comment:"
      ),
      ("token: " + String(repeating: "a", count: 1_025) + "\n", "token", "longer than 1024 bytes", unbroken),
      ("token: a\ncomment: " + String(repeating: "é", count: 512) + "x\n", "comment", "longer than 1024 bytes", ""),
      ("token: a\n> token: b\n", "", "a quoted line stands inside the block", unbroken),
      ("token: a\n | x\n", "", "a quoted line stands inside the block", unbroken),
      ("token: a\nIM> x\n", "", "a quoted line stands inside the block", unbroken),
      ("token: a\n-----Original Message-----\n", "", "the quoted original begins inside the block", unbroken),
      ("token: a\ncomment: x\nFrom: Ivy\nSent: now\n", "", "the quoted original begins inside the block", unbroken),
    ] as [(String, ByteString, ByteString, ByteString)])
  func refusesABadBlockAndReadsTheOthers(inside: String, field: ByteString, message: ByteString, hint: ByteString) {
    let good = Self.begin + "token: good\n" + Self.end
    let bad = DecisionBlock.Found.malformed(field: field, message: message, hint: hint)
    let found = scan(good + Self.begin + inside + Self.end + good)
    let decision = DecisionBlock.Found.decision(token: "good", comment: "")
    // Behind an original that began, nothing is the writer's own.
    #expect(
      found
        == (message == "the quoted original begins inside the block" ? [decision, bad] : [decision, bad, decision]))
  }

  @Test func takesTheLongestTokenAndComment() {
    let token = String(repeating: "a", count: 1_024)
    let comment = String(repeating: "é", count: 512)
    #expect(
      scan(Self.begin + "token: \(token)\ncomment: \(comment)\n" + Self.end)
        == [.decision(token: ByteString(token), comment: ByteString(comment))])
  }

  private static let noEnd = DecisionBlock.Found.malformed(
    field: "", message: "the block has no end", hint: "its last line is -----END COUNTERSIGN DECISION-----")

  @Test func refusesABlockWithoutEnd() {
    #expect(scan(Self.begin + "token: a\ncomment: and so on\n") == [Self.noEnd])
    #expect(scan(Self.begin) == [Self.noEnd])
    #expect(
      scan(Self.begin + "token: a\n" + Self.begin + "token: b\n" + Self.end)
        == [Self.noEnd, .decision(token: "b", comment: "")])
  }

  @Test(arguments: [
    "token: v4.public.A.B\n", "> " + begin + "> token: a\n> " + end, "| " + begin + "token: a\n" + end,
    ">" + begin + "token: a\n" + end, "\t" + begin + "token: a\n" + end, "IM> " + begin + "token: a\n" + end,
    "    " + begin + "token: a\n" + end, "x" + begin + "token: a\n" + end, end + "token: a\n" + end,
    "-----BEGIN COUNTERSIGN DECISION-----token: a\n" + end, "-----BEGIN COUNTERSIGN DECISION----\ntoken: a\n" + end,
    "-----begin countersign decision-----\ntoken: a\n" + end, "v4.public.A.B\n",
    "-----BEGIN COUNTERSIGN DECISIONS-----\ntoken: a\n" + end,
  ]) func passesOverWhatIsNoBlockOfItsOwn(text: String) {
    #expect(scan(text) == [])
  }

  @Test func stopsWhenTold() {
    var count = 0
    var isInOriginal = false
    let block = Self.begin + "token: a\n" + Self.end
    DecisionBlock.scan(Array((block + block + block).utf8)[...], isInOriginal: &isInOriginal) { _ in
      count += 1
      return count < 2
    }
    #expect(count == 2)
  }
}
