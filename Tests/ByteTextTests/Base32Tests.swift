import ByteText
import TestSupport
import Testing

struct Base32Tests {
  @Test(arguments: [
    ("", ""), ("f", "my"), ("fo", "mzxq"), ("foo", "mzxw6"), ("foob", "mzxw6yq"), ("fooba", "mzxw6ytb"),
    ("foobar", "mzxw6ytboi"),
  ])
  func encodesTheSamplesOfTheRFC(_ row: (String, String)) {
    #expect(text(Base32.encode(bytes(row.0))) == row.1)
  }

  @Test func writesHighValues() { #expect(text(Base32.encode([0xFF, 0xFF, 0xFF, 0xFF, 0xFF])) == "77777777") }
}
