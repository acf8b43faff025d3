import ByteText
import Foundation
import TestSupport
import Testing

struct Base64URLTests {
  @Test(arguments: [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE")])
  func encodesTheSamplesOfTheRFC(_ row: (String, String)) {
    #expect(text(Base64URL.encode(bytes(row.0))) == row.1)
    #expect(Base64URL.decode(bytes(row.1)) == bytes(row.0))
  }

  @Test(arguments: [
    "Zg==", "Zg=", "Z", "Zm9vY", "Zh", "Zm9", "Zm+v", "Zm/v", "Zm 9v", "Zm9v\n", " Zm9v", "Zm9é", "Zm9v=", "\u{0}AAA",
  ])
  func refusesOtherSpellings(_ spelling: String) {
    #expect(Base64URL.decode(bytes(spelling)) == nil)
  }

  @Test func hasOneSpellingForEachValue() {
    let alphabet = bytes("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    for first in alphabet {
      for second in alphabet {
        guard let value = Base64URL.decode([first, second]) else { continue }
        #expect(Base64URL.encode(value) == [first, second])
      }
    }
    #expect(Base64URL.decode([0xFF, 0xFE, 0x80, 0x00]) == nil)
  }

  @Test func agreesWithFoundation() {
    var random = SplitMix(state: 3)
    for count in 0..<300 {
      let value = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
      let padded = Data(value).base64EncodedString()
      #expect(text(Base64.encode(value)) == padded)
      #expect(Base64.decode(bytes(padded)) == value)
      let url = padded.replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
        .replacingOccurrences(of: "=", with: "")
      #expect(text(Base64URL.encode(value[...])) == url)
      #expect(Base64URL.decode((bytes("..") + bytes(url))[2...]) == value)
    }
  }
}
