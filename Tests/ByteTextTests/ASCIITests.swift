import ByteText
import TestSupport
import Testing

struct ASCIITests {
  @Test func agreesWithTheUnicodeProperties() {
    for byte in UInt8.min...UInt8.max {
      let scalar = Unicode.Scalar(byte)
      #expect(ASCII.isDigit(byte) == ("0"..."9" ~= scalar))
      #expect(ASCII.isLetter(byte) == (scalar.isASCII && scalar.properties.isAlphabetic))
      #expect(ASCII.isHexDigit(byte) == scalar.properties.isASCIIHexDigit)
      #expect(ASCII.lowercased(byte) == (scalar.isASCII ? bytes(scalar.properties.lowercaseMapping)[0] : byte))
    }
  }

  @Test func comparesIgnoringCase() {
    #expect(ASCII.equalsIgnoringCase(bytes("Content-TYPE"), "content-type"))
    #expect(!ASCII.equalsIgnoringCase(bytes("content"), "content-type"))
    #expect(!ASCII.equalsIgnoringCase(bytes("@"), "`"))
    #expect(!ASCII.equalsIgnoringCase(bytes("\u{212A}"), "k"))
    #expect(ASCII.hasPrefixIgnoringCase(bytes("MAILTO:x")[...], "mailto:"))
    #expect(!ASCII.hasPrefixIgnoringCase(bytes("mail")[...], "mailto:"))
  }

  @Test func trimsBlanks() {
    #expect(Array(ASCII.trim(bytes(" \t\r\na b\n "))) == bytes("a b"))
    #expect(ASCII.trim(bytes(" \n")).isEmpty)
    #expect(Array(ASCII.trim(bytes("\u{A0}a"))) == bytes("\u{A0}a"))
  }

  @Test func readsDecimals() {
    #expect(ASCII.decimal(bytes("0042")[...]) == 42)
    #expect(ASCII.decimal(bytes("9223372036854775807")[...]) == .max)
    for text in ["", "-1", "+1", "1 ", "9223372036854775808", "99999999999999999999", "١"] {
      #expect(ASCII.decimal(bytes(text)[...]) == nil)
    }
  }
}
