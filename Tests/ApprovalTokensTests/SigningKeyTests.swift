import ByteText
import Testing

@testable import ApprovalTokens

@Suite struct SigningKeyTests {
  /// RFC 8032 section 7.1, TEST 2.
  @Test func signsTheExampleOfTheStandard() throws {
    let seed = try #require(Hex.decode(bytes("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")))
    let key = try SigningKey(seed: seed, purpose: .log)
    #expect(
      Hex.encode(key.verifyingKey.bytes)
        == bytes("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"))
    #expect(
      Hex.encode(try key.signature(of: [0x72]))
        == bytes(
          "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"))
  }

  @Test func neverShowsTheSecret() throws {
    let seed = Fixture.seed(0x41)
    let key = try SigningKey(seed: seed, purpose: .mint)
    var dumped = ""
    dump(key, to: &dumped)
    var boxed = ""
    dump([key], to: &boxed)
    let shown = [
      "\(key)", String(describing: key), String(reflecting: key), String(describing: Optional(key)), dumped, boxed,
      "\(try TokenMint(key: key))",
    ]
    let forms = [
      String(decoding: seed, as: UTF8.self), "65, 66, 67", String(decoding: Hex.encode(seed), as: UTF8.self),
      String(decoding: Base64.encode(seed), as: UTF8.self), String(decoding: key.secretPEM(), as: UTF8.self),
    ]
    for text in shown {
      for form in forms { #expect(!text.contains(form)) }
    }
    #expect("\(key)" == "mint key \(key.kid)")
    #expect(dumped.contains("\(key.kid)"))
    // One line, and in an array two: nothing to open, however its bytes would be laid out.
    #expect(dumped.split(separator: "\n").count == 1)
    #expect(boxed.split(separator: "\n").count == 2)
    // The forms are those a leak would take: an array of the seed shows one.
    #expect("\(seed)".contains("65, 66, 67"))
  }

  @Test func readsWhatItWrites() throws {
    let key = try Fixture.mintKey()
    let again = try SigningKey(pem: key.secretPEM(), purpose: .mint)
    #expect(again.verifyingKey == key.verifyingKey)
    #expect(try again.signature(of: [1, 2]) == key.signature(of: [1, 2]))
  }

  @Test func refusesSeedsOfOtherLengths() {
    for count in [0, 31, 33, 64] {
      #expect(throws: KeyProblem.notAKey) {
        try SigningKey(seed: [UInt8](repeating: 1, count: count), purpose: .mint)
      }
    }
  }
}
