import ByteText
import Testing

@testable import ApprovalTokens

@Suite struct PasetoPublicTests {
  private struct Vector {
    var name: String
    var fails: Bool
    var key: VerifyingKey
    var secret: SigningKey
    var token: [UInt8]
    var payload: [UInt8]?
    var footer: [UInt8]
    var implicit: [UInt8]
  }

  /// The vectors of paseto-standard/test-vectors that carry a public key.
  private func vectors() throws -> [Vector] {
    let file = try Corpus.json("corpora/paseto/v4.json")
    var vectors: [Vector] = []
    for test in try #require(file["tests"] as? [[String: Any]]) {
      guard let hex = test["public-key"] as? String, let seed = test["secret-key-seed"] as? String else { continue }
      let text = { (name: String) in bytes(test[name] as? String ?? "") }
      vectors.append(
        Vector(
          name: test["name"] as? String ?? "", fails: test["expect-fail"] as? Bool ?? false,
          key: try VerifyingKey(bytes: try #require(Hex.decode(bytes(hex)))),
          secret: try SigningKey(seed: try #require(Hex.decode(bytes(seed))), purpose: .mint), token: text("token"),
          payload: (test["payload"] as? String).map { bytes($0) }, footer: text("footer"),
          implicit: text("implicit-assertion")))
    }
    return vectors
  }

  @Test(.enabled(if: Corpus.isHere)) func signsThePublishedVectorsToTheSameBytes() throws {
    let signing = try vectors().filter { !$0.fails }
    #expect(signing.count == 3)
    for vector in signing {
      let payload = try #require(vector.payload)
      let token = try PasetoPublic.sign(
        payload, footer: vector.footer, implicit: vector.implicit, with: vector.secret)
      #expect(token == vector.token, "\(vector.name)")
      let parts = try PasetoPublic.split(vector.token)
      #expect(parts.payload == payload && parts.footer == vector.footer, "\(vector.name)")
      #expect(PasetoPublic.isValid(parts, implicit: vector.implicit, key: vector.key), "\(vector.name)")
      #expect(!PasetoPublic.isValid(parts, implicit: vector.implicit + [0x20], key: vector.key), "\(vector.name)")
      #expect(vector.secret.verifyingKey == vector.key)
    }
  }

  @Test(.enabled(if: Corpus.isHere)) func refusesEveryPublishedVectorThatMustFail() throws {
    let file = try Corpus.json("corpora/paseto/v4.json")
    let all = try vectors()
    let key = try #require(all.first).key
    let failing = try #require(file["tests"] as? [[String: Any]]).filter { $0["expect-fail"] as? Bool == true }
    #expect(failing.count == 5)
    for test in failing {
      let text = try #require(test["token"] as? String)
      let token = bytes(text)
      let implicit = bytes(test["implicit-assertion"] as? String ?? "")
      let isTaken = (try? PasetoPublic.split(token)).map {
        PasetoPublic.isValid($0, implicit: implicit, key: key)
      }
      #expect(isTaken != true, "\(test["name"] ?? "")")
    }
  }

  @Test func namesWhatIsWrongWithAText() throws {
    let token = try PasetoPublic.sign([1, 2, 3], footer: [4], with: try Fixture.mintKey())
    let cases: [([UInt8], PasetoPublic.Problem)] = [
      (Array(token.dropFirst()), .otherHeader),
      (bytes("v4.local.AAAA"), .otherHeader),
      (token + bytes(".AA"), .segmentCount),
      (bytes("v4.public.A*AA"), .notBase64URL),
      (bytes("v4.public.AAAA"), .tooShort),
      (token + bytes("="), .notBase64URL),
      (PasetoPublic.header + Base64URL.encode([UInt8](repeating: 0, count: 64)) + [0x2E], .emptyFooter),
    ]
    for (text, problem) in cases {
      #expect(throws: problem) { try PasetoPublic.split(text) }
    }
  }

  @Test func bindsFooterAndAssertion() throws {
    let key = try Fixture.mintKey()
    let token = try PasetoPublic.sign(bytes("{}"), footer: [1], implicit: [2], with: key)
    var parts = try PasetoPublic.split(token)
    #expect(PasetoPublic.isValid(parts, implicit: [2], key: key.verifyingKey))
    #expect(!PasetoPublic.isValid(parts, implicit: [], key: key.verifyingKey))
    parts.footer = []
    #expect(!PasetoPublic.isValid(parts, implicit: [2], key: key.verifyingKey))
  }
}
