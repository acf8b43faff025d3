import ByteText
import CaseModel
import Testing

@testable import DecisionIntake

@Suite struct DecisionsFileTests {
  @Test func readsEveryKey() throws {
    let file = try IntakeSamples.read(IntakeSamples.full)
    #expect(file.name == "back.json")
    #expect(file.reviewer == "r7")
    #expect(file.checkpoint == "12 · abc")
    #expect(file.made == "2026-11-23T09:12:00Z")
    #expect(file.signature == nil)
    #expect(file.refused == [])
    #expect(
      file.decisions == [
        SubmittedDecision(
          row: 1, token: "v4.public.AA.BB", verdict: .approve, action: "zapurl-k3/mail-7q", comment: "seen"),
        SubmittedDecision(row: 2, token: "v4.public.CC.DD", verdict: nil, action: nil, comment: ""),
      ])
  }

  /// What a page without script offers for download: one decision and nothing optional.
  @Test(arguments: [
    #"{"format":"countersign-decisions/1","issuer":"hq1","decisions":[{"verdict":"reject","token":"v4.public.AA.BB"}]}"#,
    #"{"decisions":[{"token":"v4.public.AA.BB","verdict":"reject"}],"issuer":"hq1","format":"countersign-decisions/1"}"#,
    " \r\n\t{ \"format\" : \"countersign-decisions/1\",\r\n \"issuer\":\"hq1\", \"site\":\"\",\r\n"
      + "\"decisions\" : [ {\"token\":\"v4\\u002epublic.AA.BB\", \"verdict\":\"reject\"} ] }\r\n",
    "\u{FEFF}"
      + #"{"format":"countersign-decisions/1","issuer":"hq1","decisions":[{"verdict":"reject","token":"v4.public.AA.BB"}]}"#,
  ]) func readsOneDecision(text: String) throws {
    let file = try IntakeSamples.read(text)
    #expect(file.reviewer == nil && file.checkpoint == nil && file.refused == [])
    #expect(
      file.decisions == [
        SubmittedDecision(row: 1, token: "v4.public.AA.BB", verdict: .reject, action: nil, comment: "")
      ])
  }

  @Test func readsAFileWithoutDecisions() throws {
    let file = try IntakeSamples.read(IntakeSamples.file(""))
    #expect(file.decisions == [] && file.refused == [])
  }

  private static let damaged: ByteString = "the file was damaged on its way; take the original"
  private static let reads: ByteString = "this version reads countersign-decisions/1"
  private static let object: ByteString = "expected an object with \"format\":\"countersign-decisions/1\""

  @Test(
    arguments: [
      ("{\"format\":", "", "line 1, column 11: the text ends inside a value", damaged),
      (
        "{\n  \"format\": 'x'}", "", "line 2, column 13: expected a value, found '\''", damaged
      ),
      (
        "{\"format\":\"countersign-decisions/1\"} x", "", "line 1, column 38: something stands after the value", damaged
      ),
      (
        "{\"a\":\"\\ud800\"}", "",
        "line 1, column 7: a string holds bytes that are not UTF-8, or half a surrogate pair", damaged
      ),
      ("[]", "", "not a decisions file", object),
      ("{}", "", "not a decisions file", object),
      ("{\"format\":1}", "", "not a decisions file", object),
      ("{\"format\":\"countersign-export/1\"}", "format", "not a decisions file", reads),
      ("{\"format\":\"countersign-decisions/2\",\"new\":[]}", "format", "made by a newer countersign", reads),
      (
        "{\"format\":\"countersign-decisions/1\",\"issuer\":\"hq1\",\"issuer\":\"hq1\",\"decisions\":[]}", "issuer",
        "the key stands twice in one object", ""
      ),
      (
        "{\"format\":\"countersign-decisions/1\",\"issuer\":\"hq1\",\"i\\u0073suer\":\"hq2\",\"decisions\":[]}",
        "issuer", "the key stands twice in one object", ""
      ),
      (
        "{\"format\":\"countersign-decisions/1\",\"issuer\":\"hq1\",\"decisions\":[{\"token\":\"a\",\"token\":\"b\"}]}",
        "token", "the key stands twice in one object", ""
      ),
      ("{\"format\":\"countersign-decisions/1\",\"issuer\":\"hq1\",\"decision\":[]}", "decision", "unknown key", ""),
      ("{\"format\":\"countersign-decisions/1\",\"decisions\":[]}", "issuer", "missing", ""),
      ("{\"format\":\"countersign-decisions/1\",\"issuer\":\"hq1\"}", "decisions", "missing", ""),
      ("{\"format\":\"countersign-decisions/1\",\"issuer\":7,\"decisions\":[]}", "issuer", "expected text", ""),
      (
        "{\"format\":\"countersign-decisions/1\",\"issuer\":\"hq1\",\"reviewer\":null,\"decisions\":[]}", "reviewer",
        "expected text", ""
      ),
      (
        "{\"format\":\"countersign-decisions/1\",\"issuer\":\"hq1\",\"site\":[],\"decisions\":[]}", "site",
        "expected text", ""
      ),
      (
        "{\"format\":\"countersign-decisions/1\",\"issuer\":\"hq1\",\"made\":1,\"decisions\":[]}", "made",
        "expected text", ""
      ),
      (
        "{\"format\":\"countersign-decisions/1\",\"issuer\":\"hq1\",\"decisions\":{}}", "decisions",
        "expected an array", ""
      ),
    ] as [(String, ByteString, ByteString, ByteString)])
  func refusesAnotherFile(text: String, field: ByteString, message: ByteString, hint: ByteString) {
    #expect(
      IntakeSamples.refusal(Array(text.utf8))
        == IntakeError(
          diagnostic: Diagnostic(.error, file: "back.json", field: field, message: message, hint: hint)))
  }

  @Test func refusesTheFileOfAnotherDeployment() {
    let text = #"{"format":"countersign-decisions/1","issuer":"hq2","decisions":[]}"#
    #expect(
      IntakeSamples.refusal(Array(text.utf8))
        == IntakeError(
          diagnostic: Diagnostic(
            .error, file: "back.json", field: "issuer", message: "made for deployment 'hq2', this one is 'hq1'",
            hint: "hand it back where its page came from"), isForeign: true))
  }

  @Test(
    arguments: [
      ("7", "decisions[1]", "expected an object"),
      ("null", "decisions[1]", "expected an object"),
      ("[]", "decisions[1]", "expected an object"),
      ("{}", "decisions[1].token", "missing"),
      (#"{"token":""}"#, "decisions[1].token", "missing"),
      (#"{"token":7}"#, "decisions[1].token", "expected text"),
      (#"{"token":"t","comment":null}"#, "decisions[1].comment", "expected text"),
      (#"{"token":"t","action":["a"]}"#, "decisions[1].action", "expected text"),
      (#"{"token":"t","verdict":true}"#, "decisions[1].verdict", "expected text"),
      (#"{"token":"t","verdict":"Approve"}"#, "decisions[1].verdict", "expected approve or reject"),
      (#"{"token":"t","verdict":""}"#, "decisions[1].verdict", "expected approve or reject"),
      (#"{"token":"t","Token":"u"}"#, "decisions[1].Token", "unknown key"),
      (
        #"{"token":"t","comment":""# + String(repeating: "é", count: 512) + #"x"}"#, "decisions[1].comment",
        "longer than 1024 bytes"
      ),
    ] as [(String, ByteString, ByteString)])
  func refusesARowAndReadsTheOthers(row: String, field: ByteString, message: ByteString) throws {
    let file = try IntakeSamples.read(IntakeSamples.file(#"{"token":"a"},"# + row + #",{"token":"b"}"#))
    #expect(file.decisions.map(\.token) == ["a", "b"])
    #expect(file.decisions.map(\.row) == [1, 3])
    #expect(file.refused == [IntakeSamples.refused(2, field: field, message)])
  }

  @Test func takesTheLongestComment() throws {
    let comment = String(repeating: "é", count: 512)
    let file = try IntakeSamples.read(IntakeSamples.file(#"{"token":"a","comment":""# + comment + #""}"#))
    #expect(file.decisions.map(\.comment) == [ByteString(comment)])
  }

  @Test func limitsTheNumberOfDecisions() throws {
    func rows(_ count: Int) -> String {
      IntakeSamples.file(Array(repeating: #"{"token":"a"}"#, count: count).joined(separator: ","))
    }
    #expect(try IntakeSamples.read(rows(10_000)).decisions.count == 10_000)
    #expect(
      IntakeSamples.refusal(Array(rows(10_001).utf8))?.diagnostic
        == Diagnostic(.error, file: "back.json", field: "decisions", message: "more than 10000 decisions"))
  }

  /// One defect of one byte: either the file is refused, or nothing is in it that was not there.
  @Test func inventsNoDecisionFromAChangedByte() {
    let whole = Array(IntakeSamples.full.utf8)
    var read = 0
    for index in whole.indices {
      for byte in [0x00, 0x20, 0x22, 0x2C, 0x5C, 0x7B, 0x7D, 0xFF, whole[index] ^ 1, whole[index] ^ 0x20] as [UInt8] {
        var changed = whole
        changed[index] = byte
        if let file = try? IntakeSamples.read(changed) {
          read += 1
          #expect(file.decisions.count + file.refused.count <= 2, "byte \(index) is \(byte)")
        }
      }
      if let file = try? IntakeSamples.read(Array(whole[..<index])) { Issue.record("\(index) bytes: \(file)") }
    }
    #expect(read > 100)
  }
}
