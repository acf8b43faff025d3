import ByteText
import Testing

@testable import CaseModel

@Suite struct CaseIDTests {
  @Test(
    arguments: [
      ("zapurl-k3abcdefghijklmnopqr", true), ("mail-7q.w1", true), ("a", true), ("0_x", true),
      ("abcdefghijklmnopqrstuvwxyz012345", true), ("abcdefghijklmnopqrstuvwxyz0123456", false), ("", false),
      ("-a", false),
      (".a", false), ("_a", false), ("a..b", false), ("a.", false), ("A", false), ("a/b", false), ("a b", false),
      ("a\u{0}", false),
      ("é", false), ("a\n", false), ("a%2e", false),
    ] as [(ByteString, Bool)])
  func takesOnlyWhatIsSafeInAPath(text: ByteString, isID: Bool) {
    #expect((CaseID(text) != nil) == isID)
  }

  @Test func isASlugAndTwentyCharacters() throws {
    let hash = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
    for slug in CaseID.Slug.allCases {
      let id = try #require(CaseID(slug: slug, hash: hash))
      #expect(slug.rawValue.utf8.count <= 11 && id.text.count <= 32)
      #expect(id.text == ByteString(slug.rawValue + "-abcdefghijklmnopqrst"))
    }
    // A short hash is no reason for a crash.
    #expect(CaseID(slug: .mail, hash: [])?.text == "mail-")
  }

  @Test(
    arguments: [
      ("mail-aa", "00"), ("mail-77", "ff"), ("mail-ab", "00"), ("mail-ae", "01"), ("mail-ba", "08"), ("mail-2a", "d0"),
      ("mail-7q.w1", "fc"), ("x", "00"), ("mail-", "00"),
    ] as [(ByteString, ByteString)])
  func knowsTheFolderOfItsPage(text: ByteString, folder: ByteString) throws {
    #expect(try #require(CaseID(text)).folder == folder)
  }

  @Test func takesTheFolderFromTheHashsFirstByte() throws {
    for first in UInt8.min ... .max {
      let id = try #require(CaseID(slug: .url, hash: Array(Base32.encode([first, 0x5A, 0x0F]))))
      #expect(id.folder == ByteString(Hex.encode([first])))
    }
  }

  @Test(
    arguments: [
      ("urn:ZappedUrlInvestigation:1", .zappedURL), ("urn:ZappedFileInvestigation:1", .zappedFile),
      ("URN:zappedemailinvestigation:1", .zappedMail), ("urn:UrlVerdictChangeInvestigation:1", .urlVerdict),
      ("urn:SubmissionInvestigation:1", .submission), ("urn:Other:1", .investigation), ("1234", .investigation),
      ("", .investigation),
      ("urn:", .investigation),
    ] as [(ByteString, CaseID.Slug)])
  func namesInvestigationsByTheirSource(sourceID: ByteString, slug: CaseID.Slug) {
    #expect(CaseID.Slug.ofInvestigation(sourceID) == slug)
  }

  @Test(
    arguments: [
      ("urn:EmailZapper:1", .mail), ("urn:UrlBlock:1", .url), ("urn:AttachmentX:1", .file), ("urn:Machine:1", .device),
      ("urn:Odd:1", .action), ("x", .action),
    ] as [(ByteString, CaseID.Slug)])
  func namesActionsByTheirSource(sourceID: ByteString, slug: CaseID.Slug) {
    #expect(CaseID.Slug.ofAction(sourceID) == slug)
  }
}
