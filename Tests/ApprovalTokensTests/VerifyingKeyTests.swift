import ByteText
import Testing

@testable import ApprovalTokens

@Suite struct VerifyingKeyTests {
  private func unhex(_ value: Any?) throws -> [UInt8] {
    let text = try #require(value as? String)
    return try #require(Hex.decode(bytes(text)))
  }

  @Test(.enabled(if: Corpus.isHere)) func judgesEveryWycheproofSignatureAlike() throws {
    let file = try Corpus.json("corpora/wycheproof/ed25519_test.json")
    var judged = 0
    for group in try #require(file["testGroups"] as? [[String: Any]]) {
      let fields = try #require(group["publicKey"] as? [String: Any])
      let raw = try unhex(fields["pk"])
      let pem = try #require(group["publicKeyPem"] as? String)
      let key = try VerifyingKey(bytes: raw)
      #expect(try VerifyingKey(pem: bytes(pem)) == key)
      for test in try #require(group["tests"] as? [[String: Any]]) {
        let message = try unhex(test["msg"])
        let signature = try unhex(test["sig"])
        let isValid = key.isValid(signature: signature, for: message)
        #expect(isValid == (test["result"] as? String == "valid"), "tcId \(test["tcId"] ?? 0)")
        judged += 1
      }
    }
    #expect(judged == 151)
  }

  @Test func namesItselfByItsSubjectPublicKeyInfo() throws {
    let key = try Fixture.mintKey().verifyingKey
    #expect(key.subjectPublicKeyInfo.count == 44)
    #expect(key.kid.count == 8)
    let other = try Fixture.mintKey(2).verifyingKey
    #expect(key.kid != other.kid)
    #expect(key != other)
    #expect(try VerifyingKey(bytes: key.bytes) == key)
  }

  @Test func refusesOtherLengths() {
    for count in [0, 31, 33, 44, 64] {
      #expect(throws: KeyProblem.notAKey) { try VerifyingKey(bytes: [UInt8](repeating: 1, count: count)) }
    }
  }

  @Test func refusesSignaturesOfOtherLengths() throws {
    let key = try Fixture.mintKey()
    let signature = try key.signature(of: [1])
    #expect(key.verifyingKey.isValid(signature: signature, for: [1]))
    #expect(!key.verifyingKey.isValid(signature: signature + [0], for: [1]))
    #expect(!key.verifyingKey.isValid(signature: Array(signature.dropLast()), for: [1]))
    #expect(!key.verifyingKey.isValid(signature: [], for: [1]))
    #expect(!key.verifyingKey.isValid(signature: signature, for: [2]))
  }
}
