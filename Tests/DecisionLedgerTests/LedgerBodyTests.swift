import ApprovalTokens
import ByteText
import CaseModel
import Digests
import TestSupport
import Testing

@testable import DecisionLedger

@Suite struct LedgerBodyTests {
  @Test(
    arguments: [
      ("inv-1/mail-a", "mail-a"), ("a/b/c", nil), ("inv-1/", nil), ("mail-a", nil), ("/mail-a", "mail-a"), ("", nil),
      ("inv-1/MAIL", nil),
    ] as [(ByteString, ByteString?)])
  func readsTheActionOfAPath(path: ByteString, expected: ByteString?) {
    #expect(LedgerBody.action(path)?.text == expected)
  }

  @Test func readsMembersOfTheirType() {
    let body = LedgerBody(["text": "a", "number": 1, "list": ["x"]])
    #expect(body.text("text") == "a" && body.text("number") == nil && body.text("none") == nil)
    #expect(body.number("number") == 1 && body.number("text") == nil)
    #expect(body.list("list") == ["x"] && body.list("text") == [])
    #expect(LedgerBody([1, 2])["text"] == nil)
  }

  /// A name of the file system need not be UTF-8; a ledger line has to be.
  @Test func writesNamesThatAreNotUTF8() throws {
    let body = LedgerBody.import(
      evidence: nil, totals: Samples.totals(1, 1, 0, 0, 0), sources: [ByteString([0x61, 0xFF, 0x62]), "ü.json"])
    let line = LedgerEntry(number: 1, kind: .import, at: Samples.now, previous: LedgerReading.genesis, body: body).line
    let read = LedgerBody(try LedgerEntry(line: line).body)
    #expect(read.list("sources") == ["a\u{FFFD}b", "ü.json"])
    #expect(read["evidence"] == nil)
  }

  @Test func writesEverythingThatProvesAVote() throws {
    var decisions = try Decisions()
    let candidate = try decisions.candidate(
      .reject, on: "url-a", for: "r7", signer: "r7", identity: .sshsigTouch, comment: "no: \"ü\"", file: "f9", row: 4)
    let body = LedgerBody(LedgerBody.decision(candidate, record: "abc"))
    let texts: [(ByteString, ByteString)] = [
      ("action", "inv-1/url-a"), ("comment", "no: \"ü\""), ("dig", candidate.decision.claims.dig), ("file", "f9"),
      ("identity", "sshsig-touch"), ("jti", candidate.decision.claims.jti), ("kid", candidate.decision.kid),
      ("principal", "r7"), ("record", "abc"), ("token", candidate.decision.signed.token), ("verdict", "reject"),
    ]
    for (key, value) in texts { #expect(body.text(key) == value, "\(key)") }
    #expect(body.number("round") == 1 && body.number("row") == 4)
  }

  /// Whatever an effect holds, the ledger gives its canonical bytes back, and they are those of the digest that was approved.
  @Test(
    arguments: [
      [], [.init("keepCopy", true), .init("until", "2026-12-01T00:00:00Z")], [.init("n", .int((1 << 53) - 1))],
      [.init("n", .int(1 << 53))], [.init("n", .int(.min))], [.init("a", "1"), .init("a", "2")],
    ] as [[JSONTree.Member]]) func neverLosesTheEffect(parameters: [JSONTree.Member]) throws
  {
    var decisions = try Decisions()
    let effect = try Decisions.effect("url-a", parameters: parameters)
    let decision = try decisions.decision(.approve, on: effect)
    let candidate = Candidate(
      decision: decision, comment: "", file: "f", row: 1, policy: .standard, voter: Voter(principal: decision.principal)
    )
    let scratch = try Scratch()
    let ledger = try Ledger(in: scratch.folder, checkpoint: nil)
    try ledger.append(.decision, LedgerBody.decision(candidate, record: "r"), at: Samples.now)
    try ledger.sync()
    let facts = try #require(try Ledger.read(scratch.folder, checkpoint: nil).1.facts(of: Samples.id("url-a")))
    #expect(facts.effect == ByteString(effect.canonical))
    #expect(EffectDigest.of(canonical: facts.effect?.bytes ?? []) == decision.claims.dig)
    #expect(facts == ledger.state.facts(of: try Samples.id("url-a")))
  }
}
