import ByteText
import CaseModel
import Testing

@testable import CaseStore

@Suite struct CaseIdentityTests {
  private static let tenant: ByteString = "7e10109e-b0f4-5ba3-9e4e-a0812d215bd1"

  /// The ids as Python's hashlib and base64 make them: SHA-256(tenant LF source id), lower-case base32, 20 characters.
  @Test(
    arguments: [
      ("urn:ZappedUrlInvestigation:72dfec", "zapurl-kcd2p75nhzjp2dopzv3d"),
      ("urn:ZappedFileInvestigation:1", "zapfile-cvdolxaxszuciqxppbbm"),
      ("urn:ZappedEmailInvestigation:1", "zapmail-7xc4wkyh4w5nm76ab7ps"),
      ("urn:UrlVerdictChangeInvestig:1", "urlverd-r5kjak2ton2wsls2h4n7"),
      ("urn:SubmissionInvestigation:1", "submit-doonpa6azbqdzrkjd5ow"),
      ("urn:AdminActionInvestigation:1", "admin-umfzwr36jmc7p6e225ri"),
      ("urn:ManualInvestigation:1", "manual-wueb2slc7pw54xdbyxlo"),
      ("urn:UserCompromiseInvestigation:1", "user-akq3qomtnkl4r4uxpq7z"),
      ("INC-42", "inv-v7yiak56gifkgznrwqqy"),
      ("", "inv-7zjpd5sx5ha2asjeqwda"),
      ("urn:", "inv-b7qyt5bqa6uxo47phc7z"),
    ] as [(ByteString, ByteString)])
  func makesTheIDOfAnInvestigation(sourceID: ByteString, expected: ByteString) {
    let record = InvestigationRecord(
      recordID: "r", tenant: Self.tenant, investigationID: sourceID, created: Instant(seconds: 0), source: "test")
    #expect(CaseIdentity.investigation(record)?.text == expected)
  }

  @Test(
    arguments: [
      ("urn:EmailZapper:1", "mail-ycdztrpuzagqijjyfuov"),
      ("urn:UrlBlock:1", "url-hrnsysw2qvt2ztf7uf6f"),
      ("urn:FileQuarantine:1", "file-o3jq4tqypna2xgisg447"),
      ("urn:DeviceIsolation:1", "device-htatmztb3sgk7l4zqwmo"),
      ("a-1", "act-cc5t3xvuka5skzztpnui"),
      ("", "act-7zjpd5sx5ha2asjeqwda"),
    ] as [(ByteString, ByteString)])
  func makesTheIDOfAnAction(sourceID: ByteString, expected: ByteString) {
    #expect(CaseIdentity.action(sourceID, tenant: Self.tenant)?.text == expected)
  }

  @Test func takesBytesThatAreNotUTF8() {
    let record = InvestigationRecord(
      recordID: "r", tenant: Self.tenant, investigationID: ByteString([0xFF, 0xFE]), created: Instant(seconds: 0),
      source: "test")
    #expect(CaseIdentity.investigation(record)?.text == "inv-quqc2okdgi7aebrpwziu")
  }

  @Test func tellsTenantsApart() {
    var ids: Set<CaseID> = []
    for tenant in ["", "a", "b", Self.tenant] as [ByteString] {
      if let id = CaseIdentity.action("a-1", tenant: tenant) { ids.insert(id) }
    }
    #expect(ids.count == 4)
  }
}
