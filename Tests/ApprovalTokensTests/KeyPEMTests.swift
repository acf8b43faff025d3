import ByteText
import Testing

@testable import ApprovalTokens

@Suite struct KeyPEMTests {
  /// RFC 8410 section 10.3 and 10.1: the same key's private and public half.
  static let privatePEM = """
    -----BEGIN PRIVATE KEY-----
    MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
    -----END PRIVATE KEY-----

    """
  static let publicPEM = """
    -----BEGIN PUBLIC KEY-----
    MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
    -----END PUBLIC KEY-----

    """

  @Test func readsAndWritesTheExamplesOfTheStandard() throws {
    let key = try SigningKey(pem: bytes(Self.privatePEM), purpose: .mint)
    #expect(key.verifyingKey.pem == bytes(Self.publicPEM))
    #expect(key.secretPEM() == bytes(Self.privatePEM))
    #expect(try VerifyingKey(pem: bytes(Self.publicPEM)) == key.verifyingKey)
    #expect(try VerifyingKey(pem: Array(bytes(Self.publicPEM).dropLast())) == key.verifyingKey)
  }

  @Test func refusesEveryOtherSpelling() {
    let good = Self.privatePEM
    let refused = [
      "", " " + good, good + "\n", good + good, "comment\n" + good, good.replacing("\n", with: "\r\n"),
      good.replacing("PRIVATE", with: "EC PRIVATE"), good.replacing("MC4C", with: "MC4\nC"),
      good.replacing("MC4C", with: "MC4D"), good.replacing("VhC\n", with: "VhC=\n"),
      good.replacing("VhC\n", with: "Vh\n"), good.replacing("VhC\n", with: "VhCAAAA\n"), Self.publicPEM,
      // PKCS #8 with attributes and public key (RFC 8410 section 10.3, second example).
      """
      -----BEGIN PRIVATE KEY-----
      MHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
      oB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hhaXJzgSEAGb9ECWmEzf6FQbrB
      Z9w7lshQhqowtrbLDFw4rXAxZuE=
      -----END PRIVATE KEY-----

      """,
    ]
    for text in refused {
      #expect(throws: KeyProblem.notPEM(label: "PRIVATE KEY"), "\(text)") {
        try SigningKey(pem: bytes(text), purpose: .mint)
      }
    }
    #expect(throws: KeyProblem.notPEM(label: "PUBLIC KEY")) { try VerifyingKey(pem: bytes(good)) }
  }
}
