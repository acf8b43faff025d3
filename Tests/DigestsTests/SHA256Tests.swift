import ByteText
import Digests
import Testing

@Suite struct SHA256Tests {
  /// FIPS 180-4 examples (NIST, *SHA256.pdf*) and the empty text.
  static let known: [(text: String, hex: ByteString)] = [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (String(repeating: "a", count: 1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
  ]

  @Test(arguments: known)
  func matchesPublishedValues(text: String, hex: ByteString) {
    #expect(SHA256Sum.of(Array(text.utf8)).hex == hex)
  }

  @Test func hashesPartsAsOneText() {
    #expect(SHA256Sum.of([1, 2], [], [3]) == SHA256Sum.of([1, 2, 3]))
    #expect(SHA256Sum.of([1, 2], [3]) != SHA256Sum.of([1, 3, 2]))
  }

  @Test(arguments: [1, 3, 63, 64, 65, 1000])
  func streamsInAnyPieces(size: Int) {
    let text = (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    var stream = SHA256Stream()
    for start in stride(from: 0, to: text.count, by: size) {
      stream.update(text[start..<min(start + size, text.count)])
    }
    #expect(stream.finish() == SHA256Sum.of(text))
  }

  @Test func goesOnAfterAnIntermediateValue() {
    var stream = SHA256Stream()
    stream.update(Array("ab".utf8))
    #expect(stream.finish() == SHA256Sum.of(Array("ab".utf8)))
    stream.update(Array("c".utf8))
    #expect(stream.finish() == SHA256Sum.of(Array("abc".utf8)))
  }

  @Test func writesAndReadsItsTextForms() {
    let digest = SHA256Sum.of(Array("abc".utf8))
    #expect(digest.base64url == "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0")
    #expect(SHA256Digest(hex: digest.hex) == digest)
    #expect(SHA256Digest(bytes: digest.bytes) == digest)
  }

  @Test func refusesOtherLengthsAndCases() {
    let hex = SHA256Sum.of([]).hex
    #expect(SHA256Digest(hex: ByteString(hex.bytes.dropLast())) == nil)
    #expect(SHA256Digest(hex: ByteString(hex.bytes.dropLast(2))) == nil)
    #expect(SHA256Digest(hex: ByteString(hex.bytes + [0x30, 0x30])) == nil)
    #expect(SHA256Digest(hex: "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855") == nil)
    #expect(SHA256Digest(bytes: [UInt8](repeating: 0, count: 31)) == nil)
  }

  @Test func ordersByBytes() throws {
    let low = try #require(SHA256Digest(bytes: [UInt8](repeating: 0, count: 31) + [1]))
    let high = try #require(SHA256Digest(bytes: [1] + [UInt8](repeating: 0, count: 31)))
    #expect(low < high)
    #expect(!(high < low))
  }
}
