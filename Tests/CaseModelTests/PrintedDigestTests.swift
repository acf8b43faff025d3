import ByteText
import CaseModel
import Testing

@Suite struct PrintedDigestTests {
  @Test func printsFiveGroupsOfFour() {
    #expect(PrintedDigest.groups("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "ABCD EFGH IJKL MNOP QRST")
    #expect(PrintedDigest.groups("ABC") == "ABC")
  }

  @Test func takesTheTypedTwentyCharacters() {
    let digest: ByteString = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    for typed in ["ABCDEFGHIJKLMNOPQRST", "ABCD EFGH IJKL MNOP QRST", " ABCD EFGH  IJKLMNOPQRST\n"] as [ByteString] {
      #expect(PrintedDigest.matches(digest, typed: typed), "\(typed)")
    }
    for typed in [
      "", "ABCD", "ABCDEFGHIJKLMNOPQRS", "ABCDEFGHIJKLMNOPQRSTU", "abcdefghijklmnopqrst", "BBCDEFGHIJKLMNOPQRST",
    ] as [ByteString] {
      #expect(!PrintedDigest.matches(digest, typed: typed), "\(typed)")
    }
  }
}
