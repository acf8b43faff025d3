import ByteText
import Testing

@testable import DecisionIntake

/// How the bytes of a part become text.
@Suite struct MailTextTests {
  @Test(
    arguments: [
      ("a\r\nb\nc\rd", "7bit", "a\nb\nc\rd"),
      ("a\r\nb", "", "a\nb"),
      ("a\r\nb", "8bit", "a\nb"),
      ("a\r\nb", "binary", "a\r\nb"),
      ("YQ0K\r\nYg==\r\n", "base64", "a\r\nb"),
      ("Y Q\t0!K", "base64", "a\r\n"),
      ("YQ==YQ==", "base64", "a"),
      ("YWJ", "base64", "ab"),
      ("YWI", "base64", "ab"),
      ("YWJjY", "base64", "abc"),
      ("=", "base64", ""),
      ("a=3Db=3db", "quoted-printable", "a=b=b"),
      ("a=\r\nb=  \r\nc \t\r\nd=20\r\n", "quoted-printable", "abc\nd \n"),
      ("a=0D=0Ab=0A", "quoted-printable", "a\r\nb\n"),
      ("a=ZZ=4=", "quoted-printable", "a=ZZ=4"),
      ("=E2=82=AC=\n", "quoted-printable", "€"),
    ])
  func decodesTransferEncodings(body: String, name: String, expected: String) {
    #expect(
      TransferEncoding.decode(Array(body.utf8)[...], Array(name.utf8)).map { String(decoding: $0, as: UTF8.self) }
        == expected)
  }

  @Test(arguments: ["x-uuencode", "BASE64 ", "gzip"]) func leavesOtherEncodings(name: String) {
    #expect(TransferEncoding.decode(Array("YQ==".utf8)[...], Array(name.utf8)) == nil)
  }

  @Test(
    arguments: [
      ([0x61, 0xC3, 0xA9], nil, "aé"), ([0x61, 0xC3, 0xA9], "UTF-8", "aé"), ([0x61, 0xC3], "us-ascii", "a\u{FFFD}"),
      ([0xE9, 0x80, 0x81], "ISO-8859-1", "é€\u{FFFD}"), ([0xE9, 0x93, 0x94], "Windows-1252", "é“”"),
      ([0x61, 0xE9, 0x62], "koi8-r", "a\u{FFFD}b"), ([0x61, 0xC3, 0xA9], "utf-16", "a\u{FFFD}\u{FFFD}"),
    ] as [([UInt8], String?, String)])
  func makesUTF8(bytes: [UInt8], charset: String?, expected: String) {
    #expect(String(decoding: TextCharset.utf8(bytes, from: charset.map { Array($0.utf8) }), as: UTF8.self) == expected)
  }

  @Test(
    arguments: [
      ("a \nb\nc", false, "a b\nc"),
      ("a \nb\nc", true, "ab\nc"),
      ("a \n b", false, "a b"),
      (" >a\n From b", false, ">a\nFrom b"),
      ("> a \n> b\n>> c \n> d", false, "> a b\n> c \n> d"),
      (">>> a \n>>>b", false, "> a b"),
      ("> a \nb", false, "> a \nb"),
      ("a \n> b", false, "a \n> b"),
      ("-- \nIvy", false, "-- \nIvy"),
      ("a \n", false, "a "),
      ("-----BEGIN COUNTERSIGN DECISION----- \ntoken: a", false, "-----BEGIN COUNTERSIGN DECISION----- \ntoken: a"),
      ("comment: a \n-----END COUNTERSIGN DECISION-----", true, "comment: a\n-----END COUNTERSIGN DECISION-----"),
      ("> -----BEGIN COUNTERSIGN DECISION-----", false, "> -----BEGIN COUNTERSIGN DECISION-----"),
    ])
  func joinsFlowedLines(text: String, deletesSpace: Bool, expected: String) {
    let joined = FlowedText.unfolded(Array(text.utf8), deletesSpace: deletesSpace)
    #expect(String(decoding: joined, as: UTF8.self) == expected)
  }

  @Test(
    arguments: [
      ("text/plain; charset=utf-8", "text/plain", "charset", "utf-8"),
      ("TEXT/Plain ;CHARSET = \"a\\\"b;c\" ; x=y", "text/plain", "charset", "a\"b;c"),
      ("text/plain (a comment); charset=a", "text/plain", "charset", "a"),
      ("a/b; name=my file (1).json; x", "a/b", "name", "my file (1).json"),
      ("a/b; name*=UTF-8'en'd%20%5B1%5D.json", "a/b", "name", "d [1].json"),
      ("a/b; name*1=\"ons.json\"; name*0*=UTF-8''decisi", "a/b", "name", "decisions.json"),
      ("a/b; name=\"open", "a/b", "name", "open"),
      ("a/b; name; name=c", "a/b", "name", "c"),
      ("a/b; name=c; name=d", "a/b", "name", "c"),
      ("a/b; name*=%zz%4", "a/b", "name", "%zz%4"),
    ] as [(String, ByteString, StaticString, ByteString)])
  func readsHeaderParameters(text: String, value: ByteString, name: StaticString, expected: ByteString) {
    let header = HeaderValue(Array(text.utf8)[...])
    #expect(ByteString(header.value) == value)
    #expect(header.extended(name).map { ByteString($0) } == expected)
  }
}
