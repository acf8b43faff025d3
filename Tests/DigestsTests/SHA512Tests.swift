import ByteText
import Digests
import Testing

@Suite struct SHA512Tests {
  /// FIPS 180-4 examples (NIST, *SHA512.pdf*) and the empty text.
  static let known: [(text: String, hex: ByteString)] = [
    (
      "",
      "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e"
    ),
    (
      "abc",
      "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
    ),
  ]

  @Test(arguments: known)
  func matchesPublishedValues(text: String, hex: ByteString) {
    #expect(SHA512Sum.of(Array(text.utf8)).hex == hex)
  }

  @Test(arguments: [1, 127, 128, 129])
  func streamsInAnyPieces(size: Int) {
    let text = (0..<3000).map { UInt8(truncatingIfNeeded: $0 &* 17) }
    var stream = SHA512Stream()
    for start in stride(from: 0, to: text.count, by: size) {
      stream.update(text[start..<min(start + size, text.count)])
    }
    #expect(stream.finish() == SHA512Sum.of(text))
  }

  @Test func writesAndReadsItsTextForms() {
    let digest = SHA512Sum.of([])
    #expect(digest.base64url.count == 86)
    #expect(Base64URL.decode(digest.base64url.bytes) == digest.bytes)
    #expect(SHA512Digest(hex: digest.hex) == digest)
    #expect(SHA512Digest(bytes: SHA256Sum.of([]).bytes) == nil)
  }
}
