import Foundation
import Testing

/// Golden files beside the tests.
///
/// `RECORD_SNAPSHOTS=1` writes them anew, and the run then fails so that nobody takes it
/// for a check.
enum Snapshots {
  private static var folder: URL { URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Snapshots") }

  /// - Parameter page: a page; its scripts are left out, so that a change of theirs is told by their own tests.
  static func expect(_ page: [UInt8], matches name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let bytes = Array(withoutScripts(String(decoding: page, as: UTF8.self)).utf8)
    let file = folder.appending(path: name)
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(bytes).write(to: file)
      Issue.record("recorded \(name)", sourceLocation: sourceLocation)
      return
    }
    let golden = try #require(
      try? Data(contentsOf: file), "no golden file \(name); RECORD_SNAPSHOTS=1 records it",
      sourceLocation: sourceLocation)
    if Array(golden) == bytes { return }
    let was = String(decoding: golden, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    let now = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    let line = zip(was, now).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(was.count, now.count)
    Issue.record(
      "\(name) differs from line \(line + 1): \(now.dropFirst(line).first ?? "(end)")", sourceLocation: sourceLocation)
  }

  private static func withoutScripts(_ html: String) -> String {
    var pieces = html.components(separatedBy: "<script>")
    for index in pieces.indices.dropFirst() {
      pieces[index] =
        "</script>" + pieces[index].components(separatedBy: "</script>").dropFirst().joined(separator: "</script>")
    }
    let page = pieces.joined(separator: "<script>")
    // The hashes in the policy are those of the scripts.
    guard pieces.count > 1, let start = page.range(of: "script-src "), let end = page.range(of: "; img-src") else {
      return page
    }
    return page.replacingCharacters(in: start.upperBound..<end.lowerBound, with: "(hash)")
  }
}
