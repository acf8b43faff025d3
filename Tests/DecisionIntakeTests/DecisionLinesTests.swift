import ByteText
import CaseModel
import Testing

@testable import DecisionIntake

@Suite struct DecisionLinesTests {
  @Test(arguments: [
    "# Ivy, Monday\nv4.public.AAAA.BBBB   seen by phone \n\nv4.public.CCCC.DDDD\n",
    "\u{FEFF}v4.public.AAAA.BBBB\tseen by phone\r\n\r\n  #v4.public.EEEE.FFFF\r\n  v4.public.CCCC.DDDD\t\r\n",
    "v4.public.AAAA.BBBB seen by phone\nv4.public.CCCC.DDDD",
  ]) func readsTokensAndComments(text: String) throws {
    let file = try IntakeSamples.read(text)
    #expect(file.refused == [] && file.reviewer == nil && file.checkpoint == nil)
    #expect(
      file.decisions == [
        SubmittedDecision(row: 1, token: "v4.public.AAAA.BBBB", verdict: nil, action: nil, comment: "seen by phone"),
        SubmittedDecision(row: 2, token: "v4.public.CCCC.DDDD", verdict: nil, action: nil, comment: ""),
      ])
  }

  @Test func keepsWhatLooksLikeACommentBehindAToken() throws {
    let file = try IntakeSamples.read("v4.public.AAAA.BBBB # 3 \"x\",v4.public.CCCC.DDDD\n")
    #expect(file.decisions.map(\.comment) == ["# 3 \"x\",v4.public.CCCC.DDDD"])
  }

  @Test func refusesLinesWithoutAToken() throws {
    let file = try IntakeSamples.read("Dear all,\n# x\nv4.public.A.B yes\nso long\n> v4.public.C.D\nv4.public.E.F\n")
    #expect(file.decisions.map(\.row) == [2, 5])
    #expect(file.refused == [1, 3, 4].map { IntakeSamples.refused($0, "expected a token at the start of the line") })
  }

  @Test func refusesALongComment() throws {
    let long = String(repeating: "x", count: 1_025)
    let file = try IntakeSamples.read("v4.public.A.B \(long)\nv4.public.C.D \(long.dropLast())\n")
    #expect(file.decisions.map(\.row) == [2])
    #expect(file.refused == [IntakeSamples.refused(1, "the comment is longer than 1024 bytes")])
  }

  @Test func refusesAFileOfOneLongCommentByItsRow() throws {
    let file = try IntakeSamples.read("v4.public.A.B " + String(repeating: "x", count: 1_025))
    #expect(file.decisions == [])
    #expect(file.refused == [IntakeSamples.refused(1, "the comment is longer than 1024 bytes")])
  }

  @Test func limitsTheNumberOfDecisions() throws {
    let most = Array(repeating: "v4.public.A.B", count: 10_000).joined(separator: "\n")
    #expect(try IntakeSamples.read(most).decisions.count == 10_000)
    let more = try IntakeSamples.read(most + "\nv4.public.C.D\nv4.public.E.F\n")
    #expect(more.decisions.count == 10_000)
    #expect(more.refused == [IntakeSamples.refused(10_001, "more than 10000 decisions; the rest was not read")])
  }
}
