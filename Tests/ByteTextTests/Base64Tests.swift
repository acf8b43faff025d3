import ByteText
import TestSupport
import Testing

struct Base64Tests {
  @Test(arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("\u{3F}\u{7E}\u{7F}\u{3E}", "P35/Pg==")])
  func encodesAndDecodes(_ row: (String, String)) {
    #expect(text(Base64.encode(bytes(row.0))) == row.1)
    #expect(Base64.decode(bytes(row.1)) == bytes(row.0))
  }

  @Test(arguments: ["Zg", "Zg=", "Zg===", "=", "====", "Z===", "Zh==", "QUJ=", "Zm-v", "Zm9v\r\n", "Zg==Zg==", "Z=g="])
  func refusesOtherSpellings(_ spelling: String) {
    #expect(Base64.decode(bytes(spelling)) == nil)
  }
}
