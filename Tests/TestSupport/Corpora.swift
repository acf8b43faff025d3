import Foundation

/// The public corpora, found through COUNTERSIGN_SHARED; tests that need them are skipped where they are not at hand.
public enum Corpora {
  /// Where they are, with a `/` at the end.
  public static let folder = ProcessInfo.processInfo.environment["COUNTERSIGN_SHARED"].map { $0 + "/corpora/" }
  /// Whether they are at hand.
  public static var areHere: Bool { folder != nil }

  /// A file of theirs.
  public static func read(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: (folder ?? "") + path)))
  }

  /// Every hostile string of the naughty strings list and the XSS payload list.
  public static func hostileStrings() throws -> [[UInt8]] {
    let naughty = try JSONDecoder().decode([String].self, from: Data(try read("blns/blns.json")))
    return naughty.map { Array($0.utf8) } + (try lines("xss/xss-payload-list.txt"))
  }

  /// All naughty strings, and each tenth payload, or as many as said; with COUNTERSIGN_EXHAUSTIVE set, all of them.
  public static func sampledStrings(each step: Int = 10) throws -> [[UInt8]] {
    let isExhaustive = ProcessInfo.processInfo.environment["COUNTERSIGN_EXHAUSTIVE"] != nil
    return try hostileStrings().enumerated().filter { isExhaustive || $0.offset < 600 || $0.offset % step == 0 }
      .map(\.element)
  }

  /// The lines of a file, empty ones left out.
  public static func lines(_ path: String) throws -> [[UInt8]] {
    try read(path).split(separator: 0x0A).map { Array($0) }
  }
}
