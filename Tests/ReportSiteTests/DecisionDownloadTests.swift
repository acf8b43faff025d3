import ByteText
import CaseModel
import Foundation
import Testing
import WebRendering

@testable import ReportSite

@Suite struct DecisionDownloadTests {
  private func content(audience: ByteString) throws -> String {
    var frame = try SampleSite().frame
    frame.audience = audience
    let path = DecisionDownload.link(
      investigation: try Samples.id("zapurl-k3"), action: try Samples.id("mail-7q"), verdict: .reject,
      token: Array("v4.public.abc".utf8), frame: frame)
    let link = String(decoding: path.bytes, as: UTF8.self)
    let base64 = try #require(link.split(separator: ",").last)
    #expect(link.hasPrefix("data:application/json;base64,"))
    return String(decoding: try #require(Data(base64Encoded: String(base64))), as: UTF8.self)
  }

  @Test func carriesOneDecision() throws {
    #expect(
      try content(audience: "*")
        == #"{"decisions":[{"action":"zapurl-k3/mail-7q","token":"v4.public.abc","verdict":"reject"}],"#
        + #""format":"countersign-decisions/1","issuer":"hq1","site":"hq1/all"}"#)
  }

  @Test func namesThePackItCameFrom() throws {
    #expect(try content(audience: "r7").contains(#""site":"hq1/r7""#))
  }

  @Test func namesTheFile() throws {
    #expect(
      DecisionDownload.name(of: try Samples.id("mail-7q"), .approve) == Array("decision-mail-7q-approve.json".utf8))
  }
}
