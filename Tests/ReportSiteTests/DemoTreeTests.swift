import ByteText
import DurableFiles
import Foundation
import ReportSite
import Testing

/// Writes the sample site to a folder, to look at it in a browser: SAMPLE_SITE names the folder.
@Suite struct DemoTreeTests {
  @Test(.enabled(if: ProcessInfo.processInfo.environment["SAMPLE_SITE"] != nil))
  func writesTheSampleSite() throws {
    let path = try #require(ProcessInfo.processInfo.environment["SAMPLE_SITE"])
    var tree = SiteTree(root: try Folder.open(ByteString(path), create: true), isFresh: false)
    for (path, bytes) in try RenderedSite(SampleSite()).pages { try tree.write(bytes, to: path) }
    #expect(tree.counts.written + tree.counts.unchanged > 20)
  }
}
