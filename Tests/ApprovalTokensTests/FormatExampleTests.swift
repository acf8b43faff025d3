import ByteText
import CaseModel
import Digests
import Foundation
import Testing

@testable import ApprovalTokens

/// The worked examples of docs/formats/token.md and effect.md are what the code does.
@Suite struct FormatExampleTests {
  /// The `name: value` lines of the page's block that is fenced as an example.
  private func example(_ page: String) throws -> [String: String] {
    let file = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
      .deletingLastPathComponent().appendingPathComponent("../../docs/formats/\(page)")
    let text = try String(contentsOf: file, encoding: .utf8)
    let block = try #require(text.components(separatedBy: "```example\n").dropFirst().first)
    var values: [String: String] = [:]
    for line in try #require(block.components(separatedBy: "```").first).split(separator: "\n") {
      let colon = try #require(line.range(of: ": "))
      values[String(line[..<colon.lowerBound])] = String(line[colon.upperBound...])
    }
    return values
  }

  @Test func digestsTheEffectAsItsPageSays() throws {
    let values = try example("effect.md")
    #expect(values.count == 3)
    let effect = try Fixture.effect()
    #expect(values["effect"] == "\(ByteString(effect.canonical))")
    #expect(values["digest"] == "\(EffectDigest.of(effect))")
    #expect(values["printed"] == "\(PrintedDigest.groups(EffectDigest.of(effect)))")
  }

  @Test func makesTheTokenAsItsPageSays() throws {
    let values = try example("token.md")
    #expect(values.count == 10)
    let seed = try #require(Hex.decode(bytes(values["seed"] ?? "")))
    let key = try SigningKey(seed: seed, purpose: .mint)
    let claims = try Fixture.claims()
    let offer = ByteString(bytes(values["offer"] ?? ""))
    let found = [
      "seed": ByteString(Hex.encode(seed)), "publicKey": ByteString(Base64URL.encode(key.verifyingKey.bytes)),
      "subjectPublicKeyInfo": ByteString(Hex.encode(key.verifyingKey.subjectPublicKeyInfo)), "kid": key.kid,
      "dig": EffectDigest.of(try Fixture.effect()), "offer": offer, "claims": ByteString(claims.canonical),
      "footer": ByteString(DecisionToken.footer(kid: key.kid)),
      "implicit": ByteString(DecisionToken.implicitAssertion), "token": try TokenMint.mint(claims, with: key),
    ]
    for (name, value) in found { #expect(values[name] == "\(value)", "\(name)") }
    #expect(ByteString(SHA256Sum.of(offer.bytes).base64url.bytes.prefix(16)) == claims.jti)
    let opened = try Fixture.verifier(key).open(bytes(values["token"] ?? ""), at: Fixture.now).get()
    #expect(opened.claims == claims)
  }
}
