import ByteText
import CaseModel
import Testing

@testable import DecisionIntake

@Suite struct DecisionTableTests {
  private static let rows = [
    SubmittedDecision(row: 1, token: "v4.public.A.B", verdict: .approve, action: "c1/a1", comment: "seen"),
    SubmittedDecision(row: 2, token: "v4.public.C.D", verdict: nil, action: nil, comment: ""),
  ]

  @Test(arguments: [
    "token,verdict,action,comment\nv4.public.A.B,approve,c1/a1,seen\nv4.public.C.D,,,\n",
    "token,verdict,action,comment\r\nv4.public.A.B,approve,c1/a1,seen\r\nv4.public.C.D\r\n",
    "\u{FEFF}Comment;TOKEN;Verdict;Action\nseen;v4.public.A.B;Approve;c1/a1\n;v4.public.C.D;;\n",
    "no.\taction\tverdict\ttoken\tcomment\tmore\n1\tc1/a1\t approve \t v4.public.A.B \tseen\tx\n2\t\t\tv4.public.C.D\t\t\ty\n",
    "\"token\",\"verdict\",\"action\",\"comment\"\n\"v4.public.A.B\",\"approve\",\"c1/a1\",\"seen\"\n\n\"v4.public.C.D\",\"\",\"\",\"\"",
    "\n\"line\nbreak\", token ,verdict,action,comment\nx,v4.public.A.B,APPROVE,c1/a1,seen\nx,v4.public.C.D,,,\n",
  ]) func readsColumnsByName(text: String) throws {
    let file = try IntakeSamples.read(text)
    #expect(file.decisions == Self.rows)
    #expect(file.refused == [])
    #expect(file.reviewer == nil && file.checkpoint == nil && file.made == nil && file.signature == nil)
  }

  @Test func readsATokenColumnAlone() throws {
    let file = try IntakeSamples.read("token\nv4.public.A.B\nv4.public.C.D\n")
    #expect(file.decisions.map(\.token) == ["v4.public.A.B", "v4.public.C.D"])
  }

  @Test(
    arguments: [
      ("'=1+1", "=1+1"), ("'+1", "+1"), ("'-1", "-1"), ("'@x", "@x"), ("'\tx", "\tx"), ("\"'\r\nx\"", "\r\nx"),
      ("'x", "'x"), ("''=x", "''=x"), ("'", "'"), ("=1", "=1"), ("\"say \"\"no\"\", so\"", "say \"no\", so"),
      (" x ", " x "),
    ] as [(String, ByteString)])
  func takesOffTheFormulaGuard(cell: String, comment: ByteString) throws {
    let file = try IntakeSamples.read("token,comment\nt,\(cell)\n")
    #expect(file.decisions.map(\.comment) == [comment])
    // A token and an action are taken as they stand.
    let other = try IntakeSamples.read("token,action\n'=t,'=a\n")
    #expect(other.decisions.map(\.token) == ["'=t"] && other.decisions.map(\.action) == ["'=a"])
  }

  /// What our own writer guards comes back as it was.
  @Test(arguments: ["=1+1", "-x", "@a;b", "\tx", "plain", "say \"no\""]) func readsWhatTheWriterWrote(comment: String)
    throws
  {
    var csv: [UInt8] = []
    CSVWriter.append([.text(Array("token".utf8)), .text(Array("comment".utf8))], to: &csv)
    CSVWriter.append([.text(Array("t".utf8)), .text(Array(comment.utf8))], to: &csv)
    #expect(try IntakeSamples.read(csv).decisions.map(\.comment) == [ByteString(comment)])
  }

  private static let again = "save the table as CSV again"

  @Test(
    arguments: [
      (",,,no token", "token", "missing", ""),
      ("v4.public.X,maybe,,", "verdict", "expected approve or reject", ""),
      ("v4.public.X,,," + String(repeating: "é", count: 513), "comment", "longer than 1024 bytes", ""),
      ("v4.p\"ublic,,,", "", "a quote stands inside a cell that is not quoted", "see line 4 of the file; \(again)"),
      ("\"v4\"x,,,", "", "something stands after the closing quote of a cell", "see line 4 of the file; \(again)"),
      ("v4\rx,,,", "", "a carriage return stands alone", "see line 4 of the file; \(again)"),
      (
        String(repeating: "x", count: 65_537), "", "a cell is longer than 65536 bytes",
        "see line 4 of the file; \(again)"
      ),
      (
        String(repeating: ",", count: 1_024), "", "the row has more than 1024 cells", "see line 4 of the file; \(again)"
      ),
    ] as [(String, ByteString, ByteString, String)])
  func refusesARowAndReadsTheOthers(row: String, field: ByteString, message: ByteString, hint: String) throws {
    let file = try IntakeSamples.read("token,verdict,action,comment\nA,,,\n , ,x, \n\(row)\nB,,,\n")
    #expect(file.decisions.map(\.token) == ["A", "B"])
    #expect(file.decisions.map(\.row) == [1, 4])
    #expect(file.refused == [IntakeSamples.refused(3, field: field, message, hint: ByteString(hint))])
  }

  @Test func refusesAnOpenQuoteByItsRow() throws {
    let file = try IntakeSamples.read("token\nA\n\"B\nC\n")
    #expect(file.decisions.map(\.token) == ["A"])
    #expect(
      file.refused
        == [
          IntakeSamples.refused(
            2, "a quoted cell does not end", hint: "see line 3 of the file; save the table as CSV again")
        ])
  }

  @Test(arguments: ["token", "comment", "verdict", "action"]) func refusesTwoColumnsOfOneName(name: String) {
    #expect(
      IntakeSamples.refusal("token,comment,verdict,action, \(name.uppercased()) \nA,,,,B\n")?.diagnostic
        == IntakeSamples.diagnostic(
          field: ByteString(name), "two columns have this name", hint: "keep the one that is meant"))
  }

  @Test(arguments: ["token,comment\n", "token\n\n\n", "token;x\n;y\n", "tokens,comment\nA,\n", "comment\nv4\n"])
  func refusesATableThatHoldsNoDecision(text: String) {
    #expect(IntakeSamples.refusal(text)?.diagnostic.message == "the file holds no decision")
  }

  @Test func limitsTheNumberOfDecisions() throws {
    let rows = String(repeating: "\n,\nA,", count: 10_000)
    #expect(try IntakeSamples.read("token,comment" + rows).decisions.map(\.row).last == 20_000)
    let more = try IntakeSamples.read("token,comment" + rows + "\n,\nA,\nA,")
    #expect(more.decisions.count == 10_000)
    #expect(more.refused == [IntakeSamples.refused(20_002, "more than 10000 decisions; the rest was not read")])
  }
}
