import ApprovalTokens
import ByteText
import CaseModel
import Testing

@Suite struct DecisionClaimsTextTests {
  static let good =
    #"{"aud":"r7","dig":"47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU","exp":"2026-12-01T00:00:00Z","iss":"hq1","#
    + #""jti":"AAAAAAAAAAAAAAAA","sub":"c42/a7","vd":"approve"}"#

  @Test func readsWhatItWrites() throws {
    let claims = try DecisionClaims.parse(bytes(Self.good))
    #expect(claims.canonical == bytes(Self.good))
    #expect(claims.aud == "r7" && claims.iss == "hq1" && claims.sub == "c42/a7" && claims.vd == .approve)
    #expect(claims.exp == Instant(rfc3339: "2026-12-01T00:00:00Z"))
    for verdict in DecisionVerdict.allCases {
      let offered = try Fixture.claims(verdict)
      #expect(try DecisionClaims.parse(offered.canonical) == offered)
    }
  }

  @Test func writesCanonicalJSON() throws {
    let claims = try DecisionClaims.parse(bytes(Self.good))
    let document = try JSONDocument.parse(claims.canonical, limits: JSONLimits(bytes: 4096, stringBytes: 256, depth: 4))
    let tree = try #require(JSONTree(document.root))
    #expect(CanonicalJSON.bytes(tree) == claims.canonical)
  }

  /// What is replaced in the good claims, by what, and the words of the refusal.
  static let variants: [(String, String, String)] = [
    (#""aud":"r7","#, "", "not exactly"),
    (#"{"aud""#, #"{"abc":"1","aud""#, "not exactly"),
    (#""approve"}"#, #""approve","x":1}"#, "not exactly"),
    (#""aud":"r7","#, #""aud":"r7","aud":"r7","#, "stands twice"),
    (#""aud":"r7","#, #""aud":"r7","\u0061ud":"r8","#, "stands twice"),
    (#"{"aud":"r7","dig""#, #"{"iat":"r7","dig""#, "not exactly"),
    (#""aud":"r7""#, #""Aud":"r7""#, "not exactly"),
    (#""aud":"r7""#, #""aud":7"#, "not text"),
    (#""aud":"r7""#, #""aud":null"#, "not text"),
    (#""aud":"r7""#, #""aud":["r7"]"#, "not text"),
    (#""aud":"r7""#, #""aud":"\u00727""#, "canonical"),
    (#""aud":"r7""#, #""aud": "r7""#, "canonical"),
    (#"{"aud""#, " {\"aud\"", "canonical"),
    (#""approve"}"#, "\"approve\"}\n", "canonical"),
    (#""approve"}"#, #""approve"},"#, "not JSON"),
    (#""approve"}"#, #""approve",}"#, "not JSON"),
    (#""approve"}"#, #""approve""#, "not JSON"),
    (#"{"aud""#, "\u{FEFF}{\"aud\"", "not JSON"),
    (#""sub":"c42/a7""#, #""sub":"c42\/a7""#, "canonical"),
    (#""c42/a7""#, #""c42""#, "claim sub"),
    (#""c42/a7""#, #""c42/a7/b""#, "claim sub"),
    (#""c42/a7""#, #""../a7""#, "claim sub"),
    (#""c42/a7""#, #""c42/""#, "claim sub"),
    (#""c42/a7""#, #""C42/a7""#, "claim sub"),
    (#""approve"}"#, #""Approve"}"#, "claim vd"),
    (#""approve"}"#, #"""}"#, "claim vd"),
    (#""approve"}"#, #""approved"}"#, "claim vd"),
    ("00:00:00Z", "00:00:00.0Z", "claim exp"),
    ("00:00:00Z", "00:00:00+00:00", "claim exp"),
    ("00:00:00Z", "00:00:00z", "claim exp"),
    ("T00:00:00Z", " 00:00:00Z", "claim exp"),
    ("00:00:00Z", "00:00:60Z", "claim exp"),
    ("00:00:00Z", "24:00:00Z", "claim exp"),
    ("2026-12-01", "2026-13-01", "claim exp"),
    ("2026-12-01", "2026-02-29", "claim exp"),
    (#""exp":"2026-12-01T00:00:00Z""#, #""exp":1796083200"#, "claim exp"),
    (#""hq1""#, #""""#, "claim iss"),
    (#""hq1""#, #""*""#, "claim iss"),
    (#""r7""#, #""ivy@larkfield.example""#, "claim aud"),
    ("hSuFU", "hSuFV", "claim dig"),
    ("hSuFU", "hSuF", "claim dig"),
    ("AAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAA", "claim jti"),
    ("AAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAA=", "claim jti"),
  ]

  @Test(arguments: variants)
  func refusesEveryOtherForm(old: String, new: String, words: String) throws {
    #expect(Self.good.contains(old))
    let text = Self.good.replacing(old, with: new, maxReplacements: 1)
    var detail: ByteString?
    do {
      _ = try DecisionClaims.parse(bytes(text))
    } catch {
      detail = error.detail
    }
    #expect(detail?.description.contains(words) == true, "\(text): \(detail?.description ?? "taken")")
    // The mint's key signed it, and still it decides nothing.
    let key = try Fixture.mintKey()
    let token = try forged(bytes(text), with: key)
    guard case .failure(let refusal) = try Fixture.verifier(key).open(token, at: Fixture.now) else {
      Issue.record("taken: \(text)")
      return
    }
    #expect(refusal.code == .malformed)
    #expect(refusal.isSigned)
  }

  @Test func refusesClaimsInAnotherOrder() throws {
    let members = Self.good.dropFirst().dropLast().split(separator: ",").map(String.init)
    for index in members.indices.dropLast() {
      var swapped = members
      swapped.swapAt(index, index + 1)
      let text = "{" + swapped.joined(separator: ",") + "}"
      #expect(throws: DecisionClaims.Problem.self) { try DecisionClaims.parse(bytes(text)) }
      let key = try Fixture.mintKey()
      #expect(try Fixture.verifier(key).open(forged(bytes(text), with: key), at: Fixture.now).code == .malformed)
    }
  }
}
